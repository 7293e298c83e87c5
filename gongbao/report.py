"""What a build tells: its progress, what it did, and its findings; on a terminal, as lines, or as JSON lines."""

from dataclasses import dataclass
from typing import Protocol

from gongbao.diagnostics import Diagnostic


class Progress(Protocol):
    """Whoever watches a build."""

    def phase(self, name: str, total: int) -> None:
        """A phase begins; `name` is a message id, `total` how many steps it has (0: not known)."""

    def step(self, count: int = 1) -> None:
        """Some steps are done."""


class Silent:
    """Watches and says nothing."""

    def phase(self, name: str, total: int) -> None:
        """Nothing."""

    def step(self, count: int = 1) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a build counted: sources there are, read now; pages there are, rendered now, written with new bytes, left
    alone; files deleted."""

    sources: int
    read: int
    pages: int
    rendered: int
    written: int
    kept: int
    deleted: int


@dataclass(frozen=True, slots=True)
class Planned:
    """What a build would do: new, changed or gone (message ids), where, and why."""

    change: str
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build."""

    findings: tuple[Diagnostic, ...]
    figures: Figures
    planned: tuple[Planned, ...] = ()
