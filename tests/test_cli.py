"""The command: its options, its exit status, what it prints where."""

import ast
import json
import os
import pty
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from gongbao import cli, pipeline
from gongbao.report import Figures, Outcome, Planned, Report
from tests.building import NOW, PROJECT, article, small_site, write
from tests.command import Told, run

OPTIONS = {
    "build": [
        "--output", "--theme", "--jobs", "--executor", "--clean", "--dry-run", "--json", "--strict", "--now", "--root",
    ],
    "check": ["--fix", "--yes", "--all", "--json", "--strict", "--now", "--root"],
    "explain": ["--root"],
    "serve": ["--port", "--host", "--lan", "--open", "--theme", "--now", "--root"],
    "new": ["--issue", "--leaf", "--title", "--column", "--author", "--slug", "--root"],
    "mv": ["--reason", "--dry-run", "--now", "--root"],
    "rm": ["--reason", "--unlink", "--keep-pictures", "--force", "--dry-run", "--now", "--root"],
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(
        tmp_path / "site",
        **{"2019_07_02__1_01_tou_tiao": article("头条", 栏目="要闻"), "2019_07_02__1_02_ci_tiao": article("次条")},
    )


def start(*arguments: str, cwd: Path = PROJECT, **environment: str) -> Told:
    """As `run` does it, by the whole way from the start of Python."""
    command = [sys.executable, str(PROJECT / "build.py"), *arguments]
    told = os.environ | environment
    return subprocess.run(command, cwd=cwd, env=told, capture_output=True, text=True, encoding="utf-8", check=False)


def test_build_is_the_command_where_none_is_named(site: Path) -> None:
    first = start("--now", NOW, cwd=site)
    assert first.returncode == 0, first.stderr
    assert "\x1b" not in first.stdout + first.stderr
    assert (site / "output" / "index.html").is_file()
    again = start("--now", NOW, cwd=site)
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


def _program(folder: Path) -> Path:
    """The program in a folder without packages of its own."""
    text = (PROJECT / "build.py").read_text("utf-8")
    path = folder / "build.py"
    path.write_text(text.replace("import sys\n", f"import sys\n\nsys.path.insert(0, {str(PROJECT)!r})\n", 1), "utf-8")
    return path


def test_without_the_dependencies_it_says_how_to_install_them(site: Path) -> None:
    program = _program(site)
    told = subprocess.run(
        [sys.executable, "-E", "-S", str(program)],
        cwd=site, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    for said in ("make site", "--require-hashes -r requirements.lock", "Gongbao lacks", "工报缺少", "click"):
        assert said in told.stderr


@pytest.mark.parametrize(("package", "command"), [("click", "build"), ("pypinyin", "build"), ("livereload", "serve")])
def test_one_package_that_is_missing_is_named(site: Path, package: str, command: str) -> None:
    program = _program(site)
    code = (
        f"import runpy, sys; sys.modules[{package!r}] = None; sys.argv = ['build.py', {command!r}];"
        f"runpy.run_path({str(program)!r}, run_name='__main__')"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=site, env=os.environ | {"PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (told.returncode, f"“{package}”" in told.stderr, "Traceback" in told.stderr) == (2, True, False)


def test_a_python_without_the_packages_begins_again_with_the_one_that_has_them(site: Path) -> None:
    """`make site` puts the packages into .venv, and people type what the README says: python build.py."""
    folder = site / (".venv/Scripts" if os.name == "nt" else ".venv/bin")
    folder.mkdir(parents=True)
    own = folder / ("python.exe" if os.name == "nt" else "python")
    own.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    own.chmod(0o755)
    program = _program(site)
    told = subprocess.run(
        [sys.executable, "-E", "-S", str(program), "check", "--now", NOW],
        cwd=site, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "读取：2\n检查：2\n")


def test_an_old_python_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ast.parse((PROJECT / "build.py").read_text("utf-8"), feature_version=(3, 4))
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))
    program = _program(tmp_path)
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(program), run_name="__main__")
    told = capsys.readouterr().err
    assert (end.value.code, told.count("\n")) == (2, 1)
    assert "3.11 or newer, this is 3.10" in told
    assert "工报需要 Python 3.11" in told


def _main(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """The exit status of the command, run here."""
    monkeypatch.setattr(sys, "argv", ["gongbao", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code


def test_stopping_it_is_130_and_one_line(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(order: pipeline.Order, report: Report) -> Outcome:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", stopped)
    assert _main(monkeypatch, "--root", str(site)) == 130
    assert capsys.readouterr().err.split("\n")[-2:] == ["已停止。下次生成会接着做。", ""]


def test_stopping_a_question_says_nothing_of_builds(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(root: Path) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("gongbao.cli.new.language_of", stopped)
    assert _main(monkeypatch, "new", "--root", str(site)) == 130
    assert capsys.readouterr().err.split("\n")[-2:] == ["已停止。", ""]


def test_stopping_a_mend_says_nothing_of_builds(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(say: object, count: int) -> bool:
        raise KeyboardInterrupt

    write(site / "content/2019/2019-07-02/1-07-ji.md", article("己", "市工会,区工会。"))
    monkeypatch.setattr("gongbao.cli.check._agreed", stopped)
    assert _main(monkeypatch, "check", "--fix", "--root", str(site)) == 130
    assert capsys.readouterr().err.split("\n")[-2:] == ["已停止。", ""]


def test_options_reach_the_order(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = []

    def noted(order: pipeline.Order, report: Report) -> Outcome:
        orders.append(order)
        return Outcome((), Figures(0, 0, 0, 0, 0, 0, 0))

    monkeypatch.setattr(pipeline, "build", noted)
    given = "--output out --theme plain --jobs 3 --executor serial --clean --dry-run --now 2020年5月1日"
    assert _main(monkeypatch, "--root", str(site), *given.split()) == 0
    wanted = pipeline.Order(site, Path("out"), "2020-05-01", "plain", 3, "serial", clean=True, dry_run=True)
    assert orders == [wanted]
    assert _main(monkeypatch, "--root", str(site)) == 0
    assert orders[1].output == site / "output"
    assert (orders[1].jobs >= 1, orders[1].executor, len(orders[1].now)) == (True, "processes", 10)


def test_a_dry_run_does_not_say_that_nothing_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report("zh-CN")
    report.planned([Planned("new", "/about/", "what it shows has changed")])
    report.figures(Figures(1, 1, 1, 0, 0, 1, 0), done=False)
    assert "没有变化" not in capsys.readouterr().out


def test_no_colour_where_there_is_no_terminal(site: Path) -> None:
    told = start("--now", NOW, cwd=site, FORCE_COLOR="1", TTY_COMPATIBLE="1", TERM="xterm-256color")
    assert "\x1b" not in told.stdout + told.stderr
    assert told.stderr.splitlines()[0] == "读取：2"


def test_a_terminal_has_a_bar_and_the_same_last_line(site: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, str(PROJECT / "build.py"), "--now", NOW]
    told = os.environ | {"TERM": "xterm-256color", "NO_COLOR": "1"}
    with subprocess.Popen(command, cwd=site, env=told, stderr=theirs, stdout=subprocess.PIPE) as process:
        os.close(theirs)
        shown = _all_of(ours)
        assert process.stdout
        last = process.stdout.read().decode()
    assert process.returncode == 0
    assert "生成" in shown
    assert "\x1b[?25h" in shown  # the cursor is given back
    assert (last.count("\n"), "\x1b" in last, last.startswith("源文件 2 个")) == (1, False, True)


def _all_of(terminal: int) -> str:
    """All that is written to a terminal until its other end is closed."""
    data = b""
    try:
        while piece := os.read(terminal, 65536):
            data += piece
    except OSError:  # Linux says so that nobody holds the other end
        pass
    finally:
        os.close(terminal)
    return data.decode()


def test_a_stream_that_cannot_hold_chinese_ends_nothing(site: Path) -> None:
    (site / "content/2019/2019-07-02/1-03-cuo.md").write_text("没有文件头", encoding="utf-8")
    told = start("--now", NOW, cwd=site, PYTHONIOENCODING="ascii")
    assert (told.returncode, "Traceback" in told.stderr, "G106" in told.stderr) == (1, False, True)
    told = start("check", "--json", cwd=site, PYTHONIOENCODING="gbk")
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert lines[0]["message"].startswith("文件开头没有")


def test_what_editors_wrote_is_neither_markup_nor_command_to_the_terminal(site: Path) -> None:
    source = site / "content/2019/2019-07-02/1-03-k.md"
    source.write_text('---\ntitle: 甲\n"[bold]k\\e[31m\\n[/nothing]": 1\n---\n正文\n', encoding="utf-8")
    told = run("check", "--now", NOW, cwd=site)
    assert "\x1b" not in told.stderr
    line = next(line for line in told.stderr.splitlines() if "G101" in line)
    assert line.startswith("content/2019/2019-07-02/1-03-k.md:3:1: 错误 G101 ")
    assert line.endswith("“[bold]k\\x1b[31m\\x0a[/nothing]”")


def test_output_is_never_among_the_sources_by_way_of_a_link(site: Path, tmp_path: Path) -> None:
    (site / "content").rename(tmp_path / "elsewhere")
    (site / "content").symlink_to(tmp_path / "elsewhere")
    for output in (tmp_path / "elsewhere", tmp_path / "elsewhere" / "out", site / "content" / "out"):
        told = run("--output", str(output), "--now", NOW, cwd=site)
        assert (told.returncode, "G607" in told.stderr) == (3, True), output
    assert not (tmp_path / "elsewhere" / "out").exists()


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
