"""The catalogue's file: opened by one build at a time, thrown away where it cannot be used."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from gongbao.catalogue.schema import COUNT, COUNTING, KEPT, OUTPUTS, PLAN, TABLES, TEMPORARY, TRIGGERS, VERSION
from gongbao.diagnostics import Stop, finding

Row = tuple[object, ...]


class Damaged(Exception):
    """The catalogue cannot be read: delete it and build again."""


class Store:
    """An open catalogue. The other modules of this package are its tables' duties; all SQL is in this package."""

    def __init__(self, path: Path, engine: str) -> None:
        """Opens or makes the catalogue at `path`. Raises `Stop` where a build holds it, `Damaged` where broken."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.touching = False
        """Whether what is touched matters: in a catalogue without pages everything is to be done anyway."""
        self.cause = ""
        """The source whose change is being followed, from the root."""
        self.db = sqlite3.connect(path, isolation_level=None, timeout=0.2, cached_statements=256)
        try:
            self._configure()
            self._prepare(engine)
            self.touching = bool(self.meta("basis"))
        except sqlite3.DatabaseError as error:
            self.db.close()
            if "locked" in str(error):
                raise Stop(finding("G602", str(path.name))) from error
            raise _told(error) or Damaged(str(error)) from error

    def _configure(self) -> None:
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=NORMAL", "temp_store=FILE"):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.execute("PRAGMA cache_size=-65536")
        self.db.execute("BEGIN EXCLUSIVE")
        self.db.execute("COMMIT")

    def _prepare(self, engine: str) -> None:
        version = self.value("PRAGMA user_version")
        if version != VERSION or self.meta("engine") != engine:
            self.renew(engine)
        self.db.executescript(TEMPORARY)

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
            for statement in _statements(TABLES + COUNTING + PLAN + OUTPUTS):
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

    @contextmanager
    def transaction(self, keep: bool = True) -> Iterator[None]:
        """All or nothing; nothing where `keep` is false."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT" if keep else "ROLLBACK")
        except BaseException as error:
            with suppress(sqlite3.Error):  # SQLite itself rolls back where the disk is full
                self.db.execute("ROLLBACK")
            if told := _told(error):
                raise told from error
            raise

    @contextmanager
    def counting(self) -> Iterator[None]:
        """The memberships may change; where there were none they are counted at the end, which costs half as much."""
        if self.value("SELECT 1 FROM memberships LIMIT 1"):
            yield
            return
        for trigger in TRIGGERS:
            self.db.execute(f"DROP TRIGGER {trigger}")
        yield
        for statement in _statements(COUNT + COUNTING):
            self.db.execute(statement)

    def value(self, sql: str, *args: object) -> Any:
        """The first column of the first row, or None."""
        row = self.db.execute(sql, args).fetchone()
        return row[0] if row else None

    def meta(self, name: str) -> str:
        """A fact about the catalogue itself; empty where it is not known."""
        if not self.value("SELECT 1 FROM sqlite_master WHERE name = 'meta'"):
            return ""
        return str(self.value("SELECT value FROM meta WHERE name = ?", name) or "")

    def set_meta(self, name: str, value: str) -> None:
        """Records a fact about the catalogue itself."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def many(self, sql: str, rows: Iterable[Row]) -> None:
        """Runs one statement for each row."""
        self.db.executemany(sql, rows)

    def rows(self, sql: str, *args: object) -> Iterator[tuple[Any, ...]]:
        """Every row, fetched in batches: the tables may be changed meanwhile only where `sql` does not read them."""
        yield from self.db.execute(sql, args)


def _told(error: BaseException) -> Exception | None:
    """What a fault of the file is to a build; None where it is a fault of the program."""
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
