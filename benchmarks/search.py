"""Measures search: what its index costs to build and to keep, and what a query reads of it.

`make bench-search`, or `python -m benchmarks.search --articles 1000 10000`. The catalogue is filled first, outside
of the time; the index is then built alone. Queries are those of tests/cases/search/truth.txt, each with nothing in
memory.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.archive import write_archive
from benchmarks.bench import hardware
from benchmarks.edits import PROJECT
from benchmarks.keep import keep
from benchmarks.run import Figures, run
from gongbao.search.chunks import DATA, zipped
from gongbao.search.fold import fold
from gongbao.search.language import Query, Text
from gongbao.search.query import ask
from gongbao.search.reading import Index
from gongbao.search.update import MANIFEST

_QUERIES = PROJECT / "tests" / "cases" / "search" / "truth.txt"
_PAGE = 10
"""How many hits a page shows, whose cards are read."""
_NEW = "---\n标题: 新到的一篇\n栏目: 要闻\n作者: 王震\n---\n" + "西安市总工会为环卫工人送清凉，7.26亿元到位。" * 20


@dataclass(frozen=True, slots=True)
class Cost:
    """What the index of so many articles costs: the build; one article more, a correction in the archive's middle, and
    bytes written for each; then the files and what queries read: requests and bytes, of each the median and the most,
    and the cards of a page."""

    articles: int
    build: Figures
    one: Figures
    rewritten: int
    corrected: Figures
    again: int
    files: int
    size: int
    manifest: int
    chunks: list[int]
    bytes: list[int]
    cards: list[int]
    seconds: list[float]


def measure(root: Path, articles: int, jobs: int) -> Cost:
    """Everything of one size."""
    if not root.exists():
        write_archive(root, articles, wide=True)
    fills = [sys.executable, "-m", "benchmarks.indexing", "fill", str(root)]
    index = [sys.executable, "-m", "benchmarks.indexing", "index", str(root), "--jobs", str(jobs)]
    subprocess.run(fills, check=True)
    build = _timed(index)
    sizes = [path.stat().st_size for path in _files(root)]
    manifest = len(zipped((root / "output" / MANIFEST).read_bytes()))
    issue = max((root / "content").glob("*/*"))
    issue.joinpath("1-99-xin-dao-de-yi-pian.md").write_text(_NEW, "utf-8")
    asked = [_asked(root, line) for line in queries()]
    one, rewritten = _written(root, fills, index)
    old = sorted((root / "content").glob("*/*/*.md"))[articles // 2]
    old.write_text(old.read_text("utf-8") + "\n更正：西安市总工会为环卫工人送清凉。\n", "utf-8")
    corrected, again = _written(root, fills, index)
    chunks, read, cards, seconds = (list(each) for each in zip(*asked, strict=True))
    size = sum(sizes)
    return Cost(
        articles, build, one, rewritten, corrected, again, len(sizes), size, manifest, chunks, read, cards, seconds
    )


def queries() -> list[str]:
    """What is asked for."""
    return [line for line in _QUERIES.read_text("utf-8").splitlines() if not line.startswith("# ")]


def _written(root: Path, fills: list[str], index: list[str]) -> tuple[Figures, int]:
    """What it costs to bring the index up to date after an edit, and how many bytes are written."""
    before = {path: path.stat().st_mtime_ns for path in _files(root)}
    subprocess.run(fills, check=True)
    figures = _timed(index)
    new = [path for path in _files(root) if before.get(path) != path.stat().st_mtime_ns]
    manifest = len(zipped((root / "output" / MANIFEST).read_bytes()))
    return figures, sum(path.stat().st_size for path in new if path.name != "manifest.json") + manifest


def _timed(command: list[str]) -> Figures:
    """The figures of a command, its seconds those of a processor: what else the machine does counts for nothing."""
    before = os.times()
    figures = run(command)
    after = os.times()
    return replace(figures, seconds=sum(after[2:4]) - sum(before[2:4]))


def _files(root: Path) -> list[Path]:
    return [path for path in (root / "output" / "search").rglob("*") if path.is_file()]


def _asked(root: Path, words: str) -> tuple[int, int, int, float]:
    """Chunks and bytes that a query reads, files of cards for its first hits, and the seconds of all that."""
    index = Index(root / "output")
    start = time.perf_counter()
    found = ask(index, Query(((Text(fold(words)),),), ()))
    chunks = {path: size for path, size in index.read.items() if path.startswith(DATA)}
    for at, doc in found.docs[:_PAGE]:
        index.card(index.segments[at], doc)
    return len(chunks), sum(chunks.values()), len(index.read) - 1 - len(chunks), time.perf_counter() - start


def table(costs: list[Cost]) -> str:
    """The figures as two tables of Markdown."""
    lines = [
        "| articles | index, s | MiB | one article, s | KB written | a correction, s | KB written | files | MB |"
        " bytes an article | manifest, KB |",
        "|" + " --- |" * 11,
    ]
    for each in costs:
        told = (
            f"{each.articles:,}", f"{each.build.seconds:.1f}", f"{each.build.memory:,.0f}", f"{each.one.seconds:.1f}",
            f"{each.rewritten / 1000:,.0f}", f"{each.corrected.seconds:.1f}", f"{each.again / 1000:,.0f}",
            f"{each.files:,}", f"{each.size / 1e6:.1f}",
            f"{each.size / each.articles:,.0f}", f"{each.manifest / 1000:.1f}",
        )  # fmt: skip
        lines.append("| " + " | ".join(told) + " |")
    lines += ["", "| articles | chunks of terms | KB | files of cards | ms |", "|" + " --- |" * 5]
    for each in costs:
        spans = [
            f"{median(values):,.0f}; {max(values):,.0f}"
            for values in (
                each.chunks,
                [size / 1000 for size in each.bytes],
                each.cards,
                [second * 1000 for second in each.seconds],
            )
        ]
        lines.append(f"| {each.articles:,} | " + " | ".join(spans) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measures, prints the tables, and writes them into docs/performance.md."""
    parser = argparse.ArgumentParser(description="Measures the index of search.")
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the newspapers are built; default: a temporary folder")
    parser.add_argument("--keep", action="store_true", help="write docs/performance.md anew")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        costs = [measure(folder / f"search-{articles}", articles, given.jobs) for articles in given.articles]
    print(hardware(), table(costs), sep="\n\n")
    if given.keep:
        keep("search", "end of search", f"{hardware()}\n\n{table(costs)}")


if __name__ == "__main__":
    main()
