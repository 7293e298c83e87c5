"""On this day: every year's issues of a day of the year, bounded, and none of today's."""

import re
from pathlib import Path

import pytest

from gongbao.pages import days
from tests.building import article, build, small_site, write

SITE = {
    "2017_07_02__1_01": article("甲"), "2019_07_02__1_01": article("乙"), "2019_07_02__2_01": article("丙"),
    "2019_07_02_2__1_01": article("丁"), "2020_02_29__1_01": article("戊"), "2020_06__1_01": article("己"),
    "2020_06_2__1_01": article("庚"),
}  # fmt: skip


def _issues(root: Path, day: str) -> list[str]:
    text = (root / f"output/on-this-day/{day}/index.html").read_text("utf-8").partition("<main")[2]
    return re.findall(r'<h2><a href="../../issues/([^"/]+)/', text)


def _headlines(root: Path, day: str) -> list[str]:
    text = (root / f"output/on-this-day/{day}/index.html").read_text("utf-8").partition("<main")[2]
    return re.findall(r'<li><a href="[^"]+">(\w)</a>', text)


def test_a_day_shows_all_years_and_leads_to_the_days_beside(tmp_path: Path) -> None:
    root = small_site(tmp_path, **SITE)
    build(root)
    assert sorted(path.name for path in (root / "output/on-this-day").iterdir()) == ["02-29", "07-02", "index.html"]
    assert _issues(root, "07-02") == ["2019-07-02", "2019-07-02-2", "2017-07-02"]
    assert _headlines(root, "07-02") == list("乙丙丁甲")
    assert 'href="../02-29/"' in (root / "output/on-this-day/07-02/index.html").read_text("utf-8")
    for issue, leads in (("2017-07-02", True), ("2020-06", False)):
        text = (root / f"output/issues/{issue}/index.html").read_text("utf-8")
        assert ('href="../../on-this-day/07-02/"' in text) is leads


def test_a_day_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "CARDS", 3)
    monkeypatch.setattr(days, "ISSUE_CARDS", 1)
    root = small_site(tmp_path, **SITE, **{f"19{year}_07_02__1_01": article("旧") for year in range(90, 99)})
    build(root)
    assert len(_issues(root, "07-02")) == 12
    assert _headlines(root, "07-02") == list("乙丁甲")


def test_no_day_hangs_on_the_clock_and_a_new_issue_touches_its_own(tmp_path: Path) -> None:
    root = small_site(tmp_path, **SITE)
    build(root)
    assert build(root, now="2026-07-02").figures.rendered == 0
    write(root / "content/2018/2018-07-02/1-01.md", article("新"))
    planned = {each.address for each in build(root, dry_run=True).planned if "/on-this-day/" in each.address}
    assert planned == {"/on-this-day/", "/on-this-day/07-02/"}
    build(root)
    assert _headlines(root, "07-02") == list("乙丙丁新甲")
