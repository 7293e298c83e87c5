"""How a build finds what changed: size and time, Git's index on a fresh clone, a digest elsewhere."""

import os
import shutil
import subprocess
from pathlib import Path

from gongbao import pipeline
from gongbao.pipeline import Order
from gongbao.report import Silent
from tests.building import NOW, PROJECT, article, build, copy_of, differences, small_site, tree


class Counting(Silent):
    """Notes how many files a build had to look into."""

    def __init__(self) -> None:
        self.files = -1

    def phase(self, name: str, total: int) -> None:
        if name == "read":
            self.files = total


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_fresh_clone_reads_only_what_its_commits_changed(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    copy_of(PROJECT, first)
    (first / "content" / "1989" / "1989-07-25" / "4-77-汉字名.md").write_text("---\n标题: 汉字\n---\n正文。\n", "utf-8")
    _git(first, "init")
    _git(first, "add", ".")
    _git(first, "commit", "-m", "一")
    build(first)
    path = next((first / "content").rglob("4-77-*.md"))
    path.write_text(path.read_text("utf-8") + "又一句。\n", "utf-8")
    _git(first, "commit", "-am", "二")
    _git(tmp_path, "clone", "first", "second")
    for kept in ("output", ".gongbao"):
        shutil.copytree(first / kept, second / kept)
    (second / "content" / "pages" / "about.md").write_text("---\n标题: 改了\n---\n未提交。\n", "utf-8")
    watcher = Counting()
    outcome = pipeline.build(Order(second, second / "output", NOW), watcher)
    assert watcher.files == 2
    assert outcome.figures.read == 2
    clean = copy_of(second, tmp_path / "clean")
    build(clean)
    assert differences(tree(second / "output"), tree(clean / "output")) == []
    watcher = Counting()
    pipeline.build(Order(second, second / "output", NOW), watcher)
    assert watcher.files <= 2


def test_touching_a_file_costs_a_digest(tmp_path: Path) -> None:
    root = small_site(tmp_path, **{"2019_07_02__1_01": article("甲")})
    build(root)
    path = next((root / "content").rglob("1-01.md"))
    os.utime(path, (1, 1))
    outcome = build(root)
    assert (outcome.figures.read, outcome.figures.rendered) == (0, 0)
