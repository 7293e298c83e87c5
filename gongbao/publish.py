"""Files into the output folder: written beside, moved into place; equal bytes are left alone."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from gongbao.diagnostics import Stop, finding

_TEMPORARY = ".gongbao-writing"


def write(folder: Path, path: str, data: bytes) -> tuple[bool, int, int]:
    """Puts `data` at `path`: whether its bytes were new, size, mtime in ns. Raises `Stop` where that cannot be."""
    target = folder / path
    try:
        new = not _holds(target, data)
        if new:
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(_TEMPORARY)
            beside.write_bytes(data)
            beside.replace(target)
        told = target.stat()
    except OSError as error:
        raise Stop(finding("G601", str(path), path=path, problem=error.strerror or str(error))) from error
    return new, told.st_size, told.st_mtime_ns


def _holds(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and not target.is_symlink() and target.read_bytes() == data
    except FileNotFoundError:
        return False


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


def scan(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Path, size and mtime in ns of every file in the output folder. What a killed build was writing is removed."""
    pending = [""] if folder.is_dir() else []
    while pending:
        place = pending.pop()
        with os.scandir(folder / place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{place}{entry.name}/")
                elif entry.name == _TEMPORARY:
                    Path(entry.path).unlink()
                else:
                    told = entry.stat(follow_symlinks=False)
                    yield f"{place}{entry.name}", told.st_size, told.st_mtime_ns
