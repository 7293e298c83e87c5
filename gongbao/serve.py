"""The site on this machine, built anew on every change; only this machine can see it."""

import socket
from collections.abc import Callable
from pathlib import Path

from livereload import Server
from livereload.handlers import StaticFileHandler

HOST = "127.0.0.1"


class _Pages(StaticFileHandler):  # type: ignore[misc]
    """The site's files, and its own page for what is not there."""

    def write_error(self, status_code: int, **kwargs: object) -> None:
        page = Path(self.root, "404.html")
        if status_code == 404 and page.is_file():
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(page.read_bytes())
        else:
            super().write_error(status_code, **kwargs)


def serve(root: Path, output: Path, port: int, rebuild: Callable[[], object], told: Callable[[str], None]) -> None:
    """Shows `output` on a port of this machine (0: any free one) until it is stopped; tells the address.

    `rebuild` runs after each change to the content, the themes or site.yaml of `root`; it never raises for bad content.
    """
    server = Server()
    server.SFH = _Pages
    for name in ("content", "themes", "site.yaml"):
        if (root / name).exists():
            server.watch(str(root / name), rebuild)
    port = port or _free_port()
    told(f"http://{HOST}:{port}/")
    server.serve(port=port, host=HOST, root=str(output))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        number: int = probe.getsockname()[1]
        return number
