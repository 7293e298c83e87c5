"""The ready workflows of docs/ci: they parse, name what there is, and the shell one is played whole."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gongbao.cli import command
from tests.building import NOW, PROJECT, build, copy_of, differences, keep_pictures, tree
from tests.crawl import crawl, from_folder

FOLDER = PROJECT / "docs" / "ci"


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def _repository(root: Path) -> Path:
    """The sample's sources in a repository, with a program that is this project's."""
    root.mkdir()
    copy_of(PROJECT, root)
    (root / "build.py").write_text(
        f"import sys; sys.path.insert(0, {str(PROJECT)!r})\nfrom gongbao.cli import main\nmain()\n"
    )
    (root / "requirements.lock").write_text("")
    (root / ".gitignore").write_text("/output/\n/.gongbao/\n/.venv/\n")
    _git(root, "init")
    _git(root, "add", ".")
    _git(root, "commit", "-m", "一")
    return root


def _commit(root: Path, path: Path, line: str) -> None:
    path.write_text(path.read_text("utf-8") + line, encoding="utf-8")
    _git(root, "commit", "-am", "改")


def _clone(repository: Path, to: Path, cache: Path | None) -> Path:
    _git(repository.parent, "clone", "--depth", "1", repository.as_uri(), str(to))
    if cache is None:
        keep_pictures(to)
        return to
    shutil.copytree(cache / "output", to / "output")
    shutil.copytree(cache / ".gongbao", to / ".gongbao", ignore=shutil.ignore_patterns("pictures"))
    keep_pictures(to)
    return to


def test_a_fresh_clone_with_a_restored_cache_renders_one_commit(tmp_path: Path) -> None:
    repository = _repository(tmp_path / "repository")
    first = _clone(repository, tmp_path / "first", None)
    build(first)
    path = next((repository / "content").rglob("4-05-*.md"))
    _commit(repository, path, "\n又一句。\n")
    second = _clone(repository, tmp_path / "second", first)
    before = tree(second / "output")
    figures = build(second).figures
    assert (figures.read, figures.rendered) == (1, 1)
    written = differences(before, tree(second / "output"))
    pages = [path for path in written if not path.startswith("search/")]
    assert pages == ["issues/2019-07-02/4/wu-da-fu-wu/index.html"]
    _commit(repository, path, "\n再一句。\n")
    clean = _clone(repository, tmp_path / "clean", None)
    build(clean)
    wanted = tree(clean / "output")
    older = _clone(repository, tmp_path / "older", first)
    build(older)
    assert differences(tree(older / "output"), wanted) == []
    other = _clone(repository, tmp_path / "other", second)
    with sqlite3.connect(other / ".gongbao" / "catalogue.db") as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    build(other)
    assert differences(tree(other / "output"), wanted) == []
    missing = _clone(repository, tmp_path / "missing", second)
    shutil.rmtree(missing / "output")
    build(missing)
    assert differences(tree(missing / "output"), wanted) == []


def test_the_shell_workflow_hands_over_what_changed(tmp_path: Path) -> None:
    repository = _repository(tmp_path / "repository")
    work, public = tmp_path / "work", tmp_path / "public"
    _git(tmp_path, "clone", repository.as_uri(), str(work))
    keep_pictures(work)
    bin_folder = work / ".venv" / "bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "python").symlink_to(sys.executable)
    shutil.copy2(work / "requirements.lock", work / ".venv" / "installed")
    path = next((repository / "content").rglob("4-05-*.md"))
    for step in range(3):
        if step == 1:
            _commit(repository, path, "\n又一句。\n")
        if step == 2:
            path.unlink()
            _git(repository, "commit", "-am", "删")
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        told = [str(FOLDER / "shell.sh"), repository.as_uri(), str(work), str(public)]
        run = subprocess.run(["sh", *told], env=environment, capture_output=True, text=True, check=False)
        assert run.returncode in (0, 1), run.stderr
        assert differences(tree(public), tree(work / "output")) == [], step
        assert crawl("http://site/", from_folder(public)).broken == []
    changes = (work / ".venv" / "changes.txt").read_text("utf-8")
    assert "deleted\tissues/2019-07-02/4/wu-da-fu-wu/index.html\n" in changes


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_a_workflow_parses_and_names_options_that_there_are(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    for path in ("requirements.lock", "build.py"):
        assert path in text
        assert (PROJECT / path).is_file()
    used = re.findall(r"build\.py build ([^\n|]*)", text)
    options = {flag for each in command("en").commands["build"].params for flag in each.opts}
    assert used
    assert {flag for line in used for flag in re.findall(r"--[a-z]+", line)} <= options


def test_annotations_name_file_and_line(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    path = next((root / "content").rglob("4-05-*.md"))
    path.write_text(path.read_text("utf-8").replace("---\n", "---\n没有: 1%\n", 1), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), "check", "--root", str(root), "--now", NOW, "--format", "github"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    (line,) = (line for line in run.stdout.splitlines() if "title=G101" in line)
    assert line.startswith(f"::error file={path.relative_to(root).as_posix()},line=2,col=1,title=G101::")
