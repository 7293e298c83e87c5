"""The server: livereload, with pages that know their age, a watcher that is told, and nobody from elsewhere."""

import json
import logging
import mimetypes
import os
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from gongbao.serve import injected
from gongbao.serve.addresses import is_ours
from gongbao.serve.builder import Builder
from gongbao.serve.injected import Served
from gongbao.serve.preview import Preview
from gongbao.serve.told import ANY, Numbers, State
from gongbao.serve.watch import Changes

_KINDS = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".xsl": "application/xslt+xml",
}
"""Kinds of text, which this system may call otherwise: all are UTF-8."""
_NOT_FOUND = "404.html"


@dataclass(slots=True)
class _Desk:
    """What the handlers share."""

    root: Path
    host: str
    state: State
    numbers: Numbers = field(default_factory=Numbers)
    lines: "set[_Line]" = field(default_factory=set)

    def is_here(self, request_host: str) -> bool:
        return is_ours(self.host, request_host)

    def looked_at(self) -> frozenset[str]:
        """The paths of the pages that somebody looks at."""
        return frozenset(path for line in self.lines for path in line.paths if path != ANY)

    def published(self, paths: list[str]) -> None:
        """Pages that show one of these files are loaded anew."""
        self.numbers.published(paths)
        for line in list(self.lines):
            line.follow()

    def ended(self, state: State) -> None:
        """A build ended: all hear what came of it."""
        self.state = state
        self.published([ANY])
        for line in list(self.lines):
            line.tell()


class _Guarded(RequestHandler):
    """Answers those only who asked for this machine by a name of its own."""

    desk: _Desk

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")  # a page built anew must not come from the browser's memory
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def prepare(self) -> None:
        if not self.desk.is_here(self.request.host):
            self.set_status(403)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(injected.refusal(self.desk.state))


