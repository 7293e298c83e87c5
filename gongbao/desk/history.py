"""What Git knows of content/: what would be lost, and how to undo."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

_PATIENCE = 60


def unsaved(content: Path, paths: Iterable[str]) -> list[str]:
    """Those of `paths` that are not in Git as they lie there; all of them where there is no Git."""
    wanted = sorted(paths)
    try:
        tracked = set(_git(content, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", *wanted))
        changed = set(_git(content, "diff", "--no-ext-diff", "--name-only", "-z", "--relative", "HEAD", "--", *wanted))
    except (OSError, subprocess.SubprocessError):
        return wanted
    return [path for path in wanted if path not in tracked or path in changed]


def _git(folder: Path, *arguments: str) -> list[str]:
    # A repository's own configuration could name programs to be run as file monitor or for differences.
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", "--literal-pathspecs", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=_PATIENCE)
    return [name.decode("utf-8", "surrogateescape") for name in run.stdout.split(b"\0") if name]
