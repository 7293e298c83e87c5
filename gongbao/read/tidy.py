"""An article's text as editors type it to Markdown: paragraphs, links and characters, where the meaning is certain."""

import re
from collections.abc import Iterator
from itertools import islice

from gongbao import targets
from gongbao.characters import clean, doubtful, is_odd
from gongbao.diagnostics import Diagnostic, finding
from gongbao.text import HAN

_INDENT = re.compile(rf"(?= {{0,3}}[\t\u3000\u00a0]| {{4}})[ \t\u3000\u00a0]++(?=[{HAN}“‘《（【—])")
_SIGN = re.compile(
    r"[·•●○◆◇■□▪▫▲△★☆►▶※➤]\s*\S|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}、|[①-⑳]"
)
_LIST = re.compile(r"(?:[-*+]|\d{1,2}[.)]) +\S")
_BLOCK = re.compile(r"\s*(?:[-*+>|#]|\d+[.)] |={3,}|```|~~~|\[\^|<)|.*(?:  |\\)$")
_ENDED = re.compile(r"[。！？…!?；：][”’」』）)】]*\s*$|[”」』）】]\s*$")
_LISTED = re.compile(r"\s*(?:[-+*]|\d+[.])\s|\s*\[\^")
_LINK = re.compile(
    r"(?P<picture>(?:^|(?<=\n))[!！]|!)?(?P<open>[\[［【])(?P<text>[^\[\]［］【】\n]*)(?P<close>[\]］】])"
    r"(?P<gap>[ \u3000]?)(?P<begin>[(（])(?P<target>[^\n()（）]*(?:\([^\n()]*\)[^\n()（）]*)?)(?P<end>[)）])"
)
_MAYBE_LINK = re.compile(r"[\]］】][ \u3000]?[(（]")
_MAYBE_INDENT = re.compile(r"[\u3000\u00a0\t]|    ")
_LINK_OR_CODE = re.compile(rf"`[^`\n]+`|{_LINK.pattern}")
_PAIRS = {"[": "]", "［": "］", "【": "】", "(": ")", "（": "）"}
_TITLED = re.compile(r"""(?P<path>.*?)(?P<title>\s+(?:"[^"]*"|'[^']*'))?\s*$""")
_MANY = 4
_LONGEST = 1000
_MOST = 100
"""How many doubtful characters of a text are told of."""


def has_single_breaks(text: str) -> bool:
    """Whether any line ends without an empty one below it."""
    bare = text.strip("\n")
    return bare.count("\n") != 2 * bare.count("\n\n")


def is_settled(text: str) -> bool:
    """Whether a plain text has no more to it: no lone line breaks, no links in wide brackets, no wrong conversion."""
    return not (has_single_breaks(text) or "］（" in text or "】（" in text or "锟斤拷" in text)


def tidied(text: str) -> str:
    """`text` as it was meant."""
    text = clean(text)
    if _MAYBE_LINK.search(text):
        text = _mend_links(text)
    return _parted(text) if has_single_breaks(text) or _MAYBE_INDENT.search(text) else text


def _mend_links(text: str) -> str:
    return _LINK_OR_CODE.sub(lambda match: _mended_link(match) if match["open"] else match[0], text)


def _mended_link(match: re.Match[str]) -> str:
    if _PAIRS[match["open"]] != match["close"] or _PAIRS[match["begin"]] not in (match["end"], "）", ")"):
        return match[0]
    path, title = _path_of(match["target"])
    wide = any(match[name] in "［【］】（）" for name in ("open", "close", "begin", "end")) or bool(match["gap"])
    if wide and not targets.is_target(path) and not targets.is_on_computer(path):
        return match[0]
    meant = targets.mended(path)
    if not wide and meant == path and match["picture"] != "！":
        return match[0]
    if match["picture"] and match["picture"] != "!" and not _is_picture(path):
        return match[0]
    return f"{'!' if match['picture'] else ''}[{match['text']}]({_written(meant)}{title})"


