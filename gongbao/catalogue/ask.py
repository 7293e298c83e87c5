"""What pages may ask of the catalogue: each question is one indexed query, its answer plain records."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongbao import records
from gongbao.catalogue.settle import Position, beside, neighbours, picture_view
from gongbao.catalogue.store import Store
from gongbao.model import Article, Issue, Leaf, Picture, Reference, Spot, Standing
from gongbao.text import issue_date, leaf_order
from gongbao.views import Card, Correction, PictureView, Span

_LETTERS = "abcdefghijklmnopqrstuvwxyz0"


@dataclass(frozen=True, slots=True)
class LeafFacts:
    """A leaf of an issue: what issue.yaml says of it, and how many articles it has."""

    issue: str
    leaf: Leaf
    articles: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A column, region, author or tag that articles name."""

    kind: str
    name: str
    path: str
    letter: str
    articles: int


@dataclass(frozen=True, slots=True)
class Former:
    """A former address and where it is said to lead (empty: gone); `file` tells of it, from the root."""

    former: str
    target: str
    date: str
    reason: str
    file: str
    spot: Spot


class Ask:
    """The questions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Articles

    def article(self, address: str) -> tuple[Article, tuple[str, ...]] | None:
        """The article at an address, and its texts."""
        row = self._store.db.execute(
            "SELECT s.record, t.texts FROM live JOIN sources s ON s.path = live.source JOIN texts t"
            " ON t.source = s.path WHERE live.address = ? AND live.kind = 'article'",
            (address,),
        ).fetchone()
        return (records.decode(row[0], Article), records.decode(row[1], tuple[str, ...])) if row else None

    def has_article(self, address: str) -> bool:
        """Whether an article stands at `address`."""
        return self._store.value("SELECT 1 FROM live WHERE address = ? AND kind = 'article'", address) is not None

    def card(self, source: str) -> Card:
        """The card of the article of `source`."""
        return records.decode(self._store.value("SELECT card FROM articles WHERE source = ?", source), Card)

    def leaf_of(self, address: str) -> list[str]:
        """Issue and leaf, parted by “/”, of the article at `address` and of the leaves it goes on to."""
        rows = self._store.rows(
            "SELECT a.issue, a.leaf, m.subject FROM articles a LEFT JOIN memberships m ON m.source = a.source"
            " AND m.subject >= 'continued:' AND m.subject < 'continued;' WHERE a.source ="
            " (SELECT source FROM live WHERE address = ?)",
            address,
        )
        return [key for issue, leaf, more in rows for key in (f"{issue}/{leaf}", (more or "").partition(":")[2]) if key]

    def article_addresses(self, issue: str = "", leaf: str = "") -> list[str]:
        """The addresses of all articles, of those of an issue, or of a leaf."""
        where = "WHERE issue = ? AND (? = '' OR leaf = ?)" if issue else ""
        args = (issue, leaf, leaf) if issue else ()
        return [str(address) for (address,) in self._store.rows(f"SELECT address FROM articles {where}", *args)]

    def leaf_cards(self, issue: str, leaf: str) -> tuple[Card, ...]:
        """The articles of a leaf, in order."""
        return self._cards(
            "SELECT card FROM articles WHERE issue = ? AND leaf_sort = ? ORDER BY ord, source", issue, leaf_order(leaf)
        )

    def cards(self, subject: str, period: str = "", limit: int = -1) -> tuple[Card, ...]:
        """A list's articles, newest issue first: all, or those of a year or month (YYYY, YYYY-MM)."""
        return self._cards(
            "SELECT a.card FROM memberships m JOIN articles a ON a.source = m.source WHERE m.subject = ?"
            " AND m.issue >= ? AND m.issue < ? ORDER BY m.issue DESC, m.leaf_sort, m.ord, m.source LIMIT ?",
            subject,
            period,
            period + "~",
            limit,
        )

    def _cards(self, sql: str, *args: object) -> tuple[Card, ...]:
        return tuple(records.decode(card, Card) for (card,) in self._store.db.execute(sql, args))

    def neighbours(self, subject: str, article: Article) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
        """Title and address of the articles before and after in a list, oldest first."""
        position: Position = (article.issue, leaf_order(article.leaf), article.order, article.source)
        return neighbours(self._store, subject, position)

    def corrections(self, source: str) -> tuple[tuple[Correction, ...], tuple[Correction, ...]]:
        """What the article of `source` corrects, and what corrects it."""
        sides = []
        for mine, other in (("source", "target"), ("target", "source")):
            rows = self._store.rows(
                f"SELECT DISTINCT a.title, a.address, a.issue FROM refs r JOIN articles a ON a.source = r.{other}"
                f" WHERE r.{mine} = ? AND r.kind = 'corrects' ORDER BY a.issue, a.address",
                source,
            )
            sides.append(tuple(Correction(str(t), str(a), issue_date(str(i))) for t, a, i in rows))
        return sides[0], sides[1]

    # References

    def references(self, source: str) -> list[Reference]:
        """What `source` refers to, in order."""
        return [
            Reference(kind, target, fragment, text, Spot(line, column))
            for kind, target, fragment, text, line, column in self._store.db.execute(
                "SELECT kind, target, fragment, text, line, col FROM refs WHERE source = ? ORDER BY ord", (source,)
            )
        ]

    def address_of(self, source: str) -> str:
        """Where the source at a path stands; empty where it stands nowhere."""
        return str(self._store.value("SELECT address FROM live WHERE source = ?", source) or "")

    def named(self, address: str) -> str:
        """The title of the article or standing page at `address`; empty where none stands there."""
        return str(self._store.value("SELECT title FROM live WHERE address = ?", address) or "")

    def has_page(self, address: str) -> bool:
        """Whether a page stands at `address`."""
        return self._store.value("SELECT 1 FROM pages WHERE address = ?", address) is not None

    def linkers(self, target: str) -> list[str]:
        """The addresses of the sources that refer to a path, or to an address."""
        sql = "SELECT DISTINCT address FROM refs JOIN live USING (source) WHERE target = ?"
        return [str(address) for (address,) in self._store.rows(sql, target)]

    def sources_like(self, name: str) -> list[str]:
        """Paths of sources whose file name is `name`."""
        sql = "SELECT path FROM sources WHERE path LIKE '%/' || ? ORDER BY path LIMIT 3"
        return [str(path) for (path,) in self._store.rows(sql, name)]

    def is_source(self, path: str) -> bool:
        """Whether there is a source at `path`, live or not."""
        return self._store.value("SELECT 1 FROM sources WHERE path = ?", path) is not None

    def picture(self, source: str, caption: str = "", credit: str = "") -> PictureView | None:
        """The picture at path `source`."""
        return picture_view(self._store, source, caption, credit)

    def media(self, source: str) -> Picture | None:
        """The picture or document at path `source`."""
        record = self._store.value("SELECT record FROM sources WHERE path = ? AND kind = 'picture'", source)
        return records.decode(record, Picture) if isinstance(record, bytes) else None

    def media_with(self, digest: str) -> list[Picture]:
        """The pictures with these bytes that something published refers to, by path."""
        rows = self._store.rows(
            "SELECT record FROM sources s WHERE kind = 'picture' AND good = ? AND EXISTS (SELECT 1 FROM refs JOIN live"
            " USING (source) WHERE refs.target = s.path AND refs.kind IN ('picture', 'link')) ORDER BY path",
            digest,
        )
        return [records.decode(record, Picture) for (record,) in rows if isinstance(record, bytes)]

    def media_digests(self) -> Iterator[str]:
        """The digests of all pictures."""
        for (digest,) in self._store.rows("SELECT DISTINCT good FROM sources WHERE kind = 'picture' AND good <> ''"):
            yield str(digest)

    # Issues and leaves

    def issue(self, key: str) -> Issue | None:
        """An issue: what issue.yaml says, or the bare key where only articles speak of it."""
        row = self._store.db.execute("SELECT record FROM issues WHERE key = ?", (key,)).fetchone()
        return self._issue(key, row[0]) if row else None

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

    def leaf_articles(self, issue: str, leaf: str) -> list[Article]:
        """The articles of a leaf, whole, in order."""
        rows = self._store.rows(
            "SELECT s.record FROM articles a JOIN sources s ON s.path = a.source WHERE a.issue = ? AND a.leaf_sort = ?"
            " ORDER BY a.ord, a.source",
            issue,
            leaf_order(leaf),
        )
        return [records.decode(record, Article) for (record,) in rows if isinstance(record, bytes)]

    # Lists

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

    # Standing pages and former addresses

    def standing(self, address: str) -> tuple[Standing, str] | None:
        """The standing page at an address, and its text."""
        row = self._store.db.execute(
            "SELECT s.record, t.texts FROM live JOIN sources s ON s.path = live.source JOIN texts t"
            " ON t.source = s.path WHERE live.address = ? AND live.kind = 'standing'",
            (address,),
        ).fetchone()
        return (records.decode(row[0], Standing), records.decode(row[1], tuple[str, ...])[0]) if row else None

    def standing_pages(self) -> list[Standing]:
        """All standing pages, in their order."""
        rows = self._store.rows("SELECT record FROM live JOIN sources ON path = source WHERE live.kind = 'standing'")
        pages = [records.decode(record, Standing) for (record,) in rows if isinstance(record, bytes)]
        return sorted(pages, key=lambda page: (page.order, page.source))

    def formers(self, page: str) -> list[Former]:
        """The former addresses for which the page at `page` answers."""
        rows = self._store.db.execute(
            "SELECT former, target, date, reason, source, line, col FROM formers WHERE page = ?"
            " ORDER BY former, source <> 'moved.csv', source, ord",
            (page,),
        )
        return [
            Former(former, target, date, reason, "content/" + source, Spot(line, column))
            for former, target, date, reason, source, line, column in rows
        ]

    def former_pages(self, target: str = "") -> list[str]:
        """The pages of all former addresses, or of those that lead to `target`."""
        where, args = ("WHERE target = ?", (target,)) if target else ("", ())
        return [str(page) for (page,) in self._store.rows(f"SELECT DISTINCT page FROM formers {where}", *args)]

    def stands(self, address: str, kind: str) -> bool:
        """Whether the page that stands at `address` is of a kind."""
        sql = "SELECT kind FROM pages WHERE address = ? ORDER BY rank, key LIMIT 1"
        return bool(self._store.value(sql, address) == kind)

    def pages(self, prefix: str, kinds: tuple[str, ...]) -> list[str]:
        """The addresses of the pages of some kinds that begin with `prefix`, in order."""
        marks = ", ".join("?" * len(kinds))
        sql = f"SELECT DISTINCT address FROM pages WHERE address >= ? AND address < ? AND kind IN ({marks}) ORDER BY 1"
        return [str(address) for (address,) in self._store.rows(sql, prefix, prefix + "\U0010ffff", *kinds)]
