"""The planner alone: what each edit makes stale, to the page; why; and what is looked at when nothing changed."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gongbao import order, pipeline, plan
from gongbao.pages.machines import part_of
from gongbao.pipeline import Order
from gongbao.report import Silent
from tests.building import NOW, PROJECT, build, small_site, write

SITE = {
    "2019_06_28__1_01_ding": "---\n标题: 丁\n栏目: 要闻\n作者: 王震\n---\n正文。\n",
    "2019_07_02__1_01_jia": "---\n标题: 甲\n栏目: 要闻\n作者: 王震\n地区: 陕西省/西安市\n标签: [安全]\n---\n正文。\n",
    "2019_07_02__1_02_yi": "---\n标题: 乙\n栏目: 工会动态\n---\n正文。\n",
    "2019_07_02__4_01_bing": "---\n标题: 丙\n栏目: 工会动态\n---\n见[甲](1-01-jia.md)。\n",
    "2019_07_05__1_01_wu": "---\n标题: 戊\n栏目: 要闻\n---\n正文。\n",
    "2019_07_05__1_02_geng": "---\n标题: 庚\n标签: [安全]\n---\n正文。\n",
}
JIA = "content/2019/2019-07-02/1-01-jia.md"


def _replace(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def _theme(root: Path) -> None:
    write(root / "themes/mine/theme.yaml", "name: mine\nparent: plain\n")
    template = (PROJECT / "themes/plain/templates/leaf.html").read_text("utf-8")
    write(root / "themes/mine/templates/leaf.html", template.replace("<h1>", "<h1 class=leaf>"))


EDITS: dict[str, Callable[[Path], object]] = {
    "a word in a text": lambda root: _replace(root, JIA, "正文。", "正文！" * 60 + "正文。"),
    "a word below what lists show": lambda root: _replace(root, JIA, "正文。", "正文。" * 60 + "末句。"),
    "a headline": lambda root: _replace(root, JIA, "标题: 甲", "标题: 新"),
    "a column": lambda root: _replace(root, JIA, "栏目: 要闻", "栏目: 工会动态"),
    "a tag": lambda root: _replace(root, JIA, "标签: [安全]", "标签: [帮扶]"),
    "a new article": lambda root: write(
        root / "content/2019/2019-07-02/1-03-xin.md", "---\n标题: 新\n栏目: 要闻\n作者: 王震\n---\n正文。\n"
    ),
    "an article that goes": lambda root: (root / JIA).unlink(),
    "a note on an issue": lambda root: write(root / "content/2019/2019-07-02/issue.yaml", "期号: 8\n"),
    "a template": _theme,
    "a new issue": lambda root: write(
        root / "content/2019/2019-07-09/1-01-ji.md", "---\n标题: 己\n栏目: 要闻\n---\n正文。\n"
    ),
}


def _site(root: Path) -> Path:
    small_site(root, **SITE)
    _replace(root, JIA, "正文。", "正文。" * 60)
    # The index of search is no page, and has tests of its own.
    settings = (root / "site.yaml").read_text("utf-8")
    write(root / "site.yaml", settings + "theme: mine\nfeatures: {search: off}\n")
    write(root / "themes/mine/theme.yaml", "name: mine\nparent: plain\n")
    # A page that shows all that there is, for what no template shows is not looked for.
    template = (PROJECT / "themes/plain/templates/article.html").read_text("utf-8")
    write(
        root / "themes/mine/templates/article.html",
        template.replace("{{ pager(", "{{ cards(page.related) }}{{ pager("),
    )
    build(root)
    return root


def _told() -> dict[str, set[str]]:
    """The table of docs/architecture.md: edit and pages."""
    text = (PROJECT / "docs/architecture.md").read_text("utf-8")
    table = text.partition("| edit | pages |\n")[2].partition("\n\n")[0]
    rows = (line.split("|") for line in table.splitlines()[1:])
    return {row[1].strip(): set(re.findall(r"`([^`]+)`", row[2])) for row in rows}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_makes_stale_what_the_table_says(tmp_path: Path, name: str) -> None:
    root = _site(tmp_path)
    EDITS[name](root)
    planned = {each.address for each in build(root, dry_run=True).planned}
    assert planned == _told()[name], f"| {name} | {' '.join(f'`{each}`' for each in sorted(planned))} |"
    figures = build(root).figures
    assert figures.rendered + figures.deleted == len(planned)
    assert build(root).figures.rendered == 0


def test_the_table_tells_of_every_edit() -> None:
    assert _told().keys() == EDITS.keys()


def _why(root: Path, path: str) -> tuple[str, str, dict[str, str]]:
    (told,) = pipeline.why(Order(root, root / "output", NOW), Silent(), path).planned
    return told.change, told.reason, told.args


def test_why_names_the_input(tmp_path: Path) -> None:
    root = _site(tmp_path)
    page = "/issues/2019-07-02/1/yi/"
    assert _why(root, page)[0] == "as it should be; last written because"
    assert _why(root, "/nowhere/")[0] == "not there"
    _replace(root, JIA, "标题: 甲", "标题: 新")
    for path in (page, "issues/2019-07-02/1/yi/index.html", "issues/2019-07-02/1/yi"):
        assert _why(root, path) == ("changed", "{source} changed", {"source": JIA})
    build(root)
    assert _why(root, page) == ("as it should be; last written because", "{source} changed", {"source": JIA})
    _theme(root)
    assert _why(root, "/issues/2019-07-02/1/")[1:] == (
        "the template {template} changed, or one that it uses",
        {"template": "leaf.html"},
    )
    build(root)
    _replace(root, "site.yaml", "title: 小报", "title: 大报")
    assert _why(root, page)[1] == "what every page shows of the newspaper changed"
    build(root)
    (root / "output/issues/2019-07-02/1/yi/index.html").unlink()
    assert _why(root, page)[1] == "its file in the output folder was changed or is missing"
    (root / JIA).unlink()
    assert _why(root, "/issues/2019-07-02/1/jia/") == ("gone", "{source} changed", {"source": JIA})


def test_another_engine_renders_every_page_and_writes_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _site(tmp_path)
    for module in (order, plan):
        monkeypatch.setattr(module, "engine_digest", lambda: "another")
    figures = build(root).figures
    assert figures.rendered > 30
    assert figures.written == 0
    assert build(root).figures.rendered == 0


def _verify(root: Path) -> list[str]:
    asked = Order(root, root / "output", NOW, verify=True)
    return [found.code for found in pipeline.build(asked, Silent()).findings]


def test_verify_finds_a_file_that_rotted_and_a_page_that_nothing_led_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _site(tmp_path)
    assert _verify(root) == []
    path = root / "output/issues/2019-07-02/4/bing/index.html"
    before, told = path.read_bytes(), path.stat()
    path.write_bytes(before.replace("甲".encode(), "申".encode()))
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert build(root).figures.rendered == 0
    assert _verify(root) == ["G608"]
    assert path.read_bytes() == before
    with monkeypatch.context() as patch:
        patch.setattr(plan, "_soil", lambda store, context: None)
        _replace(root, JIA, "标题: 甲", "标题: 新")
        build(root)
    assert set(_verify(root)) == {"G609"}
    assert _verify(root) == []


def test_a_list_that_grows_with_the_archive_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "_LARGE", 10)
    monkeypatch.setattr(plan, "LONGEST", 2)
    found = [each for each in build(_site(tmp_path)).findings if each.code == "G610"]
    assert ("name", "months") in {pair for each in found for pair in each.args}
    assert build(tmp_path).findings == tuple(found)


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/issues/2019-07-02/4/jia/", "2019"),
        ("/issues/2019-07-02/", "2019"),
        ("/columns/yao-wen/", "pages"),
        ("/columns/yao-wen/2019/07/", "lists-2019"),
        ("/regions/shaanxi/xi-an/2019/", "lists-2019"),
        ("/archive/2019/", "lists-2019"),
        ("/authors/wang-zhen-17aa/", "authors-w"),
        ("/authors/wang-zhen-17aa/2019/", "lists-2019"),
        ("/tags/", "pages"),
        ("/", "pages"),
    ],
)
def test_no_part_of_the_sitemap_grows_with_the_archive(address: str, part: str) -> None:
    assert part_of(address) == part


def test_the_sitemap_names_every_page_once(tmp_path: Path) -> None:
    root = _site(tmp_path)
    (root / JIA).unlink()
    build(root)
    parts = sorted((root / "output" / "sitemap").glob("*.xml"))
    told = re.findall(r"<loc>([^<]*)</loc>", "".join(part.read_text("utf-8") for part in parts))
    here = {path.parent.relative_to(root / "output").as_posix() for path in (root / "output").rglob("index.html")}
    base = "https://paper.example/base/"
    assert len(told) == len(set(told))
    assert set(told) == {base + (f"{each}/" if each != "." else "") for each in here - {"issues"}}
    index = (root / "output" / "sitemap.xml").read_text("utf-8")
    assert re.findall(r"/sitemap/([\w-]+\.xml)<", index) == [part.name for part in parts]
