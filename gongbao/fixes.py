"""What check --fix does: findings that tell their own mend, put into a source, and nothing else in it touched."""

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from operator import attrgetter
from pathlib import Path

from gongbao.diagnostics import Diagnostic
from gongbao.excerpts import GREEN, RED, hidden, painted, visible

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def mendable(found: Diagnostic) -> bool:
    """Whether a finding tells what is to stand at its place instead."""
    return bool(found.line) and {"old", "new"} <= dict(found.args).keys()


def mended(text: str, findings: Iterable[Diagnostic]) -> str:
    """`text` with the mends of `findings`; a finding whose `old` does not stand at its place changes nothing.

    Lines may end in any of the usual ways, and keep their ends.
    """
    lines = [found[0] for found in _LINE.finditer(text)]
    told = sorted(filter(mendable, set(findings)), key=attrgetter("line", "column"))
    for number, found in groupby(told, key=attrgetter("line")):
        if number <= len(lines):
            lines[number - 1] = _line(lines[number - 1], found)
    return "".join(lines)


def _line(line: str, findings: Iterable[Diagnostic]) -> str:
    pieces, end = [], 0
    for each in findings:
        told, at = dict(each.args), each.column - 1
        if at >= end and line.startswith(told["old"], at):
            pieces += [line[end:at], told["new"]]
            end = at + len(told["old"])
    return "".join(pieces) + line[end:]


Again = Callable[[str, str], list[Diagnostic]]
"""What is found in the text of a file after a mend, by its path and text with plain line ends."""
_ROUNDS = 5


def settled(file: str, text: str, findings: Iterable[Diagnostic], again: Again) -> str:
    """`text` with all mends, and with those that follow from them."""
    for _ in range(_ROUNDS):
        before, text = text, mended(text, findings)
        if text == before:
            break
        findings = again(file, text.replace("\r\n", "\n").replace("\r", "\n"))
    return text


def mends(root: Path, findings: Iterable[Diagnostic], again: Again) -> Iterator[tuple[str, str, str]]:
    """Path from the root, text and mended text of each file that findings tell how to mend; a BOM is left out."""
    told = sorted(filter(mendable, findings))
    for file, found in groupby(told, key=attrgetter("file")):
        try:
            before = (root / file).read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        after = settled(file, before, list(found), again)
        if after != before:
            yield file, before, after


_AROUND = 10
"""How many characters are shown before and behind a change."""
_LONG = 2000
"""From how many characters on a line is compared in a quicker way."""


def difference(before: str, after: str, coloured: bool = False) -> Iterator[tuple[int, str]]:
    """All that would change in a text: number of the line, and the few characters around, as in 甲[-,-]{+，+}乙."""
    lines = [[line.rstrip("\r\n") for line in _LINE.findall(text) if line] for text in (before, after)]
    for number, (old, new) in enumerate(zip_longest(*lines, fillvalue=""), 1):
        if old != new:
            yield from ((number, text) for text in _changes(old, new, coloured))


def _changes(old: str, new: str, coloured: bool) -> Iterator[str]:
    """The changes of a line, those near one another together."""
    around = hidden(old)
    for group in SequenceMatcher(None, old, new, len(old) > _LONG).get_grouped_opcodes(_AROUND):
        start, end = group[0][1], group[-1][2]
        text = "".join(
            visible(around[a:b])
            if way == "equal"
            else _change(RED, "[-{}-]", old[a:b], coloured) + _change(GREEN, "{{+{}+}}", new[c:d], coloured)
            for way, a, b, c, d in group
        )
        yield "…" * bool(start) + text + "…" * (end < len(old))


def _change(colour: int, sign: str, text: str, coloured: bool) -> str:
    return painted(colour, sign.format(visible(text)), coloured) if text else ""


def write(path: Path, text: str) -> None:
    """`text` at `path`, where a file of UTF-8 stands: written beside it and renamed, its mode and a BOM kept."""
    mark = b"\xef\xbb\xbf" if path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
    beside = path.with_name(f".{path.name}.gongbao")
    try:
        beside.write_bytes(mark + text.encode())
        beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
