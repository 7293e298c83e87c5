"""The pages of docs/findings/, one for each code: in a checkout beside the package, in an installed one within it."""

from pathlib import Path

from gongbao.messages import LANGUAGES

_PACKAGE = Path(__file__).parent
FOLDERS = (_PACKAGE / "findings", _PACKAGE.parent / "docs" / "findings")


def page(code: str, language: str) -> str:
    """The part of a code's page that is in a language, with its heading."""
    folder = next(each for each in FOLDERS if each.is_dir())
    text = (folder / f"{code}.md").read_text("utf-8")
    parts = text.split(MARK)
    return parts[list(LANGUAGES).index(language)].strip() + "\n"


MARK = "\n<!-- en -->\n"
"""What parts the languages of a page, in the order of LANGUAGES."""
