"""The command: python build.py [COMMAND] [OPTIONS]."""

import os
import subprocess
import sys
from pathlib import Path

# Every Python 3 must be able to read this file, if only to say that it is too old.
OLD = "Gongbao needs Python 3.11 or newer, this is {0}.{1} / 工报需要 Python 3.11 或更新的版本，这是 {0}.{1}\n"
MISSING = "Gongbao lacks “{0}”, run / 工报缺少“{0}”，请运行: make site (or / 或 {1})\n"
INSTALL = "python -m pip install --require-hashes -r requirements.lock"


def own_python() -> "str | None":
    """The Python beside this file that has the packages, where it is not the one at work; else None."""
    folder = Path(__file__).resolve().parent / ".venv"
    path = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return str(path) if path.exists() and Path(sys.prefix).resolve() != folder.resolve() else None


def begin_again() -> None:
    """With it, where there is one: `make site` puts the packages there, and people type `python build.py`."""
    path = own_python()
    if path and os.name == "nt":
        sys.exit(subprocess.call([path, __file__, *sys.argv[1:]]))
    if path:
        os.execv(path, [path, __file__, *sys.argv[1:]])


# Worker processes import the main module again; they must not load the engine by that.
if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036
        begin_again()
        sys.stderr.write(OLD.format(*sys.version_info))
        sys.exit(2)
    try:
        from gongbao.cli import main

        main()  # what is seldom needed is loaded late
    except ImportError as error:
        if not error.name or error.name.startswith("gongbao"):
            raise
        begin_again()
        sys.stderr.write(MISSING.format(error.name, INSTALL))
        sys.exit(2)
