"""What pages may ask of lists: columns, regions, authors and tags, and when their articles appeared."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from gongbao import records
from gongbao.catalogue.store import Reader
from gongbao.text import issue_date
from gongbao.views import Card, Span

T = TypeVar("T")

_LETTERS = "abcdefghijklmnopqrstuvwxyz0"


@dataclass(frozen=True, slots=True)
class Subject:
    """A column, region, author or tag that articles name."""

    kind: str
    name: str
    path: str
    letter: str
    articles: int


class Kept(Protocol):
    """What keeps answers: by the name of the question and its key, found where it is not there."""

    def __call__(self, question: str, key: str, find: Callable[[str], T]) -> T: ...


class ListQuestions:
    """The questions about lists."""

    _store: Reader
    _kept: Kept

    def months(self, subject: str, period: str = "") -> list[tuple[str, int]]:
        """Each month of a list that has articles, oldest first, and how many."""
        months = self._kept("months", subject, self._find_months)
        return [told for told in months if told[0].startswith(period)] if period else months

    def _find_months(self, subject: str) -> list[tuple[str, int]]:
        sql = "SELECT month, articles FROM counts WHERE subject = ? ORDER BY month"
        return self._store.db.execute(sql, (subject,)).fetchall()

    def years(self, subject: str) -> dict[str, int]:
        """Each year of a list that has articles, oldest first, and how many."""
        years: dict[str, int] = {}
        for month, count in self.months(subject):
            years[month[:4]] = years.get(month[:4], 0) + count
        return years

    def has_period(self, subject: str, period: str) -> bool:
        """Whether a list has articles in a year or month."""
        sql = "SELECT 1 FROM counts WHERE subject = ? AND month >= ? AND month < ? LIMIT 1"
        return self._store.value(sql, subject, period, period + "~") is not None

    def units(self, author: str) -> list[str]:
        """The units given with an author's name in the newest articles, newest first."""
        rows = self._store.rows(
            "SELECT units FROM (SELECT a.units FROM memberships m JOIN articles a ON a.source = m.source"
            " WHERE m.subject = ? ORDER BY m.issue DESC, m.leaf_sort, m.ord, m.source LIMIT 30)"
            " WHERE units IS NOT NULL",
            f"author:{author}",
        )
        found = (pair for (units,) in rows for pair in records.decode(units, list[tuple[str, str]]))
        return list(dict.fromkeys(unit for name, unit in found if name == author))

    def periods_beside(self, subject: str, period: str) -> tuple[str, str]:
        """The years or months of a list before and after; empty where there is none."""
        length = len(period)
        months = [month for month, _ in self.months(subject)]
        before, after = bisect_left(months, period), bisect_left(months, period + "~")
        return (
            months[before - 1][:length] if before else "",
            months[after][:length] if after < len(months) else "",
        )

    def total(self, subject: str) -> int:
        """How many articles a list has."""
        return sum(count for _, count in self.months(subject))

    def span(self, subject: str, period: str, cards: tuple[Card, ...]) -> Span:
        """How many articles a list has in a period, and the dates of the first and last issue. `cards`: the newest of
        them, perhaps all."""
        months = self.months(subject, period)
        total = sum(count for _, count in months)
        if not total:
            return Span(0, "", "")
        if len(cards) == total:
            return Span(total, issue_date(cards[-1].issue), issue_date(cards[0].issue))
        first, last = months[0][0], months[-1][0]
        sql = "SELECT {}(issue) FROM memberships WHERE subject = ? AND issue >= ? AND issue < ?"
        oldest = self._store.value(sql.format("min"), subject, first, first + "~")
        newest = self._store.value(sql.format("max"), subject, last, last + "~")
        return Span(total, issue_date(str(oldest)), issue_date(str(newest)))

    def subject(self, subject: str) -> Subject | None:
        """A list's subject; None where no article names it."""
        found = self._subjects("subject = ?", subject)
        return found[0] if found else None

    def subjects(self, kind: str, letter: str = "", limit: int = -1) -> list[Subject]:
        """The subjects of a kind: those of a letter by name, or the most used."""
        if letter:
            return self._subjects("kind = ? AND letter = ? ORDER BY name", kind, letter)
        return self._subjects("kind = ? ORDER BY articles DESC, name LIMIT ?", kind, limit)

    def children(self, region: str) -> list[Subject]:
        """The regions with articles right below a region (empty: the provinces)."""
        return self._subjects("kind = 'region' AND parent = ? ORDER BY subject", f"region:{region}" if region else "")

    def _subjects(self, where: str, *args: object) -> list[Subject]:
        rows = self._store.rows(f"SELECT kind, subject, name, letter, articles FROM subjects WHERE {where}", *args)
        return [
            Subject(str(kind), str(name), str(subject).partition(":")[2], str(letter), articles)
            for kind, subject, name, letter, articles in rows
        ]

    def letters(self, kind: str) -> list[str]:
        """The letters under which subjects of a kind stand."""
        return [letter for letter in _LETTERS if self.letter_size(kind, letter, 1)]

    def letter_size(self, kind: str, letter: str, limit: int) -> int:
        """How many subjects of a kind stand under a letter; no more than `limit` are counted."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM subjects WHERE kind = ? AND letter = ? LIMIT ?)"
        count: int = self._store.value(sql, kind, letter, limit)
        return count
