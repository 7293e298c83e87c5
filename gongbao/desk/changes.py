"""What is to be done to the files of content/: worked out whole, shown as a difference, then done or not at all."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gongbao.desk.papers import read_paper
from gongbao.diagnostics import Stop, finding
from gongbao.read.files import CONTENT

_BESIDE = ".gongbao-new"


@dataclass(slots=True)
class Changes:
    """New bytes and new places of files, by their paths from content/."""

    written: dict[str, bytes] = field(default_factory=dict)
    """New bytes, by the path that the file has afterwards."""
    moved: dict[str, str] = field(default_factory=dict)
    """Former path and new path."""
    deleted: list[str] = field(default_factory=list)

    def paths(self) -> list[str]:
        """Every path that is touched."""
        return sorted({*self.written, *self.moved, *self.moved.values(), *self.deleted})

    def apply(self, content: Path) -> None:
        """Does it all: new bytes are written beside first; where anything fails, all is as it was."""
        before = {new: old for old, new in self.moved.items()}
        beside: dict[Path, Path] = {}
        done: list[tuple[Path, bytes | None, Path | None]] = []
        try:
            for path, data in self.written.items():
                beside[content / path] = _write_beside(content / path, data)
            for new, old in before.items():
                (content / new).parent.mkdir(parents=True, exist_ok=True)
                (content / old).rename(content / new)
                done.append((content / new, None, content / old))
            for path in self.written:
                place = content / path
                done.append((place, place.read_bytes() if place.exists() else None, None))
                beside[place].replace(place)
            for path in self.deleted:
                done.append((content / path, (content / path).read_bytes(), None))
                (content / path).unlink()
        except OSError as error:
            _take_back(done)
            path = str(error.filename or CONTENT)
            raise Stop(finding("G601", CONTENT, path=path, problem=error.strerror or str(error))) from error
        finally:
            for path_beside in beside.values():
                path_beside.unlink(missing_ok=True)
        for gone in (*self.moved, *self.deleted):
            _prune(content, (content / gone).parent)

    def difference(self, content: Path) -> Iterator[str]:
        """What would change inside files, line by line."""
        before = {new: old for old, new in self.moved.items()}
        for path, data in sorted(self.written.items()):
            old = before.get(path, path)
            had = (content / old).read_bytes() if (content / old).is_file() else b""
            yield from _lines(CONTENT + old, CONTENT + path, had, data)


def _lines(old: str, new: str, before: bytes, after: bytes) -> Iterator[str]:
    had, has = _text(before).splitlines(), _text(after).splitlines()
    yield from difflib.unified_diff(had, has, old, new, lineterm="", n=1)


def _text(data: bytes) -> str:
    paper = read_paper(data)
    return paper.text if paper else ""


def _write_beside(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}{_BESIDE}")
    beside.write_bytes(data)
    return beside


def _take_back(done: list[tuple[Path, bytes | None, Path | None]]) -> None:
    """Undoes what was done, last first."""
    for path, data, former in reversed(done):
        if former is not None:
            path.rename(former)
        elif data is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(data)


def _prune(content: Path, folder: Path) -> None:
    """Folders that have become empty go."""
    while folder != content and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
