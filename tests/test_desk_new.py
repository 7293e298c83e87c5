"""New articles and issues: names, numbers, what stands in them, and the questions that are asked."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gongbao.desk import days, make
from gongbao.desk.sheets import Sheets
from gongbao.desk.shelf import Shelf, refolder
from gongbao.desk.slugs import LENGTH, headline_slug
from gongbao.diagnostics import Stop
from gongbao.forms import ArticleForm, IssueForm, twins
from gongbao.model import Article, Issue
from gongbao.read import read_source
from gongbao.settings import Period, Settings, need_settings
from tests.building import NOW, PROJECT, article, copy_of, small_site, write
from tests.command import run

SLUGS = {
    "重庆行业工会": "chong-qing-hang-ye-gong-hui",
    "西安市长安区总工会": "xi-an-shi-chang-an-qu",
    "长安街上的环卫工": "chang-an-jie-shang-de-huan-wei",
    "银行行长": "yin-hang-hang-zhang",
    "单霁翔谈故宫": "shan-ji-xiang-tan-gu-gong",
    "曾祥林：把一生交给铁路": "zeng-xiang-lin",
    "仇和平": "qiu-he-ping",
    "单位食堂": "dan-wei-shi-tang",
    "单亲职工": "dan-qin-zhi-gong",
    "曾经的工友": "ceng-jing-de-gong-you",
    "曾获表彰": "ceng-huo-biao-zhang",
    "仇恨": "chou-hen",
    "2019年大事 GDP增长6.1%": "2019-nian-da-shi",
    "以“五大服务”迎农民工进家门": "yi-wu-da-fu-wu-ying-nong-min",
    "！！": "",
}


@pytest.mark.parametrize("title", SLUGS)
def test_a_headline_becomes_a_name(title: str) -> None:
    assert headline_slug(title, {}) == SLUGS[title]


def test_names_are_written_as_settings_and_bylines_say() -> None:
    assert headline_slug("老乐的一天", {"老乐": "lao-yue"}) == "lao-yue-de-yi-tian"
    assert headline_slug("访老师傅单雄信", {}, ("单雄信",)) == "fang-lao-shi-fu-shan-xiong-xin"


def test_names_are_of_a_sensible_length() -> None:
    for path in sorted((PROJECT / "content").rglob("*.md")):
        record = read_source(path.relative_to(PROJECT / "content").as_posix(), path.read_bytes()).record
        if isinstance(record, Article):
            slug = headline_slug(record.title, {})
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), record.title
            assert 4 <= len(slug) <= LENGTH, (record.title, slug)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = small_site(tmp_path / "site", **{"2019_07_02__1_01_tou_tiao": article("头条"), "2019_07_02__1_02": "---\n"})
    leaves = "版面:\n  - {版次: 1, 版名: 要闻, 编辑: {责编: 贺兰舟}, 版面图: ban-1.png}\n  - {版次: 2, 版名: 综合}\n"
    write(root / "content/2019/2019-07-02/issue.yaml", f"期号: 5021\n总期号: 11873\n{leaves}")
    with (root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("出报日: [2, 4, 5]\n休刊: [{起: 2019-07-04, 止: 2019-07-05, 原因: 大修}]\n")
    return root


def test_an_article_is_made_and_passes_the_check(site: Path) -> None:
    told = run(
        "new", "--root", str(site), "--issue", "2019年7月2日", "--leaf", "1", "--title", '说“好”: [一] # 号',
        "--author", "记者 贺兰舟、曾小红", "--column", "要闻", "--region", "西安市莲湖区、商洛市", "--kicker", "@引题",
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    (path,) = (site / "content/2019/2019-07-02").glob("1-03-*.md")
    assert path.as_posix() in told.stdout
    record = read_source("2019/2019-07-02/" + path.name, path.read_bytes()).record
    assert isinstance(record, Article)
    assert (record.title, record.kicker, record.column) == ("说“好”: [一] # 号", "@引题", "要闻")
    assert [(each.name, each.role) for each in record.authors] == [("贺兰舟", "记者"), ("曾小红", "")]
    assert [each.names[-1] for each in record.places] == ["莲湖区", "商洛市"]
    assert record.draft
    found = read_source("2019/2019-07-02/" + path.name, path.read_bytes()).findings
    assert found == ()


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("省总工会宣教部 沈云岫", "{姓名: 沈云岫, 单位: 省总工会宣教部}"),
        ("本报记者沈云岫", "{姓名: 沈云岫, 身份: 本报记者}"),
        ("沈云岫/文 马学礼/图", "[{姓名: 沈云岫, 身份: 文}, {姓名: 马学礼, 身份: 图}]"),
        ("王　震", "王震"),
    ],
)
def test_authors_are_written_as_they_are_read(told: str, written: str) -> None:
    assert Sheets("zh-CN").people([told]) == written


def test_every_key_that_is_offered_is_one(site: Path) -> None:
    for language, chinese in (("zh-CN", True), ("en", False)):
        with (site / "site.yaml").open("a", encoding="utf-8") as file:
            file.write(f"language: {language}\n" if language == "en" else "")
        shelf = Shelf(site, need_settings(site))
        text = make.new_article(shelf, make.Wanted("2019-07-02", "2", f"标题{language}")).path.read_text("utf-8")
        keys = re.findall(r"^(?:# )?([^\s:#]+): ", text, re.MULTILINE)
        assert len(keys) >= 10
        assert {key for key in keys if key not in twins(ArticleForm)} == set()
        assert all(key.isascii() != chinese for key in keys)
        issue = make.new_issue(shelf, "2019-07-09" if chinese else "2019-07-11").path.read_text("utf-8")
        keys = re.findall(r"^(?:# )?([^\s:#]+):(?: |$)", issue, re.MULTILINE)
        assert {key for key in keys if key not in twins(IssueForm)} == set()
        assert ("on the day of publication" in issue) != chinese


def test_nothing_is_overwritten(site: Path) -> None:
    shelf = Shelf(site, need_settings(site))
    first = make.new_article(shelf, make.Wanted("2019-07-02", "1", "头条", slug="tou-tiao"))
    assert first.path.name == "1-03-tou-tiao-2.md"
    again = Shelf(site, need_settings(site))
    assert again.issues  # what it sees is from before the next line
    write(site / "content/2019/2019-07-02/1-04-tou-tiao-3.md", "mine")
    with pytest.raises(Stop, match="G802"):
        make.new_article(again, make.Wanted("2019-07-02", "1", "头条"))
    assert (site / "content/2019/2019-07-02/1-04-tou-tiao-3.md").read_text("utf-8") == "mine"


def test_without_a_terminal_it_says_what_is_missing(site: Path) -> None:
    told = run("new", "--root", str(site), "--issue", "2019-07-02")
    assert (told.returncode, "--leaf --title" in told.stderr) == (2, True)
    for option, code in (("--issue=2019-08-01", "G804"), ("--leaf=A-1", "G204"), ("--column=要问", "G206")):
        told = run("new", "--root", str(site), "--issue=2019-07-02", "--leaf=1", "--title=题", option)
        assert (told.returncode, code in told.stderr) == (2, True), told.stderr
    assert sorted(path.name for path in (site / "content/2019/2019-07-02").glob("*.md")) == [
        "1-01-tou-tiao.md",
        "1-02.md",
    ]


def test_the_next_issue_knows_weekdays_and_gaps(site: Path) -> None:
    told = run("new", "--root", str(site), "issue")
    assert told.returncode == 0, told.stderr
    path = site / "content/2019/2019-07-09/issue.yaml"
    record = read_source("2019/2019-07-09/issue.yaml", path.read_bytes()).record
    assert isinstance(record, Issue)
    assert (record.number, record.total, bool(record.status)) == ("5022", "11874", True)
    assert [(leaf.leaf, leaf.name, leaf.editors, leaf.image) for leaf in record.leaves] == [
        ("1", "要闻", (("责编", "贺兰舟"),), ""),
        ("2", "综合", (), ""),
    ]
    assert "G802" in run("new", "--root", str(site), "issue", "2019-07-09").stderr
    assert "G806" in run("new", "--root", str(site), "issue", "2019-07-08").stderr
    assert "大修" in run("new", "--root", str(site), "issue", "2019年7月4日").stderr


def test_the_sample_archive_counts_as_the_newspaper_did(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path)
    shelf = Shelf(root, need_settings(root))
    known = {key: record for key in shelf.issues if (record := shelf.issue(key))}
    for key in ("2019-07-04", "2020-03-03"):
        told = days.numbers(shelf.settings, days.before(known, key), key)
        assert (told.number, told.total) == (known[key].number, known[key].total)
    assert make.next_issue(shelf) == "2020-03-05"


def test_numbers_begin_anew_with_the_year_or_the_name() -> None:
    last = Issue("", "", "2018-12-28", "156", "11800")
    yearly = Settings("报", "", titles=(Period("报", "1950-01-01", "", "每年重新编号"),), weekdays=(2, 4, 5))
    assert days.numbers(yearly, last, "2019-01-03").number == "2"
    assert days.numbers(yearly, last, "2019-01-03").total == "11802"
    renamed = Settings("报", "", titles=(Period("旧", "1950-01-01", "2018-12-31"), Period("新", "2019-01-01", "")))
    assert days.numbers(renamed, last, "2019-01-03").number == "1"
    plain = Settings("报", "")
    assert days.numbers(plain, Issue("", "", "2019-01-01", "10—11", "8"), "2019-01-05").number == "12"
    assert days.numbers(plain, None, "2019-01-03") == days.Numbers()


def test_months_and_extras_count_by_themselves() -> None:
    issues = {
        "2020-05": Issue("", "", "2020-05", "40", "40"),
        "2020-05-29": Issue("", "", "2020-05-29", "5140", "11990"),
        "2020-05-29-2": Issue("", "", "2020-05-29-2"),
    }
    settings = Settings("报", "", weekdays=(2, 5))
    assert days.numbers(settings, days.before(issues, "2020-07"), "2020-07").number == "42"
    assert days.numbers(settings, days.before(issues, "2020-06-02"), "2020-06-02").number == "5141"


def test_the_folder_of_an_issue_is_like_the_others() -> None:
    assert [make.issue_key(each) for each in ("2019-7-2", "2019-07-2", "2020-06", "2019-07-04-2")] == [
        "2019-07-02", "2019-07-02", "2020-06", "2019-07-04-2",
    ]  # fmt: skip
    assert refolder("2019/2019-07-02", "2019-07-02", "2020-01-03") == "2020/2020-01-03"
    assert refolder("2019/07/2019-07-02", "2019-07-02", "2020-01-03") == "2020/01/2020-01-03"
    assert refolder("bao/2019-07-02", "2019-07-02", "2020-01-03") == "bao/2020-01-03"


def converse(root: Path, *arguments: str, answers: list[str]) -> str:
    """What is said on a terminal, where each question gets an answer."""
    master, slave = pty.openpty()
    command = [sys.executable, str(PROJECT / "build.py"), *arguments, "--root", str(root)]
    with subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=os.environ | {"TERM": "xterm"}
    ) as process:
        os.close(slave)
        # The end of input after all answers: who asks for more is stopped.
        os.write(master, "".join(answer + "\n" for answer in [*answers, "\x04"]).encode())
        said = b""
        while True:
            try:
                said += os.read(master, 4096)
            except OSError:
                break
    os.close(master)
    assert process.returncode == 0, said.decode()
    return said.decode()


def test_on_a_terminal_it_asks(site: Path) -> None:
    write(site / "content/2019/2019-07-02/2-01-ci.md", article("次", 作者="{姓名: 王芳, 身份: 记者}"))
    said = converse(site, "new", answers=["1", "2", "银行行长", "要闻", "1、通讯员 单雄信"])
    for wanted in ("哪一期", "2019年7月2日", "第几版", "第2版 综合", "哪个栏目", "作者是谁", "记者 王芳", "已建好"):
        assert wanted in said, said
    text = (site / "content/2019/2019-07-02/2-02-yin-hang-hang-zhang.md").read_text("utf-8")
    assert "栏目: 要闻" in text
    assert "作者: [{姓名: 王芳, 身份: 记者}, {姓名: 单雄信, 身份: 通讯员}]" in text


def test_what_cannot_be_is_asked_again(site: Path) -> None:
    said = converse(site, "new", answers=["3月5日", "1", "9", "否", "2", "题", "", ""])
    assert "G111" in said
    assert "G764" in said
    assert "照样放在这一版" in said
    assert (site / "content/2019/2019-07-02/2-01-ti.md").is_file(), said
    said = converse(
        site, "new", "2019-07-02", "--leaf=9", "--title=二", "--region=莲糊区", answers=["n", "莲湖区", "是"]
    )
    assert "G207" in said
    assert "莲湖区" in (site / "content/2019/2019-07-02/9-01-er.md").read_text("utf-8")
    said = converse(site, "new", "issue", answers=["哪天", ""])
    assert "G111" in said
    assert (site / "content/2019/2019-07-09/issue.yaml").is_file(), said


def test_the_issue_that_is_being_edited_is_offered(site: Path) -> None:
    for key in ("2019-08", "2020-06"):
        write(site / f"content/{key[:4]}/{key}/issue.yaml", "期号: 1\n")
    assert run("new", "issue", "2019-07-09", "--root", str(site)).returncode == 0
    said = converse(site, "new", answers=["", "1", "题", "", ""])
    assert "直接回车：2019-07-09" in said
    assert make.issue_in_work(Shelf(site, need_settings(site))) == "2019-07-09"


def test_a_leaf_that_the_issue_does_not_have_is_told_of(site: Path) -> None:
    told = run(
        "new", "2019-07-02", "--leaf=9", "--title=题", "--region=莲糊区", "--tags=安全、甲:乙", "--root", str(site)
    )
    assert told.returncode == 0
    assert "G764" in told.stderr
    assert "G207" in told.stderr
    path = site / "content/2019/2019-07-02/9-01-ti.md"
    record = read_source("2019/2019-07-02/" + path.name, path.read_bytes()).record
    assert isinstance(record, Article)
    assert record.tags == ("安全", "甲:乙")
    write(site / "content/2019/2019-07-11/1-01-a.md", article("甲"))
    for leaf, told_of in (("1", False), ("3", True)):
        told = run("new", "2019-07-11", f"--leaf={leaf}", "--title=题", "--root", str(site))
        assert (told.returncode, "没有写版面" in told.stdout) == (0, told_of)


def test_a_new_issue_passes_its_own_check(site: Path) -> None:
    for language in ("zh-CN", "en"):
        with (site / "site.yaml").open("a", encoding="utf-8") as file:
            file.write("language: en\n" if language == "en" else "")
        made = make.new_issue(Shelf(site, need_settings(site)), "2019-07-09" if language == "en" else "2019-07-11")
        reading = read_source("2019/2019-07-09/issue.yaml", made.path.read_bytes())
        assert reading.findings == ()
        assert isinstance(reading.record, Issue)
        assert reading.record.status == ("in preparation" if language == "en" else "编辑中")


def test_on_a_terminal_it_makes_the_issue_too(site: Path) -> None:
    said = converse(site, "new", answers=["2019-07-12", "y", "甲-1", "第４版", "y", "标题", "", ""])
    assert "2019-07-12/4-01-biao-ti.md" in said, said
    assert (site / "content/2019/2019-07-12/issue.yaml").is_file()


def test_a_site_without_issues_begins_somewhere(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    (root / "content").mkdir()
    assert "G803" in run("new", "--root", str(root), "issue").stderr
    assert run("new", "--root", str(root), "issue", "2019-07-02").returncode == 0
    assert run("new", "--root", str(root), "2019-07-02", "--leaf=1", "--title=题").returncode == 0
    assert run("check", "--now", NOW, "--root", str(root)).returncode == 0
