"""Readings into the catalogue: a broken source keeps its last good version, and what must be settled anew is noted."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from posixpath import basename, dirname

from gongbao import records
from gongbao.catalogue.store import Store
from gongbao.diagnostics import Diagnostic
from gongbao.model import Article, Moves, Picture, Reading, Record, Standing

CONTENT = "content/"
MOVED = "moved.csv"


def note_scan(store: Store, files: Iterable[tuple[str, int, int]]) -> int:
    """Records what the scan saw (path, size, mtime); returns how many files may have changed."""
    for table in ("seen", "changed"):
        store.db.execute(f"DELETE FROM {table}")
    store.many("INSERT INTO seen VALUES (?, ?, ?)", files)
    store.db.execute(
        "INSERT INTO changed SELECT seen.path, seen.size, seen.mtime, coalesce(digest, '') FROM seen LEFT JOIN sources"
        " INDEXED BY sources_stat USING (path) WHERE sources.path IS NULL OR seen.size <> sources.size"
        " OR seen.mtime <> sources.mtime OR seen.mtime = 0"
    )
    count: int = store.value("SELECT count(*) FROM changed")
    return count


def note_blobs(store: Store, blobs: Iterable[tuple[str, str]]) -> int:
    """Of the files that may have changed, those with the digest that is known did not (path, digest); returns how many
    are left."""
    store.db.execute("DELETE FROM blobs")
    store.many("INSERT OR REPLACE INTO blobs VALUES (?, ?)", blobs)
    store.db.execute(
        "DELETE FROM blobs WHERE NOT EXISTS (SELECT 1 FROM changed c WHERE c.path = blobs.path"
        " AND c.digest = blobs.digest)"
    )
    store.db.execute(
        "UPDATE sources SET size = c.size, mtime = c.mtime FROM changed c JOIN blobs b ON b.path = c.path"
        " WHERE sources.path = c.path"
    )
    store.db.execute("DELETE FROM changed WHERE path IN (SELECT path FROM blobs)")
    count: int = store.value("SELECT count(*) FROM changed")
    return count


def changed(store: Store) -> Iterator[tuple[str, str]]:
    """The files that may have changed, path by path, each with its known digest (empty: new)."""
    last = ""
    while batch := store.db.execute(
        "SELECT path, digest FROM changed WHERE path > ? ORDER BY path LIMIT 500", (last,)
    ).fetchall():
        yield from batch
        last = batch[-1][0]


def drop_gone(store: Store) -> int:
    """Forgets the sources that the scan no longer saw; returns how many."""
    gone = [
        str(path)
        for (path,) in store.rows(
            "SELECT path FROM sources INDEXED BY sources_stat WHERE path NOT IN (SELECT path FROM seen) ORDER BY path"
        )
    ]
    for path in gone:
        store.cause = CONTENT + path
        _unsettle(store, path)
        touch_references(store, path)
        for table, column in (("sources", "path"), ("texts", "source"), ("refs", "source")):
            store.db.execute(f"DELETE FROM {table} WHERE {column} = ?", (path,))
        if path == MOVED:  # the aliases of a live source go with it, when its address is settled
            store.db.execute("DELETE FROM formers WHERE source = ?", (path,))
        replace_findings(store, f"read:{path}", ())
    return len(gone)


def take(store: Store, source: str, kind: str, digest: str, reading: Reading | None, now: str) -> bool:
    """Takes in a changed source: its digest, and its reading (none where the bytes are those known). `now`: YYYY-MM-DD.

    Returns whether there was something new in it.
    """
    store.cause = CONTENT + source
    store.db.execute(
        "INSERT INTO sources (path, kind, size, mtime, digest) SELECT path, ?, size, mtime, ? FROM changed"
        " WHERE path = ? ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime = excluded.mtime,"
        " digest = excluded.digest",
        (kind, digest, source),
    )
    if reading is None:
        return False
    located = tuple(replace(each, file=CONTENT + each.file) for each in reading.findings)
    replace_findings(store, f"read:{source}", located)
    if reading.record is not None:
        _unsettle(store, source)
        _replace_record(store, digest, reading, reading.record, now)
        _unsettle(store, source)
    return True


def take_due(store: Store, now: str) -> None:
    """Finds the sources that came due, or are no longer, by `now`."""
    for (path,) in store.db.execute(
        "SELECT path FROM sources WHERE publish_at <> '' AND due <> (draft = 0 AND publish_at <= ?)", (now,)
    ).fetchall():
        store.cause = CONTENT + path
        _unsettle(store, path)
        store.db.execute("UPDATE sources SET due = (draft = 0 AND publish_at <= ?) WHERE path = ?", (now, path))


def replace_findings(store: Store, owner: str, findings: Iterable[Diagnostic]) -> None:
    """The findings of `owner` are these now."""
    store.db.execute("DELETE FROM findings WHERE owner = ?", (owner,))
    store.many(
        "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?)",
        [(owner, each.file, each.line, each.column, each.code, records.encode(each.args)) for each in findings],
    )


def touch(store: Store, thing: str, *key: str) -> None:
    """Notes that a thing which pages show has changed."""
    if store.touching:
        store.db.execute("INSERT OR IGNORE INTO touches VALUES (?, ?, ?)", (thing, "\t".join(key), store.cause))


def touch_references(store: Store, source: str) -> None:
    """Notes that what `source` shows of others, or others of it, may change: its pictures, and what it corrects."""
    if not store.touching:
        return
    for kind, target in store.db.execute("SELECT kind, target FROM refs WHERE source = ?", (source,)).fetchall():
        if kind == "corrects":
            touch(store, "source", target)
        else:
            touch_media(store, target)


def touch_media(store: Store, source: str) -> None:
    """Notes that the picture at a path may be published, or no longer."""
    record = store.value("SELECT record FROM sources WHERE path = ? AND kind = 'picture'", source)
    if record is not None:
        picture = records.decode(record, Picture)
        touch(store, "media", picture.digest, picture.name)


def former_page(former: str) -> str:
    """The address of the page that answers for a former address: without `?…`, a folder unless it names a file."""
    path = former.partition("?")[0].partition("#")[0]
    return path if path.endswith(("/", ".html", ".htm", ".shtml", ".xml", ".pdf")) else path + "/"


def _replace_record(store: Store, digest: str, reading: Reading, record: Record, now: str) -> None:
    source = reading.source
    touch_references(store, source)
    draft, publish_at = (record.draft, record.publish_at) if isinstance(record, Article | Standing) else (False, "")
    store.db.execute(
        "UPDATE sources SET good = ?, address = ?, draft = ?, publish_at = ?, due = ?, record = ? WHERE path = ?",
        (
            record.digest if isinstance(record, Picture) else digest,
            "" if isinstance(record, Picture | Moves) else record.address,
            draft,
            publish_at,
            not draft and publish_at <= now,
            records.encode(record),
            source,
        ),
    )
    store.db.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (source, records.encode(reading.texts)))
    store.db.execute("DELETE FROM refs WHERE source = ?", (source,))
    store.many(
        "INSERT INTO refs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (source, number, ref.kind, ref.target, ref.fragment, ref.text, ref.spot.line, ref.spot.column)
            for number, ref in enumerate(reading.references)
        ],
    )
    touch_references(store, source)
    if isinstance(record, Moves):
        _replace_moves(store, record)


def _replace_moves(store: Store, moves: Moves) -> None:
    before = _formers(store, moves.source)
    replace_formers(
        store,
        moves.source,
        [(move.former, move.target, move.date, move.reason, move.spot.line, move.spot.column) for move in moves.rows],
    )
    for page, *_ in before ^ _formers(store, moves.source):
        touch(store, "former", str(page))


def replace_formers(store: Store, source: str, rows: list[tuple[str, str, str, str, int, int]]) -> None:
    """The former addresses that `source` tells of: former, target, date, reason, line, column."""
    store.db.execute("DELETE FROM formers WHERE source = ?", (source,))
    store.many(
        "INSERT INTO formers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(former_page(row[0]), row[0], source, number, *row[1:]) for number, row in enumerate(rows)],
    )


def _formers(store: Store, source: str) -> set[tuple[object, ...]]:
    return set(store.rows("SELECT page, former, target, date, reason FROM formers WHERE source = ?", source))


def _unsettle(store: Store, source: str) -> None:
    """Notes what hangs on `source` as it stands in the catalogue now."""
    row = store.db.execute("SELECT kind, address FROM sources WHERE path = ?", (source,)).fetchone()
    kind, address = row if row else ("", "")
    if kind == "issue":
        store.db.execute(
            "INSERT OR IGNORE INTO unsettled_issues VALUES (?, ?)", (basename(dirname(source)), store.cause)
        )
    elif kind == "picture":
        touch_media(store, source)
        touch(store, "source", source)
        _unsettle_users(store, source)
    elif kind == "moves":
        for page, *_ in _formers(store, source):
            touch(store, "former", str(page))
    elif address:
        store.db.execute("INSERT OR IGNORE INTO unsettled VALUES (?, ?)", (address, store.cause))


def _unsettle_users(store: Store, picture: str) -> None:
    """The cards of articles that show a picture, and the leaves of issues, hang on it."""
    for address, kind in store.db.execute(
        "SELECT address, live.kind FROM refs JOIN live USING (source) WHERE target = ?", (picture,)
    ).fetchall():
        if kind == "issue":
            touch(store, "leaves", address.split("/")[2])
        else:
            store.db.execute("INSERT OR IGNORE INTO unsettled VALUES (?, ?)", (address, store.cause))
