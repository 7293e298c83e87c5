"""The pages that there are, what is dirty, and what was published: the plan's own tables."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gongbao import records
from gongbao.catalogue.store import Store
from gongbao.diagnostics import Diagnostic, finding

NEW, CHANGED, LAST, GONE, NOWHERE = range(5)
"""The phases of publishing, in their order; pages that stand nowhere come after all."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A page that waits for its turn: one of a kind by its key, at a path in output/."""

    phase: int
    kind: str
    key: str
    path: str
    cause: str


def touches(store: Store) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The things that changed, and what caused each."""
    for thing, key, cause in store.rows("SELECT thing, key, cause FROM touches ORDER BY thing, key"):
        yield str(thing), tuple(str(key).split("\t")), str(cause)


def forget_touches(store: Store) -> None:
    """All touches have been turned into dirty pages."""
    store.db.execute("DELETE FROM touches")


def soil(store: Store, kind: str, keys: Iterable[str], cause: str) -> None:
    """These pages may be stale, for a cause."""
    store.many("INSERT OR IGNORE INTO dirty VALUES (?, ?, ?)", ((kind, key, cause) for key in keys))


def soil_published(store: Store, folder: str, cause: str) -> None:
    """Every page ever published in a folder may be stale."""
    sql = "INSERT OR IGNORE INTO dirty SELECT kind, key, ? FROM outputs WHERE folder = ?"
    store.db.execute(sql, (cause, folder))


def soil_pages(store: Store, cause: str) -> None:
    """Every page that there is may be stale."""
    store.db.execute("INSERT OR IGNORE INTO dirty SELECT kind, key, ? FROM pages", (cause,))


def unplaced(store: Store, kinds: Iterable[str], among: bool) -> Iterator[tuple[str, str, str]]:
    """Kind, key and cause of the dirty pages that this build has not placed yet, whose kind is `among` some kinds or
    not, a batch at a time: pages that become dirty meanwhile come, too."""
    known = ", ".join(f"'{kind}'" for kind in kinds)
    sql = (
        "SELECT kind, key, cause FROM dirty d WHERE NOT EXISTS (SELECT 1 FROM placed p WHERE p.kind = d.kind"
        f" AND p.key = d.key) AND kind {'' if among else 'NOT '}IN ({known}) AND (kind, key) > (?, ?)"
        " ORDER BY kind, key LIMIT 500"
    )
    last = ("", "")
    while batch := store.db.execute(sql, last).fetchall():
        store.many("INSERT INTO placed VALUES (?, ?)", [row[:2] for row in batch])
        yield from batch
        last = batch[-1][:2]


def dirty_pages(store: Store) -> Iterator[tuple[str, str, str, str]]:
    """Kind, key, address (empty: nowhere) and cause of every dirty page."""
    yield from store.rows("SELECT kind, key, coalesce(address, ''), cause FROM dirty LEFT JOIN pages USING (kind, key)")


def taken_over(store: Store, path: str) -> bool:
    """Whether a page stands at a path, whichever it is."""
    address = "/" + (path.removesuffix("index.html") if ("/" + path).endswith("/index.html") else path)
    return store.value("SELECT 1 FROM pages WHERE address = ?", address) is not None


def clean(store: Store, pages: Iterable[Queued]) -> None:
    """These pages are as they should be; one stays dirty while a former file of it waits to be deleted."""
    store.many(
        "DELETE FROM dirty WHERE kind = ?1 AND key = ?2"
        " AND NOT EXISTS (SELECT 1 FROM queue WHERE kind = ?1 AND key = ?2 AND phase = ?3)",
        ((page.kind, page.key, GONE) for page in pages),
    )


def place(store: Store, kind: str, key: str, address: str | None, rank: int, part: str) -> tuple[str, ...]:
    """Records where a page stands (None: nowhere) and in which part of the sitemap (empty: in none); returns the
    addresses that came or went."""
    before = store.value("SELECT address FROM pages WHERE kind = ? AND key = ?", kind, key)
    if before == address:
        return ()
    store.db.execute("DELETE FROM pages WHERE kind = ? AND key = ?", (kind, key))
    if address is not None:
        store.db.execute("INSERT INTO pages VALUES (?, ?, ?, ?, ?)", (kind, key, address, rank, part))
    return tuple(str(each) for each in (before, address) if each is not None)


def claimants(store: Store, address: str) -> list[tuple[str, str]]:
    """Kind and key of every page that would stand at an address, the one that does first."""
    rows = store.rows("SELECT kind, key FROM pages WHERE address = ? ORDER BY rank, key", address)
    return [(str(kind), str(key)) for kind, key in rows]


def page_count(store: Store) -> int:
    """How many pages there are."""
    count: int = store.value("SELECT count(DISTINCT address) FROM pages")
    return count


def fill_queue(store: Store, rows: Iterable[tuple[int, str, str, str, str]]) -> None:
    """The queue anew, in the order of phases: phase, kind, key, path, cause."""
    store.db.execute("DELETE FROM queue")
    store.many("INSERT INTO queue (phase, kind, key, path, cause) VALUES (?, ?, ?, ?, ?)", rows)


def queued(store: Store, phase: int) -> Iterator[Queued]:
    """What waits in a phase, path by path; other tables may change meanwhile."""
    last = ""
    while True:
        batch = store.db.execute(
            "SELECT phase, kind, key, path, cause FROM queue WHERE phase = ? AND path > ? ORDER BY path LIMIT 500",
            (phase, last),
        ).fetchall()
        yield from (Queued(*row) for row in batch)
        if not batch:
            return
        last = batch[-1][3]


def queue_length(store: Store) -> int:
    """How many pages wait."""
    count: int = store.value("SELECT count(*) FROM queue WHERE phase < ?", GONE)
    return count


def fingerprint(store: Store, folder: str, path: str) -> str:
    """The fingerprint of what was published at a path; empty: nothing that is known to be whole."""
    return str(store.value("SELECT fingerprint FROM outputs WHERE folder = ? AND path = ?", folder, path) or "")


def claim(store: Store, folder: str) -> None:
    """Says that the queue's files are ours before any is written, so that a killed build leaves no orphan."""
    store.db.execute(
        "INSERT INTO outputs SELECT ?, path, kind, key, '', 0, 0, '', '' FROM queue WHERE phase < ?"
        " ON CONFLICT DO UPDATE SET kind = excluded.kind, key = excluded.key",
        (folder, GONE),
    )


