"""The catalogue's file: opened by one build at a time, thrown away where it cannot be used."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from gongbao.catalogue.schema import (
    AFTER_FILLING,
    BEFORE_FILLING,
    COUNTING,
    KEPT,
    MEMBERS,
    OUTPUTS,
    PLAN,
    TABLES,
    TEMPORARY,
    VERSION,
)
from gongbao.diagnostics import Stop, finding

Row = tuple[object, ...]


class Damaged(Exception):
    """The catalogue cannot be read: delete it and build again."""


_MAPPED = 1 << 28
"""How many bytes of the file processes may look at without a copy of their own."""


class Reader:
    """An open catalogue, as those may use it who only ask."""

    def __init__(self, path: Path, patience: float = 60) -> None:
        """Opens the catalogue at `path`, which is there, beside the one build that writes it; `patience`: for how many
        seconds it may be locked."""
        self.db = sqlite3.connect(path, isolation_level=None, timeout=patience, cached_statements=256)
        for pragma in ("query_only=1", f"mmap_size={_MAPPED}", "cache_size=-16384"):
            self.db.execute(f"PRAGMA {pragma}")

    def value(self, sql: str, *args: object) -> Any:
        """The first column of the first row, or None."""
        row = self.db.execute(sql, args).fetchone()
        return row[0] if row else None

    def rows(self, sql: str, *args: object) -> Iterable[tuple[Any, ...]]:
        """Every row, fetched as they are asked for: the tables may be changed meanwhile only where `sql` does not read
        them."""
        return self.db.execute(sql, args)

    def recall(self, text: str) -> str | None:
        """The slug that was noted for a text; None where none was."""
        known: str | None = self.value("SELECT slug FROM slugs WHERE text = ?", text)
        return known

    def note(self, text: str, slug: str) -> None:
        """Those who only ask note nothing."""

    @staticmethod
    @contextmanager
    def telling() -> Iterator[None]:
        """A fault of the file is raised as what it is to a build: `Stop` or `Damaged`."""
        try:
            yield
        except sqlite3.Error as error:
            if told := _told(error):
                raise told from error
            raise

    def close(self) -> None:
        """Closes the file."""
        self.db.close()


class Store(Reader):
    """The catalogue as the build has it: it alone writes. The other modules of this package are its tables' duties; all
    SQL is in this package."""

    def __init__(self, path: Path, engine: str) -> None:
        """Opens or makes the catalogue at `path`. Raises `Stop` where a build holds it, `Damaged` where broken."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.touching = False
        """Whether what is touched matters: in a catalogue without pages everything is to be done anyway."""
        self.cause = ""
        """The source whose change is being followed, from the root."""
        self._alone = _held(path.with_name(LOCK))
        self.db = sqlite3.connect(path, isolation_level=None, timeout=0.2, cached_statements=256)
        try:
            self._configure()
            self._prepare(engine)
            self.touching = bool(self.meta("basis"))
            self._choose_journal()
        except sqlite3.DatabaseError as error:
            self.close()
            raise _told(error) or Damaged(str(error)) from error

    def _configure(self) -> None:
        for pragma in ("synchronous=NORMAL", "temp_store=FILE", f"mmap_size={_MAPPED}", "cache_size=-65536"):
            self.db.execute(f"PRAGMA {pragma}")

    def _choose_journal(self) -> None:
        """Readers get along with a build by its write-ahead log. While a catalogue is filled there are none, and that
        log would grow as large as the catalogue, each page be looked for in all of it; a rollback journal notes
        nothing of a page that was not there."""
        wanted = "wal" if self.meta("basis") else "delete"
        if self.value("PRAGMA journal_mode") != wanted:
            with suppress(sqlite3.OperationalError):  # somebody is reading: as it was, then, which is slower
                self.db.execute(f"PRAGMA journal_mode={wanted}")

    def _prepare(self, engine: str) -> None:
        version = self.value("PRAGMA user_version")
        if version != VERSION or self.meta("engine") != engine:
            self.renew(engine)
        self.db.executescript(TEMPORARY)

    def again(self) -> None:
        """Ready for one more build, as if it had just been opened."""
        for (name,) in self.db.execute("SELECT name FROM sqlite_temp_master WHERE type = 'table'").fetchall():
            self.db.execute(f'DELETE FROM temp."{name}"')
        self.touching, self.cause = bool(self.meta("basis")), ""

    def renew(self, engine: str) -> None:
        """All tables anew but the list of what was published."""
        self.touching = False
        with self.transaction():
            for kind in ("trigger", "table"):
                names = self.db.execute(
                    "SELECT name FROM sqlite_master WHERE type = ? AND name <> ? AND name NOT LIKE 'sqlite%'",
                    (kind, KEPT),
                ).fetchall()
                for (name,) in names:
                    self.db.execute(f'DROP {kind} "{name}"')
            if self.value(f"SELECT count(*) FROM pragma_table_info('{KEPT}') WHERE name = 'cause'") == 0:
                self._keep_outputs()
            for statement in _statements(TABLES + MEMBERS + COUNTING + PLAN + OUTPUTS):
                self.db.execute(statement)
            self.db.execute(f"PRAGMA user_version = {VERSION}")
            self.set_meta("engine", engine)

    def _keep_outputs(self) -> None:
        """An earlier version knew less of what it published: those files are still ours."""
        if self.value("SELECT 1 FROM sqlite_master WHERE name = ?", KEPT):
            for column in ("digest", "cause"):
                self.db.execute(f"ALTER TABLE {KEPT} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")

    def close(self) -> None:
        """Closes the file and lets other builds in."""
        self.db.close()
        self._alone.close()

    @contextmanager
    def transaction(self, keep: bool = True) -> Iterator[None]:
        """All or nothing; nothing where `keep` is false."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT" if keep else "ROLLBACK")
            self._choose_journal()
        except BaseException as error:
            with suppress(sqlite3.Error):  # SQLite itself rolls back where the disk is full
                self.db.execute("ROLLBACK")
            if told := _told(error):
                raise told from error
            raise

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Memberships are noted in `joined`, and put in order, counted and made to be found at the end."""
        for statement in _statements(BEFORE_FILLING):
            self.db.execute(statement)
        yield
        for statement in _statements(AFTER_FILLING + MEMBERS + COUNTING):
            self.db.execute(statement)

    def meta(self, name: str) -> str:
        """A fact about the catalogue itself; empty where it is not known."""
        if not self.value("SELECT 1 FROM sqlite_master WHERE name = 'meta'"):
            return ""
        return str(self.value("SELECT value FROM meta WHERE name = ?", name) or "")

    def note(self, text: str, slug: str) -> None:
        """Notes the slug of a text."""
        self.db.execute("INSERT OR REPLACE INTO slugs VALUES (?, ?)", (text, slug))

    def set_meta(self, name: str, value: str) -> None:
        """Records a fact about the catalogue itself."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def many(self, sql: str, rows: Iterable[Row]) -> None:
        """Runs one statement for each row."""
        self.db.executemany(sql, rows)


LOCK = "lock"


def _held(path: Path) -> sqlite3.Connection:
    """The lock of the one build that may write: SQLite's own, for every system lets it go when its process ends."""
    lock = sqlite3.connect(path, isolation_level=None, timeout=0.2)
    try:
        lock.execute("PRAGMA journal_mode=MEMORY")
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        lock.close()
        raise _told(error) or Damaged(str(error)) from error
    return lock


def _told(error: BaseException) -> Exception | None:
    """What a fault of the file is to a build; None where it is a fault of the program."""
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return Stop(finding("G602", LOCK))
    if isinstance(error, sqlite3.OperationalError) and any(part in str(error) for part in _OUTSIDE):
        return Stop(finding("G601", ".gongbao", path=".gongbao", problem=str(error)))
    if isinstance(error, sqlite3.DatabaseError) and any(part in str(error) for part in _BROKEN):
        return Damaged(str(error))
    return None


_OUTSIDE = ("full", "readonly", "disk I/O", "unable to open")
_BROKEN = ("malformed", "not a database")


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
