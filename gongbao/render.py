"""Pages to files: what a worker process does, knowing nothing of sources or the catalogue."""

from dataclasses import dataclass
from pathlib import Path

from gongbao import publish
from gongbao.diagnostics import Diagnostic, finding
from gongbao.jobs import Job
from gongbao.publish import Written
from gongbao.theme import Renderer, Theme, ThemeFault
from gongbao.views import FilePage, Site


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: what was written, or what is wrong with the page. `copied`: no template rendered it."""

    path: str
    fingerprint: str
    written: Written | None
    copied: bool = False
    found: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What a worker needs for all its jobs: the theme, the site, where the site lies and where its pages go."""

    theme: Theme
    site: Site
    root: Path
    output: Path


class _Worker:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.renderer = Renderer(desk.theme, desk.site)

    def done(self, job: Job) -> Done:
        page = job.page()
        copied = isinstance(page.view, FilePage)
        try:
            data = self._copied(page.view) if isinstance(page.view, FilePage) else self.renderer.render(page)
        except ThemeFault as fault:
            found = finding("G505", fault.template, fault.line, 0, path=job.path, problem=fault.problem)
            return Done(job.path, job.fingerprint, None, found=found)
        return Done(job.path, job.fingerprint, publish.write(self.desk.output, job.path, data), copied)

    def _copied(self, view: FilePage) -> bytes:
        return view.text.encode() if view.text else (self.desk.root / view.file).read_bytes()


# One renderer a process: making its environment costs more than rendering a page.
_workers: dict[str, _Worker] = {}


def start(desk: Desk) -> None:
    """Makes this process ready to render."""
    _workers["now"] = _Worker(desk)


def render(batch: tuple[Job, ...]) -> list[Done]:
    """Renders a batch of jobs and writes their files. Raises `Stop` where a file cannot be written."""
    return [_workers["now"].done(each) for each in batch]
