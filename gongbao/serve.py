"""The site on this machine, built anew on every change; only this machine can see it."""

import logging
import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from livereload import Server
from livereload.handlers import LiveReloadHandler, StaticFileHandler
from livereload.watcher import Watcher

HOST = "127.0.0.1"
WATCHED = ("content", "themes", "site.yaml")
_NOT_BUILT = 3


class _Pages(StaticFileHandler):  # type: ignore[misc]
    """The site's files, and its own page for what is not there."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")  # a page built anew must not come from the browser's memory

    def write_error(self, status_code: int, **kwargs: object) -> None:
        page = Path(self.root, "404.html")
        if status_code == 404 and page.is_file():
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(page.read_bytes())
        else:
            super().write_error(status_code, **kwargs)


class _Changes(Watcher):  # type: ignore[misc]
    """Builds once for however many files have changed, then has the whole page loaded anew.

    The library's own builds once a file, overlooks what is moved in with an old time and what changed while the first
    build ran, and has only a picture or style sheet reloaded, whose address is another after each change.
    """

    def __init__(self, places: Iterable[Path], rebuild: Callable[[], object]) -> None:
        super().__init__()
        self._places = list(places)
        self._rebuild = rebuild
        self._known = _state(self._places)
        self._untold = False
        for place in self._places:
            self.watch(str(place))  # a watcher that has nothing to watch is given the current folder

    def examine(self) -> tuple[str | None, float | None]:
        """Which file has changed (any name will do), and after how long to reload."""
        if self._changes:  # the library's own wish, once, as it starts
            wish: tuple[str, float] = self._changes.pop()
            return wish
        state = _state(self._places)
        if state != self._known:
            self._known = state
            self._rebuild()
            self._untold = True
        if not self._untold or not LiveReloadHandler.waiters:  # a page that is being loaded now hears of it later
            return None, None
        self._untold = False
        return "*", None


def serve(root: Path, output: Path, port: int, rebuild: Callable[[], int], told: Callable[[str], None]) -> int:
    """Builds, and shows `output` on a port of this machine until it is stopped; tells the address.

    `rebuild` runs at once and after each change to the content, the themes or site.yaml of `root`. It never raises for
    bad content; it returns an exit status, that of the first run is returned, and where that built nothing, at once.
    """
    changes = _Changes([root / name for name in WATCHED], rebuild)
    status = rebuild()
    if status == _NOT_BUILT:
        return status
    logging.disable(logging.INFO)  # the library tells of each step it takes
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # else what is saved within three seconds of a reload is never shown
    server = Server(watcher=changes)
    server.SFH = _Pages
    told(f"http://{HOST}:{port}/")
    server.serve(port=port, host=HOST, root=str(output), live_css=False)
    return status


def free_port(port: int) -> int:
    """`port`, or any free one for 0. Raises OSError where it is taken or not allowed."""
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would mean: even if taken; here: even if just left
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        number: int = probe.getsockname()[1]
        return number


def _state(places: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """Size and time of every file; what is gone before it is looked at is left out."""
    state = {}
    for place in places:
        for path in _files(place):
            with suppress(OSError):
                told = Path(path).stat()
                state[path] = (told.st_size, told.st_mtime_ns)
    return state


def _files(place: Path) -> Iterator[str]:
    if place.is_file():
        yield str(place)
    for folder, folders, names in os.walk(place):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (f"{folder}/{name}" for name in names if not name.startswith("."))
