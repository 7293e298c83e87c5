"""What is to be done: which pages there are, which may be stale, and what each shows now."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from gongbao import causes, records
from gongbao.catalogue import Store, published, take
from gongbao.catalogue.published import Queued
from gongbao.diagnostics import Diagnostic, finding
from gongbao.jobs import Job, job
from gongbao.pages import KINDS, Context, machines, redirect, standing
from gongbao.text import page_path
from gongbao.views import Page, Site, SitemapPage


@dataclass(frozen=True, slots=True)
class Basis:
    """What hangs on no page: closures by template, the site's digest, the output folder's name."""

    closures: dict[str, str]
    site: str
    folder: str
    before: dict[str, str]
    """The closures and, by the empty name, the site's digest of the last build."""

    def of(self, template: str) -> str:
        """The digest of all that a page of `template` shows besides its view."""
        return f"{self.closures[template]} {self.site}" if template else ""


def basis_of(store: Store, context: Context, site: Site, folder: str) -> Basis:
    """The basis of this build."""
    before = records.decode(store.meta("closures").encode() or b"{}", dict[str, str])
    return Basis(dict(context.theme.closures), records.digest(records.encode(site)), folder, before)


def place_pages(store: Store, context: Context, basis: Basis, verify: bool = False) -> None:
    """Turns touches into dirty pages, and brings the list of pages up to date; to `verify`, all pages are dirty."""
    _soil(store, context)
    _report_reserved(store, context)
    if _renewed(store, context, basis):
        store.touching = False
        _place_every(store, context, basis, causes.BASIS)
    _place_all(store, context)
    if verify:
        _place_every(store, context, basis, causes.VERIFY)


def _renewed(store: Store, context: Context, basis: Basis) -> bool:
    """Whether all pages may be stale: other settings, another theme, or another output folder than the last time."""
    told = records.encode((sorted(basis.closures.items()), basis.site, basis.folder, context.settings))
    digest = records.digest(told)
    if store.meta("basis") == digest:
        return False
    store.set_meta("basis", digest)
    store.set_meta("closures", records.encode(basis.closures | {"": basis.site}).decode())
    return True


def _soil(store: Store, context: Context) -> None:
    """The pages that may show what was touched."""
    for thing, key, cause in published.touches(store):
        for kind in KINDS.values():
            if thing in kind.touched:
                published.soil(store, kind.name, kind.touched[thing](context, *key), cause)
    published.forget_touches(store)


def soil_all(store: Store, context: Context, folder: str, cause: str) -> None:
    """Every page that there is, was or should be may be stale."""
    published.soil_pages(store, cause)
    published.soil_published(store, folder, cause)
    for kind in KINDS.values():
        published.soil(store, kind.name, kind.keys(context), cause)


def _report_reserved(store: Store, context: Context) -> None:
    standing.report_reserved(context)
    take.replace_findings(store, "reserved", context.taken_findings())


_LAST = tuple(kind.name for kind in KINDS.values() if kind.last)


def _place_every(store: Store, context: Context, basis: Basis, cause: str) -> None:
    soil_all(store, context, basis.folder, cause)
    _place_all(store, context)
    for kind in KINDS.values():
        if kind.last:  # which parts the sitemap has hangs on the pages that stand now
            published.soil(store, kind.name, kind.keys(context), cause)
    _place_all(store, context)


def _place_all(store: Store, context: Context) -> None:
    while _place_dirty(store, context, last=False) or _place_dirty(store, context, last=True):
        _soil(store, context)


def _place_dirty(store: Store, context: Context, last: bool) -> bool:
    """Places the dirty pages that were not looked at yet, of the `last` kinds or of the others: where the last ones
    stand may hang on where the others do. Returns whether any address came or went."""
    moved = False
    for kind, key, soiled_by in published.unplaced(store, _LAST, last):
        store.cause = soiled_by
        address = KINDS[kind].address(context, key) if kind in KINDS else None
        rank, mapped = (KINDS[kind].rank, KINDS[kind].mapped) if kind in KINDS else (0, False)
        part = machines.part_of(address) if address and mapped else ""
        for changed in published.place(store, kind, key, address, rank, part):
            moved = True
            take.touch(store, "stands", changed)
            take.touch(store, "address", changed)
            for claimant in published.claimants(store, changed):
                published.soil(store, claimant[0], [claimant[1]], store.cause)
    return moved


