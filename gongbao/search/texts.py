"""What is indexed of an article: its own words as its page shows them, what it may be filtered by, and its card."""

import re
from dataclasses import dataclass
from html import unescape

from gongbao.model import Article, Person, Photo
from gongbao.search.fold import fold

_ATTRIBUTES = r"(?:[^>\"]|\"[^\"]*\")*"
_BLOCK = re.compile(
    rf"</?(?:p|li|h[1-6]|td|th|dt|dd|figcaption|blockquote|pre|div|section|figure|table|tr|ul|ol|dl|hr)\b{_ATTRIBUTES}>"
)
_BREAK = re.compile(rf"<br\b{_ATTRIBUTES}>")
_INLINE = re.compile(rf"<{_ATTRIBUTES}>")
_SIGNS = re.compile(r"[\0-\2]")
PASSAGE, BODY, END = "\0\1\2"
"""What ends a passage, the passages of title and people, and an article in a text of many; no source may hold them."""

Card = tuple[str, str, str, str, str, str, int, str, tuple[str, ...]]
"""Address, title, date, column, byline, leaf, whether there are pictures, kind, regions."""


@dataclass(frozen=True, slots=True)
class Words:
    """An article as the index takes it."""

    text: str
    """Its passages with their signs, as they are written."""
    filters: tuple[str, ...]
    """Its values, each after the letter of what it is."""
    card: Card


def words_of(article: Article, texts: tuple[str, ...], shown: tuple[Photo, ...], pictures: bool) -> Words:
    """What is indexed of an article with rendered texts. `shown`: those of its photos that are there; `pictures`:
    whether it shows any, there or in the text."""
    regions = tuple("/".join(place.names) for place in article.places)
    people = tuple(dict.fromkeys(each.name for each in (*article.authors, *article.photographers)))
    card = (
        article.address,
        " ".join(article.title.split()),
        article.date,
        article.column,
        " ".join(people) if article.authors else article.byline,
        article.leaf,
        int(pictures),
        article.kind,
        regions,
    )
    title, body = passages(article, texts, shown)
    text = f"{PASSAGE.join(title)}{BODY}{PASSAGE.join(body)}{END}"
    return Words(text, tuple(_filters(article, pictures)), card)


def passages(article: Article, texts: tuple[str, ...], shown: tuple[Photo, ...]) -> tuple[list[str], list[str]]:
    """The passages of title and people, and all others, as the article's page shows them."""
    authors = _people(article.authors) if article.authors else [article.byline]
    title = [article.kicker, article.title, article.subtitle, *authors, *_people(article.photographers)]
    body = [article.origin, article.dateline]
    for photo in shown:
        body += [photo.caption, photo.credit]
    body_text, *item_texts = (_plain(text) for text in texts)
    body.append(body_text)
    for item, text in zip(article.items, item_texts, strict=True):
        body += [item.title, text, *_people(item.people)]
    return [_SIGNS.sub(" ", each) for each in title if each], [each for each in body if each]


def _people(people: tuple[Person, ...]) -> list[str]:
    return [told for each in people for told in (each.unit if each.unit != each.name else "", each.name) if told]


def _plain(html: str) -> str:
    """The words of rendered HTML, passages parted by their sign."""
    text = _BLOCK.sub(PASSAGE, html.replace("</p>\n<p>", PASSAGE))
    if "<" in text:
        text = _INLINE.sub("", _BREAK.sub("\n", text))
    return unescape(text) if "&" in text else text


def _filters(article: Article, pictures: bool) -> set[str]:
    told = [("c", article.column), ("l", article.leaf), ("k", article.kind), ("s", article.series), ("d", article.date)]
    told += [("t", tag) for tag in article.tags] + [("p", "1" if pictures else "")]
    people = (*article.authors, *article.photographers, *(each for item in article.items for each in item.people))
    told += [("a", name) for each in people for name in (each.name, each.unit)]
    for place in (*article.places, *(place for item in article.items for place in item.places)):
        told.append(("R", place.names[0]))
        told += [("r", name) for name in place.names]
        told += [("r", "/".join(place.names[:count])) for count in range(2, len(place.names) + 1)]
    return {letter + folded for letter, value in told if (folded := fold(value).strip())}
