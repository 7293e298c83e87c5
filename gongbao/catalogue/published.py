"""The pages that there are, what is dirty, and what was published: the plan's own tables."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gongbao import records
from gongbao.catalogue import search
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
    known: str
    """The fingerprint of what was published at the path; empty: nothing that is known to be whole."""


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
    sql = "INSERT OR IGNORE INTO dirty SELECT kind, key, ? FROM outputs WHERE folder = ? AND kind <> ?"
    store.db.execute(sql, (cause, folder, search.KIND))


def soil_pages(store: Store, cause: str) -> None:
    """Every page that there is may be stale."""
    store.db.execute("INSERT OR IGNORE INTO dirty SELECT kind, key, ? FROM pages", (cause,))


def unplaced(store: Store, kinds: Iterable[str], among: bool) -> Iterator[list[tuple[str, str, str, str | None]]]:
    """Kind, key, cause and address until now (None: nowhere) of the dirty pages that this build has not placed yet,
    whose kind is `among` some kinds or not, a batch at a time: pages that become dirty meanwhile come, too."""
    known = ", ".join(f"'{kind}'" for kind in kinds)
    sql = (
        "SELECT kind, key, cause, address FROM dirty d LEFT JOIN pages USING (kind, key) WHERE NOT EXISTS"
        " (SELECT 1 FROM placed p WHERE p.kind = d.kind AND p.key = d.key)"
        f" AND kind {'' if among else 'NOT '}IN ({known}) AND (kind, key) > (?, ?) ORDER BY kind, key LIMIT 500"
    )
    last = ("", "")
    while batch := store.db.execute(sql, last).fetchall():
        store.many("INSERT INTO placed VALUES (?, ?)", [row[:2] for row in batch])
        yield batch
        last = batch[-1][:2]


def dirty_pages(store: Store) -> Iterable[tuple[str, str, str, str]]:
    """Kind, key, address (empty: it stands nowhere, or another page does there) and cause of every dirty page."""
    return store.rows(
        "SELECT kind, key, CASE (SELECT q.kind || char(9) || q.key FROM pages q WHERE q.address = pages.address"
        " ORDER BY q.rank, q.key LIMIT 1) WHEN kind || char(9) || key THEN address ELSE '' END, cause"
        " FROM dirty LEFT JOIN pages USING (kind, key)"
    )


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stood and stands (None: nowhere), in which part of the sitemap (empty: in none), and why it was
    looked at."""

    kind: str
    key: str
    before: str | None
    address: str | None
    rank: int
    part: str
    cause: str


def place(store: Store, moved: list[Place]) -> None:
    """Records where pages stand that stood elsewhere; all that claim an address which one left or came to are dirty."""
    store.many("DELETE FROM pages WHERE kind = ? AND key = ?", [(each.kind, each.key) for each in moved if each.before])
    store.many(
        "INSERT INTO pages VALUES (?, ?, ?, ?, ?)",
        [(each.kind, each.key, each.address, each.rank, each.part) for each in moved if each.address is not None],
    )
    store.many(
        "INSERT OR IGNORE INTO dirty SELECT kind, key, ? FROM pages WHERE address = ?",
        [(each.cause, address) for each in moved for address in (each.before, each.address) if address is not None],
    )


def claimants(store: Store, address: str) -> list[tuple[str, str]]:
    """Kind and key of every page that would stand at an address, the one that does first."""
    rows = store.rows("SELECT kind, key FROM pages WHERE address = ? ORDER BY rank, key", address)
    return [(str(kind), str(key)) for kind, key in rows]


def page_count(store: Store) -> int:
    """How many pages there are."""
    count: int = store.value("SELECT count(DISTINCT address) FROM pages")
    return count


def fill_queue(store: Store, rows: Iterable[tuple[int, str, str, str, str, str]]) -> None:
    """The queue anew, in the order of phases: phase, kind, key, path, cause, known fingerprint."""
    store.db.execute("DELETE FROM queue")
    store.many("INSERT INTO queue (phase, kind, key, path, cause, known) VALUES (?, ?, ?, ?, ?, ?)", rows)


_QUEUED = "phase, kind, key, path, cause, known"


def queued(store: Store, phase: int) -> Iterator[Queued]:
    """What waits in a phase, path by path; other tables may change meanwhile."""
    last = ""
    sql = f"SELECT {_QUEUED} FROM queue WHERE phase = ? AND path > ? ORDER BY path LIMIT 500"
    while batch := store.db.execute(sql, (phase, last)).fetchall():
        yield from (Queued(*row) for row in batch)
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
    """Pages were published that were claimed before."""
    store.many(
        "UPDATE outputs SET fingerprint = ?, size = ?, mtime = ?, digest = ?, cause = ? WHERE folder = ? AND path = ?",
        [(each.fingerprint, each.size, each.mtime, each.digest, each.cause, folder, each.page.path) for each in pages],
    )


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
    if store.value(f"SELECT kind FROM outputs WHERE {where}", folder, path) == search.KIND:
        search.know(store, folder, "")
    else:
        sql = f"INSERT OR IGNORE INTO dirty SELECT kind, key, ? FROM outputs WHERE {where}"
        store.db.execute(sql, (cause, folder, path))
    store.db.execute(f"UPDATE outputs SET fingerprint = '' WHERE {where}", (folder, path))


def cause(store: Store, folder: str, path: str) -> str | None:
    """Why the file at a path was last written; None where nothing was published there."""
    found: str | None = store.value("SELECT cause FROM outputs WHERE folder = ? AND path = ?", folder, path)
    return found


def waiting(store: Store, path: str) -> list[Queued]:
    """What is queued for a path."""
    sql = f"SELECT {_QUEUED} FROM queue WHERE path = ? ORDER BY phase"
    return [Queued(*row) for row in store.db.execute(sql, (path,))]


def is_anything(store: Store, folder: str) -> bool:
    """Whether anything was ever published in a folder."""
    return store.value("SELECT 1 FROM outputs WHERE folder = ? LIMIT 1", folder) is not None


def published(store: Store, folder: str, kind: str, key: str) -> dict[str, str]:
    """The paths at which a page was published, each with its fingerprint."""
    # Left to itself, SQLite looks through the whole folder.
    sql = "SELECT path, fingerprint FROM outputs INDEXED BY outputs_key WHERE folder = ? AND kind = ? AND key = ?"
    return dict(store.db.execute(sql, (folder, kind, key)).fetchall())


def withdraw(store: Store, folder: str, path: str) -> None:
    """A file was deleted."""
    store.db.execute("DELETE FROM outputs WHERE folder = ? AND path = ?", (folder, path))
    store.db.execute("DELETE FROM queue WHERE phase = ? AND path = ?", (GONE, path))


def find_foreign(store: Store, folder: str, paths: Iterable[str]) -> None:
    """Of the files in the output folder, those that no build wrote or is about to write are findings."""
    store.db.execute("DELETE FROM found")
    store.many("INSERT INTO found VALUES (?)", ((path,) for path in paths))
    sql = "SELECT path FROM found WHERE path NOT IN (SELECT path FROM outputs WHERE folder = ?) ORDER BY path"
    _keep_foreign(store, [str(path) for (path,) in store.rows(sql, folder)])


def still_foreign(store: Store, is_there: Callable[[str], bool]) -> None:
    """Files that no build wrote and that are gone now are findings no longer."""
    paths = [str(path) for (path,) in store.rows("SELECT file FROM findings WHERE owner = ?", _FOREIGN)]
    _keep_foreign(store, [path for path in paths if is_there(path)])


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
