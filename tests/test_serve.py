"""Serving on this machine: the pages, a rebuild on change, and nobody else."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.building import NOW, PROJECT, article, small_site


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    site = small_site(tmp_path / "site", **{"2019_07_02__1_01_tou_tiao": article("头条")})
    command = [sys.executable, "-u", str(PROJECT / "build.py"), "serve", "--port", "0", "--now", NOW]
    with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        yield site, address
        process.terminate()


def _read(url: str, tries: int = 50) -> str:
    for _ in range(tries):
        try:
            with urlopen(url) as answer:
                return str(answer.read().decode())
        except ConnectionError:
            time.sleep(0.1)
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")


def test_an_edit_shows_and_a_broken_one_stops_nothing(served: tuple[Path, str]) -> None:
    site, address = served
    assert "头条" in _read(address)
    source = site / "content/2019/2019-07-02/1-01-tou-tiao.md"
    source.write_text("---\n没有合上\n", encoding="utf-8")
    time.sleep(2)
    assert "头条" in _read(address)
    source.write_text(article("改过的头条"), encoding="utf-8")
    for _ in range(100):
        if "改过的头条" in _read(address):
            break
        time.sleep(0.1)
    assert "改过的头条" in _read(address)
    assert "livereload" not in (site / "output/index.html").read_text("utf-8")


def test_what_is_not_there_has_the_page_of_the_site(served: tuple[Path, str]) -> None:
    _, address = served
    _read(address)
    with pytest.raises(HTTPError) as error:
        urlopen(address + "nothing/")
    assert error.value.code == 404
    assert "小报" in error.value.read().decode()
    with pytest.raises(HTTPError):
        urlopen(address + "../site.yaml")
