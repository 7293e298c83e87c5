"""What the checks found in each source and between sources: facts, and findings as the catalogue keeps them.

A fact is what a source says on a topic under a key (that its text has this digest, that it names this author). Where
the facts under a key change, the key is stirred, and what is said of it is judged anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongbao.catalogue.store import Store
from gongbao.catalogue.take import replace_findings
from gongbao.diagnostics import Diagnostic

MOST = 500
"""How many facts under a key are looked at: no judgement grows with the archive."""
MUTED = "muted"
"""The topic under which a source names the checks that it goes without."""


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """What a source says on a topic, under a key, and where; `told` is the topic's own."""

    source: str
    topic: str
    key: str
    told: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A source that is to be checked. `record`: as it was read, empty where it is broken or of another kind."""

    source: str
    kind: str
    size: int
    record: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks say of a source; `facts` is None where it is broken and those of its last good version hold."""

    source: str
    findings: tuple[Diagnostic, ...] = ()
    facts: tuple[Fact, ...] | None = ()


def waiting_count(store: Store) -> int:
    """How many sources are to be checked."""
    count: int = store.value("SELECT count(*) FROM to_check")
    return count


def waiting(store: Store) -> Iterator[Waiting]:
    """The sources that changed since they were checked, path by path; what was checked may be noted meanwhile."""
    last = ""
    sql = (
        "SELECT u.path, s.kind, s.size, CASE WHEN s.good = s.digest OR s.kind = 'picture' THEN s.record END"
        " FROM to_check u LEFT JOIN sources s ON s.path = u.path WHERE u.path > ? ORDER BY u.path LIMIT 500"
    )
    while batch := store.db.execute(sql, (last,)).fetchall():
        yield from (Waiting(path, kind or "", size or 0, record or b"") for path, kind, size, record in batch)
        last = batch[-1][0]


def keep(store: Store, checked: Iterable[Checked]) -> None:
    """What is said of these sources is this now."""
    for each in checked:
        replace_findings(store, f"check:{each.source}", each.findings)
        if each.facts is not None:
            _replace(store, each.source, each.facts)
        store.db.execute("DELETE FROM to_check WHERE path = ?", (each.source,))


def _replace(store: Store, source: str, facts: tuple[Fact, ...]) -> None:
    rows = store.rows("SELECT source, topic, key, told, line, col FROM facts WHERE source = ?", source)
    old = {Fact(*row) for row in rows}
    new = set(facts)
    if old == new:
        return
    store.db.execute("DELETE FROM facts WHERE source = ?", (source,))
    store.many(
        "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(source, each.topic, each.key, at, each.told, each.line, each.column) for at, each in enumerate(sorted(new))],
    )
    store.many("INSERT OR IGNORE INTO stirred VALUES (?, ?)", {(each.topic, each.key) for each in old ^ new})


def stirred(store: Store) -> Iterator[tuple[str, str, list[Fact]]]:
    """Topic and key of what is to be judged anew, and the facts there are; they are stirred no longer."""
    for topic, key in store.db.execute("SELECT topic, key FROM stirred ORDER BY topic, key").fetchall():
        yield topic, key, facts(store, topic, key)
    store.db.execute("DELETE FROM stirred")


def facts(store: Store, topic: str, key: str) -> list[Fact]:
    """The facts under a key, in order; of very many those whose `told` comes last."""
    sql = (
        "SELECT source, topic, key, told, line, col FROM facts WHERE topic = ? AND key = ?"
        " ORDER BY told DESC, source DESC LIMIT ?"
    )
    return sorted(Fact(*row) for row in store.rows(sql, topic, key, MOST))


def judge(store: Store, topic: str, key: str, findings: Iterable[Diagnostic]) -> None:
    """What is said of the facts under a key is this now."""
    told = [each for each in findings if not _is_muted(store, each)]
    replace_findings(store, f"judge:{topic}:{key}", told)


def _is_muted(store: Store, found: Diagnostic) -> bool:
    source = found.file.removeprefix("content/")
    sql = "SELECT 1 FROM facts WHERE source = ? AND topic = ? AND key = ?"
    return store.value(sql, source, MUTED, found.code) is not None
