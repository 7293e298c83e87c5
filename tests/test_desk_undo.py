"""What mv and rm say of how they are undone: whoever follows it loses nothing."""

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.building import NOW, article, small_site, tree, write
from tests.command import run

JIA = "content/2019/2019-07-02/1-01-jia.md"
UNDO = "要撤销"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = small_site(
        tmp_path / "site",
        **{"2019_07_02__1_01_jia": article("甲"), "2019_07_02__1_02_yi": article("乙", "[甲](1-01-jia.md)")},
    )
    for step in (["init", "-q", "."], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *step], cwd=root, check=True)
    return root


def desk(root: Path, *command: str) -> str:
    """What a command says that must not fail."""
    told = run(*command, "--root", str(root), "--now", NOW)
    assert told.returncode == 0, told.stderr
    return told.stdout


def follow(root: Path, said: str) -> None:
    """Does what the command says to undo it."""
    for line in said[said.index(UNDO) :].splitlines():
        words = shlex.split(line.partition("：")[2])
        if words[:2] == ["python", "build.py"]:
            desk(root, *words[2:])
        elif words[:2] == ["git", "restore"]:
            subprocess.run(words, cwd=root, check=True)
        elif line.startswith("再删去："):
            for word in words:
                (root / word).unlink()
        else:
            table = root / "content/moved.csv"
            rows = [row for row in table.read_text("utf-8").splitlines(True) if not _named(row, line, words)]
            table.write_text("".join(rows), "utf-8")


def _named(row: str, line: str, words: list[str]) -> bool:
    return row.startswith(tuple(words)) if "开头" in line else row.split(",", maxsplit=1)[0] in words


def _articles(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(root / "content").items() if path.endswith(".md")}


def test_what_is_committed_comes_back_from_git(site: Path) -> None:
    before = tree(site / "content")
    said = desk(site, "mv", "1-01-jia", "xin")
    assert "git restore" in said
    follow(site, said)
    assert tree(site / "content") == before


def test_a_new_article_that_git_does_not_know_is_moved_back(site: Path) -> None:
    write(site / "content/2019/2019-07-02/1-03-bing.md", article("丙", draft="yes"))
    before = tree(site / "content")
    said = desk(site, "mv", "1-03-bing", "xin")
    assert "再删去" not in said
    assert "git restore" not in said
    follow(site, said)
    assert tree(site / "content") == before


@pytest.mark.parametrize("edited", ["1-01-jia", "1-02-yi"])
def test_edits_that_are_not_committed_stay(site: Path, edited: str) -> None:
    with (site / f"content/2019/2019-07-02/{edited}.md").open("a", encoding="utf-8") as file:
        file.write("\n新加的一句。\n")
    before = tree(site / "content")
    said = desk(site, "mv", "1-01-jia", "xin")
    assert f"mv content/2019/2019-07-02/1-01-xin.md {JIA}" in said
    assert "/issues/2019-07-02/1/xin/" in said
    follow(site, said)
    after = tree(site / "content")
    assert after.pop("moved.csv") == b"former,new,date,reason\n"
    assert after == before


def test_two_moves_in_a_row_are_undone_one_by_one(site: Path) -> None:
    before = _articles(site)
    first = desk(site, "mv", "1-01-jia", "xin")
    between = tree(site / "content")
    second = desk(site, "mv", "1-02-yi", "er")
    follow(site, second)
    assert tree(site / "content") == between
    follow(site, first)
    assert _articles(site) == before


def add_eight(site: Path) -> None:
    """More articles in the issue than are named one by one, and a page beside it."""
    for number in range(8):
        write(site / f"content/2019/2019-07-02/2-{number:02}-zi-{number}.md", article("子"))
    write(site / "content/pages/guan-yu.md", article("关于"))


def test_an_issue_is_moved_back_and_other_edits_stay(site: Path) -> None:
    add_eight(site)
    before = _articles(site)
    said = desk(site, "mv", "2019-07-02", "2019-07-09")
    assert "python build.py mv 2019-07-09 2019-07-02" in said
    follow(site, said)
    assert _articles(site) == before


def test_many_files_are_named_by_their_folder_and_no_others(site: Path) -> None:
    add_eight(site)
    for step in (["add", "-A"], ["commit", "-qm", "y"]):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *step], cwd=site, check=True)
    write(site / "content/pages/guan-yu.md", article("关于", "改过。"))
    said = desk(site, "rm", "2019-07-02", "--reason", "误")
    assert "git restore content/2019/2019-07-02\n" in said
    before = (site / "content/pages/guan-yu.md").read_bytes()
    follow(site, said)
    assert len(_articles(site)) == 11
    assert (site / "content/pages/guan-yu.md").read_bytes() == before


def test_an_earlier_tombstone_stays_when_a_later_one_is_undone(site: Path) -> None:
    desk(site, "rm", "1-02-yi", "--reason", "误")
    said = desk(site, "rm", "1-01-jia", "--reason", "误")
    follow(site, said)
    table = (site / "content/moved.csv").read_text("utf-8")
    assert "/1/yi/" in table
    assert "/1/jia/" not in table
