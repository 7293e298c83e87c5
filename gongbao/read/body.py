"""A source's Markdown: rendered texts, what they refer to, and the traps that editors step into."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from gongbao.diagnostics import Diagnostic, finding
from gongbao.markdown import Rendered, is_plain, render_any, render_plain
from gongbao.model import Reference, Spot
from gongbao.read.tidy import found, is_settled, place_of, tidied
from gongbao.targets import is_on_computer
from gongbao.text import HAN

_YEAR_LIST = re.compile(r"\d{3,}[.)] ")
_HASH = re.compile(r"#{1,6}(?=[^#\s])")
_CODE_INDENT = re.compile(rf"(?: {{4}}|\t)\s*[^\s{HAN}“‘《（【—]")
_LIST_ITEM = re.compile(r"\s*(?:[-+*]|\d+[.])\s|\s*\[\^")
_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*")
_BRACKETS = 500
_FENCE = re.compile(r"\s*(?:```|~~~)")


def source_path(source: str, target: str) -> str:
    """A target as written in `source`: an address from “/” stays, a path becomes one from the content folder."""
    path = target.partition("#")[0].partition("?")[0] if not target.startswith("/") else target.partition("#")[0]
    return path if path.startswith("/") else normpath(join(dirname(source), path))


def rendered(file: str, text: str, line: int, prefix: str, start: int = 0) -> tuple[Rendered | None, list[Diagnostic]]:
    """The text as HTML, with the findings on it; none where it nests too deep. `line`: where it begins in the file;
    `start`: the number of its first reference."""
    plain = is_plain(text)
    if plain and is_settled(text):
        return render_plain(text), []
    findings = [*(() if plain else _traps(file, text, line)), *found(file, text, line)]
    meant = tidied(text)
    if is_plain(meant):
        return render_plain(meant), findings
    if most := _too_many_brackets(meant):
        return None, [*findings, finding("G317", file, line, 1, count=most)]
    try:
        result = render_any(meant, prefix, start)
    except RecursionError:
        return None, [*findings, finding("G312", file, line, 1)]
    for target in result.refused:
        if is_on_computer(target) or is_on_computer("\\" + target):
            continue  # told of by its own finding
        findings.append(finding("G306", file, *_spot(text, target, line), target=target[:80]))
    for tag in result.dropped:
        findings.append(finding("G311", file, *_spot(text, f"<{tag}", line), value=f"<{tag}>"))
    return result, findings


def _too_many_brackets(text: str) -> int:
    """How many brackets a paragraph has, where the library, which looks for the end of each, would not end; else 0."""
    if text.count("[") <= _BRACKETS:
        return 0
    most = max(paragraph.count("[") for paragraph in text.split("\n\n"))
    return most if most > _BRACKETS else 0


def references(source: str, text: str, line: int, targets: list[tuple[str, str]]) -> tuple[Reference, ...]:
    """What the tokens of a rendered text refer to, in their order."""
    seen = []
    for kind, target in targets:
        path, _, fragment = target.partition("#")
        spot = Spot(*_spot(text, path or target, line))
        seen.append(Reference(kind, source_path(source, target), fragment, path, spot))
    return tuple(seen)


def _spot(text: str, wanted: str, line: int) -> tuple[int, int]:
    at = text.find(wanted)
    if at < 0:
        at = text.lower().find(wanted.lower())
    if at < 0:
        at = place_of(text, wanted)
    if at < 0:
        return line, 1
    return line + text.count("\n", 0, at), at - text.rfind("\n", 0, at)


def _traps(file: str, text: str, first: int) -> Iterator[Diagnostic]:
    lines = text.split("\n")
    fenced = listed = False
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        if _FENCE.match(line):
            fenced = not fenced
        if fenced or not line.strip():
            continue
        if not before.strip() and not line[0].isspace():
            listed = False
        listed = listed or bool(_LIST_ITEM.match(line))
        yield from _trap(file, line, before, first + number, listed)


def _trap(file: str, line: str, before: str, at: int, listed: bool) -> Iterator[Diagnostic]:
    if year := _YEAR_LIST.match(line):
        shown = year[0].rstrip()
        yield finding("G307", file, at, 1, text=shown, mend=shown[:-1] + "\\" + shown[-1])
    if mark := _HASH.match(line):
        yield finding("G308", file, at, 1, text=line[:8], mend="\\" + line[: len(mark[0]) + 2] + "…")
    if _CODE_INDENT.match(line) and not before.strip() and not listed:
        yield finding("G309", file, at, 1)
    if _UNDERLINE.fullmatch(line) and before.strip() and not _UNDERLINE.fullmatch(before) and "|" not in before:
        yield finding("G310", file, at, 1, text=line.strip()[:5])
