"""Serving on this machine: the pages, a rebuild on change, and nobody else."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.building import NOW, PROJECT, article, small_site

SOURCE = "content/2019/2019-07-02/1-01-tou-tiao.md"
ADDRESS = "issues/2019-07-02/1/tou-tiao/"
SECONDS = 20


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    site = small_site(tmp_path / "site", **{"2019_07_02__1_01_tou_tiao": article("头条")})
    with (tmp_path / "told").open("wb") as told:
        command = [sys.executable, "-u", str(PROJECT / "build.py"), "serve", "--port", "0", "--now", NOW]
        with subprocess.Popen(command, cwd=site, stdout=told, stderr=subprocess.STDOUT) as process:
            try:
                _until(lambda: "http://" in _told(site))
                found = re.search(r"http://127\.0\.0\.1:\d+/", _told(site))
                assert found
                _until(lambda: _answers(found[0]))
                yield site, found[0]
                assert process.poll() is None, _told(site)
            finally:
                process.terminate()


def _told(site: Path) -> str:
    """What the command has said up to now."""
    return site.with_name("told").read_text("utf-8")


def _until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < ends, "it does not happen"
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        return bool(_read(url))
    except OSError:
        return False


def _read(url: str) -> str:
    with urlopen(url) as answer:
        return str(answer.read().decode())


def _status(address: str, path: str) -> int:
    """The status of a path that is sent as it is written."""
    connection = HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_an_edit_shows_and_a_broken_one_stops_nothing(served: tuple[Path, str]) -> None:
    site, address = served
    assert "头条" in _read(address)
    (site / SOURCE).write_text("---\n没有合上\n", encoding="utf-8")
    _until(lambda: f"{SOURCE}:" in _told(site))
    assert "头条" in _read(address)
    (site / SOURCE).write_text(article("改过的头条"), encoding="utf-8")
    _until(lambda: "改过的头条" in _read(address))


def test_broken_settings_and_themes_stop_nothing(served: tuple[Path, str]) -> None:
    site, address = served
    settings = (site / "site.yaml").read_text("utf-8")
    (site / "site.yaml").write_text("title: [", encoding="utf-8")
    _until(lambda: "site.yaml:" in _told(site))
    (site / "site.yaml").write_text(settings + "theme: mine\n", encoding="utf-8")
    _until(lambda: "G503" in _told(site))
    (site / "site.yaml").write_text(settings.replace("小报", "大报"), encoding="utf-8")
    _until(lambda: "大报" in _read(address))


def test_what_is_moved_in_with_an_old_time_or_moved_away_shows(served: tuple[Path, str], tmp_path: Path) -> None:
    site, address = served
    other = tmp_path / "1-02-lai-xin.md"
    other.write_text(article("来信"), encoding="utf-8")
    place = other.rename(site / SOURCE).with_name(other.name)
    _until(lambda: "来信" in _read(address + ADDRESS))
    (site / SOURCE).rename(place)
    _until(lambda: _status(address, "/" + ADDRESS) == 404)
    assert "来信" in _read(address + "issues/2019-07-02/1/lai-xin/")


def test_the_open_page_follows_edits_however_fast(served: tuple[Path, str], page: Page) -> None:
    site, address = served
    page.goto(address + ADDRESS)
    page.wait_for_function("window.LiveReload && window.LiveReload.connector.protocol === 7")
    for number in range(3):
        (site / SOURCE).write_text(article(f"第{number}稿"), encoding="utf-8")
        expect(page.locator("h1").first).to_contain_text(f"第{number}稿", timeout=SECONDS * 1000)


def test_the_script_is_in_what_is_served_and_in_no_file(served: tuple[Path, str]) -> None:
    site, address = served
    assert "livereload.js" in _read(address)
    assert [path for path in (site / "output").rglob("*.html") if b"livereload" in path.read_bytes()] == []
    with urlopen(address) as answer:
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_not_there_has_the_page_of_the_site(served: tuple[Path, str]) -> None:
    _, address = served
    with pytest.raises(HTTPError) as caught:
        urlopen(address + "nothing/")
    with caught.value as answer:
        assert answer.code == 404
        assert "小报" in answer.read().decode()


@pytest.mark.parametrize("path", ["/../site.yaml", "/%2e%2e/site.yaml", "/..%2fsite.yaml", "//site.yaml", "/site.yaml"])
def test_nothing_outside_the_output_is_served(served: tuple[Path, str], path: str) -> None:
    assert _status(served[1], path) in (403, 404)


def test_only_this_machine_can_connect(served: tuple[Path, str]) -> None:
    port = urlsplit(served[1]).port
    with pytest.raises(OSError, match=r"refused|assign|unreachable"):
        socket.create_connection(("127.0.0.2", port), 2)  # a socket bound to every address would answer
    with pytest.raises(OSError, match=r"refused|assign|unreachable|not known|family"):
        socket.create_connection(("::1", port), 2)


def test_a_port_that_is_taken_is_wrong_use(served: tuple[Path, str]) -> None:
    site, address = served
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", str(urlsplit(address).port)]
    told = subprocess.run(command, cwd=site, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (told.returncode, "--port" in told.stderr, "Traceback" in told.stderr) == (2, True, False)


def test_what_cannot_be_built_is_not_served(tmp_path: Path) -> None:
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", "0"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (told.returncode, "G501" in told.stderr, "http://" in told.stdout) == (3, True, False)
