"""The preview on this machine: what it shows, how it follows the site, what it tells, and whom it answers."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from watchfiles import Change

from gongbao import pipeline
from gongbao.pipeline import Order
from gongbao.repeat import Repeated
from gongbao.report import Silent
from gongbao.serve.addresses import is_ours
from gongbao.serve.builder import Builder
from gongbao.serve.preview import Preview
from gongbao.serve.told import Numbers, State
from gongbao.serve.watch import Changes
from tests.building import NOW, PROJECT, article, build, small_site, tree

SOURCE = "content/2019/2019-07-02/1-01-tou-tiao.md"
ADDRESS = "issues/2019-07-02/1/tou-tiao/"
SECONDS = 60
"""How long a machine with too much to do may take for anything."""
BROWSER = SECONDS * 1000

expect.set_options(timeout=BROWSER)

Served = tuple[Path, str]


@contextmanager
def serving(
    site: Path, *options: str, built: bool = True, **environment: str
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The preview of a site, from when its first build has ended; gives its address."""
    command = [sys.executable, "-u", str(PROJECT / "build.py"), "serve", "--port", "0", "--now", NOW, *options]
    with (
        _told_file(site).open("wb") as told,
        subprocess.Popen(
            command, cwd=site, stdout=told, stderr=subprocess.STDOUT, env=os.environ | environment
        ) as process,
    ):
        try:
            _until(lambda: "http://" in _told(site))
            found = re.search(r"http://127\.0\.0\.1:\d+/", _told(site))
            assert found
            _until(lambda: not built or _answers(found[0]))
            yield found[0], process
        finally:
            process.terminate()
    assert "Traceback" not in _told(site)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    site = _site(tmp_path / "site")
    with serving(site) as (address, process):
        yield site, address
        assert process.poll() is None, _told(site)


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview that no test changes."""
    site = _site(tmp_path_factory.mktemp("still") / "site")
    with serving(site) as (address, _):
        yield site, address


def _site(root: Path) -> Path:
    return small_site(
        root, **{"2019_07_02__1_01_tou_tiao": article("头条"), "2019_07_02__1_02_ci_tiao": article("次条")}
    )


def _told_file(site: Path) -> Path:
    return site.with_name(f"{site.name}-told")


def _told(site: Path) -> str:
    """What the command has said up to now."""
    return _told_file(site).read_text("utf-8")


def _until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < ends, "it does not happen"
        time.sleep(0.02)


def _answers(url: str) -> bool:
    try:
        return bool(_read(url))
    except OSError:
        return False


def _read(url: str) -> str:
    with urlopen(url) as answer:
        return str(answer.read().decode())


def _ask(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The answer for a path that is sent as it is written."""
    connection = HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    told = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return told


def _write(site: Path, title: str, path: str = SOURCE, **keys: str) -> None:
    (site / path).write_text(article(title, **keys), encoding="utf-8")


def _panel(page: Page) -> Locator:
    return page.locator("gongbao-preview section")


# What it shows


def test_the_script_is_in_what_is_served_and_in_no_file(still: Served) -> None:
    site, address = still
    assert "livereload.js" in _read(address)
    files = tree(site / ".gongbao" / "serve" / "output")
    assert [path for path, data in files.items() if b"livereload" in data or b"gongbao-preview" in data] == []
    assert files
    assert not (site / "output").exists()


def test_each_kind_of_file_says_what_it_is(still: Served) -> None:
    kinds = {
        "/": "text/html; charset=utf-8",
        "/feed.xml": "application/xml; charset=utf-8",
        "/robots.txt": "text/plain; charset=utf-8",
        "/livereload/preview.js": "text/javascript; charset=utf-8",
    }
    page = _read(still[1])
    for found in re.findall(r'(?:href|src)="(assets/[^"]+)"', page):
        suffix = found.rpartition(".")[2]
        kinds["/" + found] = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}[
            suffix
        ] + "; charset=utf-8"
    assert len(kinds) > 5
    for path, kind in kinds.items():
        status, headers, _ = _ask(still[1], path)
        assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, kind, "no-store"), path


