"""Builds the same newspaper with Gongbao and with its peers, edits it, and writes docs/performance.md.

`make bench`, or `python -m benchmarks.bench --articles 1000 10000 --peers hugo pelican eleventy`. The programs take
turns on an archive of the same articles; it is asserted that they made as many pages (within 5 %) with the same texts.
These are measurements, not tests: machines are noisy, and only the ratios within one run mean anything.
"""

import argparse
import platform
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archive import write_archive
from benchmarks.chart import chart
from benchmarks.edits import EDITS, PROJECT
from benchmarks.keep import PAGE, keep
from benchmarks.peers.agree import PEERS, check
from benchmarks.run import Figures, run

CLEAN = "clean build"


@dataclass(frozen=True, slots=True)
class Measured:
    """A build: of how many articles, what was done, by which program, its figures, and pages that the site has."""

    articles: int
    build: str
    program: str
    figures: Figures
    pages: int


def gongbao(root: Path, jobs: int, theme: str = "plain") -> list[str]:
    """The command that builds with Gongbao."""
    build = str(PROJECT / "build.py")
    return [sys.executable, build, "--root", str(root), "--now", "2026-11-24", "--theme", theme, "--jobs", str(jobs)]


def measure(root: Path, articles: int, jobs: int, peers: list[str], rounds: int) -> list[Measured]:
    """Every build of one size."""
    write_archive(root, articles)
    with root.joinpath("site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("features: {search: off}\n")  # the others have no search, and ours is measured by itself
    commands = {"gongbao": gongbao(root, jobs), "gongbao, classic": gongbao(root, jobs, "classic")}
    outputs = {name: [root / "output", root / ".gongbao"] for name in commands}
    for name in peers:
        PEERS[name].site(root)
        commands[name], outputs[name] = PEERS[name].command(root), [PEERS[name].output(root)]
    best: dict[str, Figures] = {}
    aside = root.with_name(f"{root.name}-aside")
    for _ in range(rounds):
        # plain comes last of the two themes, so that the edits below follow on it
        for name in sorted(commands, key=lambda name: (name == "gongbao", name)):
            for folder in outputs[name]:
                _put_aside(folder, aside)
            figures = run(commands[name])
            best[name] = min(figures, best.get(name, figures), key=lambda each: each.seconds)
    pages = check(root, peers)
    found = [Measured(articles, CLEAN, name, best[name], pages[name.partition(",")[0]]) for name in commands]
    for name, edit in EDITS.items():
        edit(root)
        theme = "bench" if name == "one template edited" else "plain"
        if theme == "bench":  # the theme's name alone changes nothing; its template does
            (root / "themes/bench/templates/leaf.html").rename(root / "leaf.html")
            run(gongbao(root, jobs, theme))
            (root / "leaf.html").rename(root / "themes/bench/templates/leaf.html")
        found.append(Measured(articles, name, "gongbao", run(gongbao(root, jobs, theme)), pages["gongbao"]))
    return found


def _put_aside(folder: Path, aside: Path) -> None:
    """Nothing is deleted while there is something to be measured: some file systems (ext4 without a journal) make files
    many times as slowly for minutes after."""
    aside.mkdir(exist_ok=True)
    if folder.exists():
        folder.rename(aside / str(sum(1 for _ in aside.iterdir())))


def table(found: list[Measured]) -> str:
    """The figures as a table of Markdown; ratios to Gongbao's clean build with the theme plain."""
    lines = ["| articles | build | program | seconds | ratio | MiB | pages | pages a second |", "|" + " --- |" * 8]
    for each in found:
        whole = next(m for m in found if (m.articles, m.build, m.program) == (each.articles, CLEAN, "gongbao"))
        seconds = each.figures.seconds
        speed = f"{each.pages / seconds:,.0f}" if each.build == CLEAN else ""
        ratio = f"{seconds / whole.figures.seconds:.3g}"
        told = (each.articles, each.build, each.program, f"{seconds:.2f}", ratio, f"{each.figures.memory:,.0f}")
        lines.append("| " + " | ".join(map(str, (*told, f"{each.pages:,}", speed))) + " |")
    return "\n".join(lines)


def hardware() -> str:
    """The machine in one line."""
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    memory = int(Path("/proc/meminfo").read_text().split()[1]) // 1024 // 1024
    model = models[0].partition(":")[2].strip() if models else platform.machine()
    return f"{model}, {len(models)} processors, {memory} GiB, {platform.system()}, Python {platform.python_version()}"


def main() -> None:
    """Measures, prints the table, and writes it with a chart into docs/."""
    parser = argparse.ArgumentParser(description="Measures the build beside other programs.")
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--peers", nargs="*", choices=sorted(PEERS), default=sorted(PEERS))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="write docs/performance.md anew")
    given = parser.parse_args()
    found: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder:
        for articles in given.articles:
            found += measure(Path(folder) / str(articles), articles, given.jobs, given.peers, given.rounds)
        print(hardware(), table(found), sep="\n\n", flush=True)  # to delete what was built takes minutes
        if given.keep:
            _keep(found)


def _keep(found: list[Measured]) -> None:
    keep("measured", "end", f"{hardware()}\n\n{table(found)}")
    bars = [(f"{m.articles:,} {m.build}, {m.program}", m.figures.seconds) for m in found]
    PAGE.with_suffix(".svg").write_text(chart("Seconds a build (each line ten times the one before)", bars), "utf-8")


if __name__ == "__main__":
    main()
