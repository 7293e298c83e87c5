"""The checks, one source or several at a time; and what check --fix may change and may not."""

import re
import shutil
import time
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongbao import checks, listing, pipeline, plan
from gongbao.catalogue.facts import Checked
from gongbao.catalogue.published import Queued
from gongbao.checks import Source, numbers
from gongbao.checks.areas import CHECK as AREAS
from gongbao.checks.jumps import leaf_number
from gongbao.desk.sheets import Sheets
from gongbao.diagnostics import Diagnostic, finding
from gongbao.excerpts import columns, excerpt, hidden
from gongbao.fixes import difference, mended, settled
from gongbao.messages import LANGUAGES, catalogue
from gongbao.model import Article
from gongbao.pages import Context
from gongbao.pipeline import Order
from gongbao.report import Silent
from tests.building import NOW, PROJECT, article, build, copy_of, small_site, write
from tests.command import Told, run
from tests.scale import counts

CASES = PROJECT / "tests" / "cases" / "checks"
TEXTS = yaml.safe_load((CASES / "texts.yaml").read_text("utf-8"))
HEAD = "---\ntitle: 甲\n---\n"
FILE = "content/2019/2019-07-02/1-01-jia.md"
FOUND = re.compile(r"(\S+): (?:警告|warning) (G\d+)")


def source(body: str, head: str = HEAD) -> Source:
    record = Article(FILE[8:], "/a/", "2019-07-02", "1", 1, "2019-07-02", "甲")
    return Source(FILE[8:], "article", head + body, record)


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["text"][:12])
def test_texts(case: dict[str, object]) -> None:
    found = checks.check(source(str(case["text"]))).findings
    assert [f"{each.line - 3}:{each.column} {each.code}" for each in found] == case.get("found", [])


@pytest.mark.parametrize("opening", ["---\n", "\n\n---\n", "——\n", "***\n", "", "\n"])
@pytest.mark.parametrize("closing", ["---", "－－－", "===", "——"])
def test_checks_find_the_text_where_reading_finds_it(tmp_path: Path, opening: str, closing: str) -> None:
    root = small_site(
        tmp_path, **{"2019_07_02__1_01_jia": f"{opening}标题: 甲\n{closing}\n第一段。\n\n市工会,区工会。\n"}
    )
    line = opening.count("\n") + 5
    assert [(each.code, each.line) for each in _check(root)] == [("G704", line)]


def _check(root: Path) -> list[Diagnostic]:
    return list(pipeline.check(Order(root, root / "output", NOW), Silent()).findings)


def _codes(root: Path) -> list[str]:
    return [each.code for each in _check(root)]


def test_the_sample_archive_has_nothing_to_mend(tmp_path: Path) -> None:
    assert _check(copy_of(PROJECT, tmp_path)) == []


def test_what_is_said_between_sources_follows_each_edit(tmp_path: Path) -> None:
    text = "市职工技能大赛昨天在体育馆开幕，来自全市各行各业的三百多名选手参加了焊接、电工、护理等十二个项目的角逐。"
    root = small_site(
        tmp_path, **{"2019_07_02__1_01_jia": article("甲", text), "2019_07_02__1_02_yi": article("乙", text)}
    )
    jia, yi = (root / f"content/2019/2019-07-02/1-0{name}.md" for name in ("1-jia", "2-yi"))
    assert _codes(root) == ["G751"]
    assert _codes(root) == ["G751"]
    write(yi, article("乙", text.replace("昨天", "今天")))
    assert _codes(root) == []
    write(yi, article("乙", text))
    assert _codes(root) == ["G751"]
    jia.unlink()
    assert _codes(root) == []


def test_a_broken_source_counts_as_its_last_good_version(tmp_path: Path) -> None:
    root = small_site(
        tmp_path,
        **{"2019_07_02__1_01_jia": article("甲", author="王震"), "2019_07_02__1_02_yi": article("乙", author="王　震")},
    )
    assert _codes(root) == ["G753"]
    write(root / FILE, "没有文件头\n")
    assert _codes(root) == ["G106", "G753"]


