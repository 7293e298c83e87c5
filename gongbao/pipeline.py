"""The sentence: map(read) -> catalogue -> plan -> map(render) -> publish."""

import os
from collections.abc import Collection, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import islice

from gongbao import __version__, causes, early, execute, inspection, plan, publish, records, worker
from gongbao.catalogue import Damaged, Store, look, published, settle, take
from gongbao.catalogue.published import Published
from gongbao.checks import CODES
from gongbao.diagnostics import N_, Diagnostic, Stop, finding
from gongbao.intake import Intake
from gongbao.order import Order, context_of, folder_of, mended, need_folders, opened, tools_of
from gongbao.pages import Context, places, standing
from gongbao.plan import Basis
from gongbao.publish import Written
from gongbao.report import Figures, Outcome, Planned, Watcher
from gongbao.scaling import scale
from gongbao.search import update as search
from gongbao.text import asked_path, batched
from gongbao.views import Named, Site
from gongbao.worker import Done

__all__ = ["Order", "Run", "build", "check", "why"]

_PAGES = 40
"""How many pages a worker is given at a time: those of two issues, which ask for the same things."""
_COMMIT = 25
"""After how many times as many pages it is recorded that they were published."""
_LASTING = ("article", "standing")
"""Kinds of page whose addresses readers keep."""
_CHANGES = {published.NEW: N_("new"), published.CHANGED: N_("changed"), published.LAST: N_("changed")}


def build(order: Order, progress: Watcher) -> Outcome:
    """Builds the site. Raises `Stop` where nothing can be built."""
    return _mended(order, progress, to_publish=True)


def check(order: Order, progress: Watcher) -> Outcome:
    """Everything up to the plan: the findings, and nothing published. Where settings or theme end it, what is wrong
    with the sources themselves is told, too."""
    try:
        return _mended(order, progress, to_publish=False)
    except Stop as stop:
        raise Stop(*stop.findings, *_read_only(order, progress)) from stop


def _read_only(order: Order, progress: Watcher) -> list[Diagnostic]:
    """What is wrong with each source, of a site that cannot be planned; empty where not even that can be known."""
    findings: list[Diagnostic] = []
    try:
        need_folders(order.root)
        with opened(order) as store, store.transaction(keep=False):
            _intake(order).take(store, progress, findings)
            return sorted({*findings, *published.findings(store, "read:")})
    except (Stop, Damaged):
        return []


def _intake(order: Order, changed: Collection[str] | None = None) -> Intake:
    now = take.EVER if order.drafts else order.now
    return Intake(order.root / "content", now, order.jobs, order.executor, changed)


def why(order: Order, progress: Watcher, path: str) -> Outcome:
    """Why the next build would render the page at `path` (a path in output/ or an address), or why the last one did.

    Nothing is published, and nothing is kept.
    """
    return _mended(replace(order, dry_run=True), progress, to_publish=True, asked=asked_path(path))


def _address(path: str) -> str:
    return "/" + path.removesuffix("index.html")


def _mended(order: Order, progress: Watcher, to_publish: bool, asked: str = "") -> Outcome:
    return mended(order, lambda found: _run(order, progress, to_publish, found, asked))


def _run(order: Order, progress: Watcher, to_publish: bool, findings: list[Diagnostic], asked: str) -> Outcome:
    need_folders(order.root)
    with opened(order) as store:
        context = context_of(order, store, *tools_of(order, store))
        return Run(order, progress, store, context, to_publish, findings).run(asked)


