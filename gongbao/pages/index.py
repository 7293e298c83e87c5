"""The roots of columns, regions, authors and tags, and the pages of authors and tags by pinyin letter."""

from collections.abc import Iterable

from gongbao import pinyin
from gongbao.catalogue import Subject
from gongbao.diagnostics import N_
from gongbao.pages import places
from gongbao.pages.base import Context, Kind
from gongbao.pages.tiles import tiles
from gongbao.views import Branch, Counted, IndexPage, Named, Page

MOST_USED = 60
"""How many names the root of authors or tags shows."""

_NAMES = {"columns": N_("Columns"), "regions": N_("Regions"), "authors": N_("Authors"), "tags": N_("Tags")}
_LETTERED = {"authors": "author", "tags": "tag"}


def _keys(context: Context) -> Iterable[str]:
    for subject in _NAMES:
        yield f"{subject}\t"
        for letter in context.ask.letters(_LETTERED[subject]) if subject in _LETTERED else ():
            yield f"{subject}\t{letter}"


def _address(context: Context, key: str) -> str | None:
    subject, _, letter = key.partition("\t")
    if letter and not context.ask.letter_size(_LETTERED[subject], letter, 1):
        return None
    return f"/{subject}/{letter}/" if letter else f"/{subject}/"


def _page(context: Context, key: str) -> Page | None:
    subject, _, letter = key.partition("\t")
    letters = tuple(
        Named(each.upper(), f"/{subject}/{each}/")
        for each in (context.ask.letters(_LETTERED[subject]) if subject in _LETTERED else ())
    )
    tree, map_ = (_tree(context), tiles(context)) if subject == "regions" else ((), ())
    view = IndexPage(subject, letter, letters, _entries(context, subject, letter), tree, map_)
    crumbs = [Named(context.speaker.say(_NAMES[subject]), f"/{subject}/")]
    if letter:
        crumbs.append(Named(letter.upper(), f"/{subject}/{letter}/"))
    return context.page(f"/{subject}/{letter}/".replace("//", "/"), "index.html", view, *crumbs)


def _entries(context: Context, subject: str, letter: str) -> tuple[Counted, ...]:
    ask = context.ask
    if subject == "columns":
        return tuple(
            Counted(each.name, f"/columns/{each.slug}/", ask.total(f"column:{each.name}"))
            for each in context.settings.columns
        )
    if subject == "regions":
        return tuple(_counted(each) for each in ask.children(""))
    address = places.author_address if subject == "authors" else places.tag_address
    found = ask.subjects(_LETTERED[subject], letter) if letter else ask.subjects(_LETTERED[subject], limit=MOST_USED)
    if letter:
        found.sort(key=lambda each: (pinyin.slug(each.name), each.name))
    return tuple(Counted(each.name, address(context, each.name), each.articles) for each in found)


def _tree(context: Context) -> tuple[Branch, ...]:
    return tuple(
        Branch(_counted(each), tuple(_counted(child) for child in context.ask.children(each.path)))
        for each in sorted(context.ask.children(""), key=lambda each: (-each.articles, each.path))
    )


def _counted(region: Subject) -> Counted:
    return Counted(region.name, places.region_address(region.path), region.articles)


def _touched(context: Context, subject: str, month: str) -> list[str]:
    kind, _, name = subject.partition(":")
    if kind not in _LETTERED.values():
        return [f"{kind}s\t"] if f"{kind}s" in _NAMES else []
    letter = pinyin.initial(name, person=kind == "author")
    # A letter that came or went shows on the pages of all letters.
    others = context.ask.letters(kind) if context.ask.letter_size(kind, letter, 2) < 2 else []
    return [f"{kind}s\t", f"{kind}s\t{letter}", *(f"{kind}s\t{each}" for each in others)]


KIND = Kind("index", _keys, _address, _page, {"list": _touched})
