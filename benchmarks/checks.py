"""Measures check against a dry run of a clean build, and a check after an edit: `python -m benchmarks.checks`."""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.archive import write_archive

ROOT = Path(__file__).resolve().parent.parent
NOW = "2026-11-24"


def _run(site: Path, *arguments: str) -> tuple[float, float]:
    """Seconds by the clock, and of the processors."""
    began, before = time.monotonic(), os.times()
    command = [sys.executable, str(ROOT / "build.py"), *arguments, "--root", str(site), "--now", NOW, "--json"]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - began, used


def _measure(site: Path) -> dict[str, tuple[float, float]]:
    found = {"clean build --dry-run": _run(site, "build", "--clean", "--dry-run"), "check": _run(site, "check")}
    article = next(iter(sorted((site / "content").rglob("*.md"))))
    article.write_text(article.read_text("utf-8").replace("。", "，果然。", 1), "utf-8")
    return found | {"check after one edit": _run(site, "check")}


def main(articles: int) -> None:
    """Prints a table in Markdown."""
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        write_archive(Path(folder) / "site", articles)
        found = _measure(Path(folder) / "site")
    whole = found["clean build --dry-run"]
    print("| command | seconds | ratio | processor seconds | ratio |\n| --- | --- | --- | --- | --- |")
    for name, (clock, used) in found.items():
        print(f"| {name} | {clock:.1f} | {clock / whole[0]:.3f} | {used:.1f} | {used / whole[1]:.3f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
