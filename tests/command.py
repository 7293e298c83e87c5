"""The command as people start it: a process of its own for each, with its own streams, folder and surroundings.

Most of a start is the import of the program, so a process that has done that forks one for each command, which POSIX
alone can. What hangs on the start itself, test_cli starts by build.py.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from gongbao import cli
from tests.building import PROJECT

Told: TypeAlias = "subprocess.CompletedProcess[str]"


def run(*arguments: str, cwd: Path = PROJECT, **environment: str) -> Told:
    """What `python build.py` with these arguments says, with nobody to answer it, and with which status it ends."""
    starter = _starter()
    assert starter.stdin
    assert starter.stdout
    with tempfile.TemporaryDirectory() as folder:
        asked = {"arguments": arguments, "cwd": str(cwd), "environment": os.environ | environment, "folder": folder}
        starter.stdin.write(json.dumps(asked) + "\n")
        starter.stdin.flush()
        status = int(starter.stdout.readline())
        out, err = (Path(folder, name).read_text("utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(list(arguments), status, out, err)


@cache
def _starter() -> "subprocess.Popen[str]":
    """The process that has the program; one for all commands of a process of tests."""
    command = [sys.executable, "-m", "tests.command"]
    process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(process.communicate)
    return process


def _serve() -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(asked: dict[str, Any]) -> NoReturn:
    """Is the command from now on, as far as that can see, and ends as it does."""
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["cwd"])
    main = sys.modules["__main__"]
    main.__spec__, main.__file__ = None, str(PROJECT / "build.py")  # what its workers load
    sys.argv = ["build.py", *asked["arguments"]]
    for number, name in enumerate((os.devnull, "out", "err")):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT
        os.dup2(os.open(Path(asked["folder"], name), flags), number)
    sys.exit(cli.main())  # type: ignore[func-returns-value]  # it ends the process by itself


if __name__ == "__main__":
    _serve()
