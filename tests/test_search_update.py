"""The index is brought up to date: what changed is looked at, what a clean build writes is there, no more."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gongbao import pipeline
from gongbao.catalogue.search import Unit
from gongbao.pipeline import Order
from gongbao.report import Silent
from gongbao.search import groups, segment
from gongbao.search.groups import Shape
from gongbao.search.reading import Index
from gongbao.search.update import DATA, MANIFEST
from tests.building import NOW, PROJECT, article, build, copy_of, differences, named_by, small_site, tree, write
from tests.scale import counts

SITE = {
    "2018_12_28__1_01": article(
        "去年的事", "西安市莲湖区的工会办实事，花了1,350,000元。", author="王震", region="陕西省西安市"
    ),
    "2019_06_28__1_01-ding": article("旧闻", "环卫工人有了休息站。", column="要闻"),
    "2019_07_02__1_01-jia": article("甲", "雄安新区开工，7.26亿元到位。", tags="[安全]", column="要闻"),
    "2019_07_02__4_01-yi": article("乙", "全心全意為人民服務。", author="李四"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site", **SITE)


def index_of(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(root / "output").items() if path.startswith("search/")}


def files_of(root: Path) -> set[str]:
    return {f"{DATA}{path.name}" for path in (root / "output" / DATA).iterdir()}


def reading(root: Path) -> Callable[[str], bytes]:
    return lambda path: (root / "output" / path).read_bytes()


def clean(root: Path, tmp_path: Path, name: str) -> dict[str, bytes]:
    build(copy_of(root, tmp_path / name))
    return index_of(tmp_path / name)


def test_any_edits_then_a_build_equal_a_clean_build(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "FULL", 4)
    monkeypatch.setattr(groups, "LIVELY", 3)
    monkeypatch.setattr(groups, "LARGE", 3)
    monkeypatch.setattr(groups, "LARGE_SHAPE", Shape(200, 2, 3))
    build(root)
    chance = random.Random(6)
    for number in range(counts(3, 60)):
        folder = f"{chance.choice((2017, 2018, 2019))}-{chance.randrange(1, 4):02}-0{chance.randrange(1, 5)}"
        path = root / "content" / folder[:4] / folder / f"1-0{chance.randrange(1, 4)}.md"
        if path.is_file() and chance.random() < 0.5:
            path.unlink()
        else:
            write(
                path,
                article(f"题{chance.randrange(9)}", f"正文{chance.randrange(99)}号工会。" * chance.randrange(1, 9)),
            )
        build(root)
        assert differences(index_of(root), clean(root, tmp_path, f"clean-{number}")) == []


def test_serial_and_processes_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    other = copy_of(root, tmp_path / "other")
    build(root)
    build(other, jobs=2)
    assert differences(tree(root / "output"), tree(other / "output")) == []


def test_parts_and_months_do_not_show(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "SMALL_SHAPE", Shape(100, 2, 0))
    monkeypatch.setattr(segment, "_WIDE", 1)
    build(root)
    assert any(each.ready for each in Index(root / "output").segments)
    monkeypatch.setattr(segment, "_PART", 10)
    assert differences(index_of(root), clean(root, tmp_path, "parts")) == []


def test_what_the_former_manifest_named_stays_one_change_longer(root: Path) -> None:
    path = root / "content/2019/2019-07-02/1-01-jia.md"
    named = []
    for word in ("第一次", "第二次", "第三次"):
        path.write_text(article(word, "正文。" * 9), "utf-8")
        build(root)
        named.append(named_by(reading(root)))
        assert build(root).findings == ()
    assert files_of(root) == named[2] | named[1]
    assert named[0] - named[1] - named[2]


def test_a_build_that_changes_nothing_does_not_load_numbers(root: Path) -> None:
    build(root)
    before = {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*") if path.is_file()}
    code = (
        "import sys; from pathlib import Path; from gongbao import pipeline; from gongbao.report import Silent\n"
        f"root = Path({str(root)!r}); pipeline.build(pipeline.Order(root, root / 'output', {NOW!r}), Silent())\n"
        "print('numpy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
    assert before == {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*") if path.is_file()}


@pytest.mark.parametrize("harm", ["changed", "gone", "manifest", "blocks", "catalogue"])
def test_damage_is_healed(root: Path, harm: str) -> None:
    build(root)
    before = tree(root / "output")
    chunk = next((root / "output" / DATA).glob("*.bin"))
    match harm:
        case "changed":
            chunk.write_bytes(b"not a chunk")
        case "gone":
            chunk.unlink()
        case "manifest":
            (root / "output" / MANIFEST).write_text("{}")
        case "blocks":
            chunk.unlink()
            for path in (root / ".gongbao/search").iterdir():
                path.unlink()
        case _:
            for path in (root / ".gongbao").glob("catalogue.db*"):
                path.unlink()
    assert build(root).findings == ()
    assert differences(before, tree(root / "output")) == []
    assert files_of(root) == named_by(before.__getitem__)


def test_search_may_be_off(root: Path) -> None:
    build(root)
    settings = root / "site.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text + "features: {search: off}\n", "utf-8")
    build(root)
    assert not (root / "output" / "search").exists() or not (root / "output" / DATA).exists()
    assert build(root).findings == ()
    settings.write_text(text, "utf-8")
    build(root)
    assert Index(root / "output").segments


def test_a_dry_run_and_why_tell_of_the_index(root: Path) -> None:
    build(root)
    path = root / "content/2019/2019-07-02/1-01-jia.md"
    path.write_text(path.read_text("utf-8") + "又一句。\n", "utf-8")
    order = Order(root, root / "output", NOW)
    (planned,) = pipeline.why(order, Silent(), f"/{MANIFEST}").planned
    assert planned.args["source"] == "content/2019/2019-07-02/1-01-jia.md"
    assert f"/{MANIFEST}" in [each.address for each in build(root, dry_run=True).planned]
    before = index_of(root)
    build(root)
    assert MANIFEST in differences(before, index_of(root))
    (planned,) = pipeline.why(order, Silent(), f"/{MANIFEST}").planned
    assert planned.args["source"] == "content/2019/2019-07-02/1-01-jia.md"


def test_verify_finds_nothing_in_a_sound_site_and_heals_what_looks_sound(root: Path) -> None:
    build(root)
    order = Order(root, root / "output", NOW, verify=True)
    assert pipeline.build(order, Silent()).findings == ()
    chunk = next((root / "output" / DATA).glob("*.bin"))
    told = chunk.stat()
    data = chunk.read_bytes()
    chunk.write_bytes(data[:-1] + b"?")
    os.utime(chunk, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert [each.code for each in pipeline.build(order, Silent()).findings] == ["G608"]
    assert chunk.read_bytes() == data


def test_which_months_share_a_segment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "FULL", 10)
    monkeypatch.setattr(groups, "LIVELY", 5)
    units = [Unit(f"{year}-{month:02}", 2, "") for year in range(2010, 2015) for month in (1, 2, 3)]
    told = [(group[0].month, group[-1].month) for group in groups.grouped(units)]
    assert told == [("2010-01", "2011-03"), ("2012-01", "2013-03"), ("2014-01", "2014-02"), ("2014-03", "2014-03")]
    assert [len(group) for group in groups.grouped(units[:2])] == [2]
    assert list(groups.grouped([])) == []


def test_segments_may_have_files_in_common(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "FULL", 1)
    for year in (2015, 2016, 2017):
        write(root / f"content/{year}/{year}-01-01/1-01.md", article("元旦", "职工欢度元旦。"))
    build(root)
    index = Index(root / "output")
    names = [{name for _, name in segment.terms} for segment in index.segments]
    assert set.intersection(*names[:3])
    assert named_by(reading(root)) == files_of(root)
