"""The pages of an author: a person, or a unit that wrote."""

from gongbao import pinyin
from gongbao.diagnostics import N_
from gongbao.pages import places
from gongbao.pages.base import Context
from gongbao.pages.lists import Frame, Listed, list_kind
from gongbao.views import AuthorPage, Named


def _view(context: Context, name: str, frame: Frame) -> AuthorPage:
    units = () if frame.period else tuple(
        Named(unit, places.author_address(context, unit)) for unit in context.ask.units(name)
    )  # fmt: skip
    return AuthorPage(
        name, frame.address, frame.period, frame.span, frame.years, frame.months, frame.cards, frame.previous,
        frame.next, units, _letter(name),
    )  # fmt: skip


def _letter(name: str) -> Named:
    letter = pinyin.initial(name, person=True)
    return Named(letter.upper(), f"/authors/{letter}/")


def _crumbs(context: Context, name: str) -> tuple[Named, ...]:
    root = Named(context.speaker.say("Authors"), "/authors/")
    return root, _letter(name), Named(name, places.author_address(context, name))


KIND = list_kind(Listed(kind="author", word=N_("Author"), root=places.author_address, view=_view, crumbs=_crumbs))
