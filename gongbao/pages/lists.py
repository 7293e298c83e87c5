"""What columns, regions, authors and tags share: a root page, a page a year and, for the large ones, a page a month."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongbao.pages import places, search
from gongbao.pages.base import Context, Kind
from gongbao.views import Card, Counted, Named, Page, Span, View

NEWEST = 30
"""How many articles a root page shows."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a kind of list has of its own. `path` is what follows the kind in a subject: a name, or a region's slugs."""

    kind: str
    root: Callable[[Context, str], str]
    """The address of the root page; empty where there is no page."""
    view: Callable[[Context, str, "Frame"], View]
    crumbs: Callable[[Context, str], tuple[Named, ...]]
    word: str
    """What its filter is called in a search."""
    written: Callable[[str], str] = lambda path: path
    """How a path is written there."""
    monthly: Callable[[str], bool] = lambda path: False
    paths: Callable[[Context], Iterable[str]] | None = None
    """Every path that has a root page, where that is not every subject with articles."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The fields that every list page has."""

    address: str
    period: str
    span: Span
    years: tuple[Counted, ...]
    months: tuple[Counted, ...]
    cards: tuple[Card, ...]
    previous: Named
    next: Named


def list_kind(listed: Listed) -> Kind:
    """The kind of page for a kind of list. A page's key is its path and its period, parted by a tab."""
    return Kind(
        name=listed.kind,
        keys=lambda context: _keys(context, listed),
        address=lambda context, key: _address(context, listed, key),
        page=lambda context, key: _page(context, listed, key),
        touched={"list": lambda context, subject, month: _touched(listed, subject, month)},
    )


def _keys(context: Context, listed: Listed) -> Iterable[str]:
    used = [subject.path for subject in context.ask.subjects(listed.kind)]
    for path in dict.fromkeys([*(listed.paths(context) if listed.paths else ()), *used]):
        yield f"{path}\t"
        months = [month for month, _ in context.ask.months(f"{listed.kind}:{path}")]
        for period in dict.fromkeys(month[:4] for month in months):
            yield f"{path}\t{period}"
        if listed.monthly(path):
            yield from (f"{path}\t{month}" for month in months)


def _touched(listed: Listed, subject: str, month: str) -> list[str]:
    kind, _, path = subject.partition(":")
    if kind != listed.kind:
        return []
    periods = ["", month[:4], month] if listed.monthly(path) else ["", month[:4]]
    return [f"{path}\t{period}" for period in periods]


def _address(context: Context, listed: Listed, key: str) -> str | None:
    path, _, period = key.partition("\t")
    root = listed.root(context, path)
    subject = f"{listed.kind}:{path}"
    if not root or (period and not context.ask.has_period(subject, period)):
        return None
    if not period and not listed.paths and not context.ask.subject(subject):
        return None
    return places.period_address(root, period)


def _page(context: Context, listed: Listed, key: str) -> Page | None:
    path, _, period = key.partition("\t")
    root = listed.root(context, path)
    address = places.period_address(root, period)
    view = listed.view(context, path, _frame(context, listed, path, root, period))
    crumbs = list(listed.crumbs(context, path))
    if period:
        crumbs.append(Named(context.speaker.plain_date(period[:4]), places.period_address(root, period[:4])))
    if len(period) == 7:
        crumbs.append(Named(context.speaker.month_name(period), address))
    scope = search.scope(context, (listed.word, listed.written(path)), (search.DATE, period))
    return context.page(address, f"{listed.kind}.html", view, *crumbs, scope=scope)


def _frame(context: Context, listed: Listed, path: str, root: str, period: str) -> Frame:
    subject = f"{listed.kind}:{path}"
    months = context.ask.months(subject, period[:4])
    whole = bool(period) and (len(period) == 7 or not listed.monthly(path))
    cards = context.ask.cards(subject, period, -1 if whole else NEWEST)
    return Frame(
        address=root,
        period=period,
        span=context.ask.span(subject, period, cards),
        years=() if period else by_year(context, root, months),
        months=_months(context, root, months) if len(period) == 4 and listed.monthly(path) else (),
        cards=cards,
        **_beside(context, subject, root, period),
    )


def by_year(context: Context, root: str, months: list[tuple[str, int]]) -> tuple[Counted, ...]:
    """Counts by month as counts by year, newest first."""
    years: dict[str, int] = {}
    for month, count in months:
        years[month[:4]] = years.get(month[:4], 0) + count
    return tuple(
        Counted(context.speaker.plain_date(year), places.period_address(root, year), years[year])
        for year in sorted(years, reverse=True)
    )


def _months(context: Context, root: str, months: list[tuple[str, int]]) -> tuple[Counted, ...]:
    return tuple(
        Counted(context.speaker.month_name(month), places.period_address(root, month), count) for month, count in months
    )


def _beside(context: Context, subject: str, root: str, period: str) -> dict[str, Named]:
    if not period:
        return {"previous": Named(""), "next": Named("")}
    before, after = context.ask.periods_beside(subject, period)
    return {"previous": named_period(context, root, before), "next": named_period(context, root, after)}


def named_period(context: Context, root: str, period: str) -> Named:
    """A year or month below `root`; nothing for no period."""
    return Named(context.speaker.plain_date(period), places.period_address(root, period)) if period else Named("")
