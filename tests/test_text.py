"""Addresses, leaves, dates, names and pinyin."""

from posixpath import join, normpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao import pinyin
from gongbao.spoken import Speaker
from gongbao.text import (
    excerpt,
    is_issue_key,
    issue_date,
    issue_edition,
    leaf_order,
    page_path,
    parents,
    parse_date,
    person_name,
    relative,
)

STEP = st.sampled_from(["a", "b-2", "工会", "2019", "a b", "x&y", "q?"])
ADDRESS = st.builds(
    lambda steps, file: "/" + "".join(f"{step}/" for step in steps) + file,
    st.lists(STEP, max_size=4),
    st.sampled_from(["", "feed.xml", "a.html"]),
)


@given(ADDRESS, ADDRESS)
def test_a_relative_link_leads_back(address: str, base: str) -> None:
    link = unquote(relative(address, base))
    folder = base if base.endswith("/") else base.rpartition("/")[0] + "/"
    reached = normpath(join(folder, link))
    assert reached == normpath(address)
    assert not link.startswith("/")
    assert link.endswith("/") == address.endswith("/")


def test_paths_and_parents() -> None:
    assert page_path("/") == "index.html"
    assert page_path("/a/b/") == "a/b/index.html"
    assert page_path("/feed.xml") == "feed.xml"
    assert parents("/a/b/c/") == ["/", "/a/", "/a/b/"]
    assert relative("/a/#x", "/a/") == "#x"


def test_leaves_sort_as_they_are_printed() -> None:
    leaves = ["web", "a10", "b1", "10", "a2", "2", "1"]
    assert sorted(leaves, key=leaf_order) == ["1", "2", "10", "a2", "a10", "b1", "web"]


@pytest.mark.parametrize(
    ("written", "day"),
    [("2019-07-02", "2019-07-02"), ("2019/7/2", "2019-07-02"), ("2019年7月2日", "2019-07-02"), ("2019年7月", "2019-07"),
     ("2019.7.2", "2019-07-02"), ("2019-13", None), ("2019-02-29", None), ("昨天", None), ("0000-01-01", None)],
)  # fmt: skip
def test_dates(written: str, day: str | None) -> None:
    assert parse_date(written) == day


def test_issue_keys() -> None:
    assert (issue_date("2019-07-04-2"), issue_edition("2019-07-04-2")) == ("2019-07-04", 2)
    assert (issue_date("2020-06"), issue_edition("2020-06")) == ("2020-06", 1)
    for wrong in ("2019", "2019-7-2", "2019-02-30", "te-kan", "2019-07-04-1"):
        assert not is_issue_key(wrong)


def test_names_and_excerpts() -> None:
    assert person_name("王　震") == "王震"
    assert person_name("Anna  Louise Strong") == "Anna Louise Strong"
    assert excerpt("一二三四，五六", 5) == "一二三四…"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("重庆", "chong-qing"),
        ("工会动态", "gong-hui-dong-tai"),
        ("憩心亭", "qi-xin-ting"),
        ("APP上线", "app-shang-xian"),
    ],
)
def test_pinyin(name: str, slug: str) -> None:
    assert pinyin.slug(name) == slug


def test_slugs_of_names_hang_on_the_name_alone() -> None:
    assert pinyin.name_slug("张伟").startswith("zhang-wei-")
    assert pinyin.name_slug("张伟") != pinyin.name_slug("章伟")
    assert pinyin.name_slug("单雄信", person=True).startswith("shan-xiong-xin-")
    assert pinyin.initial("曾志伟", person=True) == "z"
    assert pinyin.initial("！？") == "0"


def test_speaking() -> None:
    chinese, english = Speaker("zh-CN"), Speaker("en")
    assert chinese.long_date("2019-07-02") == "2019年7月2日 星期二"
    assert english.long_date("2019-07-02") == "2 July 2019 Tuesday"
    assert (chinese.plain_date("2019-07"), chinese.plain_date("2019")) == ("2019年7月", "2019年")
    assert (chinese.leaf("4"), chinese.leaf("a01"), chinese.leaf("web")) == ("第4版", "A01版", "网络版")
    assert (english.leaf("4"), english.leaf("a01")) == ("Page 4", "Page A01")