@dataclass(frozen=True, slots=True)
class Published:
    """A page that was published: its fingerprint; size, mtime (ns) and digest of its file; why it was."""

    page: Queued
    fingerprint: str
    size: int
    mtime: int
    digest: str
    cause: str


def publish(store: Store, folder: str, pages: list[Published]) -> None:
    """Pages were published."""
    store.many(
        "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (folder, each.page.path, each.page.kind, each.page.key, each.fingerprint, each.size, each.mtime,
             each.digest, each.cause)
            for each in pages
        ],
    )  # fmt: skip
    clean(store, (each.page for each in pages))


def digests(store: Store, folder: str) -> Iterator[tuple[str, str]]:
    """Path and digest of every file that was published whole, path by path; other tables may change meanwhile."""
    last = ""
    sql = "SELECT path, digest FROM outputs WHERE folder = ? AND fingerprint <> '' AND path > ? ORDER BY path LIMIT 500"
    while batch := store.db.execute(sql, (folder, last)).fetchall():
        yield from batch
        last = batch[-1][0]


def spoil(store: Store, folder: str, path: str, cause: str) -> None:
    """The file at a path is not what was published: its page is dirty."""
    where = "folder = ? AND path = ?"
    store.db.execute(
        f"INSERT OR IGNORE INTO dirty SELECT kind, key, ? FROM outputs WHERE {where}", (cause, folder, path)
    )
    store.db.execute(f"UPDATE outputs SET fingerprint = '' WHERE {where}", (folder, path))


