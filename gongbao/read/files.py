"""Batches of files to readings: what a worker process does, knowing nothing of the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from os import scandir
from pathlib import Path

from gongbao.diagnostics import finding
from gongbao.model import Reading
from gongbao.read import kind_of, read_source
from gongbao.read.index import blob_id


@dataclass(frozen=True, slots=True)
class FileReading:
    """What came of a file: its kind, the digest of its bytes (a Git blob id), and a reading (none: it was known)."""

    source: str
    kind: str
    digest: str
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """Reads a batch of (path from `content`, known digest)."""

    content: Path

    def __call__(self, batch: tuple[tuple[str, str], ...]) -> list[FileReading]:
        return [self._read(source, known) for source, known in batch]

    def _read(self, source: str, known: str) -> FileReading:
        path = self.content / source
        try:
            if path.is_symlink():
                raise OSError(0, "symbolic link")
            data = path.read_bytes()
        except OSError as error:
            found = finding("G112", source, problem=error.strerror or "")
            return FileReading(source, kind_of(source), "", Reading(source, None, findings=(found,)))
        digest = blob_id(data)
        return FileReading(source, kind_of(source), digest, None if digest == known else read_source(source, data))


def scan(content: Path, fresh: int) -> Iterator[tuple[str, int, int]]:
    """Path, size and mtime in ns of every source; 0 for an mtime not before `fresh` (ns): more may be written in it."""
    pending = [""]
    while pending:
        folder = pending.pop()
        with scandir(content / folder) as entries:
            for entry in entries:
                path = f"{folder}{entry.name}"
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(path + "/")
                elif kind_of(path):
                    told = entry.stat(follow_symlinks=False)
                    yield path, told.st_size, told.st_mtime_ns if told.st_mtime_ns < fresh else 0
