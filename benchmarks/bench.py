"""Measures the build: a clean one, one without changes, one typo, one title; serial and with processes, in one run.

`make bench`, or `python -m benchmarks.bench --articles 10000 --jobs 2`. These are measurements, not tests: machines are
noisy, so that only the ratios within one run mean anything.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.archive import write_archive

BUILD = Path(__file__).resolve().parent.parent / "build.py"


def build(root: Path, *options: str) -> dict[str, float]:
    """The figures of one build in a process of its own."""
    command = [sys.executable, str(BUILD), "--root", str(root), "--now", "2026-11-24", "--json", *options]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return figures


def measure(articles: int, jobs: int) -> list[tuple[str, dict[str, float]]]:
    """Name and figures of each build."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        write_archive(root, articles)
        found = [("clean, serial", build(root, "--executor", "serial"))]
        shutil.rmtree(root / "output")
        shutil.rmtree(root / ".gongbao")
        found.append((f"clean, {jobs} processes", build(root, "--jobs", str(jobs))))
        found.append(("no change", build(root)))
        article = sorted((root / "content").rglob("*.md"))[articles // 2]
        article.write_text(article.read_text("utf-8").rstrip() + "又一句。\n", "utf-8")
        found.append(("a typo", build(root)))
        article.write_text(article.read_text("utf-8").replace("标题: ", "标题: 新", 1), "utf-8")
        found.append(("a title", build(root)))
        article.with_name("4-99.md").write_text(article.read_text("utf-8"), "utf-8")
        found.append(("a new article", build(root)))
        return found


def main() -> None:
    """Prints the figures, each build's time as a share of the clean serial one."""
    parser = argparse.ArgumentParser(description="Measures the build.")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    found = measure(given.articles, given.jobs)
    whole = found[0][1]["seconds"]
    print(f"{given.articles} articles")
    print(f"{'build':24}{'seconds':>9}{'share':>8}{'read':>8}{'rendered':>10}{'written':>9}{'MiB':>6}")
    for name, told in found:
        share = told["seconds"] / whole
        counts = f"{told['read']:>8}{told['rendered']:>10}{told['written']:>9}{told['memory_mib']:>6}"
        print(f"{name:24}{told['seconds']:>9.2f}{share:>8.1%}{counts}")


if __name__ == "__main__":
    main()
