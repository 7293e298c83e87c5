"""Readings into the catalogue: a broken source keeps its last good version, and what must be settled anew is noted."""

from collections.abc import Iterable, Iterator
from posixpath import basename, dirname

from gongbao import records
from gongbao.catalogue import scaled
from gongbao.catalogue.store import Store
from gongbao.diagnostics import Diagnostic
from gongbao.model import Filed, Moves, Picture
from gongbao.text import batched

CONTENT = "content/"
MOVED = "moved.csv"
_BATCH = 500


_Seen = tuple[str, int, int]
_Known = tuple[str, int, int, str]


EVER = ""
"""In place of a day: drafts and what is to come are due as well."""


def note_scan(store: Store, files: Iterable[_Seen]) -> int:
    """Records what the scan saw (path, size, mtime; in the order of paths); returns how many files may have changed."""
    known = store.rows("SELECT path, size, mtime, digest FROM sources INDEXED BY sources_stat ORDER BY path")
    return _note(store, _compared(iter(files), iter(known)))


def note_look(store: Store, places: Iterable[tuple[str, Iterable[_Seen]]]) -> int:
    """Records what was seen at some places (a file or a folder, none in another) as `note_scan` does what is seen at
    all; returns how many files may have changed."""
    return _note(store, (each for place, files in places for each in _compared(iter(files), _known_at(store, place))))


def _known_at(store: Store, place: str) -> Iterator[_Known]:
    # Two questions, for SQLite takes the index for neither where both are one.
    sql = "SELECT path, size, mtime, digest FROM sources WHERE"
    yield from store.db.execute(f"{sql} path = ?", (place,)).fetchall()
    first, last = (place + "/", place + "0") if place else ("", "\U0010ffff")
    yield from store.db.execute(f"{sql} path >= ? AND path < ? ORDER BY path", (first, last)).fetchall()


def _note(store: Store, compared: Iterator[tuple[_Seen | None, str]]) -> int:
    for table in ("changed", "gone"):
        store.db.execute(f"DELETE FROM {table}")
    for batch in batched(compared, _BATCH):
        store.many("INSERT INTO changed VALUES (?, ?, ?, ?)", [(*seen, digest) for seen, digest in batch if seen])
        store.many("INSERT INTO gone VALUES (?)", [(path,) for seen, path in batch if not seen])
    count: int = store.value("SELECT count(*) FROM changed")
    return count


def _compared(files: Iterator[_Seen], known: Iterator[_Known]) -> Iterator[tuple[_Seen | None, str]]:
    """Both go on side by side: a file that may have changed, with its known digest; None and its path for one that is
    gone."""
    old = next(known, None)
    for seen in files:
        path = seen[0]
        while old and old[0] < path:
            yield None, old[0]
            old = next(known, None)
        if old and old[0] == path:
            if old[1:3] != seen[1:3] or not seen[2]:
                yield seen, old[3]
            old = next(known, None)
        else:
            yield seen, ""
    while old:
        yield None, old[0]
        old = next(known, None)


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
    gone = [str(path) for (path,) in store.rows("SELECT path FROM gone ORDER BY path")]
    for path in gone:
        store.cause = CONTENT + path
        unsettle(store, path)
        touch_references(store, path)
        for table, column in (("sources", "path"), ("texts", "source"), ("refs", "source")):
            store.db.execute(f"DELETE FROM {table} WHERE {column} = ?", (path,))
        if path == MOVED:  # the aliases of a live source go with it, when its address is settled
            store.db.execute("DELETE FROM formers WHERE source = ?", (path,))
        replace_findings(store, f"read:{path}", ())
        store.db.execute(_TO_CHECK, (path,))
    return len(gone)


def take(store: Store, batch: list[Filed], now: str) -> int:
    """Takes in a batch of sources that may have changed; returns in how many of them there was something new. `now`:
    YYYY-MM-DD."""
    if store.touching:
        for each in batch:
            _take_one(store, each, now)
    else:
        _take_first(store, batch, now)
    return sum(not each.known for each in batch)


def _take_one(store: Store, each: Filed, now: str) -> None:
    store.cause = CONTENT + each.source
    store.db.execute(_SOURCE, _source_row(each))
    if each.known:
        return
    store.db.execute(_TO_CHECK, (each.source,))
    replace_findings(store, f"read:{each.source}", each.findings)
    if each.record is not None:
        unsettle(store, each.source)
        _replace_record(store, each, now)
        unsettle(store, each.source)


