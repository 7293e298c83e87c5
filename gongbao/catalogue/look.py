"""Which published files are not what was written; as a program of its own it looks while the build reads its sources.

It is run by its path and loads nothing of the engine, for starting it must cost less than it saves.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MANY = 20_000
"""From how many files on a second process looks."""
_PUBLISHED = (
    "SELECT path, size, mtime FROM outputs WHERE folder = ? AND path > ? AND fingerprint <> '' ORDER BY path LIMIT 2000"
)


def differing(db: sqlite3.Connection, folder: str, output: str) -> Iterator[str]:
    """The path of each file that was published whole in `folder` (as the catalogue calls it) and has another size or
    time in `output`, or is gone."""
    last = ""
    while batch := db.execute(_PUBLISHED, (folder, last)).fetchall():
        for path, size, mtime in batch:
            try:
                told = os.lstat(f"{output}/{path}")
            except OSError:
                yield path
            else:
                if told.st_mtime_ns != mtime or told.st_size != size:
                    yield path
        last = batch[-1][0]


@contextmanager
def looking(db: sqlite3.Connection, catalogue: Path, folder: str, output: Path) -> Iterator[Iterator[str]]:
    """Looks from now on; the paths are there when they are asked for. Nothing may be published meanwhile."""
    many = db.execute("SELECT 1 FROM outputs WHERE folder = ? LIMIT 1 OFFSET ?", (folder, _MANY)).fetchone()
    if not many or not sys.executable:
        yield differing(db, folder, str(output))
        return
    command = [sys.executable, "-I", "-S", __file__, str(catalogue), folder, str(output)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            yield _told(process)
        finally:
            process.kill()


def _told(process: "subprocess.Popen[bytes]") -> Iterator[str]:
    assert process.stdout
    for line in process.stdout:
        yield os.fsdecode(line[:-1])
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, process.args)


def main() -> None:
    """Tells the paths, one a line."""
    catalogue, folder, output = sys.argv[1:]
    db = sqlite3.connect(catalogue, timeout=60)
    sys.stdout.buffer.writelines(os.fsencode(path) + b"\n" for path in differing(db, folder, output))


if __name__ == "__main__":
    main()
