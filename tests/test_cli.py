"""The command: its options, its exit status, what it prints where."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import NOW, PROJECT, article, small_site

OPTIONS = {
    "build": [
        "--output", "--theme", "--jobs", "--executor", "--clean", "--dry-run", "--json", "--strict", "--now", "--root",
    ],
    "check": ["--json", "--strict", "--now", "--root"],
    "serve": ["--port", "--output", "--theme", "--now", "--root"],
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(
        tmp_path / "site",
        **{"2019_07_02__1_01_tou_tiao": article("头条", 栏目="要闻"), "2019_07_02__1_02_ci_tiao": article("次条")},
    )


def run(*arguments: str, cwd: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROJECT / "build.py"), *arguments]
    told = os.environ | environment
    return subprocess.run(command, cwd=cwd, env=told, capture_output=True, text=True, encoding="utf-8", check=False)


def test_build_is_the_command_where_none_is_named(site: Path) -> None:
    first = run("--now", NOW, cwd=site)
    assert first.returncode == 0, first.stderr
    assert "\x1b" not in first.stdout + first.stderr
    assert (site / "output" / "index.html").is_file()
    again = run("--now", NOW, cwd=site)
    assert "没有变化" in again.stdout
    assert len(again.stdout.splitlines()) == 1


def test_root_may_stand_before_or_after_the_command(site: Path) -> None:
    for arguments in (["--root", str(site), "build"], ["build", f"--root={site}"], [f"--root={site}"]):
        assert run(*arguments, "--now", NOW).returncode == 0


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_option_is_explained(site: Path, language: str) -> None:
    with (site / "site.yaml").open("a") as settings:
        settings.write(f"language: {language}\n")
    for command, options in OPTIONS.items():
        told = run(command, "--help", cwd=site).stdout
        for option in options:
            assert option in told, (command, option)
        assert any("\u4e00" <= char <= "\u9fff" for char in told) == (language == "zh-CN")


def test_wrong_use_is_2(site: Path) -> None:
    for arguments in (["--frob"], ["--now", "soon"], ["--jobs", "0"], ["publish"], ["--executor", "cluster"]):
        assert run(*arguments, cwd=site).returncode == 2, arguments


def test_findings_are_1_and_warnings_under_strict(site: Path) -> None:
    (site / "content/2019/2019-07-02/1-03-di-qu.md").write_text(article("地区", 地区="桃花源县"), encoding="utf-8")
    assert run("--now", NOW, cwd=site).returncode == 0
    assert run("--now", NOW, "--strict", cwd=site).returncode == 1
    (site / "content/2019/2019-07-02/1-04-cuo.md").write_text("没有文件头", encoding="utf-8")
    told = run("check", "--now", NOW, cwd=site)
    assert told.returncode == 1
    assert "content/2019/2019-07-02/1-04-cuo.md:1:1: 错误 G106" in told.stderr


def test_not_built_is_3(site: Path, tmp_path: Path) -> None:
    assert run(cwd=tmp_path).returncode == 3
    assert run("--theme", "nothing", cwd=site).returncode == 3
    for output in (".", "content/out", "..", "themes"):
        told = run("--output", output, cwd=site)
        assert (told.returncode, "G607" in told.stderr) == (3, True), output


def test_two_builds_at_once_are_refused(site: Path) -> None:
    run("--now", NOW, cwd=site)
    code = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('PRAGMA locking_mode=EXCLUSIVE'); db.execute('BEGIN EXCLUSIVE'); print('held', flush=True); input()"
    )
    path = str(site / ".gongbao" / "catalogue.db")
    with subprocess.Popen(
        [sys.executable, "-c", code, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        told = run("--now", NOW, cwd=site)
        other.communicate("\n")
    assert (told.returncode, "G602" in told.stderr) == (3, True)
    assert run("--now", NOW, cwd=site).returncode == 0


def test_an_output_that_cannot_be_written_is_told(site: Path) -> None:
    run("--now", NOW, cwd=site)
    before = (site / "output" / "about").exists()
    (site / "blocked").mkdir()
    (site / "blocked" / "issues").write_text("a file where a folder must be")
    told = run("--now", NOW, "--output", "blocked", cwd=site)
    assert (told.returncode, "G601" in told.stderr, "Traceback" in told.stderr) == (3, True, False)
    assert (site / "output" / "about").exists() == before
    assert run("--now", NOW, cwd=site).returncode == 0


def test_json_lines(site: Path) -> None:
    (site / "content/2019/2019-07-02/1-03-lian-jie.md").write_text(
        article("链接", "见[那里](no.md)。"), encoding="utf-8"
    )
    lines = [json.loads(line) for line in run("--json", "--now", NOW, cwd=site).stdout.splitlines()]
    assert [line["type"] for line in lines] == ["finding", "figures"]
    assert (lines[0]["code"], lines[0]["severity"], lines[0]["line"], lines[0]["column"]) == ("G301", "error", 4, 7)
    assert lines[1]["sources"] == 3
    assert lines[1]["rendered"] > 10


def test_dry_run_tells_and_does_nothing(site: Path) -> None:
    told = run("--dry-run", "--now", NOW, cwd=site)
    assert "新增 /issues/2019-07-02/1/tou-tiao/" in told.stdout
    assert not (site / "output").exists()


def test_without_the_dependencies_it_says_how_to_install_them(site: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-E", "-S", str(PROJECT / "build.py")],
        cwd=site, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert told.returncode == 2
    assert "make site" in told.stderr
    assert "请" in told.stderr or "工报需要" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_installed_command_is_the_same(site: Path) -> None:
    code = "import sys; from gongbao.cli import main; sys.argv = ['gongbao', '--now', '2026-11-24']; main()"
    run_installed = subprocess.run(
        [sys.executable, "-c", code],
        cwd=site,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        check=False,
    )
    assert run_installed.returncode == 0
    assert (site / "output" / "404.html").is_file()
