"""What pages may ask of the catalogue: each question is one indexed query, its answer plain records."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongbao import records
from gongbao.catalogue import scaled
from gongbao.catalogue.ask_issues import IssueQuestions
from gongbao.catalogue.ask_lists import ListQuestions
from gongbao.catalogue.ask_related import RelatedQuestions
from gongbao.catalogue.rows import picture_view
from gongbao.catalogue.store import Reader
from gongbao.model import Article, Picture, Reference, Spot, Standing
from gongbao.text import issue_date, leaf_order
from gongbao.views import Card, Correction, PictureView


@dataclass(frozen=True, slots=True)
class Former:
    """A former address and where it is said to lead (empty: gone); `file` tells of it, from the root."""

    former: str
    target: str
    date: str
    reason: str
    file: str
    spot: Spot


@lru_cache(8192)
def _card(record: bytes) -> Card:
    """A card of a record: an article's card stands on a dozen pages, many of them made one after the other."""
    return records.decode(record, Card)


class Ask(IssueQuestions, ListQuestions, RelatedQuestions):
    """All questions; to be asked when the catalogue is settled, for some answers are kept."""

    def __init__(self, store: Reader) -> None:
        self._store = store
        self._answers = {}

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
        return self._kept("cards", f"{issue}/{leaf_order(leaf)}", self._find_leaf_cards)

    def _find_leaf_cards(self, key: str) -> tuple[Card, ...]:
        sql = "SELECT card FROM articles WHERE issue = ? AND leaf_sort = ? ORDER BY ord, source"
        return self._cards(sql, *key.split("/"))

    def first_cards(self, issue: str, limit: int) -> tuple[Card, ...]:
        """The first articles of an issue."""
        return self._cards(
            "SELECT card FROM articles WHERE issue = ? ORDER BY leaf_sort, ord, source LIMIT ?", issue, limit
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
        return tuple([_card(card) for (card,) in self._store.db.execute(sql, args)])

    def neighbours(self, subject: str, article: Article) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
        """Title and address of the articles before and after in a list, oldest first."""
        around = self._kept("neighbours", f"{article.issue} {subject}", self._find_neighbours)
        return around[article.source]

    def _find_neighbours(self, key: str) -> dict[str, tuple[tuple[str, str] | None, tuple[str, str] | None]]:
        """By source, what stands before and after each article that an issue has in a list."""
        issue, _, subject = key.partition(" ")
        rows = self._neighbours(subject, "issue = ? ORDER BY m.leaf_sort, m.ord, m.source", issue)
        order = "m.issue {0}, m.leaf_sort {0}, m.ord {0}, m.source {0} LIMIT 1"
        before = self._neighbours(subject, f"issue < ? ORDER BY {order.format('DESC')}", issue)
        after = self._neighbours(subject, f"issue > ? ORDER BY {order.format('ASC')}", issue)
        line = [*((None,) if not before else ()), *before, *rows, *after, *((None,) if not after else ())]
        told = [row and (row[1], row[2]) for row in line]
        return {row[0]: (told[at], told[at + 2]) for at, row in enumerate(rows)}

    def _neighbours(self, subject: str, where: str, issue: str) -> list[tuple[str, str, str]]:
        return self._store.db.execute(
            "SELECT a.source, a.title, a.address FROM memberships m JOIN articles a ON a.source = m.source"
            f" WHERE m.subject = ? AND m.{where}",
            (subject, issue),
        ).fetchall()

    def corrections(self, source: str) -> tuple[tuple[Correction, ...], tuple[Correction, ...]]:
        """What the article of `source` corrects, and what corrects it."""
        rows = self._store.rows(
            "SELECT DISTINCT r.target = ?1, a.issue, a.address, a.title FROM refs r JOIN articles a ON a.source ="
            " CASE r.target WHEN ?1 THEN r.source ELSE r.target END"
            " WHERE (r.source = ?1 OR r.target = ?1) AND r.kind = 'corrects' ORDER BY 2, 3",
            source,
        )
        sides: tuple[list[Correction], list[Correction]] = ([], [])
        for by, issue, address, title in rows:
            sides[by].append(Correction(title, address, issue_date(issue)))
        return tuple(sides[0]), tuple(sides[1])

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

    def source_at(self, address: str) -> str:
        """The source that stands at an address; empty where none does."""
        return str(self._store.value("SELECT source FROM live WHERE address = ?", address) or "")

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
        sql = "SELECT path FROM sources WHERE name = ? ORDER BY path LIMIT 3"
        return [str(path) for (path,) in self._store.rows(sql, name)]

    def sources_in(self, folder: str) -> list[str]:
        """Paths of the sources in a folder, without those in folders below it."""
        first, last = (folder + "/", folder + "0") if folder else ("", "\U0010ffff")
        sql = "SELECT path FROM sources WHERE path >= ? AND path < ? AND instr(substr(path, ?), '/') = 0 LIMIT 1000"
        return [str(path) for (path,) in self._store.rows(sql, first, last, len(first) + 1)]

    def is_source(self, path: str) -> bool:
        """Whether there is a source at `path`, live or not."""
        return self._store.value("SELECT 1 FROM sources WHERE path = ?", path) is not None

    def is_written(self, target: str) -> bool:
        """Whether there is a source at a path, or for an address, live or not."""
        sql = "SELECT 1 FROM sources WHERE address IN (?, ?) AND address <> ''"
        return self.is_source(target) or self._store.value(sql, target, target + "/") is not None

    def waiting(self) -> Iterator[Article | Standing]:
        """The sound articles and standing pages that are drafts or not due yet."""
        sql = "SELECT path FROM sources INDEXED BY {} AND due = 0 AND good = digest AND kind IN ('article', 'standing')"
        few = ("sources_draft WHERE draft = 1", "sources_publish_at WHERE publish_at <> ''")
        for path in sorted({path for each in few for (path,) in self._store.rows(sql.format(each))}):
            for kind, record in self._store.rows("SELECT kind, record FROM sources WHERE path = ?", path):
                yield records.decode(record, Article) if kind == "article" else records.decode(record, Standing)

    def picture(self, source: str, caption: str = "", credit: str = "") -> PictureView | None:
        """The picture at path `source`."""
        return picture_view(self._store, source, caption, credit)

    def media(self, source: str) -> Picture | None:
        """The picture or document at path `source`."""
        record = self._store.value("SELECT record FROM sources WHERE path = ? AND kind = 'picture'", source)
        return records.decode(record, Picture) if isinstance(record, bytes) else None

    def media_with(self, digest: str, shown: bool = False) -> list[Picture]:
        """The pictures with these bytes that something published refers to, by path; those that it shows."""
        kinds = "'picture'" if shown else "'picture', 'link'"
        rows = self._store.rows(
            "SELECT record FROM sources s WHERE kind = 'picture' AND good = ? AND EXISTS (SELECT 1 FROM refs JOIN live"
            f" USING (source) WHERE refs.target = s.path AND refs.kind IN ({kinds})) ORDER BY path",
            digest,
        )
        return [records.decode(record, Picture) for (record,) in rows if isinstance(record, bytes)]

    def variants(self, digest: str) -> tuple[str, ...]:
        """The names of the variants of the picture with these bytes."""
        return scaled.variants(self._store, digest)

    def is_damaged(self, source: str) -> bool:
        """Whether the picture at a path cannot be read to its end."""
        sql = "SELECT 1 FROM variants WHERE digest = (SELECT good FROM sources WHERE path = ?) AND names IS NULL"
        return self._store.value(sql, source) is not None

    def media_digests(self) -> Iterator[str]:
        """The digests of all pictures."""
        for (digest,) in self._store.rows("SELECT DISTINCT good FROM sources WHERE kind = 'picture' AND good <> ''"):
            yield str(digest)

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

    def former_pages(self) -> list[str]:
        """The pages of all former addresses."""
        return [str(page) for (page,) in self._store.rows("SELECT DISTINCT page FROM formers")]

    def leading_to(self, address: str) -> list[str]:
        """The pages of the former addresses that lead to `address`, by others, too; it may be written without its last
        “/”, and with `?…`."""
        found, pending = dict[str, None](), [address]
        while pending:
            new = [page for page in self._leading_at_once(pending.pop()) if page not in found]
            found |= dict.fromkeys(new)
            pending += new
        return list(found)

    def _leading_at_once(self, address: str) -> list[str]:
        plain = address.rstrip("/") or "/"
        sql = (
            "SELECT DISTINCT page FROM formers WHERE target IN (?1, ?2) OR target >= ?1 || '?' AND target < ?1 || '@'"
            " OR target >= ?2 || '?' AND target < ?2 || '@'"
        )
        return [str(page) for (page,) in self._store.rows(sql, plain, address)]

    def stands(self, address: str, kind: str) -> bool:
        """Whether the page that stands at `address` is of a kind."""
        sql = "SELECT kind FROM pages WHERE address = ? ORDER BY rank, key LIMIT 1"
        return bool(self._store.value(sql, address) == kind)

    def parts(self) -> list[str]:
        """The parts of the sitemap, in order; each is found by one look into an index, not by a look at all pages."""
        rows = self._store.rows(
            "WITH RECURSIVE found(part) AS (SELECT min(part) FROM pages WHERE part <> '' UNION ALL SELECT"
            " (SELECT min(part) FROM pages WHERE part > found.part AND part <> '') FROM found"
            " WHERE found.part IS NOT NULL) SELECT part FROM found WHERE part IS NOT NULL"
        )
        return [str(part) for (part,) in rows]

    def part(self, part: str, limit: int = -1) -> list[str]:
        """The addresses of a part of the sitemap, in order."""
        sql = "SELECT DISTINCT address FROM pages WHERE part = ? AND part <> '' ORDER BY address LIMIT ?"
        return [str(address) for (address,) in self._store.rows(sql, part, limit)]