class Run:
    """One build: what it works with, and what it counts."""

    def __init__(
        self, order: Order, progress: Watcher, store: Store, context: Context, publishes: bool, found: list[Diagnostic]
    ) -> None:
        self.order = order
        self.progress = progress
        self.store = store
        self.context = context
        self.publishes = publishes
        self.found = [*found, *context.theme.warnings]
        self.folder = folder_of(order) if publishes else store.meta("folder")
        self.read = self.rendered = self.copied = self.written = self.deleted = 0
        self.failed = self.scans = False
        self.planned: list[Planned] = []
        self.desk: worker.Desk | None = None
        """What the pages were rendered with."""

    def run(self, asked: str) -> Outcome:
        """The sentence; where the page at a path is asked for, only what would become of it."""
        if self.order.clean:
            self.store.renew(self.store.meta("engine"))
            published.unfinish(self.store, self.folder)
            search.forget(self.order.catalogue)
        if not self.store.touching:
            execute.warm(self.order.jobs, self.order.executor)
        with self._looking() as differing, self.store.transaction(keep=not self.order.dry_run):
            self._read()
            if self.publishes:
                scale(self.store, self.order.root, self.order.jobs, self.order.executor, self.progress)
            settle(self.store)
            site = self._site()
            basis = plan.basis_of(self.store, self.context, site, self.folder)
            if self.order.first and self.publishes and not self.order.dry_run:
                early.publish_early(self._desk(site, basis), self.store, self.order.first, self.progress.published)
            waiting = self._plan(basis, differing)
            if asked:
                self._tell(basis, asked)
                return self._outcome()
            if self.order.dry_run or not self.publishes:
                self._list(basis)
                if not self.publishes:
                    self._inspect()
                return self._outcome()
            published.claim(self.store, self.folder)
            self.store.set_meta("open", "yes")
            if self.scans:
                paths = publish.scan(self.order.output)
                published.find_foreign(self.store, self.folder, search.adopted(self.store, self.folder, paths))
        self._publish(site, basis, waiting)
        return self._outcome()

    def _read(self) -> None:
        changed = self.order.changed if self._is_told() else None
        self.read = _intake(self.order, changed).take(self.store, self.progress, self.found)

    def _is_told(self) -> bool:
        """Whether what changed is known without a look at all that there is."""
        known = self.store.touching and self.store.meta("folder") == self.folder and not self.store.meta("open")
        return known and self.order.changed is not None and "content" not in self.order.changed

    def _site(self) -> Site:
        settings = self.context.settings
        return Site(
            title=settings.title,
            language=settings.language,
            base_url=settings.base_url,
            generator=f"Gongbao {__version__}",
            columns=tuple(
                Named(each.name, places.column_address(self.context, each.name)) for each in settings.columns
            ),
            standing=standing.footer(self.context),
            publisher=dict(settings.publisher),
            footer=dict(settings.footer),
            theme_settings=dict(self.context.theme.settings),
            search=settings.has("search"),
        )

    def _looking(self) -> AbstractContextManager[Iterator[str]]:
        if not self.publishes or self._is_told():
            return nullcontext(iter(()))
        catalogue, output = self.order.catalogue.absolute(), self.order.output.absolute()
        if not self.store.touching:  # a catalogue that is filled has one reader
            return nullcontext(look.differing(self.store.db, self.folder, str(output)))
        return look.looking(self.store.db, catalogue, self.folder, output)

    def _plan(self, basis: Basis, differing: Iterator[str]) -> int:
        self.progress.phase(N_("plan"), 0)
        if self.publishes:
            self._look_at_output(differing)
        if self.order.verify:
            self._verify_files()
        plan.place_pages(self.store, self.context, basis, self.order.verify)
        return plan.queue(self.store, basis, unseen=not self.publishes)

    def _look_at_output(self, differing: Iterator[str]) -> None:
        """What was published is looked at file by file; for what is not ours only where there may be more of it."""
        known = self.store.touching and self.store.meta("folder") == self.folder and not self.store.meta("open")
        self.scans = self.order.verify or not known
        published.still_foreign(self.store, lambda path: os.path.lexists(self.order.output / path))
        for path in differing:
            published.spoil(self.store, self.folder, path, causes.OUTPUT)
        self.store.set_meta("folder", self.folder)

    def _verify_files(self) -> None:
        """Files that are not what was published, though size and time say so, are to be written anew."""
        for path, digest in published.digests(self.store, self.folder):
            if publish.digest(self.order.output, path) != digest:
                self.found.append(finding("G608", path, path=path))
                published.spoil(self.store, self.folder, path, causes.OUTPUT)

    def _tell(self, basis: Basis, path: str) -> None:
        address = _address(path)
        for each in published.waiting(self.store, path):
            if each.phase == published.GONE:
                self.planned.append(Planned(N_("gone"), address, *causes.said(each.cause)))
                continue
            made = plan.make(self.context, basis, each)
            if made.fingerprint != each.known:
                cause = plan.cause(basis, each, made.page.template)
                self.planned.append(Planned(_CHANGES[each.phase], address, *causes.said(cause)))
        if path == search.MANIFEST:
            self._plan_search()
        if not self.planned:
            last = published.cause(self.store, self.folder, path)
            if last is None:
                self.planned.append(Planned(N_("not there"), address, N_("no page stands at this address")))
            else:
                self.planned.append(Planned(N_("as it should be; last written because"), address, *causes.said(last)))

    def _plan_search(self) -> None:
        why = search.cause(self.store, self.context, self.folder)
        if why is not None:
            known = published.cause(self.store, self.folder, search.MANIFEST) is not None
            change = N_("changed") if known else N_("new")
            self.planned.append(Planned(change, f"/{search.MANIFEST}", *causes.said(why)))

    def _list(self, basis: Basis) -> None:
        for phase, change in _CHANGES.items():
            for address, cause in plan.planned(self.store, self.context, basis, phase):
                self.planned.append(Planned(change, address, *causes.said(cause)))
        self._plan_search()
        for each in published.queued(self.store, published.GONE):
            self.planned.append(Planned(N_("gone"), _address(each.path), *causes.said(each.cause)))
        plan.nowhere(self.store, self.context, basis)

    def _inspect(self) -> None:
        """What check does where a build publishes."""
        published.see_all(self.store)
        order, settings = self.order, self.context.settings
        inspection.inspect(self.store, order.root, settings, order.jobs, order.executor, self.progress)
        self.found += inspection.waiting(self.context)

    def _publish(self, site: Site, basis: Basis, waiting: int) -> None:
        self.progress.phase(N_("render"), waiting)
        if self.order.changes:
            self._write_changes("w", [])
        jobs, desk = execute.enough(self.order.jobs, waiting), self._desk(site, basis)
        self.desk = desk
        with execute.pool(jobs, self.order.executor, worker.start, (desk,), worker.stop) as executor:
            for phase in _CHANGES:
                self._publish_phase(phase, basis, executor)
        if not self.failed and self.order.index:  # what is found must be there
            self._update_search()
        with self.store.transaction():
            plan.nowhere(self.store, self.context, basis)
            if not self.failed:
                self._delete()
            self.store.set_meta("open", "")

    def _update_search(self) -> None:
        order, catalogue = self.order, self.order.catalogue.absolute()
        place = search.Place(catalogue, order.output.absolute(), self.folder, order.jobs, order.executor)
        self.found += search.update(self.store, self.context, place, self.order.verify, self._tell_file)

    def _tell_file(self, verb: str, path: str) -> None:
        self.written += verb == "written"
        self.deleted += verb == "deleted"
        self._write_changes("a", [f"{verb}\t{path}\n"])

    def _desk(self, site: Site, basis: Basis) -> worker.Desk:
        root, output = self.order.root.absolute(), self.order.output.absolute()
        catalogue = self.order.catalogue.absolute()
        return worker.Desk(root, catalogue, output, self.context.settings, self.context.theme, site, basis)

    def _publish_phase(self, phase: int, basis: Basis, executor: Executor | None) -> None:
        """All pages of a phase: none of the next is begun before the last of them is written."""
        batches = map(records.pack, batched(published.queued(self.store, phase), _PAGES))
        done = execute.mapped(worker.work, batches, executor, 4 * self.order.jobs)
        while more := list(islice(done, _COMMIT)):
            with self.store.transaction():
                for packed in more:
                    self._record(records.unpack(packed, list[Done]), basis)

    def _record(self, batch: list[Done], basis: Basis) -> None:
        written = [(each, told) for each in batch if (told := each.written)]
        self.failed = self.failed or any(each.failed for each in batch)
        self.rendered += sum(bool(each.template) for each, _ in written)
        self.copied += sum(not each.template for each, _ in written)
        self.written += sum(told.new for _, told in written)
        self.found += [
            finding("G609", each.page.path, path=each.page.path)
            for each, _ in written
            if each.page.cause == causes.VERIFY
        ]
        plan.keep_findings(self.store, [(each.page, each.findings) for each in batch])
        published.publish(self.store, self.folder, [_published(each, told, basis) for each, told in written])
        published.clean(self.store, [each.page for each in batch if not each.failed])
        new = [each.page.path for each, told in written if told.new]
        self.progress.published(new)
        self._write_changes("a", [f"written\t{path}\n" for path in new])
        self.progress.step(len(batch))

    def _write_changes(self, mode: str, lines: list[str]) -> None:
        if self.order.changes is None:
            return
        try:
            with self.order.changes.open(mode, encoding="utf-8") as file:
                file.writelines(lines)
        except OSError as error:
            path = self.order.changes.as_posix()
            raise Stop(finding("G601", path, path=path, problem=error.strerror or str(error))) from error

    def _delete(self) -> None:
        for each in list(published.queued(self.store, published.GONE)):
            publish.delete(self.order.output, each.path)
            if each.kind in _LASTING:
                address = _address(each.path)
                self.found.append(finding("G407", "content/moved.csv", address=address))
            published.withdraw(self.store, self.folder, each.path)
            published.clean(self.store, [each])
            self.progress.published([each.path])
            self._write_changes("a", [f"deleted\t{each.path}\n"])
            self.deleted += 1

    def _outcome(self) -> Outcome:
        planned = tuple(self.planned) if self.order.dry_run else ()
        hidden = {"G603", *self.context.settings.unchecked} if not self.publishes else CODES
        found = [each for each in (*self.found, *published.findings(self.store)) if each.code not in hidden]
        pages = published.page_count(self.store)
        figures = Figures(
            sources=published.source_count(self.store),
            read=self.read,
            pages=pages,
            rendered=self.rendered,
            written=self.written,
            kept=pages - self.rendered - self.copied,
            deleted=self.deleted,
            copied=self.copied,
        )
        return Outcome(tuple(sorted(set(found))), figures, planned)


def _published(each: Done, told: Written, basis: Basis) -> Published:
    cause = plan.cause(basis, each.page, each.template)
    return Published(each.page, each.fingerprint, told.size, told.mtime, told.digest, cause)
