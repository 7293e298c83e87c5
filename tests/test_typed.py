"""What editors type: a corpus of sources as they lie on the disk, what comes of each, and what must come of any."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongbao import bylines
from gongbao.diagnostics import Diagnostic, has_errors
from gongbao.markdown import plain_text
from gongbao.model import Article, Reading
from gongbao.read import kind_of, read_source
from gongbao.read.files import filed, scan
from tests import typed
from tests.building import PROJECT, write
from tests.scale import counts

CASES = list(typed.cases())
NAMES = [typed.PATH, "2019/2019-07-02/issue.yaml", "pages/a.md", "moved.csv"]
PATIENCE = 2  # seconds


def test_there_are_many_and_each_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 150
    assert len({(case.file, case.name) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file.stem}: {case.name}" for case in CASES])
def test_what_was_typed(case: typed.Case, accept: bool) -> None:
    if accept:
        typed.accept(case)
        return
    assert typed.told(case) == case.expected


def test_places_are_inside_the_file() -> None:
    for case in CASES:
        reading = read_source(case.path, case.data)
        lines = case.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        assert all(0 <= found.line <= lines for found in reading.findings), case.name


def test_what_computers_leave_beside_articles_is_no_source(tmp_path: Path) -> None:
    names = ["~$05-wu-da.md", ".DS_Store", "._4-05-wu-da.md", "Thumbs.db", "desktop.ini", "4-05-wu-da.md~", "a.tmp"]
    for name in [*names, "4-05-wu-da.md"]:
        write(tmp_path / "2019-07-02" / name, "---\n标题: 题\n---\n")
    findings: list[Diagnostic] = []
    found = list(scan(tmp_path, 1 << 62, findings))
    assert [path for path, _, _ in found] == ["2019-07-02/4-05-wu-da.md"]
    assert not findings


@pytest.mark.parametrize(
    "name",
    ["4-05-wu-da.md.txt", "4-05-wu-da.docx", "第4版-05.doc", "4-05-wu-da.txt", "issue.yml", "Issue.yaml", "4-05-a。md"],
)
def test_a_file_that_should_be_a_source_is_told_of(tmp_path: Path, name: str) -> None:
    write(tmp_path / "2019-07-02" / name, "---\n标题: 题\n---\n")
    findings: list[Diagnostic] = []
    assert not list(scan(tmp_path, 1 << 62, findings))
    assert [(found.code, found.file) for found in findings] == [("G117", f"content/2019-07-02/{name}")]


def test_pictures_of_any_name_are_sources() -> None:
    assert [kind_of(f"a/{name}") for name in ("图１.JPG", "乒 乓.jpeg", "a.heic")] == ["picture", "picture", ""]


_TIMED = """
import sys, time
from gongbao.read import read_source
data, begun = sys.stdin.buffer.read(), time.process_time()
read_source(sys.argv[1], data)
print(time.process_time() - begun)
"""


def _seconds_anew(path: str, data: bytes) -> float:
    """How long it takes a process that remembers nothing of it."""
    told = subprocess.run(
        [sys.executable, "-c", _TIMED, path], cwd=PROJECT, input=data, capture_output=True, check=True
    )
    return float(told.stdout)


def _read(path: str, data: bytes) -> Reading:
    begun = time.process_time()
    reading = read_source(path, data)
    # Once in an hour of one process something else took as long; what is slow is slow in a new one, too.
    assert time.process_time() - begun < PATIENCE or _seconds_anew(path, data) < PATIENCE
    assert reading.record is not None or reading.findings
    assert not (reading.record is not None and has_errors(reading.findings)) or path == "moved.csv"
    for found in reading.findings:
        assert found.message(str)
        assert found.hint(str)
    filed(reading, "")
    return reading


LONG = 20_000
RUNS = [
    "“",
    " ",
    "\u3000",
    ": ",
    "［",
    "[",
    '“"',
    "- ",
    'a: "x\n',
    '题: "x\n',
    "[x](",
    "](",
    "。",
    "）",
    "姓名：",
    "标签: ",
    " #",
    "`",
    "记者",
    "王震/文 ",
    "（记者）",
    "厂 王震 ",
]


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(
    "around",
    [
        "---\n标题: 甲%s乙\n---\n",
        "---\n标题: 题\n作者: {姓名：%s}\n---\n",
        "---\n标题: 题\n作者: 记者 %s 王震\n---\n",
        "---\n标题: 题\n---\n甲\n乙%s丙",
    ],
)
def test_no_run_of_a_sign_takes_long(run: str, around: str) -> None:
    _read(typed.PATH, (around % (run * (LONG // len(run)))).encode())


SIGNS = [
    *"：:，,、；;。.“”\"‘’'［］[]{}｛｝【】（）()#＃*＊&!！|｜@%`-－—·●\\/?？<>=~^ \t\u3000\u00a0\u200b\u2028\u0301",
    "\ue000", "\x0b", "标题", "作者", "栏目", "姓名", "身份", "图片", "文件", "说明", "简讯", "编号", "正文", "title",
    "王震", "4", "４", "四", "\n", "\n\n", "\n  ", "\n  - ", "\n---\n", "\n———\n", ": ", "： ", "](", "![", "http：//",
    "C:\\", "&a ", "*a", " # ", "|\n", "    ", "　　", "- ", "1. ", "一、", "锟斤拷",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), max_size=40).map("".join)
SOURCES = st.sampled_from([case.data for case in CASES])


@given(st.sampled_from(NAMES), st.binary(max_size=400))
@settings(max_examples=counts(100, 5000), deadline=None)
def test_any_bytes(path: str, data: bytes) -> None:
    _read(path, data)


@given(st.sampled_from(NAMES), SOUP)
@settings(max_examples=counts(150, 10_000), deadline=None)
def test_any_front_matter(path: str, front: str) -> None:
    _read(path, f"---\n标题: 题\n{front}\n---\n正文\n".encode("utf-8", "surrogatepass"))


@given(SOUP)
@settings(max_examples=counts(150, 10_000), deadline=None)
def test_any_text(body: str) -> None:
    _read(typed.PATH, f"---\n标题: 题\n---\n{body}\n".encode("utf-8", "surrogatepass"))


@given(SOURCES, SOURCES, st.integers(0, 400), st.integers(0, 400), SOUP)
@settings(max_examples=counts(150, 10_000), deadline=None)
def test_any_mixture_of_the_cases(one: bytes, other: bytes, cut: int, paste: int, between: str) -> None:
    _read(typed.PATH, one[:cut] + between.encode("utf-8", "surrogatepass") + other[paste:])


BYLINE = st.lists(
    st.sampled_from([
        *"、，/／:：（）() \u3000", "记者", "通讯员", "本报记者", "特约评论员", "文", "图", "摄", "摄影", "王震",
        "沈云岫", "阿依古丽", "省总工会宣教部", "渭川机床厂", "安康站", "（记者）", "/文", "图/",
    ]),
    min_size=1, max_size=10,
)  # fmt: skip


@given(BYLINE.map("".join))
@settings(max_examples=counts(300, 20_000), deadline=None)
def test_no_word_of_a_byline_is_lost_and_what_is_advised_is_certain(text: str) -> None:
    told = bylines.read(text)
    kept = "".join(word for each in told.people for word in (each.role, each.unit, each.name))
    assert {char for char in text if char.isalnum()} <= set(kept)
    if told.doubts and not told.signs:
        assert told.people
        assert not bylines.read(told.spoken()).doubts or "{" in told.spoken()
    assert told.signs or told.doubts or not any(sign in each.name for each in told.people for sign in "：:/／（）()")


VALUE = st.lists(
    st.sampled_from([*"：:，,、。“”［］[]{}【】（）()#*&!|@%`-—·\\/?<>=~ 五大服务A1"]), min_size=1, max_size=12
)


@given(VALUE.map("".join).filter(str.strip), st.sampled_from([": ", "：", ":", "： "]))
@settings(max_examples=counts(200, 20_000), deadline=None)
def test_no_character_of_a_headline_is_lost(value: str, colon: str) -> None:
    reading = _read(typed.PATH, f"---\n栏目: 要闻\n标题{colon}{value}\n---\n正文\n".encode())
    if not reading.findings:
        assert isinstance(reading.record, Article)
        assert "".join(reading.record.title.split()) == "".join(value.split())


PROSE = st.lists(
    st.sampled_from([*"五大服务，。！？“”（）—·●一、①", "\n", "\n", "\n\n", "　　", "    ", "\t", "【】（"]),
    max_size=40,
)


@given(PROSE.map("".join))
@settings(max_examples=counts(200, 20_000), deadline=None)
def test_no_character_of_a_text_is_lost(body: str) -> None:
    reading = _read(typed.PATH, f"---\n标题: 题\n---\n{body}\n".encode())
    assert "".join(plain_text(reading.texts[0]).split()) == "".join(body.split())
