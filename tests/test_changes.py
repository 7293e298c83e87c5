"""How a build finds what changed: size and time, Git's index on a fresh clone, a digest elsewhere."""

import os
import shutil
import subprocess
from pathlib import Path

from gongbao import pipeline
from gongbao.diagnostics import Diagnostic
from gongbao.pipeline import Order
from gongbao.read import files
from gongbao.repeat import Repeated
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
    (first / ".gitignore").write_text(".gongbao/\noutput/\n", "utf-8")
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


def _looked(root: Path, *told: str) -> dict[str, list[str]]:
    found: list[Diagnostic] = []
    places = files.look(root / "content", told, 1 << 62, found)
    assert found == []
    return {place: [path for path, _, _ in seen] for place, seen in places}


def test_a_look_at_a_few_paths_sees_what_a_scan_would(tmp_path: Path) -> None:
    root = small_site(tmp_path / "site", **{f"2019_07_0{day}__1_0{day}_ci": article("次") for day in (1, 2, 3)})
    content = root / "content"
    folder = content / "2019" / "2019-07-01"
    (folder / "1-09-汉字.md").write_text(article("汉字"), "utf-8")
    (folder / ".hidden.md").write_text(article("藏"), "utf-8")
    (content / ".cache").mkdir()
    (content / "linked").symlink_to(content / "2019")
    one = "2019/2019-07-01/1-01-ci.md"
    everything = [path for path, _, _ in files.scan(content, 1 << 62, [])]
    assert len(everything) == 4
    assert _looked(root, one) == {one: [one]}
    assert _looked(root, "2019", one, "2019/2019-07-02") == {"2019": everything}
    assert _looked(root, "2019/2019-07-0", "2019/2019-07-02") == {
        "2019/2019-07-0": [], "2019/2019-07-02": ["2019/2019-07-02/1-02-ci.md"],
    }  # fmt: skip
    # Systems spell other names in ways of their own, so that the folder around is looked at.
    assert _looked(root, "2019/2019-07-01/1-09-别的写法.md") == {"2019/2019-07-01": everything[:2]}
    assert _looked(root, "新") == {"": everything}
    gone = "2019/2019-07-09/1-01.md"
    assert _looked(root, gone) == {gone: []}
    assert _looked(root, "2019/2019-07-01/.hidden.md", ".cache/1-01.md", ".cache") == {}
    assert _looked(root, "linked", "linked/2019-07-01/1-01-ci.md") == {"linked": []}
    assert _looked(root, "2019/2019-07-01/readme.txt") == {"2019/2019-07-01/readme.txt": []}


def test_what_is_not_told_is_not_looked_at(tmp_path: Path) -> None:
    root = small_site(tmp_path / "site", **{f"2019_07_0{day}__1_0{day}_ci": article("次") for day in (1, 2)})
    output = root / "output"
    repeated = Repeated()
    repeated.build(Order(root, output, NOW, changed=frozenset()), Silent())  # the first looks at everything
    assert (output / "issues/2019-07-02/1/ci/index.html").is_file()
    paths = [f"content/2019/2019-07-0{day}/1-0{day}-ci.md" for day in (1, 2)]
    for path in paths:
        (root / path).write_text(article("改了"), "utf-8")
    assert repeated.build(Order(root, output, NOW, changed=frozenset(paths[:1])), Silent()).figures.read == 1
    assert repeated.build(Order(root, output, NOW, changed=frozenset()), Silent()).figures.rendered == 0
    assert repeated.build(Order(root, output, NOW, changed=frozenset({"content"})), Silent()).figures.read == 1
    (root / "site.yaml").write_text("title: 大报\nbase_url: https://paper.example\n", "utf-8")
    assert repeated.build(Order(root, output, NOW, changed=frozenset({"site.yaml"})), Silent()).figures.rendered > 5
    repeated.close()


def test_drafts_and_what_is_to_come_are_built_on_request_only(tmp_path: Path) -> None:
    root = small_site(
        tmp_path / "site", **{"2019_07_01__1_01_ci": article("次"), "2019_07_01__1_02_cao": article("草", 草稿="yes")}
    )
    (root / "content/2019/2019-07-01/1-03-hou.md").write_text(article("后", 发布时间="2030-01-01"), "utf-8")
    addresses = {"/issues/2019-07-01/1/cao/": "", "/issues/2019-07-01/1/hou/": "2030-01-01"}
    repeated = Repeated()
    repeated.build(Order(root, root / "all", NOW, drafts=True, home=".gongbao/all"), Silent())
    assert repeated.unpublished(NOW) == addresses
    assert repeated.unpublished("2031-01-01") == {"/issues/2019-07-01/1/cao/": ""}
    repeated.close()
    build(root)
    for address in addresses:
        assert (root / f"all{address}index.html").is_file()
        assert not (root / f"output{address}index.html").exists()
    pipeline.build(Order(root, root / "all", NOW, home=".gongbao/all"), Silent())
    assert differences(tree(root / "all"), tree(root / "output")) == []
