"""A static host over loopback, as plain as the plainest that will ever serve the site."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from typing import Any

UTF8 = {
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
BINARY = {".avif": "image/avif", ".webp": "image/webp", ".woff2": "font/woff2", ".wasm": "application/wasm"}


class Host(SimpleHTTPRequestHandler):
    """Serves a folder `under` a base path; no listings, and the site's own 404 page."""

    protocol_version = "HTTP/1.1"
    extensions_map = BINARY | {suffix: f"{kind}; charset=utf-8" for suffix, kind in UTF8.items()}

    def __init__(self, *args: Any, under: str, headers: Mapping[str, str], **kwargs: Any) -> None:
        self.under, self.more = under, headers
        super().__init__(*args, **kwargs)

    def send_head(self) -> Any:
        if not self.path.startswith(self.under):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.under))

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", self.extensions_map[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in self.more.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """A browser drops connections as it pleases; that is no finding."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@contextmanager
def serving(folder: Path, under: str = "/", headers: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """Serve `folder` while the block runs, `headers` on every answer; gives the base URL, which ends in `under`."""
    with Server(("127.0.0.1", 0), partial(Host, directory=str(folder), under=under, headers=headers)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{under}"
        finally:
            server.shutdown()
            thread.join()
