"""Pages to bytes: what a worker process does, knowing nothing of sources or the catalogue."""

from dataclasses import dataclass
from pathlib import Path

from gongbao.diagnostics import Diagnostic, finding
from gongbao.jobs import Job
from gongbao.theme import Renderer, Theme, ThemeFault
from gongbao.views import FilePage, Site


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's bytes, or what is wrong with it; no bytes and no finding: the file `copy` as it is."""

    path: str
    fingerprint: str
    data: bytes | None
    copy: str = ""
    found: Diagnostic | None = None


# One renderer a process: making the environment costs more than rendering a page.
_renderers: dict[str, Renderer] = {}


def start(theme: Theme, site: Site) -> None:
    """Makes this process ready to render."""
    _renderers["now"] = Renderer(theme, site)


def render(batch: tuple[Job, ...]) -> list[Rendered]:
    """Renders a batch of jobs."""
    return [_render(each) for each in batch]


def _render(job: Job) -> Rendered:
    page = job.page()
    if isinstance(page.view, FilePage):
        text = page.view.text
        return Rendered(job.path, job.fingerprint, text.encode() if text else None, "" if text else page.view.file)
    try:
        data = _renderers["now"].render(page)
    except ThemeFault as fault:
        found = finding("G505", fault.template, fault.line, 0, path=job.path, problem=fault.problem)
        return Rendered(job.path, job.fingerprint, None, found=found)
    return Rendered(job.path, job.fingerprint, data)


def data_of(each: Rendered, root: Path) -> bytes:
    """The bytes of a rendered page; those of a copied file are read now, from the root."""
    return each.data if each.data is not None else (root / each.copy).read_bytes()
