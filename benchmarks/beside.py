"""Measures the index of search beside Hugo's build of the same articles: `python -m benchmarks.beside`.

They take turns, each with the same number of processors, and the best of three counts. The catalogue is filled before,
outside of the time, as what Hugo is handed ready-made is; `--keep` writes the figures into docs/performance.md.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.archive import write_archive
from benchmarks.bench import hardware
from benchmarks.keep import keep
from benchmarks.peers import hugo
from benchmarks.run import Figures, run

_ROUNDS = 3
_JOBS = 2


def measure(root: Path, articles: int) -> tuple[Figures, Figures]:
    """The best of the index and the best of Hugo."""
    write_archive(root, articles, wide=True)
    hugo.site(root)
    program = [sys.executable, "-m", "benchmarks.indexing"]
    run([*program, "fill", str(root)])
    catalogue, filled, aside = root / ".gongbao", root / "filled", root / "aside"
    catalogue.rename(filled)
    aside.mkdir()
    ours, theirs = list[Figures](), list[Figures]()
    for number in range(_ROUNDS):
        shutil.copytree(filled, catalogue)
        ours.append(run([*program, "index", str(root), "--jobs", str(_JOBS)]))
        theirs.append(run(hugo.command(root)))
        for folder in (catalogue, root / "output", hugo.output(root)):  # to delete files makes those after it slow
            folder.rename(aside / f"{folder.name}-{number}")
    return _best(ours), _best(theirs)


def _best(found: list[Figures]) -> Figures:
    return min(found, key=lambda each: each.seconds)


def told(articles: int, ours: Figures, theirs: Figures) -> str:
    """The figures in a sentence."""
    ratio = ours.seconds / theirs.seconds
    return (
        f"The index of {articles:,} articles took {ours.seconds:.1f} s by the clock with {_JOBS} processes, Hugo's "
        f"build of the same articles {theirs.seconds:.1f} s: {ratio:.2f} of it, each the best of {_ROUNDS} in turns. "
        f"Memory: {ours.memory:,.0f} and {theirs.memory:,.0f} MiB."
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="Measures the index of search beside Hugo's build.")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where all is built; default: a temporary folder")
    parser.add_argument("--keep", action="store_true", help="write docs/performance.md anew")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        said = told(given.articles, *measure(Path(folder) / "site", given.articles))
    print(hardware(), said, sep="\n\n")
    if given.keep:
        keep("beside", "end beside", said)


if __name__ == "__main__":
    main()