class _Line(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    """A browser's page that follows the site."""

    number = 0
    paths: tuple[str, ...] = ()

    def initialize(self, desk: _Desk) -> None:
        self.desk = desk

    def set_default_headers(self) -> None:
        """None: this is no page."""

    def check_origin(self, origin: str) -> bool:
        """Only pages of this server may listen."""
        return bool(WebSocketHandler.check_origin(self, origin))

    def on_message(self, message: str | bytes) -> None:
        try:
            told = json.loads(message)
            command = told["command"]
            if command == "info":
                self._meet(told["plugins"]["gongbao"])
        except (ValueError, LookupError, TypeError):
            self.close()
            return
        if command == "hello":
            super().on_message(message)

    def _meet(self, told: dict[str, object]) -> None:
        """A page that was built by another server, or is not what is there now, is loaded anew at once."""
        server, _, number = str(told["number"]).partition(".")
        paths = told["paths"]
        self.paths = tuple(map(str, paths)) if isinstance(paths, list) else ()
        self.number = int(number) if server == _server() else -1
        self.desk.lines.add(self)
        if not self.follow():
            self.tell()

    def follow(self) -> bool:
        """Has the page loaded anew where it is old, once for each change."""
        old = self.number < 0 or self.desk.numbers.is_old(self.number, self.paths)
        if old:
            self.number = self.desk.numbers.now
            self.send_message({"command": "reload", "path": "*", "liveCSS": False, "liveImg": False})
        return old

    def send_message(self, message: dict[str, object]) -> None:
        """Sends, unless the page has just gone: it connects again and hears it then."""
        with suppress(WebSocketClosedError):
            self.write_message(message).add_done_callback(lambda done: done.cancelled() or done.exception())

    def tell(self) -> None:
        """Says what came of the last build."""
        self.send_message({"command": "alert", "message": "", "state": injected.told_of(self.desk.state)})

    def on_close(self) -> None:
        self.desk.lines.discard(self)


class _Library(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    def initialize(self, desk: _Desk) -> None:
        self.desk = desk


class _Script(_Guarded):
    """What the preview's own script is asked for."""

    def initialize(self, desk: _Desk) -> None:
        self.desk = desk

    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(injected.SCRIPT.read_bytes())


class _Pages(_Guarded, StaticFileHandler):  # type: ignore[misc]
    """The site's files and nothing else; its own page for what is not there."""

    def initialize(self, desk: _Desk) -> None:
        super().initialize(str(desk.root))
        self.desk = desk

    async def get(self, path: str, include_body: bool = True) -> None:
        number = self.desk.numbers.now  # before the page is read: it may be older than this, never newer
        path = self._below_base(path)
        file = self._file(path)
        if file is None:
            self._missing(path, number)
        elif file.is_dir():
            self.redirect(quote(f"/{path}/"))
        elif file.suffix == ".html":
            self._page(file.read_bytes(), number, file.relative_to(self.desk.root).as_posix())
        else:
            await StaticFileHandler.get(self, file.relative_to(self.desk.root).as_posix(), include_body)

    def _below_base(self, path: str) -> str:
        """A host may serve the site below a path, and its page for what is not found leads there."""
        base = self.desk.state.base.strip("/")
        path = path.replace("\\", "/")
        return path.removeprefix(f"{base}/") if base and f"{path}/" != f"{base}/" else path.removeprefix(base)

    def _file(self, path: str) -> Path | None:
        """The file for a path in the output folder, or the folder where a page stands in it; None: nothing there."""
        steps = [step for step in path.split("/") if step]
        file = self.desk.root.joinpath(*steps)
        try:
            inside = ".." not in steps and file.resolve(strict=True).is_relative_to(self.desk.root.resolve())
        except (OSError, ValueError):
            return None
        if inside and file.is_dir():
            page = file / "index.html"
            return (page if path.endswith("/") or not steps else file) if page.is_file() else None
        return file if inside and file.is_file() and not path.endswith("/") else None

    def _missing(self, path: str, number: int) -> None:
        page = self.desk.root / _NOT_FOUND
        if not self.desk.root.joinpath("index.html").is_file() or not page.is_file():
            self._page(injected.waiting_page(self.desk.state), number, ANY, status=503)
        else:
            stem = path.strip("/")
            self._page(page.read_bytes(), number, _NOT_FOUND, stem, f"{stem}/index.html", status=404)

    def _page(self, data: bytes, number: int, *paths: str, status: int = 200) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        served = Served(f"{_server()}.{number}", paths)
        self.finish(injected.inject(data, served, self.desk.state, self.request.host))

    def compute_etag(self) -> None:
        """None: nothing is kept, so that nothing need be compared."""

    def get_content_type(self) -> str:
        """The kind of a file, whatever this system thinks of its name."""
        suffix = Path(self.absolute_path or "").suffix
        if suffix in _KINDS:
            return f"{_KINDS[suffix]}; charset=utf-8"
        return mimetypes.guess_type(f"x{suffix}")[0] or "application/octet-stream"


def _server() -> str:
    """What tells this server from the one before."""
    return str(os.getpid())


class _Watching(Watcher):  # type: ignore[misc]
    """The library's watcher, told of changes instead of looking for them again and again."""

    def __init__(self, begin: Callable[[], None]) -> None:
        super().__init__()
        self._begin = begin
        self.watch("*")  # one that has nothing to watch is given the current folder

    def start(self, callback: Callable[[], None]) -> bool:
        """True: nothing is looked for."""
        self._begin()
        return True


class _Server(Server):  # type: ignore[misc]
    """The library's server with our pages."""

    def __init__(self, desk: _Desk, watcher: Watcher) -> None:
        super().__init__(watcher=watcher)
        self._desk = desk

    def application(self, port: int, host: str, *args: object, **given: object) -> None:
        """Listens."""
        LiveReloadHandler.watcher = self.watcher
        desk = {"desk": self._desk}
        handlers = [
            (r"/livereload", _Line, desk),
            (r"/livereload\.js", _Library, desk),
            (r"/livereload/preview\.js", _Script, desk),
            (r"/(.*)", _Pages, desk),
        ]
        Application(handlers, log_function=lambda handler: None).listen(port, address=host)


def serve(preview: Preview, host: str, port: int, ready: Callable[[], None], page: str = "") -> None:
    """Shows a preview on a port until it is stopped by Ctrl+C; `ready` is called when it listens. A browser is opened
    on `page`, where that is given."""
    logging.disable(logging.INFO)  # the library tells of each step it takes
    loop = IOLoop.current()
    desk = _Desk(preview.output.resolve(), host, preview.state())
    later = partial(loop.add_callback)
    builder = Builder(preview, later, desk.looked_at, desk.published, desk.ended)
    changes = Changes(preview.root, lambda paths: later(builder.changed, paths))
    loop.add_callback(ready)
    if page:
        loop.add_callback(loop.run_in_executor, None, webbrowser.open, page)
    try:
        _Server(desk, _Watching(changes.start)).serve(port=port, host=host, root=str(preview.output))
    finally:
        changes.stop()
        builder.stop()
