"""Builds the same articles with Gongbao, Hugo, Pelican and Eleventy, and tells seconds, peak memory and pages of each.

`python -m benchmarks.peers.measure --articles 1000`. Every build is a clean one in a process of its own. The programs
take turns, so that a noisy minute of the machine hits all of them; the fastest of the rounds counts.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archive import write_archive
from benchmarks.peers.agree import PEERS, check

BUILD = Path(__file__).resolve().parents[2] / "build.py"


@dataclass(frozen=True, slots=True)
class Figures:
    """What one build took. `memory`: MiB of the largest of its processes."""

    seconds: float
    cpu: float
    memory: float


def run(command: list[str]) -> Figures:
    """The figures of a command that must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Figures(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def gongbao(root: Path, theme: str, jobs: int) -> list[str]:
    """The command that builds with Gongbao."""
    options = ["--root", str(root), "--now", "2026-11-24", "--theme", theme, "--jobs", str(jobs)]
    return [sys.executable, str(BUILD), *options]


def measure(root: Path, theme: str, jobs: int, rounds: int) -> dict[str, Figures]:
    """The figures of each program's fastest build; at the end every site is there, built."""
    commands = {"gongbao": gongbao(root, theme, jobs)}
    outputs = {"gongbao": [root / "output", root / ".gongbao"]}
    for name, peer in PEERS.items():
        peer.site(root)
        commands[name], outputs[name] = peer.command(root), [peer.output(root)]
    found: dict[str, Figures] = {}
    for _ in range(rounds):
        for name, command in commands.items():
            for folder in outputs[name]:
                shutil.rmtree(folder, ignore_errors=True)
            figures = run(command)
            found[name] = min(figures, found.get(name, figures), key=lambda each: each.seconds)
    return found


def main() -> None:
    """Prints the figures, once the sites are known to agree."""
    parser = argparse.ArgumentParser(description="Compares Gongbao with other programs.")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--theme", default="plain")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        write_archive(root, given.articles)
        found = measure(root, given.theme, given.jobs, given.rounds)
        made = check(root)
    print(f"{given.articles} articles; the texts agree")
    print(f"{'program':12}{'seconds':>9}{'cpu':>9}{'MiB':>7}{'pages':>9}{'of Gongbao':>12}")
    for name, figures in found.items():
        share = figures.seconds / found["gongbao"].seconds
        print(f"{name:12}{figures.seconds:>9.2f}{figures.cpu:>9.2f}{figures.memory:>7.0f}{made[name]:>9}{share:>12.2f}")


if __name__ == "__main__":
    main()