_SOURCE = (
    "INSERT INTO sources (path, name, kind, size, mtime, digest) SELECT path, ?, ?, size, mtime, ? FROM changed"
    " WHERE path = ?"
    " ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime = excluded.mtime, digest = excluded.digest"
)
_RECORD = "UPDATE sources SET good = ?, address = ?, draft = ?, publish_at = ?, due = ?, record = ? WHERE path = ?"
_TEXTS = "INSERT OR REPLACE INTO texts VALUES (?, ?)"
_TO_CHECK = "INSERT OR IGNORE INTO to_check VALUES (?)"
_REFERENCE = "INSERT INTO refs VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def _take_first(store: Store, batch: list[Filed], now: str) -> None:
    """Takes in sources of which nothing was known: a statement for all of them instead of some for each."""
    sound = [each for each in batch if each.record is not None]
    store.many(_SOURCE, [_source_row(each) for each in batch])
    store.many(_TO_CHECK, [(each.source,) for each in batch])
    store.many(_RECORD, [_record_row(each, now) for each in sound])
    store.many(_TEXTS, [(each.source, each.texts) for each in sound])
    store.many(_REFERENCE, [row for each in sound for row in each.references])
    replace_all_findings(store, [(f"read:{each.source}", each.findings) for each in batch])
    for each in sound:
        store.cause = CONTENT + each.source
        if each.kind == "moves":
            _replace_moves(store, each)
        if each.kind == "picture":
            scaled.want(store, each.source, each.good)
        if each.kind not in _ADDRESSED:
            unsettle(store, each.source)
    store.many(
        "INSERT OR IGNORE INTO unsettled VALUES (?, ?)",
        [(each.address, CONTENT + each.source) for each in sound if each.kind in _ADDRESSED],
    )


_ADDRESSED = ("article", "standing")


def take_due(store: Store, now: str) -> None:
    """Finds the sources that came due, or are no longer, by `now`."""
    for (path,) in store.db.execute(
        f"SELECT path FROM sources WHERE publish_at <> '' AND due <> {_DUE}", {"now": now}
    ).fetchall():
        store.cause = CONTENT + path
        unsettle(store, path)
        store.db.execute(f"UPDATE sources SET due = {_DUE} WHERE path = :path", {"now": now, "path": path})


_DUE = f"(:now = '{EVER}' OR draft = 0 AND publish_at <= :now)"


def unpublished(store: Store, now: str) -> dict[str, str]:
    """The addresses of drafts (empty) and of what is to come after `now`, with the day for which it is set."""
    drafts = store.rows("SELECT address, '' FROM sources WHERE draft = 1 AND address <> ''")
    later = "SELECT address, publish_at FROM sources WHERE publish_at <> '' AND publish_at > ? AND address <> ''"
    return dict(store.rows(later, now)) | dict(drafts)


def replace_findings(store: Store, owner: str, findings: Iterable[Diagnostic]) -> None:
    """The findings of `owner` are these now."""
    replace_all_findings(store, [(owner, findings)])


def replace_all_findings(store: Store, found: Iterable[tuple[str, Iterable[Diagnostic]]]) -> None:
    """The findings of each owner are these now."""
    told = [(owner, tuple(findings)) for owner, findings in found]
    if not any(findings for _, findings in told) and not store.value("SELECT 1 FROM findings LIMIT 1"):
        return
    store.many("DELETE FROM findings WHERE owner = ?", [(owner,) for owner, _ in told])
    store.many(
        "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?)",
        [
            (owner, each.file, each.line, each.column, each.code, records.encode(each.args))
            for owner, findings in told
            for each in findings
        ],
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
        scaled.want(store, source, picture.digest)


def former_page(former: str) -> str:
    """The address of the page that answers for a former address: without `?…`, a folder unless it names a file."""
    path = former.partition("?")[0].partition("#")[0]
    return path if path.endswith(("/", ".html", ".htm", ".shtml", ".xml", ".pdf")) else path + "/"


def _replace_record(store: Store, each: Filed, now: str) -> None:
    touch_references(store, each.source)
    store.db.execute(_RECORD, _record_row(each, now))
    store.db.execute(_TEXTS, (each.source, each.texts))
    store.db.execute("DELETE FROM refs WHERE source = ?", (each.source,))
    store.many(_REFERENCE, each.references)
    touch_references(store, each.source)
    if each.kind == "moves":
        _replace_moves(store, each)


def _source_row(each: Filed) -> tuple[object, ...]:
    return basename(each.source), each.kind, each.digest, each.source


def _record_row(each: Filed, now: str) -> tuple[object, ...]:
    due = now == EVER or (not each.draft and each.publish_at <= now)
    return each.good, each.address, each.draft, each.publish_at, due, each.record, each.source


def _replace_moves(store: Store, each: Filed) -> None:
    before = _formers(store, each.source)
    moves = records.decode(each.record or b"", Moves)
    replace_formers(
        store,
        each.source,
        [(move.former, move.target, move.date, move.reason, move.spot.line, move.spot.column) for move in moves.rows],
    )
    for page, *_ in before ^ _formers(store, each.source):
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


def unsettle(store: Store, source: str) -> None:
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
