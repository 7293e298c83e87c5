"""The pages of a region: 省, 市, 县, each with what was written about it and all below it."""

from gongbao import regions
from gongbao.diagnostics import N_
from gongbao.pages import places
from gongbao.pages.base import Context
from gongbao.pages.lists import Frame, Listed, list_kind
from gongbao.views import Counted, Named, RegionPage


def _steps(path: str) -> tuple[Named, ...]:
    slugs = path.split("/")
    paths = ["/".join(slugs[: number + 1]) for number in range(len(slugs))]
    return tuple(Named(regions.name_at(each) or each, places.region_address(each)) for each in paths)


def _view(context: Context, path: str, frame: Frame) -> RegionPage:
    steps = _steps(path)
    children = () if frame.period else tuple(
        Counted(child.name, places.region_address(child.path), child.articles) for child in context.ask.children(path)
    )  # fmt: skip
    return RegionPage(
        steps[-1].name, frame.address, frame.period, frame.span, frame.years, frame.months, frame.cards,
        frame.previous, frame.next, steps[:-1], children,
    )  # fmt: skip


def _crumbs(context: Context, path: str) -> tuple[Named, ...]:
    return Named(context.speaker.say("Regions"), "/regions/"), *_steps(path)


KIND = list_kind(
    Listed(
        kind="region",
        word=N_("Region"),
        written=lambda path: "/".join(step.name for step in _steps(path)),
        root=lambda context, path: places.region_address(path),
        view=_view,
        crumbs=_crumbs,
        monthly=lambda path: "/" not in path,
    )
)
