"""What follows from the sources: who stands at which address, in which lists, in which issue; and what that touches."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from gongbao import records
from gongbao.catalogue.ask_related import concerned
from gongbao.catalogue.rows import ARTICLE, Row, row_of, subjects_of
from gongbao.catalogue.store import Reader, Store
from gongbao.catalogue.take import CONTENT, replace_all_findings, replace_formers, touch, touch_references
from gongbao.diagnostics import Diagnostic, finding
from gongbao.model import Article, Issue, Leaf, Standing
from gongbao.text import batched, leaf_order

_MANY = 500
"""How many addresses are settled at a time."""
_Alias = tuple[str, str, str, str, int, int]
"""A former address, where it leads, date, reason, line, column."""
Position = tuple[str, str, int, str]
"""Issue, leaf's sort key, order, source: where an article stands among all."""


def settle(store: Store) -> None:
    """Settles everything that `take` noted."""
    if store.touching:
        for address in _drain(store, "unsettled", "address"):
            _settle_address(store, address)
    else:
        with store.filling():
            _settle_first(store)
        store.db.execute("DELETE FROM unsettled")
    for key in _drain(store, "unsettled_issues", "key"):
        _settle_issue(store, key)


def _settle_first(store: Store) -> None:
    """Settles all addresses where none was settled: a statement for many of them instead of some for each."""
    claims = store.rows(
        "SELECT address, path, kind, record FROM sources WHERE address <> '' AND kind IN ('article', 'standing')"
        " AND due = 1 AND record IS NOT NULL ORDER BY address, path"
    )
    by_address = ((str(address), [row[1:] for row in rows]) for address, rows in groupby(claims, itemgetter(0)))
    for batch in batched(by_address, _MANY):
        _enter_first(store, batch)


def _enter_first(store: Store, batch: tuple[tuple[str, list[tuple[str, str, bytes]]], ...]) -> None:
    entries: list[tuple[str, str, Article | Standing]] = [
        (path, kind, records.decode(record, Article) if kind == "article" else records.decode(record, Standing))
        for _, ((path, kind, record), *_) in batch
    ]
    replace_all_findings(store, [_claims(address, [path for path, _, _ in claims]) for address, claims in batch])
    store.many(
        "INSERT INTO live VALUES (?, ?, ?, ?)",
        [(record.address, path, kind, " ".join(record.title.split())) for path, kind, record in entries],
    )
    articles = [
        (path, record, row_of(store, path, record)) for path, _, record in entries if isinstance(record, Article)
    ]
    subjects = [(path, row, subjects_of(record)) for path, record, row in articles]
    store.many(ARTICLE, [(path, *row) for path, _, row in articles])
    store.many(
        "INSERT OR IGNORE INTO subjects VALUES (?, ?, ?, ?, ?, 0)",
        [(subject, *told) for _, _, found in subjects for subject, told in found.items()],
    )
    store.many(
        "INSERT INTO joined VALUES (?, ?, ?, ?, ?)",
        [(subject, row[1], row[3], row[4], path) for path, row, found in subjects for subject in found],
    )
    store.many(
        "INSERT OR IGNORE INTO unsettled_issues VALUES (?, ?)", [(row[1], CONTENT + path) for path, _, row in articles]
    )
    for path, _, record in entries:
        store.cause = CONTENT + path
        _alias(store, path, _aliases(record))


def _drain(store: Store, table: str, column: str) -> Iterator[str]:
    # Settling never adds to the table that is being drained, so that a plain cursor is safe.
    for value, cause in store.rows(f"SELECT {column}, cause FROM {table} ORDER BY 1"):
        store.cause = str(cause)
        yield str(value)
    store.db.execute(f"DELETE FROM {table}")


def _settle_address(store: Store, address: str) -> None:
    claims = store.db.execute(
        # `address <> ''` lets SQLite use the index, which leaves out what has no address.
        "SELECT path, kind, record FROM sources WHERE address = ? AND address <> '' AND due = 1 AND record IS NOT NULL"
        " ORDER BY path",
        (address,),
    ).fetchall()
    _report_claims(store, address, [path for path, _, _ in claims])
    before = store.value("SELECT source FROM live WHERE address = ?", address)
    if before is not None and (not claims or claims[0][0] != before):
        _leave(store, str(before), address)
    if claims:
        path, kind, record = claims[0]
        article = records.decode(record, Article) if kind == "article" else None
        _enter(store, path, article or records.decode(record, Standing), path != before)
    touch(store, "page", address)


def _report_claims(store: Store, address: str, paths: list[str]) -> None:
    replace_all_findings(store, [_claims(address, paths)])


def _claims(address: str, paths: list[str]) -> tuple[str, list[Diagnostic]]:
    """Whose findings they are, and the findings, where several sources claim an address: the first gets it."""
    others = [finding("G401", CONTENT + path, address=address, other=CONTENT + paths[0]) for path in paths[1:]]
    return f"claim:{address}", others


def _leave(store: Store, source: str, address: str) -> None:
    row = _row(store, source)
    if row:
        _change(store, row[1])
        _list(store, source, row, None)
    store.db.execute("DELETE FROM live WHERE source = ?", (source,))
    _alias(store, source, [])
    _touch_target(store, source, address)


