"""Related articles: which they are, that only later issues look back, and that after any edit they are what a clean
build shows."""

import random
import re
import shutil
from pathlib import Path

import pytest

from gongbao.catalogue import ask_related
from tests.building import article, build, differences, small_site, tree, write
from tests.scale import counts


def _related(root: Path, address: str) -> list[str]:
    text = (root / f"output{address}index.html").read_text("utf-8")
    return re.findall(r'<li><a href="[^"]+">([^<]+)</a>', text.partition("相关旧文")[2].partition("</aside>")[0])


def _tagged(title: str, *tags: str, region: str = "") -> str:
    return article(title, tags=f"[{', '.join(tags)}]", **({"region": region} if region else {}))


def test_those_that_share_most_come_first_then_the_newest(tmp_path: Path) -> None:
    root = small_site(
        tmp_path,
        **{
            "2019_01_01__1_01": _tagged("两个标签", "工伤", "女工"),
            "2019_01_02__1_01": _tagged("一个标签", "工伤"),
            "2019_01_03__1_01": _tagged("同一地方", "工伤", region="西安市莲湖区"),
            "2019_01_04__1_01": _tagged("较新", "女工"),
            "2019_01_05__1_01": _tagged("无关", "文体", region="西安市莲湖区"),
            "2019_01_06__1_01": _tagged("同期", "工伤", "女工"),
            "2019_01_06__2_01": _tagged("本文", "工伤", "女工", region="西安市莲湖区"),
            "2019_01_07__1_01": _tagged("以后", "工伤", "女工"),
        },
    )
    build(root)
    assert _related(root, "/issues/2019-01-06/2/01/") == ["两个标签", "同一地方", "较新", "一个标签"]
    assert _related(root, "/issues/2019-01-01/1/01/") == []
    assert _related(root, "/issues/2019-01-05/1/01/") == []


def test_a_new_article_touches_no_older_one_and_an_old_one_those_after_it(tmp_path: Path) -> None:
    root = small_site(tmp_path, **{f"2019_01_{day:02}__1_01": _tagged(f"第{day}日", "工伤") for day in range(2, 30)})
    build(root)

    def planned() -> set[str]:
        return {each.address for each in build(root, dry_run=True).planned if each.address.startswith("/issues/")}

    write(root / "content/2019/2019-01-30/1-01.md", _tagged("最新", "工伤"))
    own = {"/issues/2019-01-30/", "/issues/2019-01-30/1/", "/issues/2019-01-30/1/01/"}
    assert planned() == {*own, "/issues/2019-01-29/", "/issues/2019-01-29/1/01/"}
    build(root)
    old = root / "content/2019/2019-01-10/1-01.md"
    old.write_text(_tagged("改题", "工伤"), "utf-8")
    showing = {f"/issues/2019-01-{day:02}/1/01/" for day in range(9, 16)}
    assert planned() == {*showing, "/issues/2019-01-10/", "/issues/2019-01-10/1/"}
    old.write_text(article("第10日", "正文改过。", tags="[工伤]"), "utf-8")
    assert not {f"/issues/2019-01-{day:02}/1/01/" for day in range(11, 30)} & planned()


@pytest.mark.parametrize("seed", range(counts(1, 20)))
def test_after_any_edits_they_are_those_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(ask_related, "WINDOW", 3)
    monkeypatch.setattr(ask_related, "_NEAR", 4)
    monkeypatch.setattr(ask_related, "SHOWN", 3)
    chance = random.Random(seed)
    root = small_site(tmp_path / "site")
    write(root / "site.yaml", (root / "site.yaml").read_text("utf-8") + "theme: plain\n")
    (root / "content").mkdir()
    for number in range(25):
        for _ in range(chance.choice((1, 2, 5))):
            _edit(chance, root)
        build(root)
        clean = tmp_path / "clean"
        shutil.copytree(root / "content", clean / "content")
        shutil.copy2(root / "site.yaml", clean / "site.yaml")
        build(clean)
        assert differences(tree(root / "output/issues"), tree(clean / "output/issues")) == [], number
        shutil.rmtree(clean)


def _edit(chance: random.Random, root: Path) -> None:
    """An article comes, goes, or gets other tags, another region or headline."""
    key = f"2019-01-{chance.randrange(1, 8):02}"
    path = root / "content/2019" / key / f"{chance.randrange(1, 3)}-0{chance.randrange(1, 3)}.md"
    if path.exists() and chance.random() < 0.4:
        path.unlink()
        return
    tags = chance.sample(["工伤", "女工", "文体"], chance.randrange(3))
    write(path, _tagged(f"题{chance.randrange(9)}", *tags, region=chance.choice(["西安市莲湖区", "四川省", "全国"])))
