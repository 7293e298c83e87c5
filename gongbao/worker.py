"""What a worker does with a queued page: makes it of the catalogue, renders it where it is stale, writes its file."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from gongbao import pinyin, plan, publish, records
from gongbao.catalogue import Ask, Reader
from gongbao.catalogue.published import Queued
from gongbao.diagnostics import Diagnostic, finding
from gongbao.pages import Context
from gongbao.plan import Basis
from gongbao.publish import Written
from gongbao.read import variants
from gongbao.render import Fault, render
from gongbao.settings import Settings
from gongbao.spoken import Speaker
from gongbao.theme import Renderer, Theme
from gongbao.views import FilePage, Page, Site


@dataclass(frozen=True, slots=True)
class Desk:
    """What a worker needs for all its pages: where the site lies, its catalogue, and where its pages go; the rest."""

    root: Path
    catalogue: Path
    output: Path
    settings: Settings
    theme: Theme
    site: Site
    basis: Basis


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a page. `template`: empty where none renders it; `written`: None where it is not stale or could not
    be rendered; `failed`: it could not."""

    page: Queued
    template: str
    fingerprint: str
    findings: tuple[Diagnostic, ...]
    written: Written | None = None
    failed: bool = False


# Compiling a theme's templates costs more than a build of a few pages: one that is the same is kept for the next.
_kept: dict[str, tuple[Theme, Site, Renderer]] = {}


def renderer(desk: Desk) -> Renderer:
    """What renders with the desk's theme."""
    theme, site, _ = _kept.get("now", (None, None, None))
    if (theme, site) != (desk.theme, desk.site):
        _kept["now"] = desk.theme, desk.site, Renderer(desk.theme, desk.site)
    return _kept["now"][2]


class _Worker:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.reader = Reader(desk.catalogue)
        self.context = Context(Ask(self.reader), desk.settings, desk.theme, Speaker(desk.settings.language))
        self.renderer = renderer(desk)
        self.held = ExitStack()
        self.held.callback(self.reader.close)
        self.held.enter_context(pinyin.remembering(self.reader))

    def done(self, each: Queued) -> Done:
        made = plan.make(self.context, self.desk.basis, each)
        template = made.page.template
        if made.fingerprint == each.known:
            return Done(each, template, made.fingerprint, made.findings)
        try:
            data = self._data(made.page, each)
        except Fault as fault:
            return Done(each, template, "", (*made.findings, fault.found), failed=True)
        written = publish.write(self.desk.output, each.path, data, is_new=not each.known)
        return Done(each, template, made.fingerprint, made.findings, written)

    def _data(self, page: Page, each: Queued) -> bytes:
        try:
            return render(page, each.path, self.renderer, self.desk.root)
        except FileNotFoundError:
            if not isinstance(page.view, FilePage):
                raise
        # What was kept may have been deleted, or the picture itself since the build looked at it.
        digest = each.key.partition("/")[0]
        variants.make(self.desk.root, digest, tuple(found.source for found in self.context.ask.media_with(digest)))
        try:
            return render(page, each.path, self.renderer, self.desk.root)
        except OSError as error:
            raise Fault(finding("G112", page.view.file, problem=error.strerror or "")) from error


# One a process: what it opens and makes costs more than a page.
_workers: dict[str, _Worker] = {}


def start(desk: Desk) -> None:
    """Makes this process ready."""
    _workers["now"] = _Worker(desk)


def work(batch: bytes) -> bytes:
    """Does a packed batch of `Queued` and packs the `Done`. Raises `Stop` where a file cannot be written."""
    worker = _workers["now"]
    with worker.reader.telling():
        return records.pack([worker.done(each) for each in records.unpack(batch, list[Queued])])


def stop() -> None:
    """Lets go of what this process holds, where it does other things afterwards."""
    if worker := _workers.pop("now", None):
        worker.held.close()
