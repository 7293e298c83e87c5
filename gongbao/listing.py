"""The findings of a check as text: by file and line, each with its line, those of one cause folded, and counted."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gongbao.decoding import decode
from gongbao.diagnostics import N_, Diagnostic, Severity, Translate
from gongbao.excerpts import BOLD, DIM, GREEN, RED, YELLOW, excerpt, hidden, painted, shown

_SHOWN = 3
"""How many findings of the same cause are told before the others are only counted."""


class Listing:
    """Tells findings in one language. `lines` gives the lines of a file (from the root); `room`: columns of a line."""

    def __init__(self, lines: Callable[[str], list[str]], translate: Translate, room: int, coloured: bool) -> None:
        self._lines = lines
        self._translate = translate
        self._room = room
        self._coloured = coloured

    def told(self, findings: Iterable[Diagnostic], every: bool = False) -> Iterator[str]:
        """Line by line; those of the same cause are folded unless `every` one is asked for."""
        found = sorted(findings)
        alike = Counter(map(_cause, found))
        told: defaultdict[object, int] = defaultdict(int)
        for each in found:
            cause = _cause(each)
            told[cause] += 1
            left = alike[cause] - _SHOWN
            if every or left <= 1 or told[cause] <= _SHOWN:
                yield from self._finding(each)
            if not every and left > 1 and told[cause] == _SHOWN:
                yield self._paint(DIM, "    " + self._say(N_("and in {count} more places"), count=left))
        if found:
            yield from self._counts(found)

    def _say(self, message: str, **args: object) -> str:
        return self._translate(message).format_map(args)

    def _paint(self, colour: int, text: str) -> str:
        return painted(colour, text, self._coloured)

    def _finding(self, each: Diagnostic) -> Iterator[str]:
        parts = ":".join(str(part) for part in (each.file, each.line, each.column) if part)
        place = self._paint(BOLD, shown(parts)) + ": " if parts else ""
        error = each.severity is Severity.ERROR
        severity = self._paint(RED if error else YELLOW, self._translate(N_("error") if error else N_("warning")))
        yield f"{place}{severity} {each.code} {shown(each.message(self._translate))}"
        yield from self._excerpt(each)
        yield f"    {shown(each.hint(self._translate))}"

    def _excerpt(self, each: Diagnostic) -> Iterator[str]:
        lines = self._lines(each.file) if each.line else []
        if not 0 < each.line <= len(lines) or not lines[each.line - 1].strip():
            return
        line, before = excerpt(hidden(lines[each.line - 1]), max(each.column, 1), self._room - 6)
        yield f"    {self._paint(DIM, '|')} {line}"
        yield f"    {self._paint(DIM, '|')} {' ' * before}{self._paint(GREEN, '^')}"

    def _counts(self, found: list[Diagnostic]) -> Iterator[str]:
        counts = Counter(each.code for each in found)
        told = self._translate(N_(", ")).join(f"{code} ×{counts[code]}" for code in sorted(counts))
        yield self._say(N_("By code: {counts}."), counts=told)
        code = min(counts, key=lambda code: (-counts[code], code))
        yield self._say(N_("What a code means: python build.py explain {code}"), code=code)


def _cause(each: Diagnostic) -> tuple[str, object]:
    """What findings of the same cause have in common; each on a whole file stands for itself."""
    return each.code, each.args if each.line and each.args else (each.file, each.line, each.column)


def lines_of(root: Path) -> Callable[[str], list[str]]:
    """The lines of files below `root`, of which the last is kept; none of one that is no text."""
    kept: dict[str, list[str]] = {}

    def lines(file: str) -> list[str]:
        if file not in kept:
            kept.clear()
            kept[file] = _read(root / file)
        return kept[file]

    return lines


def _read(path: Path) -> list[str]:
    try:
        text, _ = decode(path.name, path.read_bytes())
    except OSError:
        return []
    return text.split("\n") if text else []
