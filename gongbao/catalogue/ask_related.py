"""Which earlier articles are about the same: what an article's page asks, and whom a change may concern.

An article looks back only, at the newest few in each of its tags before its issue. So the articles that may show
another one are those of the issues after it, up to the issue before which as many others have come between.
"""

from collections.abc import Iterator

from gongbao.catalogue.ask_lists import Kept
from gongbao.catalogue.store import Reader
from gongbao.model import Article
from gongbao.text import issue_date
from gongbao.views import Related

WINDOW = 30
"""How far an article looks back in each of its tags."""
_NEAR = 10
"""How many of those that share the most tags are asked for their regions."""
SHOWN = 5
"""How many an article shows."""
_Place = tuple[str, str, int, str]
"""Issue, leaf's sort key, order, source."""
_PLACE = "issue, leaf_sort, ord, source"


class RelatedQuestions:
    """The question for related articles."""

    _store: Reader
    _kept: Kept

    def related(self, article: Article) -> tuple[Related, ...]:
        """Articles of earlier issues that share the most tags, then regions, with it; of equal ones the newest."""
        shared: dict[_Place, int] = {}
        for tag in dict.fromkeys(article.tags):
            for place in self._kept("window", f"{article.issue} tag:{tag}", self._find_window):
                shared[place] = shared.get(place, 0) + 1
        near = sorted(shared, key=lambda place: place[1:])
        near.sort(key=lambda place: (shared[place], place[0]), reverse=True)
        near = near[:_NEAR]
        if len({shared[place] for place in near}) < len(near):
            regions = self._in_regions(article, [source for *_, source in near])
            near.sort(key=lambda place: (shared[place], regions.count(place[3])), reverse=True)
        return tuple(self._kept("related", source, self._find_related) for *_, source in near[:SHOWN])

    def _find_window(self, key: str) -> list[_Place]:
        issue, _, subject = key.partition(" ")
        order = ", ".join(f"{column} DESC" for column in _PLACE.split(", "))
        sql = f"SELECT {_PLACE} FROM memberships WHERE subject = ? AND issue < ? ORDER BY {order} LIMIT ?"
        return self._store.db.execute(sql, (subject, issue, WINDOW)).fetchall()

    def _in_regions(self, article: Article, sources: list[str]) -> list[str]:
        """Each of `sources` as often as it shares a region of the article."""
        subjects = list({f"region:{'/'.join(place.slugs)}" for place in article.places if place.slugs})
        if not subjects:
            return []
        sql = "SELECT source FROM memberships WHERE source IN ({}) AND subject IN ({})"
        marks = [", ".join("?" * len(each)) for each in (sources, subjects)]
        return [str(source) for (source,) in self._store.db.execute(sql.format(*marks), (*sources, *subjects))]

    def _find_related(self, source: str) -> Related:
        row = self._store.db.execute(
            "SELECT title, address, issue FROM articles WHERE source = ?", (source,)
        ).fetchone()
        return Related(row[0], row[1], issue_date(row[2]))


def concerned(store: Reader, subject: str, place: _Place) -> Iterator[str]:
    """The addresses of the articles in a tag that may show one that stands, stood or will stand at `place` in it."""
    after = f"subject = ? AND ({_PLACE}) > (?, ?, ?, ?) ORDER BY {_PLACE}"
    # The article itself may be among those that follow, where it moved on: one more.
    last = store.value(f"SELECT issue FROM memberships WHERE {after} LIMIT 1 OFFSET ?", subject, *place, WINDOW)
    rows = store.rows(
        "SELECT a.address FROM memberships m JOIN articles a ON a.source = m.source"
        " WHERE m.subject = ? AND m.issue > ? AND m.issue <= ?",
        subject,
        place[0],
        last or "~",
    )
    for (address,) in rows:
        yield str(address)
