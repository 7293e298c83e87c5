"""The leaf page (版): the picture of the leaf with its articles' areas, and the articles."""

from dataclasses import replace

from gongbao.pages import places
from gongbao.pages.base import Context, Kind
from gongbao.views import AreaView, LeafBlock, LeafPage, LeafView, Named, Page


def _address(context: Context, key: str) -> str | None:
    issue, leaf = key.split("/")
    return places.leaf_address(issue, leaf) if context.ask.has_leaf(issue, leaf) else None


def _page(context: Context, key: str) -> Page | None:
    issue, leaf = key.split("/")
    facts = {each.leaf.leaf: each for each in context.ask.leaves(issue)}
    if leaf not in facts:
        return None
    names = list(facts)
    at = names.index(leaf)
    views = tuple(places.leaf_view(context, issue, each.leaf) for each in facts.values())
    issue_view = places.issue_view(context, context.ask.issue_or_bare(issue))
    across = next((view for view in views if view.leaf in places.printed_with(context, issue, leaf)), None)
    shown, areas = views[at], _areas(context, issue, leaf)
    if across and (not shown.image or not across.image or shown.image.address == across.image.address):
        shown, areas = replace(shown, image=shown.image or across.image), areas + _areas(context, issue, across.leaf)
    page = LeafPage(
        issue=issue_view,
        leaf=shown,
        areas=areas,
        cards=context.ask.leaf_cards(issue, leaf),
        across=LeafBlock(across, context.ask.leaf_cards(issue, across.leaf)) if across else None,
        continued=tuple(context.ask.card(each.source) for each in context.ask.continued(issue, leaf)),
        leaves=views,
        previous=_named(context, views[at - 1]) if at else Named(""),
        next=_named(context, views[at + 1]) if at + 1 < len(views) else Named(""),
    )
    crumbs = (*places.issue_crumbs(context, issue_view), _named(context, views[at]))
    return context.page(views[at].address, "leaf.html", page, *crumbs)


def _sheet(context: Context, issue: str, leaf: str) -> list[str]:
    """The keys of a leaf and of the one printed across with it: each shows the other's articles."""
    return [f"{issue}/{each}" for each in [leaf, *places.printed_with(context, issue, leaf)]]


def _named(context: Context, leaf: LeafView) -> Named:
    return Named(" ".join(filter(None, (context.speaker.leaf(leaf.leaf), leaf.name))), leaf.address)


def _areas(context: Context, issue: str, leaf: str) -> tuple[AreaView, ...]:
    here = [
        AreaView(address, title, area) for address, title, areas in context.ask.areas(issue, leaf) for area in areas
    ]
    going_on = [
        AreaView(article.address, " ".join(article.title.split()), area)
        for article in context.ask.continued(issue, leaf)
        for part in article.continued
        if part.leaf == leaf
        for area in part.areas
    ]
    return (*here, *going_on)


def _of_article(context: Context, address: str) -> list[str]:
    return [key for at in context.ask.leaf_of(address) for key in _sheet(context, *at.split("/"))]


KIND = Kind(
    name="leaf",
    keys=lambda context: ("/".join(key) for key in context.ask.leaf_keys()),
    address=_address,
    page=_page,
    touched={
        "leaf": _sheet,
        "leaves": lambda context, issue: [f"{issue}/{each.leaf.leaf}" for each in context.ask.leaves(issue)],
        "page": _of_article,
    },
)
