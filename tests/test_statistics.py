"""The archive in figures: right sums, honest gaps, charts that need no style and have their figures as text."""

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.building import article, build, small_site, write

SITE = {
    "1990_01_02__1_01": article("甲", column="要闻", author="王震", region="陕西省"),
    "1991_01_02__1_01": article("乙", column="要闻", author="王震", region="西安市莲湖区"),
    "1991_02_02__1_01": article("丙", column="工会动态", author="罗青禾", region="四川省"),
    "1996_01_02__1_01": article("丁", column="没有的栏目"),
}
GAPS = "gaps:\n  - {from: 1992-01-01, to: 1992-12-31, reason: 停刊}\n"


def _page(root: Path) -> HTMLParser:
    return HTMLParser((root / "output/statistics/index.html").read_text("utf-8"))


def _rows(tree: HTMLParser, number: int) -> list[list[str]]:
    """The cells of a section's tables, each with its text, charts left out."""
    for chart in tree.css("svg"):
        chart.decompose()
    section = tree.css("main section.figures")[number]
    return [[cell.text().strip() for cell in row.css("th, td")] for row in section.css("tbody tr")]


def _site(root: Path) -> Path:
    small_site(root, **SITE)
    write(root / "site.yaml", (root / "site.yaml").read_text("utf-8") + GAPS)
    assert {each.code for each in build(root).findings} == {"G206"}
    return root


def test_the_figures_are_right(tmp_path: Path) -> None:
    root = _site(tmp_path)
    years = [
        ["1990", "1", "1"],
        ["1991", "2", "2"],
        ["1992", "停刊"],
        *([f"{n}", "0", "0"] for n in (1993, 1994, 1995)),
    ]
    assert _rows(_page(root), 0) == [*years, ["1996", "1", "1"]]
    columns = [["要闻", "2", ""], ["工会动态", "1", ""]]
    assert _rows(_page(root), 1) == [*columns, ["1990", "1", "0"], ["1991", "1", "1"], ["1996", "0", "0"]]
    assert _rows(_page(root), 2) == [["陕西省", "2", ""], ["四川省", "1", ""]]
    assert _rows(_page(root), 3) == [["王震", "2", ""], ["罗青禾", "1", ""]]
    told, untold = _rows(_page(root), 4)
    assert told == ["1992年1月1日", "1992年12月31日", "停刊"]
    assert untold == ["1993年", "1995年", "尚未收录"]


def test_charts_are_named_and_hold_no_style(tmp_path: Path) -> None:
    tree = _page(_site(tmp_path))
    charts = tree.css('svg[role="img"]')
    assert len(charts) == 3
    for chart in charts:
        names = (chart.attributes["aria-labelledby"] or "").split()
        assert [node.tag for name in names for node in tree.css(f"#{name}")] == ["title", "desc"]
    assert not tree.css("main [style], main style, main script")
    heights = [float(rect.attributes["height"] or 0) for rect in charts[0].css("rect")]
    assert heights == [50, 100, 50]


def test_an_empty_archive_has_figures_too(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    (root / "content").mkdir()
    assert build(root).findings == ()
    assert _page(root).css_first("main .empty")


def test_it_stands_before_anything_leads_to_it(tmp_path: Path) -> None:
    root = _site(tmp_path)
    pages = [path for path in (root / "output").rglob("index.html") if "moved" not in path.parts]
    leading = [path for path in pages if re.search(r'href="[./]*statistics/"', path.read_text("utf-8"))]
    assert root / "output/index.html" in leading
    planned = [each.address for each in build(root, output="other", dry_run=True).planned]
    assert planned.index("/statistics/") < planned.index("/")