def test_a_source_in_an_older_encoding_is_checked_like_any_other(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    path = root / "content/2019/2019-07-02/1-01-jia.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(article("甲", "第一段。\n\n市工会,区工会。").replace("\n", "\r\n").encode("gb18030"))
    found = _check(root)
    assert [(each.code, each.line, each.column) for each in found] == [("G116", 1, 1), ("G704", 6, 4)]


def test_what_reading_tells_of_no_check_tells_again(tmp_path: Path) -> None:
    text = "赵\ue001同志\ufffd，烫烫烫，职\u200b工\u0008，\u2f27传，e\u0301。"
    root = small_site(tmp_path, **{"2019_07_02__1_01_jia": article("赵\ue001", text)})
    found = [each for each in _check(root) if each.file == FILE]
    assert [each.code for each in found if each.code < "G700"] == ["G121", "G121", "G122", "G122", "G124"]
    assert [each.code for each in found if each.code > "G700"] == ["G701", "G702", "G702"]
    assert len({(each.line, each.column) for each in found}) == len(found)


def test_checks_are_switched_off_for_the_site_or_an_article(tmp_path: Path) -> None:
    root = small_site(tmp_path, **{"2019_07_02__1_01_jia": article("甲", "市工会,区工会。")})
    assert _codes(root) == ["G704"]
    write(root / FILE, article("甲", "市工会,区工会。", 不查="[G704]"))
    assert _codes(root) == []
    write(root / FILE, article("甲", "市工会,区工会。"))
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("checks: {G704: off}\n")
    assert _codes(root) == []


def test_a_build_does_not_show_what_only_checks_find_and_a_switch_renders_nothing(tmp_path: Path) -> None:
    root = small_site(tmp_path, **{"2019_07_02__1_01_jia": article("甲", "市工会,区工会。")})
    assert _codes(root) == ["G704"]
    assert [each.code for each in build(root).findings] == []
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("checks: {G712: off}\n")
    assert build(root).figures.rendered == 0
    assert _codes(root) == ["G704"]


def test_a_second_check_looks_at_what_changed_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small_site(
        tmp_path, **{f"2019_07_02__1_0{n}_jia": article(f"甲{n}", "见[那](no.md)。") for n in range(1, 6)}
    )
    looked: list[str] = []
    check, make = checks.check, plan.make

    def checked(source: Source) -> Checked:
        looked.append(source.file)
        return check(source)

    def made(context: Context, basis: plan.Basis, each: Queued) -> plan.Made:
        looked.append(each.path)
        return make(context, basis, each)

    monkeypatch.setattr(checks, "check", checked)
    monkeypatch.setattr(plan, "make", made)
    first = _check(root)
    assert len(looked) > 20
    looked.clear()
    assert _check(root) == first
    assert looked == []
    write(root / "content/2019/2019-07-02/1-01-jia.md", article("甲1", "见[那](no.md)。又一句。"))
    assert _check(root) == first
    assert 1 < len(looked) < 20
    assert build(root).figures.rendered > 20


def test_all_is_said_even_where_the_settings_or_the_theme_are_broken(tmp_path: Path) -> None:
    root = small_site(tmp_path, **{"2019_07_02__1_01_jia": "没有文件头\n"})
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: nothing\n")
    told = _run(root, "check")
    assert (told.returncode, "G503" in told.stderr, "G106" in told.stderr) == (3, True, True)


@pytest.mark.parametrize(
    ("told", "leaf"),
    [("2", "2"), ("０３", "3"), ("二", "2"), ("十", "10"), ("十二", "12"), ("二十", "20"), ("A2", "a2")],
)
def test_leaves_as_print_says_them(told: str, leaf: str) -> None:
    assert leaf_number(told) == leaf


def test_areas_that_only_touch_do_not_overlap(tmp_path: Path) -> None:
    areas = {"jia": "[[[0, 0], [0.5, 0], [0.5, 0.5], [0, 0.5]]]", "yi": "[[[0.49, 0], [1, 0], [1, 0.5], [0.49, 0.5]]]"}
    root = small_site(
        tmp_path,
        **{f"2019_07_02__1_0{n}_{name}": article(name, areas=area) for n, (name, area) in enumerate(areas.items())},
    )
    assert _codes(root) == []
    assert AREAS.codes == ("G765",)


def test_weekdays_are_looked_at_in_headlines_and_captions_too(tmp_path: Path) -> None:
    photos = "\n  - 文件: tu.png\n    说明: 7月2日（星期四），大赛开幕。\n    署名: 李平 摄"
    edits = "\n  - {日期: 2020-01-01, 原文: 7月5日（星期一）, 现文: 7月5日（星期五）}"
    text = article("7月3日（星期四）的大赛", "![7月4日（星期五）](tu.png)", 图片=photos, 勘误=edits)
    root = small_site(tmp_path, **{"2019_07_02__1_01_jia": text})
    shutil.copyfile(next((PROJECT / "content").rglob("*.png")), root / "content/2019/2019-07-02/tu.png")
    found = [(each.line, each.column) for each in _check(root) if each.code == "G715"]
    assert found == [(2, 8), (5, 9), (10, 3)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_issue_that_is_being_made_leaves_no_number_out(tmp_path: Path, language: str) -> None:
    root = small_site(tmp_path)
    write(root / "content/2019/2019-07-02/issue.yaml", "期号: 5021\n总期号: 11873\n")
    issue = write(
        root / "content/2019/2019-07-09/issue.yaml", Sheets(language).issue("2019-07-09", "5024", "11876", ())
    )
    assert _numbers(root) == []
    write(issue, issue.read_text("utf-8").replace("5024", "5021"))
    assert _numbers(root) == ["G762"]
    write(issue, "期号: 5024\n总期号: 11876\n")
    assert _numbers(root) == ["G761", "G761"]


def _numbers(root: Path) -> list[str]:
    return [code for code in _codes(root) if code in numbers.CHECK.codes]


@pytest.mark.parametrize(
    ("there", "written", "near"),
    [
        ("Sui-Dao.JPG", "sui-dao.jpg", "Sui-Dao.JPG"),
        ("驿站热水.jpg", "驿站 热水.JPG", "驿站热水.jpg"),
        ("图１.png", "图1.png", "图１.png"),
        ("tu.png", "tu.jpeg", "tu.png"),
        ("../2019-07-05/tu.png", "tu.png", "../2019-07-05/tu.png"),
        ("tu.png", "ren.png", ""),
    ],
)
def test_a_picture_of_nearly_that_name_is_named(tmp_path: Path, there: str, written: str, near: str) -> None:
    text = article("甲", f"![图](<{written}>)", 图片=f"\n  - 文件: {written}\n    说明: 图\n    署名: 李平 摄")
    root = small_site(tmp_path, **{"2019_07_02__1_01_jia": text, "2019_07_05__1_01_yi": article("乙")})
    shutil.copyfile(next((PROJECT / "content").rglob("*.png")), root / "content/2019/2019-07-02" / there)
    found = [each for each in _check(root) if each.code == "G302"]
    assert {each.line for each in found} == {4, 8}
    assert {dict(each.args).get("near", "") for each in found} == {near}
    assert all(near in each.hint(str) for each in found)


@pytest.mark.parametrize("written", ["4-05-wu", "4-05-wu.md", "../2019-07-05/4-05-wu", "2019-07-05/4-05-wu.md"])
def test_what_is_corrected_by_its_bare_name_is_named(tmp_path: Path, written: str) -> None:
    root = small_site(
        tmp_path, **{"2019_07_02__4_01": article("更正", 更正=written), "2019_07_05__4_05_wu": article("乙")}
    )
    assert [dict(each.args)["near"] for each in _check(root) if each.code == "G305"] == ["../2019-07-05/4-05-wu.md"]


@pytest.mark.parametrize("keys", [{"草稿": "yes"}, {"发布时间": "2099-01-01"}, {}], ids=["draft", "later", "published"])
def test_what_is_not_published_yet_is_checked_as_the_rest(tmp_path: Path, keys: dict[str, str]) -> None:
    body = "![图](tu.png)\n\n见[乙](1-02-yi.md)、[丙](/issues/2019-07-02/1/bing/)和[丁](1-04-ding.md)。"
    waiting = article("甲", body, 栏目="要文", 更正="1-02-yi.md", **keys)
    others = {"2019_07_02__1_02_yi": article("乙", **keys), "2019_07_02__1_03_bing": article("丙", **keys)}
    root = small_site(tmp_path, **{"2019_07_02__1_01_jia": waiting}, **others)
    shift = len(keys)
    expected = [("G206", 3), ("G301", 8 + shift), ("G302", 6 + shift)]
    for _ in range(2):
        assert sorted((each.code, each.line) for each in _check(root)) == expected
    assert bool(build(root).findings) != bool(keys)
    assert sorted((each.code, each.line) for each in _check(root)) == expected
    write(root / "content/2019/2019-07-02/1-1-jia.md", article("又一篇"))
    assert _codes(root).count("G401") == 1


EVIL = [
    "a" * 200_000 + "`", "1," * 100_000, "（" * 100_000, "）" * 100_000, "《" * 50_000 + "”" * 50_000, "甲," * 50_000,
    "甲(" + "乙" * 200_000, "](#" + "a" * 200_000, "{#a" * 50_000, "{" + "#a" * 80_000, "С" * 100_000, "下转第十十版",
    "](" * 60_000, "<a" * 60_000, "`" * 100_001, "1" * 100_000, "e\u0301" * 60_000, "7月2日（星期" * 20_000,
]  # fmt: skip


@pytest.mark.parametrize("body", EVIL[:: counts(3, 1)], ids=lambda body: body[:6])
def test_no_text_keeps_the_checks_busy(body: str) -> None:
    began = time.process_time()
    checks.check(source(body))
    assert time.process_time() - began < 4


def test_numbers_that_are_none_are_left_alone(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    write(root / "content/2019/2019-07-02/issue.yaml", f"期号: {'9' * 5000}\n总期号: 复刊第十期\n")
    assert _codes(root) == []


# What is told


def test_the_caret_stands_under_its_place() -> None:
    line, before = excerpt("市总工会,区工会", 5, 80)
    assert (line, before) == ("市总工会,区工会", 8)
    line, before = excerpt("甲" * 200 + "乙" + "丙" * 200, 201, 60)
    assert columns(line) <= 60
    assert line.startswith("…")
    assert line.endswith("…")
    assert columns(line[: line.index("乙")]) == before
    assert excerpt("职工\u200b", 3, 80) == ("职工\\u200b", 4)
    assert excerpt("", 1, 80) == ("", 0)
    assert hidden(
        "证11010519491231002X，电话13812345678。12351"
    ) == "证110**************2X，电话138******78。12351".replace("*" * 14, "*" * 13)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_a_check_tells(accept: bool, language: str) -> None:
    lines = {
        "a.md": ["标题: 甲", "", "前" * 60 + "市总工会,区工会" + "后" * 60, "身份证11010519491231002X。"],
        "b.md": ["甲,乙"] * 9,
    }
    found = [
        finding("G704", "a.md", 3, 65, old=",", new="，"),
        finding("G721", "a.md", 4, 4, number="110…2X"),
        finding("G205", "c.md"),
        *(finding("G704", "b.md", number, 2, old=",", new="，") for number in range(1, 10)),
    ]
    told = listing.Listing(lambda file: lines.get(file, []), catalogue(language).gettext, 80, False)
    said = "\n".join(told.told(found)) + "\n"
    golden = CASES / f"listing.{language}.txt"
    if accept:
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text("utf-8")
    assert "\x1b[31m" in "\n".join(
        listing.Listing(lambda file: [], catalogue(language).gettext, 80, True).told([finding("G106", "a.md", 1, 1)])
    )
    assert len(list(told.told(found, every=True))) > len(said.splitlines())


# What is mended

_PIECES = st.sampled_from(
    [
        *"市区工会甲乙，。,;:?!()（）“”《》\u200b\ufeff\u00ad\u2f27ae1 ",
        "e\u0301",
        "\n",
        "\r\n",
        "`甲,乙`",
        "](a,b)",
        "---",
    ]
)


@given(st.lists(_PIECES, max_size=60).map("".join), st.sampled_from(["\n", "\r\n"]))
def test_mending_twice_is_mending_once_and_nothing_is_lost(body: str, end: str) -> None:
    text = HEAD.replace("\n", end) + body
    once = _settled(text)
    assert _settled(once) == once
    assert re.findall(r"\r\n|\r|\n", once) == re.findall(r"\r\n|\r|\n", text)
    assert _bare(once) == _bare(text)


def _settled(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return settled(FILE, text, checks.again(FILE, plain), checks.again)


def _bare(text: str) -> str:
    """A text without what mends may change."""
    plain = unicodedata.normalize("NFKC", re.sub("[\u00ad\u200b\ufeff]", "", text))
    return plain


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_a_mend_changes_what_its_finding_says_and_nothing_else(body: str) -> None:
    text = HEAD + body.replace("\r\n", "\n")
    for each in checks.again(FILE, text):
        told = dict(each.args)
        if "old" in told and "new" in told:
            at = sum(len(line) + 1 for line in text.split("\n")[: each.line - 1]) + each.column - 1
            assert mended(text, [each]) == text[:at] + told["new"] + text[at + len(told["old"]) :]
        else:
            assert mended(text, [each]) == text


def test_a_finding_that_no_longer_fits_changes_nothing() -> None:
    found = finding("G704", FILE, 1, 2, old=",", new="，")
    assert mended("甲乙,丙", [found]) == "甲乙,丙"
    assert mended("甲,乙", [finding("G704", FILE, 7, 2, old=",", new="，")]) == "甲,乙"


def test_each_change_is_shown_with_what_stands_around_it() -> None:
    before = "标题\r\n" + "前" * 50 + "市工会,区工会(筹)都来了" + "后" * 50 + "职\u200b工\r\n不变"
    after = before.replace(",", "，").replace("(", "（").replace(")", "）").replace("\u200b", "")
    assert list(difference(before, after)) == [
        (2, "…前前前前前前前市工会[-,-]{+，+}区工会[-(-]{+（+}筹[-)-]{+）+}都来了后后后后后后后…"),
        (2, "…后后后后后后后后后职[-\\u200b-]工"),
    ]
    assert "\x1b[31m[-,-]\x1b[0m\x1b[32m{+，+}\x1b[0m" in next(difference("甲,乙", "甲，乙", coloured=True))[1]
    began = time.process_time()
    assert list(difference("甲," * 50_000, "甲，" * 50_000))
    assert time.process_time() - began < 4


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_nothing_is_changed_that_is_not_shown(body: str) -> None:
    text = HEAD + body.replace("\r\n", "\n")
    after = mended(text, checks.again(FILE, text))
    lines = enumerate(zip(text.split("\n"), after.split("\n"), strict=True), 1)
    assert {number for number, _ in difference(text, after)} == {number for number, (old, new) in lines if old != new}


def _run(root: Path, *arguments: str) -> Told:
    return run(*arguments, "--root", str(root), "--now", NOW, CI="")


def test_fix_shows_the_difference_and_writes_only_when_told(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    data = b"\xef\xbb\xbf" + article("甲", "市工会,区工会。\n\n《乙。").replace("\n", "\r\n").encode()
    write(root / FILE, "").write_bytes(data)
    (root / FILE).chmod(0o640)
    asked = _run(root, "check", "--fix")
    assert f"{FILE}\n  第 4 行：市工会[-,-]{{+，+}}区工会。\n" in asked.stderr
    assert "--yes" in asked.stderr
    assert (root / FILE).read_bytes() == data
    told = _run(root, "check", "--fix", "--yes")
    assert (root / FILE).read_bytes() == data.replace(b",", "，".encode())
    assert (root / FILE).stat().st_mode & 0o777 == 0o640
    assert [code for _, code in FOUND.findall(told.stderr)] == ["G711"]
    assert [path.name for path in (root / FILE).parent.iterdir()] == ["1-01-jia.md"]
    assert "没有可以自动改的地方" in _run(root, "check", "--fix", "--yes").stderr
