"""The variants of pictures in the catalogue: which pictures wait for theirs, and which each has."""

from itertools import groupby
from operator import itemgetter

from gongbao import pictures, records
from gongbao.catalogue.store import Reader, Store


def want(store: Store, source: str, digest: str) -> None:
    """Notes that the picture at a path, with these bytes, may come to be shown."""
    if pictures.is_picture(source):
        store.db.execute(
            "INSERT OR IGNORE INTO unscaled SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM variants WHERE digest = ?1)",
            (digest,),
        )


def waiting(store: Store) -> list[tuple[str, tuple[str, ...]]]:
    """The digest of each picture that some source shows and whose variants are not known, with its paths."""
    rows = store.rows(
        "SELECT digest, path FROM (SELECT unscaled.digest AS digest, path FROM unscaled CROSS JOIN sources"
        " ON good = unscaled.digest WHERE kind = 'picture') WHERE EXISTS (SELECT 1 FROM refs"
        " WHERE target = path AND refs.kind = 'picture') ORDER BY 1, 2"
    )
    return [(str(digest), tuple(str(path) for _, path in found)) for digest, found in groupby(rows, itemgetter(0))]


def keep(store: Store, digest: str, names: tuple[str, ...] | None) -> None:
    """The variants of a picture are these; None: it is damaged."""
    told = None if names is None else records.encode(names)
    store.db.execute("INSERT OR REPLACE INTO variants VALUES (?, ?)", (digest, told))


def forget_waiting(store: Store) -> None:
    """What waited has its variants, or nothing shows it: what comes to do so wants it again."""
    store.db.execute("DELETE FROM unscaled")


def variants(store: Reader, digest: str) -> tuple[str, ...]:
    """The names of a picture's variants; none where they are not known."""
    told = store.value("SELECT names FROM variants WHERE digest = ?", digest)
    return records.decode(told, tuple[str, ...]) if isinstance(told, bytes) else ()