def cause(store: Store, folder: str, path: str) -> str | None:
    """Why the file at a path was last written; None where nothing was published there."""
    found: str | None = store.value("SELECT cause FROM outputs WHERE folder = ? AND path = ?", folder, path)
    return found


def waiting(store: Store, path: str) -> list[Queued]:
    """What is queued for a path."""
    sql = "SELECT phase, kind, key, path, cause FROM queue WHERE path = ? ORDER BY phase"
    return [Queued(*row) for row in store.db.execute(sql, (path,))]


def published(store: Store, folder: str, kind: str, key: str) -> list[str]:
    """The paths at which a page was published."""
    sql = "SELECT path FROM outputs WHERE folder = ? AND kind = ? AND key = ?"
    return [str(path) for (path,) in store.rows(sql, folder, kind, key)]


def withdraw(store: Store, folder: str, path: str) -> None:
    """A file was deleted."""
    store.db.execute("DELETE FROM outputs WHERE folder = ? AND path = ?", (folder, path))
    store.db.execute("DELETE FROM queue WHERE phase = ? AND path = ?", (GONE, path))


def note_output(store: Store, folder: str, told: Callable[[str], tuple[int, int]], cause: str) -> None:
    """Compares each file that was published with what is `told` of it now (size, mtime): where they differ, its page is
    dirty and not whole."""
    sql = (
        "SELECT path, size, mtime FROM outputs WHERE folder = ? AND path > ? AND fingerprint <> ''"
        " ORDER BY path LIMIT 2000"
    )
    last = ""
    while batch := store.db.execute(sql, (folder, last)).fetchall():
        for path, size, mtime in batch:
            if told(path) != (size, mtime):
                spoil(store, folder, path, cause)
        last = batch[-1][0]


def find_foreign(store: Store, folder: str, paths: Iterable[str]) -> None:
    """Of the files in the output folder, those that no build wrote or is about to write are findings."""
    store.db.execute("DELETE FROM found")
    store.many("INSERT INTO found VALUES (?)", ((path,) for path in paths))
    sql = "SELECT path FROM found WHERE path NOT IN (SELECT path FROM outputs WHERE folder = ?) ORDER BY path"
    _keep_foreign(store, [str(path) for (path,) in store.rows(sql, folder)])


def still_foreign(store: Store, told: Callable[[str], tuple[int, int]]) -> None:
    """Files that no build wrote and that are gone now are findings no longer."""
    paths = [str(path) for (path,) in store.rows("SELECT file FROM findings WHERE owner = ?", _FOREIGN)]
    _keep_foreign(store, [path for path in paths if told(path) != (-1, -1)])


_FOREIGN = "foreign"


def _keep_foreign(store: Store, paths: list[str]) -> None:
    store.db.execute("DELETE FROM findings WHERE owner = ?", (_FOREIGN,))
    for path in paths:
        add_finding(store, _FOREIGN, finding("G603", path, path=path))


def findings(store: Store) -> list[Diagnostic]:
    """Every finding there is, by file and place."""
    rows = store.db.execute("SELECT DISTINCT file, line, col, code, args FROM findings")
    return sorted(
        Diagnostic(file, line, column, code, records.decode(args, tuple[tuple[str, str], ...]))
        for file, line, column, code, args in rows
    )


def source_count(store: Store) -> int:
    """How many sources there are."""
    count: int = store.value("SELECT count(*) FROM sources INDEXED BY sources_stat")
    return count


def unfinish(store: Store, folder: str) -> None:
    """Nothing that was published in a folder is known to be whole."""
    store.db.execute("UPDATE outputs SET fingerprint = '' WHERE folder = ?", (folder,))


def add_finding(store: Store, owner: str, found: Diagnostic) -> None:
    """One more finding of `owner`."""
    row = (owner, found.file, found.line, found.column, found.code, records.encode(found.args))
    store.db.execute("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?)", row)