def _path_of(target: str) -> tuple[str, str]:
    match = _TITLED.fullmatch(target) if len(target) < _LONGEST else None
    return (match["path"].strip(), match["title"] or "") if match else (target, "")


def _is_picture(path: str) -> bool:
    return path.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"))


def _written(target: str) -> str:
    return f"<{target}>" if " " in target else target


def place_of(text: str, target: str) -> int:
    """Where a target stands in the text that was typed; -1 where it does not."""
    for match in _LINK.finditer(text):
        path, _ = _path_of(match["target"])
        if clean(targets.mended(path)).partition("#")[0] == target:
            return match.start("target")
    return -1


def _parted(text: str) -> str:
    """Paragraphs parted by empty lines where they were parted by indents, by signs or by line breaks alone."""
    lines = text.split("\n")
    every = _is_line_by_line(lines)
    kept: list[str] = []
    listed = fenced = False
    for number, typed in enumerate(lines):
        before = lines[number - 1] if number else ""
        if typed.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if not before.strip() and typed.strip() and not typed[0].isspace():
            listed = False
        listed = listed or bool(_LISTED.match(typed))
        indent = None if listed or fenced else _INDENT.match(typed)
        line = typed[indent.end() :] if indent else typed
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if before.strip() and line.strip() and not fenced and (every or indent or _begins(line, before, after, listed)):
            kept.append("")
        kept.append(line)
    return "\n".join(kept)


def _begins(line: str, before: str, after: str, listed: bool) -> bool:
    """Whether a line begins something new, though no empty line stands above it."""
    if _SIGN.match(line):
        return not listed and not _BLOCK.match(before)
    return bool(_LIST.match(line) and _LIST.match(after)) and not _BLOCK.match(before) and not before[0].isspace()


def _is_line_by_line(lines: list[str]) -> bool:
    """Whether every line is a paragraph: there is no empty one, and each but the last ends as a sentence does."""
    told = _bare(lines)
    return len(told) > 1 and all(_ENDED.search(line) for line in told) and not any(map(_BLOCK.match, told))


def _bare(lines: list[str]) -> list[str]:
    """The lines without empty ones above and below; none where there is one between them."""
    told = "\n".join(lines).strip("\n \t\u3000").split("\n")
    return told if all(line.strip() for line in told) else []


def found(file: str, text: str, first: int) -> Iterator[Diagnostic]:
    """What is doubtful in a text that was typed; `first`: the line on which it begins."""
    if is_odd(text):
        for code, at, told in islice(doubtful(text), _MOST):
            yield finding(code, file, *_place(text, at, first), **{"value" if code == "G122" else "char": told})
    for match in _LINK.finditer(text) if _MAYBE_LINK.search(text) else ():
        path, _ = _path_of(match["target"])
        spot = _place(text, match.start("target"), first)
        if targets.is_on_computer(path):
            mark = "!" if match["picture"] else ""
            mend = f"{mark}[{match['text']}]({targets.file_name(path)})"
            yield finding("G313", file, *spot, target=path[:80], mend=mend[:80])
        elif not match["picture"] and targets.bare_host(path):
            yield finding("G314", file, *spot, target=path[:80], mend=f"http://{path}"[:80])
    yield from _unparted(file, text.split("\n"), first)


def _unparted(file: str, lines: list[str], first: int) -> Iterator[Diagnostic]:
    told = _bare(lines)
    if len(told) < _MANY or _is_line_by_line(lines) or any(map(_BLOCK.match, told)):
        return
    if any(_INDENT.match(line) or _SIGN.match(line) for line in told[1:]):
        return
    ended = sum(bool(_ENDED.search(line)) for line in told)
    if 2 * ended >= len(told) or max(map(len, told)) <= 16:  # whole sentences, or the lines of a poem
        yield finding("G315", file, first, 1, count=len(told))


def _place(text: str, at: int, first: int) -> tuple[int, int]:
    return first + text.count("\n", 0, at), at - text.rfind("\n", 0, at)
