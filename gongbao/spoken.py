"""Dates, leaves and issues as a reader would say them, in the site's language."""

from datetime import date
from functools import cache

from gongbao.diagnostics import N_
from gongbao.messages import LANGUAGES, catalogue
from gongbao.text import WEB, weekday
from gongbao.views import IssueView

_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip

EDITED = N_("in preparation")
"""The status of an issue that is still being made."""


@cache
def edited() -> frozenset[str]:
    """How each language says it."""
    return frozenset(Speaker(language).say(EDITED) for language in LANGUAGES)


class Speaker:
    """Says dates, leaves and issues in one language (a key of `messages.LANGUAGES`)."""

    def __init__(self, language: str) -> None:
        self._say = catalogue(language).gettext

    def say(self, message: str, **args: object) -> str:
        """A message with its {named} places filled."""
        return self._say(message).format(**args)

    def month_name(self, month: str | int) -> str:
        """The name of a month, 1 to 12 or YYYY-MM."""
        return self._say(_MONTHS[int(str(month)[-2:]) - 1])

    def long_date(self, day: str) -> str:
        """YYYY, YYYY-MM or YYYY-MM-DD, whole, with the weekday where there is a day."""
        number = weekday(day)
        return self.plain_date(day) + ("" if number is None else " " + self._say(_WEEKDAYS[number]))

    def plain_date(self, day: str) -> str:
        """YYYY, YYYY-MM or YYYY-MM-DD, whole."""
        year, _, rest = day.partition("-")
        if not rest:
            return self.say(N_("{year}"), year=year)
        month = self.month_name(rest[:2])
        if len(day) == 7:
            return self.say(N_("{month} {year}"), year=year, month=month)
        return self.say(N_("{day} {month} {year}"), year=year, month=month, day=date.fromisoformat(day).day)

    def short_date(self, day: str) -> str:
        """Month and day of YYYY-MM-DD; a month's name for YYYY-MM."""
        month = self.month_name(day[5:7])
        return self.say(N_("{day} {month}"), month=month, day=int(day[8:])) if len(day) == 10 else month

    def leaf(self, leaf: str) -> str:
        """A leaf's number or label: 第4版, A01版; what was never printed by its own name."""
        if leaf == WEB:
            return self._say(N_("Online"))
        return self.say(N_("Page {leaf}") if leaf.isdigit() else N_("Page {leaf} (label)"), leaf=leaf.upper())

    def issue(self, issue: IssueView) -> str:
        """An issue's date, with its name or edition where the day had several."""
        told = self.plain_date(issue.date)
        if issue.name:
            return f"{told} {issue.name}"
        return told if issue.edition == 1 else f"{told} {self.say(N_('edition {number}'), number=issue.edition)}"
