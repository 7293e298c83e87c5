"""Files into the output folder: written beside, moved into place; equal bytes are left alone."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gongbao import records
from gongbao.diagnostics import Stop, finding

_TEMPORARY = ".gongbao-writing"
"""How the names of files begin that are being written; the writer's process follows."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it lies now: whether its bytes are new, its size, its mtime in ns, its digest."""

    new: bool
    size: int
    mtime: int
    digest: str


def write(folder: Path, path: str, data: bytes, is_new: bool = False) -> Written:
    """Puts `data` at `path`. Raises `Stop` where that cannot be.

    Where the page `is_new` and no file is there, the file is made in its place: no page that readers can reach leads to
    it yet, and what a killed build left half written is not recorded.
    """
    target = f"{folder}/{path}"
    try:
        told = _create(target, data) if is_new else None
        new = told is not None or not _holds(target, data)
        if told is None:
            if new:
                _replace(target, data)
            told = os.stat(target)  # noqa: PTH116 - pathlib costs more here than the system call
    except OSError as error:
        raise Stop(finding("G601", str(path), path=path, problem=error.strerror or str(error))) from error
    return Written(new, told.st_size, told.st_mtime_ns, records.digest(data))


def digest(folder: Path, path: str) -> str:
    """The digest of the file at `path`; empty where there is none to be read."""
    try:
        return records.digest(folder.joinpath(path).read_bytes())
    except OSError:
        return ""


def _create(target: str, data: bytes) -> os.stat_result | None:
    """The file of `data` where there was none; None where there is one."""
    parent = target.rpartition("/")[0]
    try:
        os.mkdir(parent)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(parent, exist_ok=True)  # noqa: PTH103
    try:
        file = os.open(target, _NEW_FILE, 0o666)
    except FileExistsError:
        return None
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
        return os.fstat(file)
    finally:
        os.close(file)


_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _replace(target: str, data: bytes) -> None:
    parent = target.rpartition("/")[0]
    beside = f"{parent}/{_TEMPORARY}-{os.getpid()}"
    try:
        file = open(beside, "wb", 0)  # noqa: PTH123, SIM115 - closed below, whichever opened it
    except FileNotFoundError:
        os.makedirs(parent, exist_ok=True)  # noqa: PTH103
        file = open(beside, "wb", 0)  # noqa: PTH123, SIM115
    with file:
        file.write(data)
    os.replace(beside, target)  # noqa: PTH105


def _holds(target: str, data: bytes) -> bool:
    try:
        told = os.lstat(target)
    except FileNotFoundError:
        return False
    if told.st_size != len(data) or stat.S_ISLNK(told.st_mode):
        return False
    with open(target, "rb") as file:  # noqa: PTH123
        return file.read() == data


def delete(folder: Path, path: str) -> None:
    """Deletes a file, and the folders that it leaves empty."""
    target = folder / path
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise Stop(finding("G601", str(path), path=path, problem=error.strerror or str(error))) from error
    for parent in target.parents:
        if parent == folder:
            break
        with suppress(OSError):
            parent.rmdir()
            continue
        break


def scan(folder: Path) -> Iterator[str]:
    """The path of every file in the output folder. What a killed build was writing is removed."""
    pending = [""] if folder.is_dir() else []
    while pending:
        place = pending.pop()
        with os.scandir(folder / place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{place}{entry.name}/")
                elif entry.name.startswith(_TEMPORARY):
                    Path(entry.path).unlink()
                else:
                    yield f"{place}{entry.name}"
