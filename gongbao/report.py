"""What a build tells: its progress, what it did, and its findings; on a terminal, as lines, or as JSON lines."""

import json
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from gongbao.diagnostics import N_, Diagnostic, Severity
from gongbao.excerpts import shown
from gongbao.listing import Listing, lines_of
from gongbao.messages import catalogue

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

if sys.platform != "win32":
    import resource

_ROOM = 100
"""How many columns a line has where no terminal says so."""
FORMS = ("text", "json", "github")
"""In which forms findings are told."""


class Watcher(Protocol):
    """Whoever watches a build."""

    def phase(self, name: str, total: int) -> None:
        """A phase begins; `name` is a message id, `total` how many steps it has (0: not known)."""

    def step(self, count: int = 1) -> None:
        """As many steps are done."""

    def published(self, paths: list[str]) -> None:
        """The files at these paths in the output folder have new bytes now, or are gone."""


class Silent:
    """Watches and says nothing."""

    def phase(self, name: str, total: int) -> None:
        """Nothing."""

    def step(self, count: int = 1) -> None:
        """Nothing."""

    def published(self, paths: list[str]) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a build counted: sources there are, read now; pages and files there are, rendered or copied now, written
    with new bytes, left alone; files deleted."""

    sources: int
    read: int
    pages: int
    rendered: int
    written: int
    kept: int
    deleted: int
    copied: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """What a build would do: new, changed or gone (message ids), where, and why (a message id, and what fills it)."""

    change: str
    address: str
    reason: str
    args: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build."""

    findings: tuple[Diagnostic, ...]
    figures: Figures
    planned: tuple[Planned, ...] = ()


class Report:
    """Tells of one build in one language: findings on the error stream, all else on the output stream."""

    def __init__(self, language: str, form: str = "text") -> None:
        self._gettext = catalogue(language).gettext
        self._json = form == "json"
        self._annotates = form == "github"
        self._began = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._live = not self._json and _is_terminal(sys.stderr)
        _forgive(sys.stdout, "utf-8" if self._json else None)
        _forgive(sys.stderr)

    def phase(self, name: str, total: int) -> None:
        """A phase begins."""
        if self._json:
            return
        if not self._live:
            if total:
                print(self.say(N_("{phase}: {total}"), phase=self._gettext(name), total=total), file=sys.stderr)
            return
        self.close()
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        self._task = self._bar.add_task(self._gettext(name), total=total or None)

    def step(self, count: int = 1) -> None:
        """As many steps are done."""
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, count)

    def published(self, paths: list[str]) -> None:
        """Nothing: the figures tell how many."""

    def close(self) -> None:
        """The bar, if any, is taken away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def say(self, message: str, **args: object) -> str:
        """A message with its {named} places filled."""
        return self._gettext(message).format(**args)

    def checked(self, found: Iterable[Diagnostic], root: Path, every: bool = False) -> None:
        """Tells findings as a check does: with the line of each, those alike folded unless `every` is asked for."""
        if self._json or self._annotates:
            self.findings(found)
            return
        told = tuple(found)
        room = shutil.get_terminal_size((_ROOM, 24)).columns if sys.stderr.isatty() else _ROOM
        for line in Listing(lines_of(root), self._gettext, room, coloured(sys.stderr)).told(told, every):
            print(line, file=sys.stderr)
        self._count(told)

    def _count(self, found: Iterable[Diagnostic]) -> None:
        counts = Counter(each.severity for each in found)
        if counts:
            errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
            told = self.say(N_("Found: {errors} errors, {warnings} warnings."), errors=errors, warnings=warnings)
            print(told, file=sys.stderr)

    def findings(self, found: Iterable[Diagnostic]) -> None:
        """Tells each finding, with its hint, and how many there were."""
        told = sorted(found)
        for each in told:
            if self._json:
                self._object("finding", **self._finding(each))
            elif self._annotates:
                print(self._annotation(each))
            else:
                print(self._line(each), file=sys.stderr)
        if not self._json:
            self._count(told)

    def _finding(self, each: Diagnostic) -> dict[str, object]:
        return {
            "code": each.code,
            "severity": each.severity.value,
            "file": each.file,
            "line": each.line,
            "column": each.column,
            "message": each.message(self._gettext),
            "hint": each.hint(self._gettext),
        }

    def _annotation(self, each: Diagnostic) -> str:
        """A finding as a workflow command of GitHub Actions, which shows it beside the line."""
        place = {"file": each.file, "line": each.line, "col": each.column, "title": each.code}
        told = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in place.items() if value)
        said = _escaped(f"{each.message(self._gettext)} ({each.hint(self._gettext)})")
        return f"::{each.severity.value} {told}::{said}"

    def _line(self, each: Diagnostic) -> str:
        parts = ":".join(str(part) for part in (each.file, each.line, each.column) if part)
        place = f"{parts}: " if parts else ""
        severity = self._gettext(N_("error") if each.severity is Severity.ERROR else N_("warning"))
        said = f"{severity} {each.code} {each.message(self._gettext)}"
        return f"{shown(place + said)}\n    {shown(each.hint(self._gettext))}"

    def planned(self, planned: Iterable[Planned]) -> None:
        """Tells what a build would do."""
        for each in planned:
            if self._json:
                self._object("planned", **asdict(each))
            else:
                reason = self.say(each.reason, **each.args)
                print(shown(f"{self._gettext(each.change)} {each.address} ({reason})"))

    def figures(self, figures: Figures, done: bool = True) -> None:
        """The closing line; only what was read where nothing is `done` (a check, a dry run)."""
        seconds, memory = time.monotonic() - self._began, _memory()
        if self._json:
            self._object("figures", **asdict(figures), seconds=round(seconds, 3), memory_mib=memory)
            return
        parts = [self.say(N_("{sources} sources, {read} read"), sources=figures.sources, read=figures.read)]
        if done:
            parts.append(self._done(figures))
        parts.append(self.say(N_("{seconds} s, {memory} MiB"), seconds=f"{seconds:.1f}", memory=memory))
        print(self.say(N_("; ")).join(parts))

    def _done(self, figures: Figures) -> str:
        if not (figures.rendered or figures.written or figures.deleted):
            return self.say(N_("nothing has changed, nothing was rendered: {pages} pages"), pages=figures.pages)
        return self.say(
            N_("{pages} pages and files: {rendered} rendered, {copied} copied, {kept} left alone, {deleted} deleted"),
            pages=figures.pages,
            rendered=figures.rendered,
            copied=figures.copied,
            kept=figures.kept,
            deleted=figures.deleted,
        )

    def _object(self, kind: str, **values: object) -> None:
        print(json.dumps({"type": kind, **values}, ensure_ascii=False))


def coloured(stream: TextIO) -> bool:
    """Whether what is written to a stream may have colours."""
    return _is_terminal(stream) and not os.environ.get("NO_COLOR")


def _is_terminal(stream: TextIO) -> bool:
    # rich takes FORCE_COLOR for a terminal; a file that is written to is none.
    return stream.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in "%\r\n" + more else char for char in text)


def _forgive(stream: object, encoding: str | None = None) -> None:
    """What `stream` cannot encode is written as an escape and ends nothing; JSON lines are UTF-8 wherever they go."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _memory() -> int:
    """The most memory held, in MiB, by this process or one of its workers, added up; 0 where it cannot be known."""
    if sys.platform == "win32":
        return 0
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return sum(resource.getrusage(who).ru_maxrss // unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
