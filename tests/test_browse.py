"""Ways through the archive: the map and tree of regions, the newspaper's life, a calendar that hides nothing."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongbao import regions
from gongbao.pages.tiles import _squares
from tests.building import article, build, small_site, write

SITE = {
    "1990_01_02__1_01": article("甲", region="陕西省/西安市/莲湖区"),
    "1990_01_02__1_02": article("乙", region="[陕西省/宝鸡市, 四川省]"),
    "1990_03_06__1_01": article("丙", region="陕西省"),
    "1996_01_02__1_01": article("丁", region="热河省"),
}
LIFE = """
titles:
  - {name: 大报, from: 1994-01-01}
  - {name: 小报, from: 1985-05-01, to: 1993-12-31, numbering: 另起}
gaps:
  - {from: 1987-01-01, to: 1988-12-31, reason: 停刊}
  - {from: 1990-01-20, to: 1990-02-05, reason: 春节休刊}
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small_site(tmp_path_factory.mktemp("site"), **SITE)
    write(root / "site.yaml", (root / "site.yaml").read_text("utf-8") + LIFE)
    write(root / "content/pages/about.md", "---\ntitle: 关于\n---\n本报。\n")
    write(root / "content/pages/help.md", "---\ntitle: 帮助\n---\n查找。\n")
    assert build(root).findings == ()
    return root / "output"


def _page(output: Path, address: str) -> HTMLParser:
    return HTMLParser((output / address / "index.html").read_text("utf-8"))


def _texts(tree: HTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_every_province_of_today_has_a_square_of_its_own() -> None:
    today = {each.code[:2] for each in regions.regions() if not each.parent and each.until is None}
    assert set(_squares()) == today
    assert len(set(_squares().values())) == len(today) == 34


def test_the_map_leads_to_the_provinces_that_were_written_about(output: Path) -> None:
    tree = _page(output, "regions")
    links = {link.attributes["href"]: " ".join(link.text().split()) for link in tree.css("svg.map a")}
    assert links == {"shaanxi/": "陕西 3", "sichuan/": "四川 1"}
    assert tree.css("svg.map[aria-label]")
    assert len(tree.css("svg.map rect")) == 34
    assert not tree.css("svg [style], svg style, svg script")
    # Former provinces are on no map of today; the tree has them all, the most first.
    assert _texts(tree, ".atlas h2") == ["陕西省 3 篇", "热河省 1 篇", "四川省 1 篇"]
    assert _texts(tree, ".atlas section:first-child .counted li") == ["宝鸡市 1", "西安市 1"]


def test_the_newspaper_s_life_is_a_line_of_names_and_pauses(output: Path) -> None:
    told = [
        "小报 1985年5月1日 – 1993年12月31日 另起", "停刊 1987年1月1日 – 1988年12月31日",
        "春节休刊 1990年1月20日 – 1990年2月5日", "大报 1994年1月1日 至今",
    ]  # fmt: skip
    for address in ("archive", "about"):
        assert _texts(_page(output, address), ".timeline li") == told
        assert [node.text().strip() for node in _page(output, address).css(".pause b")] == ["停刊", "春节休刊"]
    assert not _page(output, "help").css(".timeline")


def test_the_calendar_begins_with_the_newspaper(output: Path) -> None:
    tree = _page(output, "archive")
    assert _texts(tree, ".years > li") == [
        "1985–1986 尚未收录", "1987–1988 停刊", "1989 尚未收录", "1990 2 期 3 篇", "1991–1995 尚未收录",
        "1996 1 期 1 篇",
    ]  # fmt: skip
    # Charts begin with the archive; what is missing is told from the newspaper's first year on.
    rows = _texts(_page(output, "statistics"), "main section.figures:last-of-type tbody td:first-child")
    assert rows == ["1985年", "1987年1月1日", "1989年", "1990年1月20日", "1991年"]


def test_lists_say_how_many_and_from_when_to_when(output: Path) -> None:
    for address, told in {
        "archive": "3 期 4 篇 1990年1月2日 – 1996年1月2日",
        "archive/1990": "2 期 3 篇 1990年1月2日 – 1990年3月6日",
        "archive/1990/01": "1 期 2 篇 1990年1月2日",
        "regions/shaanxi": "3 篇 1990年1月2日 – 1990年3月6日",
        "on-this-day/01-02": "2 期 1990年 – 1996年",
        "on-this-day": "2 天有报",
    }.items():
        assert _texts(_page(output, address), ".page-head .span") == [told], address


def test_a_new_article_renews_what_the_calendar_counts(tmp_path: Path) -> None:
    root = small_site(tmp_path, **SITE)
    build(root)
    write(root / "content/1990/1990-01-02/1-09.md", article("新", region="陕西省/西安市"))
    planned = {each.address for each in build(root, dry_run=True).planned}
    assert {"/archive/", "/archive/1990/", "/archive/1990/01/", "/regions/"} <= planned
    build(root)
    assert _texts(_page(root / "output", "archive/1990"), ".page-head .span")[0].startswith("2 期 4 篇")
    assert "西安市 2" in _texts(_page(root / "output", "regions"), ".counted li")


def test_an_issue_that_cannot_be_read_says_so_on_the_calendar(tmp_path: Path) -> None:
    root = small_site(tmp_path, **SITE)
    write(root / "content/1990/1990-01-05/issue.yaml", "状态: 未数字化\n")
    build(root)
    (day,) = _page(root / "output", "archive/1990").css(".calendar .untold")
    assert day.attributes["aria-label"] == "1990年1月5日 未数字化"