def queue(store: Store, basis: Basis) -> int:
    """Puts the dirty pages in the order of publishing; returns how many."""
    published.fill_queue(store, _phases(store, basis.folder))
    return published.queue_length(store)


def _phases(store: Store, folder: str) -> Iterator[tuple[int, str, str, str, str]]:
    for kind, key, address, cause in published.dirty_pages(store):
        path = page_path(address) if address and published.claimants(store, address)[0] == (kind, key) else ""
        if path:
            whole = published.fingerprint(store, folder, path) != ""
            phase = published.LAST if KINDS[kind].last else published.CHANGED if whole else published.NEW
            yield phase, kind, key, path, cause
        for former in published.published(store, folder, kind, key):
            if former != path and not published.taken_over(store, former):
                yield published.GONE, kind, key, former, cause
        if not path:
            yield published.NOWHERE, kind, key, f"{kind} {key}", cause


def planned(store: Store, context: Context, basis: Basis, phase: int) -> Iterator[tuple[Job, str]]:
    """The jobs of a phase, each with its cause: the pages that show something else than what was published."""
    for each in published.queued(store, phase):
        if job := stale(store, context, basis, each):
            yield job, cause(basis, each, job)


def cause(basis: Basis, each: Queued, job: Job) -> str:
    """Why a stale page is stale, as exactly as can be known."""
    if each.cause == causes.BASIS and not basis.before:
        return ""
    if each.cause == causes.BASIS and job.template:
        if basis.before.get(job.template, "") not in ("", basis.closures[job.template]):
            return causes.TEMPLATE + job.template
        if basis.before.get("", "") not in ("", basis.site):
            return causes.SITE
    return each.cause


def stale(store: Store, context: Context, basis: Basis, each: Queued) -> Job | None:
    """The job of a page; None where what was published is what it shows now."""
    page = KINDS[each.kind].page(context, each.key)
    if page is None:
        raise RuntimeError(f"the page {each.path} was placed but cannot be made")
    made = job(page, each.path, basis.of(page.template))
    if len(made.data) > _LARGE:
        _report_long(context, page, each.path)
    _keep_findings(store, context, each)
    return None if published.fingerprint(store, basis.folder, each.path) == made.fingerprint else made


_LARGE = 1024 * 1024
"""From how many bytes on a view is looked at for lists that are too long."""
LONGEST = 20_000
"""How many entries a list of a page may have: a browser shows no more, and no page may grow with the archive."""
LONGEST_SITEMAP = 50_000
"""What the protocol allows."""


def _report_long(context: Context, page: Page, path: str) -> None:
    limit = LONGEST_SITEMAP if isinstance(page.view, SitemapPage) else LONGEST
    for each in fields(page.view):
        value = getattr(page.view, each.name)
        if isinstance(value, tuple) and len(value) > limit:
            told = {"path": path, "name": each.name, "count": str(len(value)), "limit": str(limit)}
            context.findings.append(finding("G610", "", **told))


def report(store: Store, each: Queued, found: Diagnostic) -> None:
    """A page could not be rendered: it stays as it was, and dirty."""
    published.add_finding(store, f"page:{each.kind}:{each.key}", found)


def _keep_findings(store: Store, context: Context, each: Queued) -> None:
    take.replace_findings(store, f"page:{each.kind}:{each.key}", context.taken_findings())


def nowhere(store: Store, context: Context, basis: Basis) -> None:
    """Pages that stand nowhere: their findings are what took their address, or none."""
    for each in published.queued(store, published.NOWHERE):
        address = KINDS[each.kind].address(context, each.key) if each.kind in KINDS else None
        if address and each.kind == "redirect":
            redirect.report_occupied(context, each.key)
        elif address:
            other = published.claimants(store, address)[0]
            context.findings.append(finding("G605", "site.yaml", path=_spoken(each.key), other=_spoken(other[1])))
        _keep_findings(store, context, each)


def _spoken(key: str) -> str:
    return key.partition("\t")[0] or "/"