def test_what_is_not_there_has_the_page_of_the_site(still: Served) -> None:
    with pytest.raises(HTTPError) as caught:
        urlopen(still[1] + "nothing/")
    with caught.value as answer:
        assert answer.code == 404
        assert "小报" in answer.read().decode()


def test_a_folder_without_its_slash_leads_to_its_page(still: Served) -> None:
    status, headers, _ = _ask(still[1], "/" + ADDRESS.rstrip("/"))
    assert (status, headers["Location"]) == (302, "/" + ADDRESS)


def test_it_is_served_below_the_path_of_its_address_as_well(still: Served) -> None:
    assert "头条" in _read(f"{still[1]}base/{ADDRESS}")
    assert "小报" in _read(f"{still[1]}base/")


# Whom it answers


@pytest.mark.parametrize(
    "path",
    [
        "/../site.yaml", "/%2e%2e/site.yaml", "/..%2fsite.yaml", "//site.yaml", "/site.yaml", "/../../site.yaml",
        "/..%5csite.yaml", "/%00", "/issues/../../../../site.yaml", "/base/../../../../site.yaml", "/.gongbao/",
    ],
)  # fmt: skip
def test_nothing_outside_the_output_is_served(still: Served, path: str) -> None:
    status, _, body = _ask(still[1], path)
    assert (status in (302, 403, 404), b"base_url" in body) == (True, False)


def test_a_link_that_leads_out_of_the_output_is_not_followed(still: Served) -> None:
    site, address = still
    link = site / ".gongbao" / "serve" / "output" / "out.yaml"
    link.symlink_to(site / "site.yaml")
    assert _ask(address, "/out.yaml")[0] == 404
    link.unlink()


@pytest.mark.parametrize("path", ["/", "/livereload.js", "/livereload/preview.js", "/feed.xml", "/nothing/"])
def test_a_name_that_is_not_ours_is_refused(still: Served, path: str) -> None:
    port = urlsplit(still[1]).port
    for host in (f"paper.example:{port}", "paper.example", f"192.168.1.5:{port}", "127.0.0.1.paper.example", ""):
        status, _, body = _ask(still[1], path, Host=host)
        assert (status, b"<html" in body) == (403, False), host
    for host in (f"localhost:{port}", "127.0.0.1", "[::1]"):
        assert _ask(still[1], path, Host=host)[0] in (200, 404), host


def test_which_names_are_ours() -> None:
    assert [is_ours("0.0.0.0", each) for each in ("192.168.1.5:80", "evil.example", "localhost")] == [True, False, True]
    assert [is_ours("desk.example", each) for each in ("desk.example:1", "evil.example", "10.0.0.1")] == [
        True,
        False,
        True,
    ]
    assert [is_ours("::1", each) for each in ("[::1]:80", "[::2]", "[", "127.0.0.1")] == [True, False, False, True]


def test_only_our_own_pages_may_listen(still: Served) -> None:
    host = urlsplit(still[1]).netloc
    told = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    for origin, status in (
        ("http://evil.example", 403),
        ("null", 403),
        (f"http://evil.example:{urlsplit(still[1]).port}", 403),
    ):
        assert _ask(still[1], "/livereload", Origin=origin, **told)[0] == status
    assert _ask(still[1], "/livereload", Host="evil.example", Origin="http://evil.example", **told)[0] == 403
    with socket.create_connection((urlsplit(still[1]).hostname, urlsplit(still[1]).port), SECONDS) as line:
        lines = [
            f"{name.replace('_', '-')}: {value}"
            for name, value in (told | {"Origin": f"http://{host}", "Host": host}).items()
        ]
        line.sendall("\r\n".join(["GET /livereload HTTP/1.1", *lines, "", ""]).encode())
        assert b" 101 " in line.recv(100)


