"""What pages may ask of issues and leaves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from gongbao import records
from gongbao.catalogue.settle import beside
from gongbao.catalogue.store import Reader
from gongbao.model import Area, Article, Issue, Leaf
from gongbao.text import issue_edition, leaf_order

T = TypeVar("T")

_ANSWERS = 512
"""How many answers are kept at a time."""
_DAY = "substr(key, 6, 5)"
"""An issue's day of the year, as it is indexed."""


@dataclass(frozen=True, slots=True)
class LeafFacts:
    """A leaf of an issue: what issue.yaml says of it, and how many articles it has."""

    issue: str
    leaf: Leaf
    articles: int


class IssueQuestions:
    """The questions about issues and leaves."""

    _store: Reader
    _answers: dict[tuple[str, str], object]

    def issue(self, key: str) -> Issue | None:
        """An issue: what issue.yaml says, or the bare key where only articles speak of it."""
        return self._kept("issue", key, self._find_issue)

    def _find_issue(self, key: str) -> Issue | None:
        row = self._store.db.execute("SELECT record FROM issues WHERE key = ?", (key,)).fetchone()
        return self._issue(key, row[0]) if row else None

    def _kept(self, question: str, key: str, find: Callable[[str], T]) -> T:
        """The answer that was found for `key`: pages of one issue are made one after the other and ask the same."""
        if (question, key) not in self._answers:
            if len(self._answers) >= _ANSWERS:
                self._answers.clear()
            self._answers[question, key] = find(key)
        return cast(T, self._answers[question, key])

    def _issue(self, key: str, record: object) -> Issue:
        return records.decode(record, Issue) if isinstance(record, bytes) else Issue("", f"/issues/{key}/", key)

    def issue_or_bare(self, key: str) -> Issue:
        """An issue; the bare key where nothing is known of it."""
        return self.issue(key) or Issue("", f"/issues/{key}/", key)

    def has_issues(self, period: str) -> bool:
        """Whether a year or month has issues."""
        sql = "SELECT 1 FROM issues WHERE key >= ? AND key < ? LIMIT 1"
        return self._store.value(sql, period, period + "~") is not None

    def issue_linkers(self, source: str) -> list[str]:
        """The keys of the issues whose issue.yaml refers to `source`."""
        sql = "SELECT DISTINCT address FROM refs JOIN live USING (source) WHERE target = ? AND live.kind = 'issue'"
        return [str(address).split("/")[2] for (address,) in self._store.rows(sql, source)]

    def has_leaf(self, issue: str, leaf: str) -> bool:
        """Whether an issue has a leaf."""
        sql = "SELECT 1 FROM leaves WHERE issue = ? AND leaf_sort = ?"
        return self._store.value(sql, issue, leaf_order(leaf)) is not None

    def issues(self, period: str = "", limit: int = -1) -> list[Issue]:
        """The issues of a period, newest first."""
        rows = self._store.rows(
            "SELECT key, record FROM issues WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT ?",
            period,
            period + "~",
            limit,
        )
        return [self._issue(str(key), record) for key, record in rows]

    def days(self) -> list[tuple[str, int]]:
        """Each day of the year (MM-DD) with issues, and how many."""
        sql = f"SELECT {_DAY}, count(*) FROM issues WHERE length({_DAY}) = 5 GROUP BY 1 ORDER BY 1"
        return [(str(day), count) for day, count in self._store.rows(sql)]

    def has_day(self, day: str) -> bool:
        """Whether an issue appeared on a day of the year."""
        return self._store.value(f"SELECT 1 FROM issues WHERE {_DAY} = ? LIMIT 1", day) is not None

    def issues_of_day(self, day: str) -> list[Issue]:
        """The issues of a day of the year, newest first, the day's first edition first."""
        rows = self._store.rows(f"SELECT key, record FROM issues WHERE {_DAY} = ?", day)
        found = [self._issue(str(key), record) for key, record in rows]
        return sorted(found, key=lambda issue: (-int(issue.key[:4]), issue_edition(issue.key)))

    def days_beside(self, day: str) -> tuple[str, str]:
        """The days of the year with issues before and after; empty where there is none."""
        before = self._store.value(f"SELECT max({_DAY}) FROM issues WHERE {_DAY} < ? AND length({_DAY}) = 5", day)
        after = self._store.value(f"SELECT min({_DAY}) FROM issues WHERE {_DAY} > ? AND length({_DAY}) = 5", day)
        return str(before or ""), str(after or "")

    def issue_articles(self, key: str) -> int:
        """How many articles an issue has."""
        return self._store.value("SELECT articles FROM issues WHERE key = ?", key) or 0

    def issues_beside(self, key: str) -> tuple[str, str]:
        """The keys of the issues before and after; empty where there is none."""
        return beside(self._store, "issues", "key", key)

    def issue_months(self) -> list[tuple[str, int]]:
        """Each month with issues, oldest first, and how many."""
        sql = "SELECT substr(key, 1, 7), count(*) FROM issues GROUP BY 1 ORDER BY 1"
        return [(str(month), count) for month, count in self._store.rows(sql)]

    def issue_periods_beside(self, period: str) -> tuple[str, str]:
        """The years or months with issues before and after; empty where there is none."""
        length = len(period)
        before = self._store.value("SELECT max(key) FROM issues WHERE key < ?", period)
        after = self._store.value("SELECT min(key) FROM issues WHERE key >= ?", period + "~")
        return str(before or "")[:length], str(after or "")[:length]

    def leaves(self, issue: str) -> list[LeafFacts]:
        """The leaves of an issue, in order, what was never printed last."""
        return self._kept("leaves", issue, self._find_leaves)

    def _find_leaves(self, issue: str) -> list[LeafFacts]:
        rows = self._store.rows("SELECT leaf, record, articles FROM leaves WHERE issue = ? ORDER BY leaf_sort", issue)
        return [self._leaf(issue, str(leaf), record, articles) for leaf, record, articles in rows]

    def _leaf(self, issue: str, leaf: str, record: object, articles: int) -> LeafFacts:
        facts = records.decode(record, Leaf) if isinstance(record, bytes) else Leaf(leaf)
        return LeafFacts(issue, facts, articles)

    def leaf_keys(self) -> Iterator[tuple[str, str]]:
        """Issue and leaf of every leaf."""
        for issue, leaf in self._store.rows("SELECT issue, leaf FROM leaves"):
            yield str(issue), str(leaf)

    def continued(self, issue: str, leaf: str) -> list[Article]:
        """Articles of other leaves that go on here, in order."""
        rows = self._store.rows(
            "SELECT s.record FROM memberships m JOIN sources s ON s.path = m.source WHERE m.subject = ?"
            " ORDER BY m.leaf_sort, m.ord, m.source",
            f"continued:{issue}/{leaf}",
        )
        return [records.decode(record, Article) for (record,) in rows if isinstance(record, bytes)]

    def areas(self, issue: str, leaf: str) -> list[tuple[str, str, tuple[Area, ...]]]:
        """Address, title and areas of the articles of a leaf that have areas, in order."""
        rows = self._store.rows(
            "SELECT address, title, areas FROM articles WHERE issue = ? AND leaf_sort = ? AND areas IS NOT NULL"
            " ORDER BY ord, source",
            issue,
            leaf_order(leaf),
        )
        return [(address, title, records.decode(areas, tuple[Area, ...])) for address, title, areas in rows]
