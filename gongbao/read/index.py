"""What Git's index knows of the sources, so that a fresh clone need not be read to see that nothing in it changed."""

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

_PATIENCE = 60


def blob_id(data: bytes) -> str:
    """The name that Git gives to a file of these bytes: 40 hexadecimal digits."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def blobs(content: Path) -> Iterator[tuple[str, str]]:
    """Path (from `content`) and blob id of every file that is in the index as it lies there; none without Git.

    Git itself sees whether a file is as the index says, by its size and times. A file whose bytes a filter changes on
    their way (line ends, LFS) has another id than `blob_id` of its bytes: such files are read.
    """
    try:
        changed = set(_git(content, "diff-files", "--name-only", "-z", "--relative", "--", "."))
        listed = _git(content, "ls-files", "--stage", "-v", "-z", "--", ".")
    except (OSError, subprocess.SubprocessError):
        return
    for line in listed:
        told, _, path = line.partition("\t")
        tag, mode, name, stage = told.split()
        if (tag, stage) == ("H", "0") and mode.startswith("100") and path not in changed:
            yield path, name


def _git(folder: Path, *arguments: str) -> list[str]:
    # A repository's own configuration could name a program to be run as its file monitor.
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=_PATIENCE)
    return [line.decode("utf-8", "surrogateescape") for line in run.stdout.split(b"\0") if line]
