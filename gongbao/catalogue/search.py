"""What search keeps and asks: which months changed, the blocks and segments that stand, the files of its index."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongbao import records
from gongbao.catalogue.rows import picture_view
from gongbao.catalogue.store import Reader, Store
from gongbao.model import Article, Photo
from gongbao.views import Card

KIND = "searchindex"
"""What the files of the index are in the list of what was published; their key says whether they are still used."""
CURRENT, FORMER = "", "former"


@dataclass(frozen=True, slots=True)
class Unit:
    """A month: how many articles it has, and the name of its block."""

    month: str
    articles: int
    block: str


def articles(reader: Reader, month: str) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Record, texts and card of each article of a month, in order."""
    yield from reader.rows(
        "SELECT s.record, t.texts, a.card FROM articles a JOIN sources s ON s.path = a.source JOIN texts t"
        " ON t.source = a.source WHERE a.issue >= ? AND a.issue < ? ORDER BY a.issue, a.leaf_sort, a.ord, a.source",
        month,
        month + "~",
    )


def shown(reader: Reader, record: Article) -> tuple[Photo, ...]:
    """The photos of an article's front matter that are there."""
    return tuple(photo for photo in record.photos if (view := picture_view(reader, photo.file)) and view.width)


def has_picture(card: bytes) -> bool:
    """Whether an article shows any picture."""
    return records.decode(card, Card).picture is not None


def subjects(reader: Reader) -> Iterator[tuple[str, str, str, int]]:
    """Key, kind, name and number of articles of every column, region, author and tag."""
    for subject, kind, name, count in reader.rows(
        "SELECT subject, kind, name, articles FROM subjects WHERE kind IN ('column', 'region', 'author', 'tag')"
    ):
        yield str(subject).partition(":")[2], str(kind), str(name), int(count)


def stale(store: Reader) -> dict[str, str]:
    """The months whose articles changed, and what caused it."""
    return dict(store.db.execute("SELECT month, cause FROM search_stale ORDER BY month").fetchall())


def months(store: Reader) -> list[str]:
    """Every month that has articles or had any when it was looked at last."""
    rows = store.rows("SELECT substr(key, 1, 7) FROM issues WHERE articles > 0 UNION SELECT month FROM search_units")
    return sorted(str(month) for (month,) in rows)


def units(store: Reader) -> list[Unit]:
    """The months as they were looked at last."""
    return [Unit(*row) for row in store.rows("SELECT month, articles, block FROM search_units ORDER BY month")]


def take(store: Store, found: Iterable[Unit]) -> None:
    """These months were looked at."""
    for each in found:
        store.db.execute("DELETE FROM search_units WHERE month = ?", (each.month,))
        if each.articles:
            store.db.execute("INSERT INTO search_units VALUES (?, ?, ?)", (each.month, each.articles, each.block))
        store.db.execute("DELETE FROM search_stale WHERE month = ?", (each.month,))
    store.set_meta("search", records.digest(records.encode(units(store))))


def segment(store: Reader, key: str) -> bytes | None:
    """The record of the segment that was made of what `key` stands for; None where none is known."""
    record: bytes | None = store.value("SELECT record FROM search_segments WHERE key = ?", key)
    return record


def keep_segments(store: Store, found: dict[str, bytes]) -> None:
    """The segments that there are now, by their keys."""
    store.db.execute("DELETE FROM search_segments")
    store.many("INSERT INTO search_segments VALUES (?, ?)", found.items())


def files(store: Reader, folder: str, key: str) -> dict[str, bool]:
    """The files of the index in an output folder that are used, or were until it changed; whether each is whole."""
    sql = "SELECT path, fingerprint <> '' FROM outputs INDEXED BY outputs_key WHERE folder = ? AND kind = ? AND key = ?"
    return {str(path): bool(whole) for path, whole in store.rows(sql, folder, KIND, key)}


def claim(store: Store, folder: str, paths: Iterable[str]) -> None:
    """Says that these files are ours before any is written."""
    store.many(
        "INSERT INTO outputs VALUES (?, ?, ?, ?, '', 0, 0, '', '') ON CONFLICT DO UPDATE SET kind = excluded.kind,"
        " key = excluded.key",
        ((folder, path, KIND, CURRENT) for path in paths),
    )


def adopt(store: Store, folder: str, paths: Iterable[str]) -> None:
    """Files that an earlier catalogue knew, or none: they are ours, and go where they are of no use."""
    store.many(
        "INSERT OR IGNORE INTO outputs VALUES (?, ?, ?, ?, '', 0, 0, '', '')",
        ((folder, path, KIND, CURRENT) for path in paths),
    )


def publish(store: Store, folder: str, rows: Iterable[tuple[str, int, int, str, str]]) -> None:
    """These files were written: path, size, mtime, digest, cause."""
    store.many(
        "UPDATE outputs SET fingerprint = ?4, size = ?2, mtime = ?3, digest = ?4, cause = ?5 WHERE folder = ?6"
        " AND path = ?1",
        ((*row, folder) for row in rows),
    )


def retire(store: Store, folder: str, paths: Iterable[str]) -> None:
    """These files are used by readers only who hold the former manifest."""
    store.many("UPDATE outputs SET key = ? WHERE folder = ? AND path = ?", ((FORMER, folder, path) for path in paths))


def use(store: Store, folder: str, paths: Iterable[str]) -> None:
    """These files are used again."""
    store.many("UPDATE outputs SET key = ? WHERE folder = ? AND path = ?", ((CURRENT, folder, path) for path in paths))


def withdraw(store: Store, folder: str, path: str) -> None:
    """A file was deleted."""
    store.db.execute("DELETE FROM outputs WHERE folder = ? AND path = ?", (folder, path))


def digest(store: Reader, folder: str, path: str) -> str:
    """The digest of what was published at a path; empty: nothing that is known to be whole."""
    return str(store.value("SELECT digest FROM outputs WHERE folder = ? AND path = ?", folder, path) or "")


def known(store: Store, folder: str) -> str:
    """What the index in an output folder was made of; empty where it is to be looked at."""
    return store.meta(f"search {folder}")


def know(store: Store, folder: str, basis: str) -> None:
    """The index in an output folder is made of this."""
    store.set_meta(f"search {folder}", basis)


def state(store: Store) -> str:
    """What all months are that search has looked at; empty where it never looked."""
    return store.meta("search")


def article(reader: Reader, address: str) -> Iterator[tuple[bytes, bytes]]:
    """Record and texts of the article at an address, if there is one."""
    yield from reader.rows(
        "SELECT s.record, t.texts FROM live JOIN sources s ON s.path = live.source JOIN texts t ON t.source = s.path"
        " WHERE live.address = ? AND live.kind = 'article'",
        address,
    )