def _enter(store: Store, source: str, record: Article | Standing, arrives: bool) -> None:
    title = " ".join(record.title.split())
    kind = "article" if isinstance(record, Article) else "standing"
    known = store.value("SELECT title FROM live WHERE source = ?", source)
    store.db.execute("INSERT OR REPLACE INTO live VALUES (?, ?, ?, ?)", (record.address, source, kind, title))
    if isinstance(record, Article):
        row = _row(store, source)
        for issue in {record.issue, row[1] if row else record.issue}:
            _change(store, issue)
        _list(store, source, row, record)
    _alias(store, source, _aliases(record))
    if arrives or known != title:
        _touch_target(store, source, record.address)


def _change(store: Store, issue: str) -> None:
    """What search knows of the month of an issue is stale; in a catalogue without pages it knows nothing."""
    if store.touching:
        store.db.execute("INSERT OR IGNORE INTO search_stale VALUES (?, ?)", (issue[:7], store.cause))


def _aliases(record: Article | Standing) -> list[_Alias]:
    spot = record.aliases_spot
    return [(alias, record.address, "", "", spot.line, spot.column) for alias in record.aliases]


def _alias(store: Store, source: str, rows: list[_Alias]) -> None:
    """The aliases of `source` as formers; the pages of those that came or went are touched."""
    pages = "SELECT page, former, target FROM formers WHERE source = ?"
    before = set(store.rows(pages, source))
    if rows or before:
        replace_formers(store, source, rows)
        for page, *_ in before ^ set(store.rows(pages, source)):
            touch(store, "former", str(page))


def _touch_target(store: Store, source: str, address: str) -> None:
    touch_references(store, source)
    touch(store, "source", source)
    touch(store, "address", address)


def _row(store: Store, source: str) -> Row | None:
    row: Row | None = store.db.execute(
        "SELECT address, issue, leaf, leaf_sort, ord, title, column, card, areas, units FROM articles WHERE source = ?",
        (source,),
    ).fetchone()
    return row


def _list(store: Store, source: str, old: Row | None, record: Article | None) -> None:
    """Moves an article from where it stood to where it stands, and touches both neighbourhoods."""
    new = row_of(store, source, record) if record else None
    before = {str(s) for (s,) in store.rows("SELECT subject FROM memberships WHERE source = ?", source)}
    wanted = subjects_of(record) if record else {}
    if old == new and before == set(wanted):
        return
    moved = old is None or new is None or old[1:5] != new[1:5]
    store.db.execute("DELETE FROM articles WHERE source = ?", (source,))
    for subject in before if moved else before - set(wanted):
        store.db.execute("DELETE FROM memberships WHERE source = ? AND subject = ?", (source, subject))
    if new:
        store.db.execute(ARTICLE, (source, *new))
        for subject, told in wanted.items():
            if moved or subject not in before:
                store.db.execute("INSERT OR IGNORE INTO subjects VALUES (?, ?, ?, ?, ?, 0)", (subject, *told))
                store.db.execute(
                    "INSERT INTO memberships VALUES (?, ?, ?, ?, ?)", (subject, new[1], new[3], new[4], source)
                )
    for row in filter(None, (old, new)):
        _touch_row(store, source, row, before | set(wanted))
        # What related articles show of one is its address, title and place; which show it hangs on tags and regions.
        if old is None or new is None or old[:6] != new[:6] or _relating(before) != _relating(wanted):
            _touch_related(store, source, row, before | set(wanted))


def _relating(subjects: Iterable[str]) -> set[str]:
    return {subject for subject in subjects if subject.startswith(("tag:", "region:"))}


def _touch_related(store: Store, source: str, row: Row, subjects: set[str]) -> None:
    _, issue, _, leaf_sort, order, *_ = row
    for subject in subjects if store.touching else ():
        if subject.startswith("tag:"):
            for address in concerned(store, subject, (issue, leaf_sort, order, source)):
                touch(store, "related", address)


def _touch_row(store: Store, source: str, row: Row, subjects: set[str]) -> None:
    _, issue, leaf, leaf_sort, order, _, column, *_ = row
    store.db.execute("INSERT OR IGNORE INTO unsettled_issues VALUES (?, ?)", (issue, store.cause))
    if not store.touching:
        return
    touch(store, "leaf", issue, leaf)
    position = (issue, leaf_sort, order, source)
    for subject in subjects:
        kind = subject.partition(":")[0]
        if kind == "continued":
            touch(store, "leaf", *subject.partition(":")[2].split("/"))
        else:
            touch(store, "list", subject, issue[:7])
            _touch_periods(store, subject, issue[:7])
    for subject in ("all:", f"column:{column}"):
        for address in filter(None, neighbours(store, subject, position)):
            touch(store, "page", address[1])


