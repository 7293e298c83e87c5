"""Pages that somebody looks at just now: written before the plan, whose turn comes and records them as it does all."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from gongbao import plan, publish
from gongbao.catalogue import Ask, Store, published
from gongbao.catalogue.published import Queued
from gongbao.pages import KINDS, Context
from gongbao.render import Fault, render
from gongbao.spoken import Speaker
from gongbao.text import page_path
from gongbao.worker import Desk, renderer

_SHOWN_WITH = ("asset", "media")
"""Kinds of files without which a page does not look as it should."""


def publish_early(desk: Desk, store: Store, paths: Iterable[str], told: Callable[[list[str]], None]) -> None:
    """Writes those of the pages at `paths` that show something else than before, and what they are shown with; tells
    which. The catalogue is settled; what cannot be rendered is left to its turn, which tells why."""
    context = Context(Ask(store), desk.settings, desk.theme, Speaker(desk.settings.language))
    stale = [each for each in _pages(store, desk.basis.folder, paths) if _is_stale(context, desk, each)]
    if not stale:
        return
    for each in _shown_with(store, context):
        if not (desk.output / each.path).is_file():
            _write(desk, context, each)
    told([each.path for each in stale if _write(desk, context, each)])


def _pages(store: Store, folder: str, paths: Iterable[str]) -> Iterator[Queued]:
    for path in sorted(paths):
        address = "/" + (path.removesuffix("index.html") if path.endswith("/index.html") else path)
        address = "/" if path == "index.html" else address
        known = published.fingerprint(store, folder, path)
        for kind, key in published.claimants(store, address)[:1] if known else ():
            yield Queued(published.CHANGED, kind, key, path, "", known)


def _is_stale(context: Context, desk: Desk, each: Queued) -> bool:
    """Whether a page shows something else, and still stands where it stood."""
    kind = KINDS.get(each.kind)
    address = kind.address(context, each.key) if kind else None
    if address is None or page_path(address) != each.path:
        return False
    return plan.make(context, desk.basis, each).fingerprint != each.known


def _shown_with(store: Store, context: Context) -> Iterator[Queued]:
    touched = [(thing, key) for thing, key, _ in published.touches(store)]
    for name in _SHOWN_WITH:
        kind = KINDS[name]
        keys = {key for thing, told in touched if thing in kind.touched for key in kind.touched[thing](context, *told)}
        for key in sorted(keys) if kind.touched else kind.keys(context):
            if address := kind.address(context, key):
                yield Queued(published.NEW, name, key, page_path(address), "", "")


def _write(desk: Desk, context: Context, each: Queued) -> bool:
    with suppress(Fault):
        page = plan.make(context, desk.basis, each).page
        return publish.write(desk.output, each.path, render(page, each.path, renderer(desk), desk.root)).new
    return False
