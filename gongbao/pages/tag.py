"""The pages of a tag."""

from gongbao import pinyin
from gongbao.diagnostics import N_
from gongbao.pages import places
from gongbao.pages.base import Context
from gongbao.pages.lists import Frame, Listed, list_kind
from gongbao.views import Named, TagPage


def _letter(name: str) -> Named:
    letter = pinyin.initial(name)
    return Named(letter.upper(), f"/tags/{letter}/")


def _view(context: Context, name: str, frame: Frame) -> TagPage:
    return TagPage(
        name, frame.address, frame.period, frame.span, frame.years, frame.months, frame.cards, frame.previous,
        frame.next, _letter(name),
    )  # fmt: skip


def _crumbs(context: Context, name: str) -> tuple[Named, ...]:
    root = Named(context.speaker.say("Tags"), "/tags/")
    return root, _letter(name), Named(name, places.tag_address(context, name))


KIND = list_kind(Listed(kind="tag", word=N_("Tag"), root=places.tag_address, view=_view, crumbs=_crumbs))
