"""What hosts are told: the policy holds on every page in a browser, and documents say what `_headers` says."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from gongbao.pages import hosts, standing
from tests.building import PROJECT, build, copy_of
from tests.test_site import SAMPLES

GUIDE = PROJECT / "docs" / "hosting.md"
ALL = {name: value for _, headers in hosts.rules() for name, value in headers}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of(PROJECT, tmp_path_factory.mktemp("hosts"))
    assert build(root).findings == ()
    return root / "output"


def _told(output: Path) -> dict[str, dict[str, str]]:
    """Patterns of `_headers`, each with its headers."""
    found: dict[str, dict[str, str]] = {}
    pattern = ""
    for line in (output / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            pattern = line
            found[pattern] = {}
        else:
            name, _, value = line.removeprefix("  ").partition(": ")
            found[pattern][name] = value
    return found


def test_the_file_says_the_policy_and_no_header_twice_for_an_address(output: Path) -> None:
    told = _told(output)
    assert told["/*"]["Content-Security-Policy"] == "default-src 'self'"
    assert told["/assets/*"] == told["/media/*"] == {"Cache-Control": hosts.KEPT}
    for path in output.rglob("*"):
        address = f"/{path.relative_to(output).as_posix()}".removesuffix("index.html")
        fitting = [each for each in told if each == address or (each[-1] == "*" and address.startswith(each[:-1]))]
        names = [name for each in fitting for name in told[each]]
        assert len(names) == len(set(names)), address


def test_every_first_step_of_the_archive_has_a_time_to_keep() -> None:
    steps = {*hosts.PAGES, *hosts.IMMUTABLE} | {each.strip("/") for each in hosts.FILES if each.count("/") == 2}
    assert {each.partition("/")[0] for each in steps} - {""} - {"manifest.json"} == standing.RESERVED


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize(("language", "header"), [("nginx", r"add_header ([\w-]+) \"([^\"]+)\""), ("caddy", "")])
def test_the_snippets_say_what_the_file_says(language: str, header: str) -> None:
    (block,) = _blocks(language)
    found = re.findall(header or r"(?:header @\w+|^ {8}) ?([A-Z][\w-]+) \"([^\"]+)\"", block, flags=re.MULTILINE)
    assert {name for name, _ in found} == ALL.keys()
    assert {value for name, value in found if name == "Cache-Control"} == {hosts.KEPT, hosts.SHORT}
    for name, value in hosts.SECURITY:
        assert {told for known, told in found if known == name} == {value}
    for step in hosts.IMMUTABLE:
        assert step in block


def test_the_policy_holds_in_a_browser(output: Path, page: Page, serve_folder: Callable[..., str]) -> None:
    base = serve_folder(output, headers=dict(hosts.SECURITY))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in [*SAMPLES, "issues/2019-07-02/1/song-qing-liang/"]:
        if path != "404.html":
            page.goto(base + path, wait_until="load")
    assert said == []
    assert {url for url in asked if not url.startswith(base)} == set()
