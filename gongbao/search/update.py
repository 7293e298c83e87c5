"""The step of the sentence that brings the index up to date, after all pages: blocks, segments, names, the manifest.

Only months whose articles changed are looked at, only segments with another block are merged, only files with other
bytes are written; the manifest comes last, so that what it names is there.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongbao import causes, execute, publish, records
from gongbao.catalogue import Store
from gongbao.catalogue import search as catalogue
from gongbao.catalogue.search import CURRENT, FORMER, Unit
from gongbao.diagnostics import Diagnostic, finding
from gongbao.identity import engine_digest
from gongbao.pages import Context
from gongbao.search.groups import grouped, shape_of
from gongbao.text import batched

MANIFEST = "search/manifest.json"
DATA = "search/data/"
"""Where the files lie whose names say what they hold."""
_OURS = re.compile(rf"{MANIFEST}|{DATA}(?:fold-)?[a-z2-7]{{10}}\.(?:bin|json)")
_BLOCKS = "search"
"""Where what was sorted before is kept, beside the catalogue."""
FEATURE = "search"
_FILES = 200
"""How many files are claimed and recorded at a time."""
_MONTHS = 4
"""How many months a worker is given at a time."""
_SEGMENTS = 3
"""How many segments are merged at a time: a large one takes some 350 MB."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site is and who works on it: catalogue and output folder, that folder's name; the executor."""

    catalogue: Path
    output: Path
    folder: str
    jobs: int
    executor: str


def is_on(context: Context) -> bool:
    """Whether the site has search."""
    return dict(context.settings.features).get(FEATURE, True)


def cause(store: Store, context: Context, folder: str) -> str | None:
    """Why the index is to be brought up to date; None where nothing that it hangs on has changed."""
    if not is_on(context):
        return causes.SITE if catalogue.files(store, folder, CURRENT) else None
    if stale := catalogue.stale(store):
        return next(iter(stale.values()))
    return None if catalogue.known(store, folder) == _basis(store, context) else causes.BASIS


def _basis(store: Store, context: Context) -> str:
    """All that the index hangs on, where no month is stale."""
    return records.digest(records.encode((engine_digest(), context.settings, catalogue.state(store))))


def update(
    store: Store, context: Context, place: Place, every: bool, told: Callable[[str, str], None]
) -> list[Diagnostic]:
    """Brings the index up to date where it has to be; `every` month is looked at, whatever changed. `told` hears of
    each file that is written or deleted. Returns the findings."""
    why = cause(store, context, place.folder)
    if why is None and not every:
        return []
    work = _Update(store, context, place, why or causes.VERIFY, told)
    if not is_on(context):
        work.withdraw()
        return []
    return work.run(every)


def forget(catalogue: Path) -> None:
    """Forgets what was sorted before, so that all of it is done anew."""
    shutil.rmtree(catalogue.with_name(_BLOCKS), ignore_errors=True)


def adopted(store: Store, folder: str, paths: Iterable[str]) -> Iterator[str]:
    """Of the files in the output folder, those whose names are not those of an index; the others are ours."""
    ours = []
    for path in paths:
        if _OURS.fullmatch(path):
            ours.append(path)
        else:
            yield path
    catalogue.adopt(store, folder, ours)


