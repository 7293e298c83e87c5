"""What is to be done: which pages there are, which may be stale, and what each shows now."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from gongbao import causes, records
from gongbao.catalogue import Store, published, take
from gongbao.catalogue.published import Queued
from gongbao.diagnostics import Diagnostic, finding
from gongbao.identity import engine_digest
from gongbao.pages import KINDS, Context, machines, redirect, standing
from gongbao.settings import Settings
from gongbao.text import page_path
from gongbao.views import Page, Site, SitemapPage


@dataclass(frozen=True, slots=True)
class Basis:
    """What hangs on no page: closures by template, the digest of site and engine, the output folder's name."""

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
    # Another engine may say the same view in other words: what was published by it is not known to be the same.
    told = records.digest(records.encode((site, engine_digest())))
    return Basis(dict(context.theme.closures), told, folder, before)


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
    told = records.encode((sorted(basis.closures.items()), basis.site, basis.folder, _shown(context.settings)))
    digest = records.digest(told)
    if store.meta("basis") == digest:
        return False
    store.set_meta("basis", digest)
    store.set_meta("closures", records.encode(basis.closures | {"": basis.site}).decode())
    return True


def _shown(settings: Settings) -> Settings:
    """The settings but for what no page shows."""
    return replace(settings, unchecked=())


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
    any_moved = False
    for batch in published.unplaced(store, _LAST, last):
        moved = [place for row in batch if (place := _place(context, *row)).before != place.address]
        any_moved = any_moved or bool(moved)
        published.place(store, moved)
        for each in moved if store.touching else ():
            store.cause = each.cause
            for changed in filter(None, (each.before, each.address)):
                take.touch(store, "stands", changed)
                take.touch(store, "address", changed)
    return any_moved


def _place(context: Context, kind: str, key: str, cause: str, before: str | None) -> published.Place:
    if kind not in KINDS:
        return published.Place(kind, key, before, None, 0, "", cause)
    address = KINDS[kind].address(context, key)
    part = machines.part_of(address) if address and KINDS[kind].mapped else ""
    return published.Place(kind, key, before, address, KINDS[kind].rank, part, cause)


def queue(store: Store, basis: Basis, unseen: bool = False) -> int:
    """Puts the dirty pages, or those that no check has looked at, in the order of publishing; returns how many."""
    published.fill_queue(store, _phases(store, basis.folder, unseen))
    return published.queue_length(store)


def _phases(store: Store, folder: str, unseen: bool) -> Iterator[tuple[int, str, str, str, str, str]]:
    any_published = published.is_anything(store, folder)
    for kind, key, address, cause in published.dirty_pages(store, unseen):
        path = page_path(address) if address else ""
        formers = published.published(store, folder, kind, key) if any_published else {}
        if path:
            known = formers.pop(path, "") or (published.fingerprint(store, folder, path) if any_published else "")
            phase = published.LAST if KINDS[kind].last else published.CHANGED if known else published.NEW
            yield phase, kind, key, path, cause, known
        for former in formers:
            if not published.taken_over(store, former):
                yield published.GONE, kind, key, former, cause, ""
        if not path:
            yield published.NOWHERE, kind, key, f"{kind} {key}", cause, ""


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it shows now, and the fingerprint of all that it shows; what is wrong with it."""

    page: Page
    fingerprint: str
    findings: tuple[Diagnostic, ...]


def make(context: Context, basis: Basis, each: Queued) -> Made:
    """A queued page as it shows now. It only asks the catalogue, so that it may be made wherever that can be read."""
    page = KINDS[each.kind].page(context, each.key)
    if page is None:
        raise RuntimeError(f"the page {each.path} was placed but cannot be made")
    data = records.encode((basis.of(page.template), page))
    if len(data) > _LARGE:
        _report_long(context, page, each.path)
    return Made(page, records.digest(data), context.taken_findings())


def planned(store: Store, context: Context, basis: Basis, phase: int) -> Iterator[tuple[str, str]]:
    """Address and cause of the pages of a phase that show something else than what was published."""
    for each in published.queued(store, phase):
        made = make(context, basis, each)
        keep_findings(store, [(each, made.findings)])
        if made.fingerprint != each.known:
            yield made.page.address, cause(basis, each, made.page.template)


def cause(basis: Basis, each: Queued, template: str) -> str:
    """Why a stale page of `template` is stale, as exactly as can be known."""
    if each.cause == causes.BASIS and not basis.before:
        return ""
    if each.cause == causes.BASIS and template:
        if basis.before.get(template, "") not in ("", basis.closures[template]):
            return causes.TEMPLATE + template
        if basis.before.get("", "") not in ("", basis.site):
            return causes.SITE
    return each.cause


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


def keep_findings(store: Store, found: list[tuple[Queued, tuple[Diagnostic, ...]]]) -> None:
    """What is wrong with each of these pages is this now."""
    take.replace_all_findings(store, ((f"page:{each.kind}:{each.key}", findings) for each, findings in found))


def nowhere(store: Store, context: Context, basis: Basis) -> None:
    """Pages that stand nowhere: their findings are what took their address, or none."""
    for each in published.queued(store, published.NOWHERE):
        address = KINDS[each.kind].address(context, each.key) if each.kind in KINDS else None
        if address and each.kind == "redirect":
            redirect.report_occupied(context, each.key)
        elif address:
            other = published.claimants(store, address)[0]
            context.findings.append(finding("G605", "site.yaml", path=_spoken(each.key), other=_spoken(other[1])))
        keep_findings(store, [(each, context.taken_findings())])


def _spoken(key: str) -> str:
    return key.partition("\t")[0] or "/"
