"""Who may ask and where: hosts, ports, and this machine's address in its network."""

import socket
import sys
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

HOST = "127.0.0.1"
ANYWHERE = "0.0.0.0"
_LAST_PORT = 65535


def is_ours(host: str, asked: str) -> bool:
    """Whether the server that listens on `host` may answer a request for `asked` (a Host header).

    A page elsewhere may give its own name this machine's address to get at what only this machine may see: so a name
    must be ours, and where the server listens on this machine alone, so must a number.
    """
    try:
        name = urlsplit(f"//{asked}").hostname or ""
    except ValueError:
        return False
    if name in ("localhost", host):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or not _is_loopback(host)


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def free_port(host: str, port: int) -> int:
    """`port`, or any free one for 0. Raises OSError where it is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if sys.platform != "win32":  # there it would mean: even if taken; here: even if just left
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        number: int = probe.getsockname()[1]
        return number


def next_free_port(host: str, port: int) -> int:
    """The first free port after one that is taken; any where there is none."""
    for number in range(port + 1, min(port + 100, _LAST_PORT)):
        with suppress(OSError):
            return free_port(host, number)
    return free_port(host, 0)


def near_address() -> str:
    """This machine's address in its own network; this machine alone where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of nobody's: nothing is sent, but a way to it is chosen
        except OSError:
            return HOST
        name: str = probe.getsockname()[0]
        return name


def url(host: str, port: int) -> str:
    """The address of a server's front page."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
