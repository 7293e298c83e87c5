"""Moved and withdrawn sources: links follow, former addresses lead on, all other bytes stay."""

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gongbao.desk import names
from gongbao.desk.changes import Changes
from gongbao.desk.links import rewritten, targets
from gongbao.desk.moves import Move, Plan, whole_issue
from gongbao.desk.papers import read_paper
from gongbao.desk.shelf import Shelf
from gongbao.desk.withdraw import Withdrawal
from gongbao.diagnostics import Stop
from gongbao.settings import need_settings
from tests.building import NOW, PROJECT, article, build, copy_of, differences, small_site, tree, write
from tests.command import run
from tests.crawl import crawl, from_folder
from tests.scale import counts
from tests.test_desk_new import converse

PIXEL = (PROJECT / "content/2019/2019-07-02/ping-pang.png").read_bytes()
ISSUES = ["2019-07-02", "2019-07-05", "2019-07-09"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return _site(tmp_path / "site")


def _site(root: Path) -> Path:
    """Articles that name one another in every way that there is."""
    small_site(
        root,
        **{
            "2019_07_02__1_01_jia": article(
                "甲", "见[乙](2-01-yi.md)、[丙][c]和[自己](#t-x)。\n\n[c]: ../2019-07-05/1-01-bing.md"
            ),
            "2019_07_02__2_01_yi": article("乙", '![图](tu.png)\n\n`[码](1-01-jia.md)`、[甲](./1-01-jia.md#x "题")'),
            "2019_07_05__1_01_bing": article(
                "丙",
                '<a href="../2019-07-02/1-01-jia.md">甲</a>、[址](/issues/2019-07-02/1/jia/)'
                "、[版](/issues/2019-07-02/2)、[期](../2019-07-02)、[![图](../2019-07-02/tu.png)](../2019-07-02/2-01-yi.md)",
                photos="[../2019-07-02/tu.png]",
                corrects="../2019-07-02/1-01-jia.md",
            ),
            "2019_07_05__2_01_ding": article("丁", "无。", 日期="2019-07-05 # 就是那天", 版次="2"),
        },
    )
    write(root / "content/2019/2019-07-02/issue.yaml", "期号: 1\n版面:\n  - {版次: 2, 版面图: 'tu.png'} # 图\n")
    (root / "content/2019/2019-07-02/tu.png").write_bytes(PIXEL)
    write(root / "content/pages/about.md", article("关于", "[甲](../2019/2019-07-02/1-01-jia.md)"))
    write(root / "content/moved.csv", "former,new,date,reason\r\n/old.html,/issues/2019-07-02/1/jia/,,")
    write(root / "content/2019/2019-07-09/1-01-wu.md", article("戊", "[丁](../2019-07-05/2-01-ding.md)"))
    return root


def _shelf(root: Path) -> Shelf:
    return Shelf(root, need_settings(root))


def move(root: Path, source: str, target: str) -> Plan:
    shelf = _shelf(root)
    found = names.find(shelf, source)
    if found.issue:
        told = Move(shelf, whole_issue(shelf, found.issue, target), NOW, (found.issue, target))
    else:
        told = Move(shelf, {found.source: names.place_for(shelf, found.source, target)}, NOW)
    plan = told.plan("")
    plan.changes.apply(shelf.content)
    return plan


def withdraw(root: Path, source: str, unlink: bool = True) -> Plan:
    shelf = _shelf(root)
    found = names.find(shelf, source)
    told = Withdrawal(shelf, shelf.issues[found.issue] if found.issue else [found.source], NOW)
    plan = told.plan("应当事人请求", unlink, told.pictures)
    plan.changes.apply(shelf.content)
    return plan


def _text(root: Path, path: str) -> str:
    return (root / "content" / path).read_bytes().decode()


def test_an_article_that_is_renamed_takes_its_links_along(site: Path) -> None:
    before = tree(site / "content")
    plan = move(site, "content/2019/2019-07-02/1-01-jia.md", "xin")
    after = tree(site / "content")
    was, now = "2019/2019-07-02/1-01-jia.md", "2019/2019-07-02/1-01-xin.md"
    assert after[now] == before[was]
    assert _text(site, "2019/2019-07-02/2-01-yi.md") == before["2019/2019-07-02/2-01-yi.md"].decode().replace(
        "(./1-01-jia.md#x", "(./1-01-xin.md#x"
    )
    bing = before["2019/2019-07-05/1-01-bing.md"].decode()
    assert _text(site, "2019/2019-07-05/1-01-bing.md") == bing.replace("jia", "xin")
    assert _text(site, "pages/about.md").count("1-01-xin.md") == 1
    assert _text(site, "moved.csv") == (
        "former,new,date,reason\r\n/old.html,/issues/2019-07-02/1/xin/,,\r\n"
        f"/issues/2019-07-02/1/jia/,/issues/2019-07-02/1/xin/,{NOW},\r\n"
    )
    assert len(differences(before, after)) == 6
    assert [row.former for row in plan.rows] == ["/issues/2019-07-02/1/jia/"]


def test_back_again_leaves_no_redirect_from_a_page_that_stands(site: Path) -> None:
    move(site, "1-01-jia", "xin")
    move(site, "1-01-xin", "jia")
    table = _text(site, "moved.csv")
    assert f"/issues/2019-07-02/1/xin/,/issues/2019-07-02/1/jia/,{NOW}" in table
    assert "\r\n/issues/2019-07-02/1/jia/," not in table
    assert build(site).findings == ()


def test_an_issue_moves_whole(site: Path) -> None:
    before = _text(site, "2019/2019-07-05/2-01-ding.md")
    move(site, "2019-07-05", "2019-08-02")
    assert not (site / "content/2019/2019-07-05").exists()
    assert _text(site, "2019/2019-08-02/2-01-ding.md") == before.replace("2019-07-05 #", "2019-08-02 #")
    assert "[丁](../2019-08-02/2-01-ding.md)" in _text(site, "2019/2019-07-09/1-01-wu.md")
    move(site, "2019-07-02", "2020-01-03")
    bing = _text(site, "2019/2019-08-02/1-01-bing.md")
    assert "[期](../../2020/2020-01-03)" in bing
    assert "[版](/issues/2020-01-03/2)" in bing
    assert "[../../2020/2020-01-03/tu.png]" in bing
    formers = [line.split(",")[0] for line in _text(site, "moved.csv").splitlines()]
    for address in ("", "1/", "2/", "1/jia/", "2/yi/"):
        assert f"/issues/2019-07-02/{address}" in formers
    assert build(site).findings == ()


def test_an_article_goes_to_another_issue_and_leaf(site: Path) -> None:
    move(site, "/issues/2019-07-05/2/ding/", "2019-07-02")
    assert "日期: 2019-07-02 # 就是那天" in _text(site, "2019/2019-07-02/2-01-ding.md")
    move(site, "2-01-ding.md", "3-07-ding")
    assert "版次: 3" in _text(site, "2019/2019-07-02/3-07-ding.md")
    assert f"/issues/2019-07-05/2/,/issues/2019-07-02/2/,{NOW}," in _text(site, "moved.csv")
    assert build(site).findings == ()


def test_a_picture_is_renamed(site: Path) -> None:
    plan = move(site, "tu.png", "ban-2.png")
    assert plan.rows == []
    assert "{版次: 2, 版面图: 'ban-2.png'} # 图" in _text(site, "2019/2019-07-02/issue.yaml")
    assert "![图](ban-2.png)" in _text(site, "2019/2019-07-02/2-01-yi.md")
    assert _text(site, "2019/2019-07-05/1-01-bing.md").count("../2019-07-02/ban-2.png") == 2
    assert build(site).findings == ()


def test_a_draft_leaves_no_former_address(site: Path) -> None:
    write(site / "content/2019/2019-07-02/1-02-gao.md", article("稿", draft="yes"))
    write(site / "content/2019/2019-07-02/1-03-hou.md", article("后", publish_at="2030-01-01"))
    assert move(site, "1-02-gao", "gao-zi").rows == move(site, "1-03-hou", "hou-lai").rows == []


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_encoding_and_line_ends_stay(site: Path, encoding: str) -> None:
    path = site / "content/2019/2019-07-09/1-02-lao.md"
    text = "---\r\ntitle: 老\u3000稿 \r\n---\r\n\t见[甲](../2019-07-02/1-01-jia.md)  \r\n完"
    path.write_bytes(text.encode(encoding))
    move(site, "1-01-jia", "xin")
    assert path.read_bytes() == text.replace("jia", "xin").encode(encoding)


def test_a_broken_article_moves_too(site: Path) -> None:
    write(site / "content/2019/2019-07-02/1-09-huai.md", "---\ntitle: [\nphotos: tu.png\n---\n[乙](2-01-yi.md)\n")
    move(site, "1-09-huai.md", "2019-07-05")
    text = _text(site, "2019/2019-07-05/1-09-huai.md")
    assert "[乙](../2019-07-02/2-01-yi.md)" in text


def test_what_stands_in_the_way_changes_nothing(site: Path) -> None:
    write(
        site / "content/2019/2019-07-02/1-05-jia.md", article("别的", aliases="[/issues/2019-07-02/1/jiu/]", leaf="1")
    )
    (site / "content/2019/2019-07-02/1-05-jia.md").rename(site / "content/2019/2019-07-02/1-05-jiu-zhi.md")
    write(site / "content/2019/2019-07-02/1-06-geng.md", article("庚"))
    before = tree(site / "content")
    for source, target, code in (
        ("1-01-jia", "1-06-geng", "G802"), ("1-01-jia", "1-07-geng", "G810"), ("1-01-jia", "1-01-jiu", "G810"),
        ("1-01-jia", "../../x/y.md", "G805"), ("1-01-jia", "pages/jia.md", "G805"), ("mei-you", "x", "G801"),
        ("1-01-jia", "2019-12-01", "G804"), ("1-01-jia", "！！", "G805"),
    ):  # fmt: skip
        with pytest.raises(Stop) as stopped:
            move(site, source, target)
        assert code in str(stopped.value), (source, target, stopped.value)
    assert tree(site / "content") == before


def test_a_change_that_fails_is_taken_back(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(site / "content")
    real, calls = Path.replace, list[Path]()

    def fail(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise OSError(28, "full")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Stop, match="G601"):
        move(site, "1-01-jia", "xin")
    assert tree(site / "content") == before


def test_a_dry_run_shows_and_changes_nothing(site: Path) -> None:
    before = tree(site)
    told = run("mv", "1-01-jia", "xin", "--dry-run", "--root", str(site), "--now", NOW)
    assert told.returncode == 0, told.stderr
    assert "将移动：content/2019/2019-07-02/1-01-jia.md → content/2019/2019-07-02/1-01-xin.md" in told.stdout
    assert told.stdout.endswith("什么也没有改。\n")
    assert "rename" not in told.stdout
    assert "+[c]" not in told.stdout
    assert f"+/issues/2019-07-02/1/jia/,/issues/2019-07-02/1/xin/,{NOW}," in told.stdout
    assert tree(site) == before


@pytest.mark.parametrize("seed", range(counts(1, 40)))
def test_after_any_moves_no_link_is_broken_and_each_address_leads_on(tmp_path: Path, seed: int) -> None:
    chance = random.Random(2026 + seed)
    root = _site(tmp_path / "site")
    build(root)
    for number in range(4):
        before = tree(root / "output")
        told = _any_move(chance, root, number)
        outcome = build(root)
        assert outcome.findings == (), told
        found = crawl("http://site/", from_folder(root / "output"))
        assert found.broken == [], told
        after = tree(root / "output")
        for path in before:
            if re.fullmatch(r"issues/.+/index\.html", path) or path.startswith("about/"):
                assert path in after, (told, path)
                assert _leads_to_a_page(root / "output", path), (told, path)


def _any_move(chance: random.Random, root: Path, number: int) -> tuple[str, str]:
    shelf = _shelf(root)
    keys = list(shelf.issues)
    articles = [source for source in shelf.sources if source.endswith(".md") and not source.startswith("pages/")]
    source = chance.choice(articles)
    told = chance.choice([
        (source, f"ming-{number}"),
        (source, f"{chance.randint(1, 3)}-{10 + number}-wen-{number}"),
        (source, chance.choice(keys)),
        (chance.choice(keys), f"20{chance.randint(18, 21)}-0{number + 1}-1{chance.randint(0, 9)}"),
        (next(source for source in shelf.sources if source.endswith(".png")), f"tu-{number}.png"),
        ("pages/about.md", f"guan-yu-{number}") if "pages/about.md" in shelf.sources else (source, f"you-{number}"),
    ])  # fmt: skip
    try:
        move(root, *told)
    except Stop as stop:
        if not {each.code for each in stop.findings} <= {"G802", "G810"}:
            raise
    return told


def _leads_to_a_page(output: Path, path: str) -> bool:
    for _ in range(5):
        text = (output / path).read_text("utf-8")
        leads = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text)
        if not leads:
            return "撤下" not in text
        path = ((output / path).parent / leads[1]).resolve().relative_to(output.resolve()).as_posix()
        path = path if path.endswith(".html") else path + "/index.html"
    return False


# Withdrawing


def test_a_withdrawn_article_leaves_a_tombstone_and_nothing_else(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path)
    words = "匠心筑家"
    build(root)
    assert any(words.encode() in data for data in tree(root / "output").values())
    plan = withdraw(root, "/issues/2019-07-02/4/wu-da-fu-wu/")
    outcome = build(root)
    assert {each.code for each in outcome.findings} <= {"G407"}
    assert [path for path, data in tree(root / "output").items() if words.encode() in data] == []
    stone = (root / "output/issues/2019-07-02/4/wu-da-fu-wu/index.html").read_text("utf-8")
    assert "应当事人请求" in stone
    assert NOW in stone
    former = (root / "output/paper/html/2019-07/02/content_58211.htm").read_text("utf-8")
    assert "应当事人请求" in former
    assert {each.code for each in plan.findings} == {"G813"}
    assert crawl("http://site/", from_folder(root / "output")).broken == []


def test_pictures_that_nothing_else_shows_go_too(site: Path) -> None:
    assert Withdrawal(_shelf(site), ["2019/2019-07-02/2-01-yi.md"], NOW).pictures == []
    plan = withdraw(site, "1-01-bing", unlink=False)
    assert plan.changes.deleted == ["2019/2019-07-05/1-01-bing.md"]
    assert [each.code for each in plan.findings] == ["G812"]
    assert plan.findings[0].line == 6
    (site / "content/2019/2019-07-05/zi-ji.png").write_bytes(PIXEL)
    write(site / "content/2019/2019-07-05/1-02-ji.md", article("己", "![图](zi-ji.png)"))
    assert "2019/2019-07-05/zi-ji.png" in withdraw(site, "1-02-ji").changes.deleted


def test_links_to_what_is_withdrawn_are_taken_out(site: Path) -> None:
    withdraw(site, "2019/2019-07-02/1-01-jia.md")
    assert "`[码](1-01-jia.md)`、甲" in _text(site, "2019/2019-07-02/2-01-yi.md")
    bing = _text(site, "2019/2019-07-05/1-01-bing.md")
    assert "corrects" not in bing
    assert "、址、" in bing
    assert _text(site, "pages/about.md").endswith("---\n甲\n")
    assert "/issues/2019-07-02/1/,gone" in _text(site, "moved.csv")


def test_what_git_does_not_have_is_not_deleted(site: Path) -> None:
    command = ("rm", "1-01-jia", "--reason", "误", "--root", str(site), "--now", NOW)
    assert "G811" in run(*command).stderr
    for step in (
        ["init", "-q", "."],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *step], cwd=site, check=True)
    path = site / "content/2019/2019-07-02/1-01-jia.md"
    with path.open("a", encoding="utf-8") as file:
        file.write("新加的一句。\n")
    told = run(*command)
    assert (told.returncode, "G811" in told.stderr, path.is_file()) == (2, True, True)
    subprocess.run(["git", "checkout", "-q", "."], cwd=site, check=True)
    told = run(*command)
    assert told.returncode == 0, told.stderr
    assert not path.exists()
    restore = next(line for line in told.stdout.splitlines() if "git restore" in line).partition("：")[2].split()
    subprocess.run(restore, cwd=site, check=True)
    assert path.is_file()
    write(site / "content/2019/2019-07-02/1-08-xin.md", article("新"))
    assert run("rm", "1-08-xin", "--reason", "误", "--force", "--root", str(site)).returncode == 0


