"""The pages of docs/findings/, one for each code: in a checkout beside the package, in an installed one within it."""

import re
import unicodedata
from pathlib import Path

from gongbao.diagnostics import CODES
from gongbao.excerpts import BOLD, painted
from gongbao.messages import LANGUAGES

_PACKAGE = Path(__file__).parent
FOLDERS = (_PACKAGE / "findings", _PACKAGE.parent / "docs" / "findings")
MARK = "\n<!-- en -->\n"
"""What parts the languages of a page, in the order of LANGUAGES."""
_HEADING = re.compile(r"^# (.*)$")
_STRONG = re.compile(r"\*\*([^*\n]+)\*\*|^\*([^*\n]+)\*")
_CODE = re.compile(r"`([^`\n]+)`")
_FENCE = "```"
_NEAR = 3


def page(code: str, language: str) -> str:
    """The part of a code's page that is in a language, with its heading."""
    folder = next(each for each in FOLDERS if each.is_dir())
    text = (folder / f"{code}.md").read_text("utf-8")
    parts = text.split(MARK)
    return parts[list(LANGUAGES).index(language)].strip() + "\n"


def plain(text: str, coloured: bool) -> str:
    """A page as a terminal shows it: examples are indented, and no sign is left that only Markdown needs."""
    lines, within = list[str](), False
    for line in text.rstrip("\n").split("\n"):
        if line.startswith(_FENCE):
            within = not within
        elif within:
            lines.append(f"    {line}".rstrip())
        else:
            lines.append(_prose(line, coloured))
    return "\n".join(lines) + "\n"


def _prose(line: str, coloured: bool) -> str:
    if heading := _HEADING.match(line):
        return painted(BOLD, heading[1], coloured)
    return _CODE.sub(r"\1", _STRONG.sub(lambda found: painted(BOLD, found[1] or found[2], coloured), line))


def code_of(text: str) -> str:
    """The code that somebody means who types G704, g704, Ｇ７０４ or 704."""
    code = unicodedata.normalize("NFKC", text).strip().upper()
    return f"G{code}" if code.isdigit() else code


def near(code: str) -> list[str]:
    """The codes that are most like an unknown one."""
    digits = "".join(char for char in code if char.isdecimal())[:6]
    by_number = sorted(CODES, key=lambda each: (abs(int(each[1:]) - int(digits or 0)), each))
    return sorted(by_number[:_NEAR])