def _touch_periods(store: Store, subject: str, month: str) -> None:
    """The months beside one that came or went show it as the one before or after."""
    left = store.value("SELECT articles FROM counts WHERE subject = ? AND month = ?", subject, month)
    if left is None or left == 1:
        for other in beside(store, "counts", "month", month, f"subject = '{subject.replace(chr(39), chr(39) * 2)}'"):
            if other:
                touch(store, "list", subject, other)


def beside(store: Reader, table: str, column: str, value: str, where: str = "1") -> tuple[str, str]:
    """The values of `column` right before and after `value`; empty where there is none."""
    before = store.value(f"SELECT max({column}) FROM {table} WHERE {where} AND {column} < ?", value)
    after = store.value(f"SELECT min({column}) FROM {table} WHERE {where} AND {column} > ?", value)
    return str(before or ""), str(after or "")


def neighbours(
    store: Reader, subject: str, position: Position
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """Title and address of the articles right before and after `position` in the list of `subject`."""
    found = []
    for sign, way in (("<", "DESC"), (">", "ASC")):
        order = ", ".join(f"m.{column} {way}" for column in ("issue", "leaf_sort", "ord", "source"))
        row = store.db.execute(
            "SELECT a.title, a.address FROM memberships m JOIN articles a ON a.source = m.source WHERE m.subject = ?"
            f" AND (m.issue, m.leaf_sort, m.ord, m.source) {sign} (?, ?, ?, ?) ORDER BY {order} LIMIT 1",
            (subject, *position),
        ).fetchone()
        found.append(row)
    return found[0], found[1]


def _settle_issue(store: Store, key: str) -> None:
    address = f"/issues/{key}/"
    claims = store.db.execute(
        "SELECT path, record FROM sources WHERE address = ? AND address <> '' AND record IS NOT NULL ORDER BY path",
        (address,),
    ).fetchall()
    _report_claims(store, address, [path for path, _ in claims])
    blob = claims[0][1] if claims else None
    _settle_issue_live(store, address, claims[0][0] if claims else "")
    articles = store.value("SELECT count(*) FROM articles WHERE issue = ?", key)
    old = store.db.execute("SELECT articles, record FROM issues WHERE key = ?", (key,)).fetchone()
    new = (articles, blob) if articles or blob else None
    if old != new:
        store.db.execute("DELETE FROM issues WHERE key = ?", (key,))
        if new:
            store.db.execute("INSERT INTO issues VALUES (?, ?, ?)", (key, *new))
        touch(store, "issue", key)
    renamed = (old or (0, None))[1] != blob or (old is None) != (new is None)
    if _settle_leaves(store, key, records.decode(blob, Issue) if blob else None) or renamed:
        touch(store, "leaves", key)
    if renamed:
        _touch_issues_around(store, key)


def _settle_issue_live(store: Store, address: str, source: str) -> None:
    before = str(store.value("SELECT source FROM live WHERE address = ?", address) or "")
    if before == source:
        return
    store.db.execute("DELETE FROM live WHERE address = ?", (address,))
    if source:
        store.db.execute("INSERT INTO live VALUES (?, ?, 'issue', '')", (address, source))
    for each in filter(None, (before, source)):
        touch_references(store, each)
        touch(store, "source", each)


def _touch_issues_around(store: Store, key: str) -> None:
    touch(store, "calendar", key[:7])
    for other in beside(store, "issues", "key", key):
        if other:
            touch(store, "issue", other)
    for (other,) in store.rows("SELECT key FROM issues WHERE key >= ? AND key < ?", key[:10], key[:10] + "~"):
        touch(store, "issue", str(other))
    for other in beside(store, "issues", "substr(key, 1, 7)", key[:7]):
        if other:
            touch(store, "calendar", other)


def _second(row: tuple[Any, ...]) -> str:
    return str(row[1])


def _settle_leaves(store: Store, key: str, issue: Issue | None) -> bool:
    """Brings the leaves of an issue up to date; whether any came, went or is told of otherwise."""
    counted: dict[str, int] = dict(store.rows("SELECT leaf, count(*) FROM articles WHERE issue = ? GROUP BY leaf", key))
    for (subject,) in store.rows(
        "SELECT subject FROM subjects WHERE subject > ? AND subject < ?", f"continued:{key}/", f"continued:{key}0"
    ):
        counted.setdefault(str(subject).rpartition("/")[2], 0)
    told: dict[str, Leaf] = {leaf.leaf: leaf for leaf in issue.leaves} if issue else {}
    new: set[tuple[Any, ...]] = {
        (key, leaf_order(leaf), leaf, counted.get(leaf, 0), records.encode(told[leaf]) if leaf in told else None)
        for leaf in {*counted, *told}
    }
    old: set[tuple[Any, ...]] = set(
        store.rows("SELECT issue, leaf_sort, leaf, articles, record FROM leaves WHERE issue = ?", key)
    )
    if old == new:
        return False
    store.db.execute("DELETE FROM leaves WHERE issue = ?", (key,))
    store.many("INSERT INTO leaves VALUES (?, ?, ?, ?, ?)", sorted(new, key=_second))
    for row in old ^ new:
        touch(store, "leaf", key, str(row[2]))
    return {(row[2], row[4]) for row in old} != {(row[2], row[4]) for row in new}