def test_a_reason_is_wanted(site: Path) -> None:
    assert "--reason" in run("rm", "1-01-jia", "--root", str(site)).stderr
    said = converse(site, "rm", "1-01-jia", "--force", answers=["应作者请求", "y"])
    assert "原因" in said
    assert ",gone," in _text(site, "moved.csv")
    assert "应作者请求" in _text(site, "moved.csv")


# Parts


def test_targets_have_their_places() -> None:
    text = (
        '---\r\ntitle: 题\r\n图片:\r\n  - 文件: "a b.png"\r\n更正: x.md\r\n---\r\n'
        "[一](<a b.md> '题') [二](a(1).md) ![三](%E5%9B%BE.png) \\[四](no.md) ```no [五](no.md)``` [六](http://x/)\r\n"
        "\r\n```\r\n[七](no.md)\r\n```\r\n[八]: y.md\r\n[^九]: no.md\r\n<img src='z.png'>\r\n"
    )
    paper = read_paper(text.encode())
    assert paper
    found = targets("2019/2019-07-02/1-01.md", paper)
    assert [text[each.start : each.end] for each in found] == [each.written for each in found]
    assert [each.written for each in found] == [
        "a b.png", "x.md", "a b.md", "a(1).md", "%E5%9B%BE.png", "y.md", "z.png",
    ]  # fmt: skip
    assert rewritten(found[4], "2020/1.md", "2019/图 二.png") == "../2019/%E5%9B%BE%20%E4%BA%8C.png"
    assert rewritten(found[2], "2019/1.md", "2019/c d.md") == "c%20d.md"


def test_nothing_to_do_is_nothing_done(tmp_path: Path) -> None:
    Changes().apply(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert shutil.which("git")
