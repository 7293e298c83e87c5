"""What pages may ask of lists: columns, regions, authors and tags, and when their articles appeared."""

from dataclasses import dataclass

from gongbao import records
from gongbao.catalogue.store import Store
from gongbao.model import Article
from gongbao.text import issue_date
from gongbao.views import Span

_LETTERS = "abcdefghijklmnopqrstuvwxyz0"


@dataclass(frozen=True, slots=True)
class Subject:
    """A column, region, author or tag that articles name."""

    kind: str
    name: str
    path: str
    letter: str
    articles: int


class ListQuestions:
    """The questions about lists."""

    _store: Store

    def months(self, subject: str, period: str = "") -> list[tuple[str, int]]:
        """Each month of a list that has articles, oldest first, and how many."""
        sql = "SELECT month, articles FROM counts WHERE subject = ? AND month >= ? AND month < ? ORDER BY month"
        return [(str(month), n) for month, n in self._store.rows(sql, subject, period, period + "~")]

    def has_period(self, subject: str, period: str) -> bool:
        """Whether a list has articles in a year or month."""
        sql = "SELECT 1 FROM counts WHERE subject = ? AND month >= ? AND month < ? LIMIT 1"
        return self._store.value(sql, subject, period, period + "~") is not None

    def units(self, author: str) -> list[str]:
        """The units given with an author's name in the newest articles, newest first."""
        rows = self._store.rows(
            "SELECT s.record FROM memberships m JOIN sources s ON s.path = m.source WHERE m.subject = ?"
            " ORDER BY m.issue DESC, m.leaf_sort, m.ord, m.source LIMIT 30",
            f"author:{author}",
        )
        found = (records.decode(record, Article) for (record,) in rows)
        people = (person for article in found for person in (*article.authors, *article.photographers))
        return list(dict.fromkeys(person.unit for person in people if person.name == author and person.unit))

    def periods_beside(self, subject: str, period: str) -> tuple[str, str]:
        """The years or months of a list before and after; empty where there is none."""
        length = len(period)
        before = self._store.value("SELECT max(month) FROM counts WHERE subject = ? AND month < ?", subject, period)
        after = self._store.value(
            "SELECT min(month) FROM counts WHERE subject = ? AND month >= ?", subject, period + "~"
        )
        return str(before or "")[:length], str(after or "")[:length]

    def span(self, subject: str, period: str = "") -> Span:
        """How many articles a list has in a period, and the dates of the first and last issue."""
        total, first, last = 0, "", ""
        for month, count in self.months(subject, period):
            total += count
            last = month
            first = first or month
        if not total:
            return Span(0, "", "")
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
