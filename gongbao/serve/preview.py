"""The builds of the preview: into a folder of its own, with drafts, and with a catalogue that no other build uses."""

import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from gongbao.diagnostics import Diagnostic, Stop, finding
from gongbao.order import Order
from gongbao.repeat import Repeated
from gongbao.report import Figures, Outcome, Report
from gongbao.serve.told import State
from gongbao.settings import Settings, language_of, load_settings

_FAULT = "fault.txt"
HOME = ".gongbao/serve"
"""The preview's own folder: a build of the site neither sees it nor is seen by it."""


class Stopped(BaseException):
    """The preview is to end."""


@dataclass(slots=True)
class _Watched:
    """Watches a build: passes on what is published, and ends it when the preview ends."""

    report: Report
    told: Callable[[list[str]], None]
    preview: "Preview"

    def phase(self, name: str, total: int) -> None:
        self._go_on()
        self.report.phase(name, total)

    def step(self, count: int = 1) -> None:
        self._go_on()
        self.report.step(count)

    def published(self, paths: list[str]) -> None:
        if paths:
            self.told(paths)

    def _go_on(self) -> None:
        if self.preview.ends:
            raise Stopped


class Preview:
    """One build after another of a site's preview, all in one thread."""

    def __init__(self, root: Path, now: str, theme: str, jobs: int) -> None:
        self.root = root
        self.output = root / HOME / "output"
        self.ends = False
        """Set from any thread: no more is built."""
        self._order = Order(root, self.output, now, theme, jobs, home=HOME, drafts=True)
        self._repeated = Repeated()
        self._failed = False
        self._marks: Mapping[str, str] = {}

    def build(self, changed: frozenset[str] | None, first: frozenset[str], told: Callable[[list[str]], None]) -> State:
        """Builds what changed (None: anything), the pages at the paths `first` first; `told` hears of each file that is
        new. Never raises but `Stopped`: what is wrong stands in the answer."""
        report = Report(language_of(self.root))
        watcher = _Watched(report, told, self)
        changed = None if self._failed else changed
        # The index would keep the next change waiting longer than a page does.
        order = replace(self._order, changed=changed, first=first, index=changed is None)
        self._failed = True
        try:
            outcome = self._again(order, watcher)
            self._failed = False
        except Stop as stop:
            outcome = Outcome(tuple(_said(found) for found in stop.findings), _NOTHING)
        except Exception as error:  # a fault of ours: the server goes on, and the next change may mend it
            outcome = Outcome((self._fault(error),), _NOTHING)
        finally:
            report.close()
        state = self._state(outcome)
        report.findings(state.findings)
        if not self._failed:
            report.figures(outcome.figures)
        return state

    def _again(self, order: Order, watcher: _Watched) -> Outcome:
        try:
            return self._repeated.build(order, watcher)
        except OSError:  # a folder was renamed or deleted while it was read
            return self._repeated.build(replace(order, changed=None), watcher)

    def _fault(self, error: Exception) -> Diagnostic:
        path = self.root / HOME / _FAULT
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        return finding("G852", "", problem=f"{type(error).__name__}: {error}", file=f"{HOME}/{_FAULT}")

    def state(self) -> State:
        """What is known before the first build."""
        settings, _, language = load_settings(self.root)
        return State(language, base=_base(settings))

    def _state(self, outcome: Outcome) -> State:
        settings, _, language = load_settings(self.root)
        before, self._marks = self._marks, self._repeated.unpublished(self._order.now)
        findings = tuple(each for each in outcome.findings if not _is_lost(each, before))
        return State(language, findings, not self._failed, True, self._marks, _base(settings))

    def warm(self) -> None:
        """Makes ready for the next build while nothing else is to be done."""
        self._repeated.warm()

    def close(self) -> None:
        """Lets go of the catalogue; in the thread of the builds."""
        self._repeated.close()


def _is_lost(found: Diagnostic, marks: Mapping[str, str]) -> bool:
    """Whether it tells of an address that went before anybody could know it."""
    return found.code == "G407" and dict(found.args)["address"] in marks


def _said(found: Diagnostic) -> Diagnostic:
    """The one other build that can be in the way of a preview is another preview."""
    return finding("G851", "") if found.code == "G602" else found


_NOTHING = Figures(0, 0, 0, 0, 0, 0, 0)


def _base(settings: Settings | None) -> str:
    """The path below which the site is published."""
    return urlsplit(settings.base_url).path.rstrip("/") if settings else ""
