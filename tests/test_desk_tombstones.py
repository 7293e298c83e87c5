"""What stands at a former address whose page was moved and then withdrawn: the withdrawal and its reason."""

import random
from pathlib import Path

import pytest

from tests.building import article, build, differences, small_site, tree, write
from tests.scale import counts
from tests.test_desk_move import move, withdraw

JIA, XIN, ER = (f"/issues/2019-07-02/1/{name}/" for name in ("jia", "xin", "er"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(
        tmp_path / "site", **{"2019_07_02__1_01_jia": article("甲"), "2019_07_02__1_02_yi": article("乙")}
    )


def _page(root: Path, address: str) -> str:
    return (root / f"output{address}index.html").read_text("utf-8")


def _as_clean(root: Path) -> None:
    """Builds, and holds the outcome against a clean build."""
    build(root)
    build(root, "clean", clean=True)
    assert differences(tree(root / "output"), tree(root / "clean")) == []


def test_a_former_address_of_what_is_withdrawn_says_so(site: Path) -> None:
    build(site)
    move(site, "1-01-jia", "xin")
    move(site, "1-01-xin", "er")
    build(site)
    assert "该页面已迁移" in _page(site, JIA)
    withdraw(site, "1-01-er")
    _as_clean(site)
    for address in (JIA, XIN, ER):
        page = _page(site, address)
        assert "应当事人请求" in page
        assert "已迁移" not in page
        assert "http-equiv" not in page
        assert "<title>/" not in page
    table = site / "content/moved.csv"
    write(table, table.read_text("utf-8").replace("应当事人请求", "事实有误"))
    _as_clean(site)
    assert "事实有误" in _page(site, JIA)


def test_what_stands_at_the_end_of_two_steps_is_told_of(site: Path) -> None:
    move(site, "1-01-jia", "xin")
    build(site)
    write(site / "content/moved.csv", f"former,new,date,reason\n{JIA},{XIN[:-1]}?a=b,,\n/old.html,{JIA},,\n")
    _as_clean(site)
    write(site / "content/2019/2019-07-02/1-01-xin.md", article("改过的题"))
    _as_clean(site)
    assert "改过的题" in (site / "output/old.html").read_text("utf-8")


@pytest.mark.parametrize("seed", range(counts(1, 30)))
def test_chains_of_former_addresses_are_as_in_a_clean_build(site: Path, seed: int) -> None:
    chance = random.Random(seed)
    names = [f"/issues/2019-07-02/1/{name}/" for name in ("jia", "yi", "bing", "ding", "wu")]
    for _ in range(6):
        rows = [
            f"{former},{chance.choice([*names, 'gone', names[0][:-1]])},,{chance.choice('误请')}\n"
            for former in chance.sample(names, 4)
        ]
        write(site / "content/moved.csv", "former,new,date,reason\n" + "".join(rows))
        here = site / f"content/2019/2019-07-02/1-0{chance.randint(1, 2)}-{chance.choice(['jia', 'yi', 'wu'])}.md"
        write(here, article(chance.choice("题文"), draft=chance.choice(["yes", "no"])))
        _as_clean(site)