class _Update:
    def __init__(
        self, store: Store, context: Context, place: Place, why: str, told: Callable[[str, str], None]
    ) -> None:
        from gongbao.search import names, work

        self.store, self.context, self.place, self.cause, self.told = store, context, place, why, told
        self.names, self.work = names, work
        blocks = place.catalogue.with_name(_BLOCKS)
        self.desk = work.Desk(place.catalogue, blocks, blocks / "stage", engine_digest())
        self.before = catalogue.files(store, place.folder, CURRENT)
        self.former = catalogue.files(store, place.folder, FORMER)
        self.wanted: set[str] = set()
        self.written: set[str] = set()
        self.found: list[Diagnostic] = []

    def withdraw(self) -> None:
        """Nothing of the index stays, the manifest goes first."""
        with self.store.transaction():
            catalogue.know(self.store, self.place.folder, "")
        for path in sorted(self.before | self.former, key=lambda path: (path != MANIFEST, path)):
            self._delete(path)

    def run(self, every: bool) -> list[Diagnostic]:
        """Everything, in its order; returns the findings."""
        shutil.rmtree(self.desk.stage, ignore_errors=True)
        start, stop = self.work.start, self.work.stop
        jobs = self._jobs(every)
        with execute.pool(jobs, self.place.executor, start, (self.desk,), stop) as executor:
            self._look(executor, every)
            segments = self._segments(executor)
        names = self.names.write(self.context, self.store, self.desk.keep)
        table = self.names.fold_table()
        self.desk.keep(table)
        self._publish([*(name for _, name in names), table.name])
        self._publish_manifest(_manifest(self.context, segments, names, table.name))
        shutil.rmtree(self.desk.stage, ignore_errors=True)
        return self.found

    def _jobs(self, every: bool) -> int:
        many = every or not catalogue.state(self.store) or len(catalogue.stale(self.store)) > _MONTHS
        return self.place.jobs if many else 1

    # Blocks

    def _look(self, executor: Executor | None, every: bool) -> None:
        """The blocks of all months, or of those whose articles changed."""
        known = {unit.month: unit for unit in catalogue.units(self.store)}
        stale = catalogue.stale(self.store)
        first = not catalogue.state(self.store)
        months = catalogue.months(self.store) if every or first else list(stale)
        units = list(self._sorted(executor, months))
        self.found += [
            finding("G609", MANIFEST, path=MANIFEST)
            for unit in units
            if not first and unit.month not in stale and known.get(unit.month) != unit
        ][:1]
        with self.store.transaction():
            catalogue.take(self.store, units)
        self.work.forget(self.desk.blocks, {unit.block for unit in catalogue.units(self.store)})

    def _sorted(self, executor: Executor | None, months: list[str]) -> Iterator[Unit]:
        batches = map(records.pack, batched(months, _MONTHS))
        for packed in execute.mapped(self.work.months, batches, executor, 4 * self.place.jobs):
            yield from records.unpack(packed, list[Unit])

    # Segments

    def _segments(self, executor: Executor | None) -> list[bytes]:
        """The records of all segments, their files published."""
        units = list(grouped(catalogue.units(self.store)))
        groups = [([(unit.month, unit.block) for unit in group], shape_of(group)) for group in units]
        keys = [records.digest(records.encode((engine_digest(), group))) for group in groups]
        made = {key: catalogue.segment(self.store, key) or b"" for key in keys}
        stale = [(key, group) for key, group in zip(keys, groups, strict=True) if not self._stands(made[key])]
        blocks = [block for _, (group, _) in stale for block in group]
        lost = [month for month, name in blocks if not self.work.is_there(self.desk.blocks, name)]
        list(self._sorted(executor, lost))
        packed = (records.pack(group) for _, group in stale)
        merged = execute.mapped(self.work.segment, packed, executor, min(self.place.jobs, _SEGMENTS))
        for (key, _), record in zip(stale, merged, strict=True):
            made[key] = record
            self._publish(_names(record))
        with self.store.transaction():
            catalogue.keep_segments(self.store, made)
        return [made[key] for key in keys]

    def _stands(self, record: bytes) -> bool:
        """Whether a segment is known and all its files are there."""
        if not record:
            return False
        paths = [DATA + name for name in _names(record)]
        whole = all(self.before.get(path) or self.former.get(path) for path in paths)
        if whole:
            self._claim(paths)
        return whole

    # Files

    def _claim(self, paths: Iterable[str]) -> None:
        """These files are ours and of use from now on."""
        self.wanted.update(paths)
        known = self.before | self.former
        with self.store.transaction():
            catalogue.claim(self.store, self.place.folder, [path for path in paths if not known.get(path)])
            catalogue.use(self.store, self.place.folder, [path for path in paths if path in self.former])

    def _publish(self, names: list[str]) -> None:
        for batch in batched(dict.fromkeys(names), _FILES):
            self._claim([DATA + name for name in batch])
            self._write({DATA + name: self.desk.stage / name for name in batch})

    def _write(self, files: dict[str, Path]) -> None:
        rows = []
        for path, source in files.items():
            known = self.before.get(path, self.former.get(path))
            if not known and path not in self.written:  # two segments may have a file in common
                self.written.add(path)
                rows.append(self._write_one(path, source.read_bytes(), is_new=known is None))
            source.unlink(missing_ok=True)
        with self.store.transaction():
            catalogue.publish(self.store, self.place.folder, rows)

    def _write_one(self, path: str, data: bytes, is_new: bool) -> tuple[str, int, int, str, str]:
        written = publish.write(self.place.output, path, data, is_new)
        if written.new:
            self.told("written", path)
        return path, written.size, written.mtime, written.digest, self.cause

    def _publish_manifest(self, data: bytes) -> None:
        """The manifest; what the former one named and this one does not may go with the next, what that did, now."""
        self._claim([MANIFEST])
        row = self._write_one(MANIFEST, data, is_new=False)
        changed = row[3] != catalogue.digest(self.store, self.place.folder, MANIFEST)
        gone = [path for path, whole in self.former.items() if path not in self.wanted and (changed or not whole)]
        with self.store.transaction():
            catalogue.publish(self.store, self.place.folder, [row])
            catalogue.retire(self.store, self.place.folder, self.before.keys() - self.wanted)
            catalogue.know(self.store, self.place.folder, _basis(self.store, self.context))
        for path in sorted(gone):
            self._delete(path)

    def _delete(self, path: str) -> None:
        publish.delete(self.place.output, path)
        with self.store.transaction():
            catalogue.withdraw(self.store, self.place.folder, path)
        self.told("deleted", path)


def _names(record: bytes) -> list[str]:
    files: list[str] = records.unpack(record, dict[str, Any])["files"]
    return files


def _manifest(context: Context, segments: list[bytes], names: list[tuple[str, str]], table: str) -> bytes:
    told = [records.unpack(record, dict[str, Any]) for record in segments]
    pairs = sorted({pair for each in told for pair in each.pop("pairs")})
    for each in told:
        each.pop("files")
    manifest = {
        "version": 1,
        "docs": sum(each["docs"] for each in told),
        "pairs": "".join(pairs),
        "fold": table,
        "columns": [column.name for column in context.settings.columns],
        "segments": told,
        "names": names,
    }
    return json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode()
