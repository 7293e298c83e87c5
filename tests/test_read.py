"""Sources to records: keys in both languages, every form of a value, any bytes at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.desk.sheets import Sheets
from gongbao.messages import LANGUAGES
from gongbao.model import Article, Issue, Person, Reading
from gongbao.read import kind_of, read_source
from tests.building import PROJECT

CONTENT = PROJECT / "content"
PATH = "2019/2019-07-02/4-05-wu-da.md"

CHINESE = """---
标题: 题
引题: 引
副题: 副
栏目: 要闻
专题: 专
作者: [{姓名: 王　震, 身份: 记者, 单位: 某厂}]
摄影: 李某
来源: 新华社
电头: 本报讯
地区: 西安市莲湖区
体裁: 消息
标签: [甲, 乙]
摘要: 摘
图片: [{文件: a.jpg, 说明: 明, 署名: 李某 摄}]
简讯: [{编号: a, 标题: 短, 作者: 赵某, 地区: 四川省, 正文: 文}]
版面区域: [[[0, 0], [1, 0], [1, 1]]]
转版: [{版次: 3, 版面区域: [[[0, 0], [1, 0], [1, 1]]]}]
更正: 4-06-x.md
勘误: [{日期: 2020-01-01, 原文: 错, 现文: 对, 原因: 误}]
版权: 权
数字化: 2020-01-01
文字来源: raw
旧址: /a.html
草稿: yes
发布时间: 2020-01-01
---
正文
"""
ENGLISH = """---
title: 题
kicker: 引
subtitle: 副
column: 要闻
series: 专
author: [{name: 王震, role: 记者, unit: 某厂}]
photographer: 李某
source: 新华社
dateline: 本报讯
region: [陕西省/西安市/莲湖区]
kind: 消息
tags: 甲、乙
summary: 摘
photos: [{file: a.jpg, caption: 明, credit: 李某 摄}]
items: [{id: a, title: 短, author: 赵某, region: 四川, body: 文}]
areas: [[[0, 0], [1, 0], [1, 1]]]
continued: [{leaf: 3, areas: [[[0, 0], [1, 0], [1, 1]]]}]
corrects: [4-06-x.md]
edits: [{date: 2020年1月1日, printed: 错, now: 对, why: 误}]
rights: 权
digitised: 2020/1/1
ocr: raw
aliases: [/a.html]
draft: true
publish_at: 2020-01-01
---
正文
"""


def read(text: str, path: str = PATH) -> Reading:
    return read_source(path, text.encode())


def article(front: str, path: str = PATH) -> Article:
    record = read(f"---\n标题: 题\n{front}\n---\n正文\n", path).record
    assert isinstance(record, Article)
    return record


def _plain(reading: Reading) -> object:
    assert reading.findings == ()
    record = reading.record
    assert isinstance(record, Article)
    spots = {"column_spot", "aliases_spot"}
    return {name: getattr(record, name) for name in record.__slots__ if name not in spots}, reading.texts


def test_chinese_and_english_keys_are_equal_at_every_depth() -> None:
    assert _plain(read(CHINESE)) == _plain(read(ENGLISH))


def test_the_path_says_issue_leaf_order_and_address() -> None:
    record = article("")
    assert (record.issue, record.leaf, record.order, record.date) == ("2019-07-02", "4", 5, "2019-07-02")
    assert record.address == "/issues/2019-07-02/4/wu-da/"
    assert article("", "2019/2019-07-02/a01-07.md").address == "/issues/2019-07-02/a01/07/"
    assert article("", "2019/2019-07-02/04-07-五大服务.md").address == "/issues/2019-07-02/4/wu-da-fu-wu/"


def test_any_depth_works_where_the_front_matter_says_the_rest() -> None:
    record = article("日期: 2019-07-02\n版次: 4", "来稿/深/处/wu-da.md")
    assert record.address == "/issues/2019-07-02/4/wu-da/"
    assert article("", "a/2019-07-04-2/b/c/2-01-x.md").issue == "2019-07-04-2"
    assert article("日期: 2020-06-15", "2020-06/1-01-x.md").date == "2020-06-15"


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("王震", (Person("王震"),)),
        ("王　震、李 强", (Person("王震"), Person("李强"))),
        ("[王震, {姓名: 李强, 身份: 通讯员}]", (Person("王震"), Person("李强", "通讯员"))),
        ("{单位: 某厂工会}", (Person("某厂工会"),)),
        ("[王震, 王震]", (Person("王震"),)),
    ],
)
def test_authors(written: str, people: tuple[Person, ...]) -> None:
    assert article(f"作者: {written}").authors == people


@pytest.mark.parametrize("written", ["陕西省/西安市/莲湖区", "西安市莲湖区", "莲湖区", "[陕西省西安市莲湖区]"])
def test_regions(written: str) -> None:
    (place,) = article(f"地区: {written}").places
    assert place.names == ("陕西省", "西安市", "莲湖区")
    assert place.slugs == ("shaanxi", "xi-an", "lian-hu")


def test_the_whole_country_is_plain_text_without_a_warning() -> None:
    reading = read("---\n标题: 题\n地区: 全国\n---\n")
    assert reading.findings == ()
    assert isinstance(reading.record, Article)
    assert reading.record.places[0].slugs == ()


def test_line_ends_and_marks_of_other_systems_do_not_show() -> None:
    plain = read(CHINESE)
    other = read_source(PATH, b"\xef\xbb\xbf" + CHINESE.replace("\n", "\r\n").encode())
    assert plain == other


def test_issue_yaml() -> None:
    text = "期号: 41\n总期号: 10—11\n版面: [4, {版次: 1, 版名: 要闻, 编辑: {责编: 张某}, 版面图: a.png}]\n"
    record = read_source("x/2019-07-02/issue.yaml", text.encode()).record
    assert isinstance(record, Issue)
    assert (record.key, record.number, record.total) == ("2019-07-02", "41", "10—11")
    assert [leaf.leaf for leaf in record.leaves] == ["4", "1"]
    assert record.leaves[1].image == "x/2019-07-02/a.png"


def test_every_source_of_the_sample_archive_is_sound() -> None:
    paths = [path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*") if path.is_file()]
    sources = [path for path in paths if kind_of(path)]
    assert len(sources) > 100
    for path in sources:
        reading = read_source(path, (CONTENT / path).read_bytes())
        assert reading.findings == (), path
        assert reading.record is not None, path


NAMES = ["2019-07-02/1-01-a.md", "2019-07-02/issue.yaml", "moved.csv", "pages/a.md", "2019-07-02/a.png", "a.pdf"]
SCRAPS = [
    "---\n", "标题: ", "title: x\n", "作者: ", "[", "]", "{", "}", ": ", "\n", "- ", "#", "&a ", "*a ", '"', "'", "|\n",
    ">\n", "简讯:\n", "  - ", "\t", "编号: a\n", "正文: b\n", "!!python/object:os.system x\n", "版次: 1\n",
    "/a,gone,2019-01-01,x\n",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=6), max_size=30).map("".join)


@given(st.sampled_from(NAMES), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=200))
def test_no_bytes_raise(path: str, data: bytes) -> None:
    reading = read_source(path, data)
    assert reading.record is not None or reading.findings
    for found in reading.findings:
        assert found.message(str)
        assert found.hint(str)


def test_a_picture_is_measured_as_it_is_shown() -> None:
    for path in CONTENT.rglob("*.png"):
        name = path.relative_to(CONTENT).as_posix()
        record = read_source(name, Path(path).read_bytes()).record
        assert getattr(record, "width", 0) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_that_is_not_written_yet_is_published_only_when_it_is(language: str) -> None:
    sheet = Sheets(language).article({"title": "题"}, [])
    assert read(sheet).findings == ()
    ready = "\n".join(line for line in sheet.split("\n") if not line.startswith(("draft:", "草稿:")))
    reading = read(ready)
    line = next(number for number, each in enumerate(ready.split("\n"), 1) if each.startswith(("(", "（")))
    assert reading.record is None
    assert [(each.code, each.line, each.column) for each in reading.findings] == [("G318", line, 1)]
    written = "\n".join("正文。" if each.startswith(("(", "（")) else each for each in ready.split("\n"))
    assert read(written).findings == ()
