"""Cost follows the change: after an edit, no question goes through a table that grows with the archive."""

import re
import sqlite3
from pathlib import Path
from typing import ClassVar

import pytest

from gongbao import pipeline
from gongbao.catalogue import Reader
from gongbao.pipeline import Order
from gongbao.report import Silent
from tests.building import NOW, article, build, small_site
from tests.test_plan import EDITS, SITE

GROWING = (
    "sources",
    "texts",
    "refs",
    "live",
    "articles",
    "memberships",
    "outputs",
    "pages",
    "counts",
    "findings",
    "facts",
)
PASSES = {
    "SELECT path, size, mtime, digest FROM sources INDEXED BY sources_stat ORDER BY path",
    "SELECT count(*) FROM sources INDEXED BY sources_stat",
    "SELECT count(DISTINCT address) FROM pages",
    "SELECT DISTINCT file, line, col, code, args FROM findings",
    "SELECT path FROM sources INDEXED BY sources_draft WHERE draft = 1 AND due = 0 AND good = digest"
    " AND kind IN ('article', 'standing')",
}
"""The few that go through a whole index once a build, on purpose: each source is compared with what is known of it,
pages are counted for the last line, all findings are told; drafts, which have no page, are looked at by each check."""

FEW = "sources_publish_at|live_standing|dirty_unseen"
"""Indexes of few rows by their nature."""


class _Told(sqlite3.Connection):
    """A connection that keeps what it is asked, with how SQLite means to find the answer."""

    asked: ClassVar[dict[str, list[str]]] = {}

    def execute(self, sql: str, *args: object) -> sqlite3.Cursor:
        if sql not in self.asked and re.match(r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)", sql):
            try:
                plan = super().execute(f"EXPLAIN QUERY PLAN {sql}", *args).fetchall()  # type: ignore[arg-type]
                self.asked[sql] = [row[3] for row in plan]
            except sqlite3.Error:  # a table that this statement itself is about
                self.asked[sql] = []
        return super().execute(sql, *args)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [name for name in EDITS if name != "a template"])
def test_no_question_goes_through_a_table_that_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    older = {f"2018_01_{day:02}__1_01": article("旧", 栏目="要闻") for day in range(1, 20)}
    root = small_site(tmp_path, **SITE, **older)
    jia = root / "content/2019/2019-07-02/1-01-jia.md"
    jia.write_text(jia.read_text("utf-8").replace("正文。", "正文。" * 60), "utf-8")
    build(root)
    EDITS[name](root)
    connect = sqlite3.connect
    monkeypatch.setattr(_Told, "asked", {})
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **given: connect(*args, **given, factory=_Told))
    assert build(root).figures.rendered > 0
    assert len(_Told.asked) > 30
    # An index of few rows by its nature is none of them, and to look for any row is no way through.
    scan = re.compile(rf"SCAN (?:{'|'.join(GROWING)}|[a-z])\b(?! USING (?:COVERING )?INDEX (?:{FEW}))")
    through = {
        sql: plan
        for sql, plan in _Told.asked.items()
        if sql not in PASSES and not sql.endswith("LIMIT 1") and any(map(scan.search, plan))
    }
    assert through == {}
    widely = re.compile(r"SEARCH outputs USING PRIMARY KEY \(folder=\?\)")
    assert {sql for sql, plan in _Told.asked.items() if any(map(widely.search, plan))} == set()


def test_no_question_of_a_check_goes_through_a_table_that_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_site(tmp_path, **SITE)
    order = Order(root, root / "output", NOW)
    pipeline.check(order, Silent())
    jia = root / "content/2019/2019-07-02/1-01-jia.md"
    jia.write_text(jia.read_text("utf-8").replace("正文。", "市工会,区工会。"), "utf-8")
    connect = sqlite3.connect
    monkeypatch.setattr(_Told, "asked", {})
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **given: connect(*args, **given, factory=_Told))
    assert "G704" in {each.code for each in pipeline.check(order, Silent()).findings}
    scan = re.compile(rf"SCAN (?:{'|'.join(GROWING)}|dirty)\b(?! USING (?:COVERING )?INDEX (?:{FEW}))")
    known = {*PASSES, *(sql for sql in _Told.asked if sql.endswith("LIMIT 1"))}
    assert {sql for sql, plan in _Told.asked.items() if sql not in known and any(map(scan.search, plan))} == set()


def test_readers_cannot_write(tmp_path: Path) -> None:
    root = small_site(tmp_path, **SITE)
    build(root)
    reader = Reader(root / ".gongbao" / "catalogue.db")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.db.execute("DELETE FROM articles")
    reader.close()