def test_only_this_machine_can_connect(still: Served) -> None:
    port = urlsplit(still[1]).port
    with pytest.raises(OSError, match=r"refused|assign|unreachable"):
        socket.create_connection(("127.0.0.2", port), 2)  # a socket bound to every address would answer
    with pytest.raises(OSError, match=r"refused|assign|unreachable|not known|family"):
        socket.create_connection(("::1", port), 2)


def test_a_port_that_is_taken_is_told_with_one_that_is_free(still: Served) -> None:
    site, address = still
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", str(urlsplit(address).port)]
    told = subprocess.run(command, cwd=site, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (told.returncode, "Traceback" in told.stderr) == (2, False)
    found = re.search(r"（端口已被占用），可以改用 --port (\d+)\n", told.stderr)
    assert found
    assert int(found[1]) > 0


def test_a_phone_is_told_the_address_on_request_only(still: Served, tmp_path: Path) -> None:
    assert "手机" not in _told(still[0])
    site = _site(tmp_path / "site")
    with serving(site, "--lan") as (address, _):
        _until(lambda: "草稿" in _told(site))
        found = re.search(r"手机\S*：(http://[\d.]+:\d+/)", _told(site))
        assert found
        assert urlsplit(found[1]).port == urlsplit(address).port
        assert _ask(address, "/", Host="192.168.1.5")[0] == 200
        assert _ask(address, "/", Host="evil.example")[0] == 403


# How it begins and ends


def test_it_ends_with_a_word(tmp_path: Path) -> None:
    site = _site(tmp_path / "site")
    with serving(site) as (_, process):
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0
    assert _told(site).endswith("预览已结束。\n")


def test_it_opens_the_browser_when_asked(tmp_path: Path) -> None:
    site = _site(tmp_path / "site")
    program = tmp_path / "browser"
    program.write_text(
        f'#!/bin/sh\nprintf %s "$1" > {tmp_path}/opened.part && mv {tmp_path}/opened.part {tmp_path}/opened\n'
    )
    program.chmod(0o755)
    with serving(site, "--open", BROWSER=str(program)) as (address, _):
        _until((tmp_path / "opened").is_file)
        assert (tmp_path / "opened").read_text() == address


def test_where_no_site_is_nothing_is_served(tmp_path: Path) -> None:
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", "0"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (told.returncode, "G501" in told.stderr, "http://" in told.stdout) == (3, True, False)
    assert list(tmp_path.iterdir()) == []


def test_broken_at_its_start_it_says_so_and_waits(tmp_path: Path, page: Page) -> None:
    site = _site(tmp_path / "site")
    settings = (site / "site.yaml").read_text("utf-8")
    (site / "site.yaml").write_text('title: "没有合上', encoding="utf-8")
    with serving(site, built=False) as (address, _):
        page.goto(address)
        expect(page.locator("h1")).to_have_text("还没有可看的预览")
        expect(_panel(page)).to_contain_text("site.yaml 第 1 行")
        (site / "site.yaml").write_text(settings, encoding="utf-8")
        expect(page.locator("h1").first).to_contain_text("小报")
        expect(_panel(page)).to_have_count(0)


def test_a_second_preview_of_a_site_says_that_there_is_one(served: Served) -> None:
    site, _ = served
    preview = Preview(site, NOW, "", 1)
    state = preview.build(None, frozenset(), lambda paths: None)
    assert ([each.code for each in state.findings], state.built) == (["G851"], False)


# How it follows


def test_an_edit_shows_and_what_is_broken_is_told_in_the_page(served: Served, page: Page) -> None:
    site, address = served
    page.goto(address + ADDRESS)
    expect(_panel(page)).to_have_count(0)
    page.evaluate("window.stays = true")
    (site / SOURCE).write_text("---\ntitle: 头条\n没有这样的键: 1\n---\n正文。\n", encoding="utf-8")
    expect(_panel(page)).to_contain_text("不认识的项目")
    expect(_panel(page).locator(".place")).to_have_text(f"{SOURCE} 第 3 行第 1 列")
    expect(_panel(page).locator(".hint")).to_contain_text("标题")
    expect(_panel(page).locator("h2")).to_have_text("共 1 个错误，0 个警告。")
    assert page.evaluate("window.stays")
    expect(page.locator("h1").first).to_contain_text("头条")
    _write(site, "头条")
    expect(_panel(page)).to_have_count(0)
    assert page.evaluate("window.stays"), "it shows what it showed"
    _write(site, "改过的头条")
    expect(page.locator("h1").first).to_contain_text("改过的头条")
    assert not page.evaluate("window.stays || false")


def test_the_panel_can_be_put_away_by_keyboard_and_comes_back_for_other_findings(served: Served, page: Page) -> None:
    site, address = served
    page.goto(address + ADDRESS)
    _write(site, "头条", 没有这样的键="1")
    badge = page.locator("gongbao-preview .badge")
    expect(_panel(page)).to_be_visible()
    expect(badge).to_be_hidden()
    page.keyboard.press("Shift+Tab")  # from the top to what comes last
    page.keyboard.press("Escape")
    expect(_panel(page)).to_be_hidden()
    expect(badge).to_have_text("共 1 个错误，0 个警告。")
    expect(badge).to_be_focused()
    page.reload()
    expect(badge).to_be_visible()
    expect(_panel(page)).to_be_hidden()
    badge.press("Enter")
    expect(_panel(page).get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(_panel(page)).to_be_hidden()
    _write(site, "头条", 也没有="1")
    expect(_panel(page)).to_be_visible()


def test_broken_settings_and_themes_stop_nothing(served: Served, page: Page) -> None:
    site, address = served
    page.goto(address + ADDRESS)
    settings = (site / "site.yaml").read_text("utf-8")
    (site / "site.yaml").write_text("title: [", encoding="utf-8")
    expect(_panel(page)).to_contain_text("site.yaml")
    expect(_panel(page).locator(".stale")).to_contain_text("上一次")
    (site / "site.yaml").write_text(settings + "theme: mine\n", encoding="utf-8")
    expect(_panel(page)).to_contain_text("G503")
    shutil.copytree(PROJECT / "themes" / "plain", site / "themes" / "mine")
    expect(page.locator("header.masthead")).to_have_count(0)
    template = site / "themes" / "mine" / "templates" / "article.html"
    good = template.read_text("utf-8")
    template.write_text(good + "{% if %}", encoding="utf-8")
    expect(_panel(page)).to_contain_text("G504")
    expect(_panel(page).locator(".place")).to_contain_text("themes/mine/templates/article.html")
    template.write_text(good.replace("{% block main %}", "{% block main %}{{ page.nothing }}"), encoding="utf-8")
    expect(_panel(page)).to_contain_text("G505")
    template.write_text(good.replace("{% block main %}", "{% block main %}<b>新样</b>"), encoding="utf-8")
    expect(page.locator("main > b")).to_have_text("新样")
    expect(_panel(page)).to_have_count(0)
    (site / "themes").rename(site / "away")
    expect(_panel(page)).to_contain_text("G503")
    (site / "site.yaml").write_text(settings.replace("小报", "大报"), encoding="utf-8")
    expect(page.locator(".masthead")).to_contain_text("大报")
    replaced = site / "site.new"  # as editors save: another file in its place
    replaced.write_text(settings.replace("小报", "晚报"), encoding="utf-8")
    replaced.replace(site / "site.yaml")
    expect(page.locator(".masthead")).to_contain_text("晚报")


def test_what_is_moved_in_with_an_old_time_renamed_or_deleted_shows(served: Served, tmp_path: Path, page: Page) -> None:
    site, address = served
    page.goto(address + ADDRESS)
    other = tmp_path / "other.md"
    other.write_text(article("来信"), encoding="utf-8")
    os.utime(other, (1, 1))
    other.rename(site / SOURCE)
    expect(page.locator("h1").first).to_contain_text("来信")
    page.goto(address + "issues/2019-07-02/1/lai-xin/")
    expect(page.locator("h1").first).not_to_contain_text("来信")
    (site / SOURCE).rename(site / SOURCE.replace("tou-tiao", "lai-xin"))
    expect(page.locator("h1").first).to_contain_text("来信")
    issue = (site / SOURCE).parent
    issue.rename(issue.with_name("2019-07-05"))
    expect(page.locator("h1").first).not_to_contain_text("来信")
    page.goto(address + "issues/2019-07-05/1/lai-xin/")
    expect(page.locator("h1").first).to_contain_text("来信")
    (site / "content").rename(site / "away")
    expect(_panel(page)).to_contain_text("G502")
    (site / "away").rename(site / "content")
    expect(_panel(page)).to_have_count(0)
    _write(site, "回信", "content/2019/2019-07-05/1-01-lai-xin.md")
    expect(page.locator("h1").first).to_contain_text("回信")
    shutil.rmtree(issue.with_name("2019-07-05"))
    expect(page.locator("h1").first).not_to_contain_text("回信")


def test_the_open_page_follows_edits_however_fast(served: Served, page: Page) -> None:
    site, address = served
    page.goto(address + ADDRESS)
    for number in range(20):
        if number % 3 == 0:  # two at once: the last one counts
            _write(site, f"第{number}稿之前")
        _write(site, f"第{number}稿")
        expect(page.locator("h1").first).to_have_text(f"第{number}稿")


def test_a_page_that_connects_late_is_loaded_anew(served: Served, page: Page) -> None:
    site, address = served
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/livereload.js*", hold, times=1)
    page.goto(address + ADDRESS, wait_until="commit")
    _until(lambda: page.evaluate("1") == 1 and bool(held))
    expect(page.locator("h1").first).to_contain_text("头条")
    _write(site, "改过的头条")
    _until(lambda: "改过的头条" in _read(address))  # the front page comes last
    held[0].continue_()
    expect(page.locator("h1").first).to_contain_text("改过的头条")


def test_a_page_of_an_earlier_preview_is_loaded_anew(tmp_path: Path, page: Page) -> None:
    site = _site(tmp_path / "site")
    with serving(site) as (address, _):
        page.goto(address + ADDRESS)
    port = str(urlsplit(address).port)
    _write(site, "改过的头条")
    with serving(site, "--port", port):
        expect(page.locator("h1").first).to_contain_text("改过的头条")


def test_other_pages_are_left_alone(served: Served, page: Page) -> None:
    site, address = served
    page.goto(address + "columns/")
    page.evaluate("window.stays = true")
    (site / SOURCE).write_text(article("头条", "正文。" * 200 + "末句。"), encoding="utf-8")
    _until(lambda: "末句" in _read(address + ADDRESS))
    _write(site, "头条", 没有这样的键="1")
    expect(_panel(page)).to_be_visible()
    assert page.evaluate("window.stays")


# Drafts, and what is to come


def test_drafts_and_what_is_to_come_are_marked_and_in_no_build(served: Served, page: Page) -> None:
    site, address = served
    build(site)
    before = tree(site / "output")
    draft, later = SOURCE.replace("1-01-tou-tiao", "1-03-cao-gao"), SOURCE.replace("1-01-tou-tiao", "1-04-yi-hou")
    _write(site, "写到一半", draft, 草稿="yes")
    _write(site, "以后才发", later, 发布时间="2026-12-01")
    page.goto(address + "issues/2019-07-02/1/")
    mark = page.locator("main .gongbao-mark")
    expect(mark.filter(has_text="草稿").first).to_be_visible()
    expect(mark.filter(has_text="定于 2026-12-01 发布").first).to_be_visible()
    page.goto(address + "issues/2019-07-02/1/cao-gao/")
    expect(page.locator("body > .gongbao-mark")).to_have_text("草稿")
    page.goto(address + "issues/2019-07-02/1/yi-hou/")
    expect(page.locator("body > .gongbao-mark")).to_have_text("定于 2026-12-01 发布")
    assert tree(site / "output") == before
    assert build(site).figures.written == 0
    assert tree(site / "output") == before
    _write(site, "以后才发", later)
    expect(page.locator("body > .gongbao-mark")).to_have_count(0)
    expect(page.locator("h1").first).to_contain_text("以后才发")
    assert not any(b"gongbao-mark" in data for data in tree(site / ".gongbao" / "serve" / "output").values())


def test_marks_are_seen_in_the_other_theme(tmp_path: Path, page: Page) -> None:
    site = _site(tmp_path / "site")
    _write(site, "写到一半", 草稿="yes")
    with serving(site, "--theme", "plain") as (address, _):
        page.goto(address + ADDRESS)
        expect(page.locator("body > .gongbao-mark")).to_have_text("草稿")
        page.goto(address)
        expect(page.locator("main .gongbao-mark").first).to_have_text("草稿")


# The page being looked at


class _Noted(Silent):
    """Notes what is published, in order, and looks at it right then."""

    def __init__(self, looks: Callable[[list[str]], None] = lambda paths: None) -> None:
        self.paths: list[str] = []
        self._looks = looks

    def published(self, paths: list[str]) -> None:
        self.paths += paths
        self._looks(paths)


def test_the_page_being_looked_at_comes_first(tmp_path: Path) -> None:
    site, path = _site(tmp_path / "site"), ADDRESS + "index.html"
    repeated, order = Repeated(), Order(site, site / "output", NOW)
    repeated.build(order, Silent())
    _write(site, "改过的头条")
    told = frozenset({SOURCE})
    for first in (path, "index.html"):
        noted = _Noted()
        repeated.build(Order(site, site / "output", NOW, changed=told, first=frozenset({first})), noted)
        assert noted.paths[:1] == [first]
        assert len(noted.paths) == len(set(noted.paths)) > 3
        _write(site, "又改过的头条")
    shutil.copytree(PROJECT / "themes" / "classic", site / "themes" / "classic")
    with (site / "themes" / "classic" / "assets" / "style.css").open("a", encoding="utf-8") as style:
        style.write("/* another */\n")
    noted = _Noted(lambda paths: _have_their_assets(site / "output", [each for each in paths if each == path]))
    told = frozenset({SOURCE, "themes/classic/assets/style.css"})
    repeated.build(Order(site, site / "output", NOW, changed=told, first=frozenset({path, "nothing.html"})), noted)
    assert noted.paths[:1] == [path]
    repeated.close()
    again = tmp_path / "again"
    pipeline.build(Order(site, again, NOW), Silent())
    assert tree(site / "output") == tree(again)


def _have_their_assets(output: Path, pages: list[str]) -> None:
    for path in pages:
        found = re.findall(r'"[./]*(assets/[^"]+)"', (output / path).read_text("utf-8"))
        assert found
        assert all((output / each).is_file() for each in found)


def test_a_page_that_is_looked_at_and_goes_or_cannot_be_rendered(tmp_path: Path) -> None:
    site, path = _site(tmp_path / "site"), ADDRESS + "index.html"
    repeated = Repeated()
    repeated.build(Order(site, site / "output", NOW), Silent())
    first = frozenset({path})
    (site / SOURCE).rename(site / SOURCE.replace("tou-tiao", "xin"))
    changed = frozenset({SOURCE, SOURCE.replace("tou-tiao", "xin")})
    outcome = repeated.build(Order(site, site / "output", NOW, changed=changed, first=first), Silent())
    assert (outcome.figures.deleted, (site / "output" / path).exists()) == (1, False)
    repeated.close()


# Its parts


def test_what_changes_during_a_build_makes_one_more(tmp_path: Path) -> None:
    begun, go_on = Event(), Event()
    built: list[frozenset[str] | None] = []

    class Slow(Preview):
        def build(self, changed: frozenset[str] | None, first: frozenset[str], told: object) -> State:
            built.append(changed)
            begun.set()
            assert go_on.wait(SECONDS)
            return State("zh-CN")

    calls: list[Callable[[], None]] = []
    ended: list[State] = []
    builder = Builder(
        Slow(tmp_path, NOW, "", 1),
        lambda call, *args: calls.append(lambda: call(*args)),
        frozenset,
        print,
        ended.append,
    )
    builder.changed(frozenset({"a"}))
    assert begun.wait(SECONDS)
    for paths in ({"b"}, {"c"}, {"b"}):
        builder.changed(frozenset(paths))
    assert built == [frozenset({"a"})]
    go_on.set()
    for number in range(2):
        _until(lambda number=number: len(calls) > number)  # type: ignore[misc]
        calls[number]()
    assert built == [frozenset({"a"}), frozenset({"b", "c"})]
    assert len(ended) == 2
    builder.changed(frozenset())
    builder.stop()
    assert len(built) == 2


def test_a_page_is_old_when_it_was_served_before_its_file_was_new() -> None:
    numbers = Numbers()
    before = numbers.now
    assert not numbers.is_old(before, ["a"])
    numbers.published(["a", "b"])
    assert numbers.is_old(before, ["x", "a"])
    assert not numbers.is_old(before, ["x"])
    assert not numbers.is_old(numbers.now, ["a"])


def test_changes_are_told_as_paths_and_many_as_anything(tmp_path: Path) -> None:
    site = _site(tmp_path / "site")
    told: list[frozenset[str] | None] = []
    changes = Changes(site, told.append)
    changes.start()
    try:
        _until(lambda: None in told)
        told.clear()
        _write(site, "头条")
        (site / "unrelated.txt").write_text("no")
        _until(lambda: frozenset({SOURCE}) in told)
        (site / "site.yaml").write_text("title: 小报\n", encoding="utf-8")
        _until(lambda: frozenset({"site.yaml"}) in told)
        assert None not in told
        (site / "content").rename(site / "away")
        (site / "away").rename(site / "content")
        told.clear()
        _until(lambda: None in told or _retold(site, told))
    finally:
        changes.stop()


def test_after_more_than_the_system_can_count_everything_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes, now = Changes(tmp_path, lambda paths: None), [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    one = {(Change.modified, str(tmp_path / SOURCE))}
    many = {(Change.added, str(tmp_path / f"content/2-{number}.md")) for number in range(1000)}
    assert changes.paths(one) == frozenset({SOURCE})
    assert changes.paths(many) is None
    assert changes.paths(one) is None
    now[0] = 10.0
    assert changes.paths(one) == frozenset({SOURCE})
    assert changes.paths(None) is None
    assert changes.paths({(Change.modified, "/elsewhere/1-01.md")}) is None
    assert changes.paths({(Change.modified, str(tmp_path / "content/.git/index"))}) == frozenset()


def _retold(site: Path, told: list[frozenset[str] | None]) -> bool:
    _write(site, "头条")
    return frozenset({SOURCE}) in told


def test_a_fault_of_the_program_is_told_and_the_next_build_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = _site(tmp_path / "site")
    preview = Preview(site, NOW, "", 1)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.Run, "run", lambda self, asked: json.loads("{"))
        state = preview.build(None, frozenset(), lambda paths: None)
    assert ([each.code for each in state.findings], state.built) == (["G852"], False)
    assert "JSONDecodeError" in (site / ".gongbao" / "serve" / "fault.txt").read_text("utf-8")
    state = preview.build(frozenset({SOURCE}), frozenset(), lambda paths: None)
    assert (state.findings, state.built) == ((), True)
    preview.close()
    assert "头条" in (preview.output / ADDRESS / "index.html").read_text("utf-8")
