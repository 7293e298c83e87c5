"""The pages of a column (栏目): every column of site.yaml has one, also while it is empty."""

from gongbao.diagnostics import N_
from gongbao.pages import places
from gongbao.pages.base import Context
from gongbao.pages.lists import Frame, Listed, list_kind
from gongbao.views import ColumnPage, Named


def _view(context: Context, name: str, frame: Frame) -> ColumnPage:
    intro = next(column.intro for column in context.settings.columns if column.name == name)
    return ColumnPage(
        name, frame.address, frame.period, frame.span, frame.years, frame.months, frame.cards, frame.previous,
        frame.next, intro,
    )  # fmt: skip


def _crumbs(context: Context, name: str) -> tuple[Named, ...]:
    return Named(context.speaker.say("Columns"), "/columns/"), Named(name, places.column_address(context, name))


KIND = list_kind(
    Listed(
        kind="column",
        word=N_("Column"),
        root=places.column_address,
        view=_view,
        crumbs=_crumbs,
        monthly=lambda path: True,
        paths=lambda context: [column.name for column in context.settings.columns],
    )
)
