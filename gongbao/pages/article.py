"""The article page: the text, and everything that is known of it."""

from collections.abc import Iterable

from gongbao.diagnostics import N_, finding
from gongbao.model import Article, Item, Leaf
from gongbao.pages import places
from gongbao.pages.base import Context, Kind
from gongbao.pages.references import fill, resolve
from gongbao.text import nearest
from gongbao.views import ArticlePage, ItemView, Named, Page, PictureView


def _address(context: Context, key: str) -> str | None:
    return key if context.ask.has_article(key) else None


def _page(context: Context, key: str) -> Page | None:
    found = context.ask.article(key)
    if not found:
        return None
    article, texts = found
    view = _view(context, article, texts)
    crumbs = (
        *places.issue_crumbs(context, view.issue),
        Named(places.leaf_name(context, Leaf(view.leaf.leaf, view.leaf.name)), view.leaf.address),
        Named(" ".join(article.title.split()), key),
    )
    return context.page(key, "article.html", view, *crumbs)


def _view(context: Context, article: Article, texts: tuple[str, ...]) -> ArticlePage:
    ask = context.ask
    resolved = resolve(context, article.source)
    issue = ask.issue_or_bare(article.issue)
    leaves = {each.leaf.leaf: each.leaf for each in ask.leaves(article.issue)}
    before, after = ask.neighbours("all:", article)
    column_before, column_after = (
        ask.neighbours(f"column:{article.column}", article) if article.column else (None, None)
    )
    corrects, corrected_by = ask.corrections(article.source)
    photos = _photos(context, article)
    body, *item_texts = (
        fill(context, text, resolved, article.address, leads=not number and not photos)
        for number, text in enumerate(texts)
    )
    return ArticlePage(
        address=article.address,
        title=article.title,
        kicker=article.kicker,
        subtitle=article.subtitle,
        body=body,
        items=tuple(_item(context, item, text) for item, text in zip(article.items, item_texts, strict=True)),
        issue=places.issue_view(context, issue),
        leaf=places.sheet_view(context, article.issue, article.leaf),
        areas=article.areas,
        date=article.date,
        column=_column(context, article),
        column_previous=_named(column_before),
        column_next=_named(column_after),
        series=article.series,
        kind=article.kind,
        authors=tuple(places.person(context, each) for each in article.authors),
        photographers=tuple(places.person(context, each) for each in article.photographers),
        byline=article.byline,
        dateline=article.dateline,
        origin=article.origin,
        regions=tuple(places.steps(place) for place in article.places),
        tags=tuple(Named(tag, places.tag_address(context, tag)) for tag in article.tags),
        summary=article.summary or article.excerpt,
        photos=photos,
        continued=tuple(
            places.leaf_view(context, article.issue, leaves.get(part.leaf, Leaf(part.leaf)))
            for part in article.continued
        ),
        corrects=corrects,
        corrected_by=corrected_by,
        edits=article.edits,
        rights=article.rights,
        digitised=article.digitised,
        ocr=article.ocr,
        siblings=tuple(card for card in ask.leaf_cards(article.issue, article.leaf) if card.address != article.address),
        related=ask.related(article) if context.theme.shows("article.html", "related") else (),
        previous=_named(before),
        next=_named(after),
    )


def _named(neighbour: tuple[str, str] | None) -> Named:
    return Named(*neighbour) if neighbour else Named("")


def _item(context: Context, item: Item, text: str) -> ItemView:
    return ItemView(
        id=item.id,
        title=item.title,
        people=tuple(places.person(context, each) for each in item.people),
        regions=tuple(places.steps(place) for place in item.places),
        body=text,
    )


def _column(context: Context, article: Article) -> Named:
    address = places.column_address(context, article.column)
    if article.column and not address:
        report_column(context, article)
    return Named(article.column, address)


def report_column(context: Context, article: Article) -> None:
    """Reports that there is no such column as the article's."""
    spot = article.column_spot
    names = [column.name for column in context.settings.columns]
    near = nearest(article.column, names)
    told = {"near": near, "suggestion": N_("did you mean “{near}”?")} if near else {
        "known": "、".join(names), "suggestion": N_("columns of site.yaml: {known}")
    }  # fmt: skip
    file = f"content/{article.source}"
    context.findings.append(finding("G206", file, spot.line, spot.column, value=article.column, **told))


def _photos(context: Context, article: Article) -> tuple[PictureView, ...]:
    """The pictures of the front matter; what is not there was reported as a reference."""
    found = (context.ask.picture(photo.file, photo.caption, photo.credit) for photo in article.photos)
    return tuple(view for view in found if view and view.width)


def _of_leaf(context: Context, issue: str, leaf: str) -> Iterable[str]:
    return context.ask.article_addresses(issue, leaf)


KIND = Kind(
    name="article",
    keys=lambda context: context.ask.article_addresses(),
    address=_address,
    page=_page,
    touched={
        "page": lambda context, address: [address],
        "related": lambda context, address: [address],
        "leaf": _of_leaf,
        "leaves": lambda context, issue: context.ask.article_addresses(issue),
        "source": lambda context, source: filter(None, [*context.ask.linkers(source), context.ask.address_of(source)]),
        "address": lambda context, address: context.ask.linkers(address),
    },
)
