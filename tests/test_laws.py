"""The laws: edits and clean builds agree, executors agree, a killed build heals, nothing but the content decides."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from gongbao import execute, pipeline
from gongbao.pipeline import Order
from gongbao.repeat import Repeated
from gongbao.report import Outcome, Silent
from gongbao.search.reading import Index
from gongbao.search.update import MANIFEST
from gongbao.text import page_path
from tests.building import NOW, PROJECT, build, copy_of, differences, keep_pictures, named_by, tree
from tests.crawl import crawl, from_folder
from tests.scale import PROVE, counts

Edit = Callable[[random.Random, Path], Path | None]


# Law 1


SEEDS, ROUNDS, RUNS, KILLS = counts(1, 30), counts(5, 12), counts(1, 8), counts(2, 25)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_edits_then_a_build_equal_a_clean_build(tmp_path: Path, seed: int) -> None:
    chance = random.Random(20261124 + seed)
    root = copy_of(PROJECT, tmp_path / "edited")
    sound = copy_of(PROJECT, tmp_path / "sound")
    build(root)
    for number in range(ROUNDS):
        edits = [chance.choice(EDITS) for _ in range(chance.choice((1, 1, 1, 3)))]
        changed = [edit(chance, root) for edit in edits]
        outcome = build(root)
        _follow(root, sound, outcome)
        clean = tmp_path / f"clean-{number}"
        build(copy_of(sound, clean))
        names = [edit.__name__ for edit in edits]
        assert differences(tree(root / "output"), tree(clean / "output")) == [], (number, names, changed)
        shutil.rmtree(clean)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_build_that_is_told_what_changed_equals_a_clean_build(tmp_path: Path, seed: int) -> None:
    """Of every edit only the changed paths are told, as files or as the folder around, to one catalogue that stays
    open; some pages are looked at."""
    chance = random.Random(20261125 + seed)
    root = copy_of(PROJECT, tmp_path / "edited")
    sound = copy_of(PROJECT, tmp_path / "sound")
    repeated = Repeated()
    before = _sources(root)
    repeated.build(Order(root, root / "output", NOW), Silent())
    for number in range(ROUNDS):
        edits = [chance.choice(EDITS) for _ in range(chance.choice((1, 1, 1, 3)))]
        for edit in edits:
            edit(chance, root)
        pages = sorted(tree(root / "output"))
        first = frozenset(chance.choices(pages, k=3))
        now = _sources(root)
        paths = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        told = frozenset(path if chance.random() < 0.7 else str(Path(path).parent) for path in paths)
        before = now
        outcome = repeated.build(Order(root, root / "output", NOW, changed=told, first=first), Silent())
        _follow(root, sound, outcome)
        clean = tmp_path / f"clean-{number}"
        build(copy_of(sound, clean))
        names = [edit.__name__ for edit in edits]
        assert differences(tree(root / "output"), tree(clean / "output")) == [], (number, names, sorted(told))
        shutil.rmtree(clean)
    repeated.close()
    figures = build(root).figures
    assert (figures.rendered, figures.written, figures.deleted) == (0, 0, 0)


def _sources(root: Path) -> dict[str, bytes]:
    return {f"content/{path}": data for path, data in tree(root / "content").items()} | {
        "site.yaml": (root / "site.yaml").read_bytes()
    }


def _follow(root: Path, sound: Path, outcome: Outcome) -> None:
    """Brings `sound` to where `root` is, but for files that are broken just now: those keep their last good version."""
    broken = {
        found.file
        for found in outcome.findings
        if found.severity == "error" and found.code[:2] in ("G1", "G2", "G3") and found.code not in PLAN_CODES
    }
    now, then = tree(root / "content"), tree(sound / "content")
    for path in then.keys() - now.keys():
        (sound / "content" / path).unlink()
    for path, data in now.items():
        if f"content/{path}" not in broken and data != then.get(path):
            (sound / "content" / path).parent.mkdir(parents=True, exist_ok=True)
            (sound / "content" / path).write_bytes(data)
    shutil.copy2(root / "site.yaml", sound / "site.yaml")


PLAN_CODES = {"G206", "G301", "G302", "G303", "G305"}
"""Findings on sources that are published all the same."""


def _articles(root: Path) -> list[Path]:
    return sorted(path for path in (root / "content").rglob("*.md") if "pages" not in path.parts)


def _replace(path: Path, old: str, new: str, count: int = 1) -> Path:
    path.write_text(path.read_text("utf-8").replace(old, new, count), encoding="utf-8")
    return path


def _key_line(path: Path, *names: str) -> str:
    lines = path.read_text("utf-8").split("\n")
    return next((line for line in lines if line.split(":")[0] in names and line.split(":", 1)[1].strip()), "")


def change_body(chance: random.Random, root: Path) -> Path:
    path = chance.choice(_articles(root))
    path.write_text(path.read_text("utf-8") + f"\n又添一句（{chance.randrange(1000)}）。\n", encoding="utf-8")
    return path


def change_title(chance: random.Random, root: Path) -> Path:
    path = chance.choice(_articles(root))
    line = _key_line(path, "title", "标题")
    return _replace(path, line, f"标题: 改过的标题{chance.randrange(1000)}") if line else path


def change_column(chance: random.Random, root: Path) -> Path:
    path = chance.choice(_articles(root))
    line = _key_line(path, "column", "栏目")
    column = chance.choice(["要闻", "工会动态", "憩心亭", "没有的栏目"])
    return _replace(path, line, f"栏目: {column}") if line else path


def change_author(chance: random.Random, root: Path) -> Path:
    path = chance.choice(_articles(root))
    line = _key_line(path, "author", "作者")
    return _replace(path, line, f"作者: {chance.choice(['王震', '新作者', '罗青禾'])}") if line else path


def change_region(chance: random.Random, root: Path) -> Path:
    path = chance.choice(_articles(root))
    line = _key_line(path, "region", "地区")
    return (
        _replace(path, line, f"地区: {chance.choice(['西安市莲湖区', '四川省', '商洛市', '全国'])}") if line else path
    )


def change_tags(chance: random.Random, root: Path) -> Path:
    path = chance.choice(_articles(root))
    line = _key_line(path, "tags", "标签")
    return _replace(path, line, f"标签: [{chance.choice(['农民工', '安全生产, 农民工', '新标签'])}]") if line else path


def add_article(chance: random.Random, root: Path) -> Path:
    folder = chance.choice(_articles(root)).parent
    path = folder / f"{chance.randrange(1, 6)}-{chance.randrange(20, 90)}-xin-{chance.randrange(100)}.md"
    alias = f"/jiu/{chance.randrange(9)}.html"
    text = (
        f"---\n标题: 新文章{chance.randrange(100)}\n作者: 新作者\n栏目: 要闻\n标签: [新标签]\n旧址: [{alias}]\n---\n"
        "见[另一篇](1-01.md)。\n"
    )
    path.write_text(text, encoding="utf-8")
    return path


def add_issue(chance: random.Random, root: Path) -> Path:
    key = f"{chance.choice((1995, 2019, 2020))}-{chance.randrange(1, 13):02}-{chance.randrange(1, 28):02}"
    path = root / "content" / key[:4] / key / f"{chance.randrange(1, 5)}-01-tou-tiao.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\n标题: 新一期头条\n地区: 四川省成都市\n---\n正文。\n", encoding="utf-8")
    return path


def add_anniversary(chance: random.Random, root: Path) -> Path:
    """An issue of another year on a day that has one."""
    key = chance.choice(_articles(root)).parent.name
    path = root / "content" / "2001" / f"2001{key[4:10]}" / f"1-{chance.randrange(1, 9):02}-na-tian.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\n标题: 那一天\n标签: [新标签]\n---\n正文。\n", encoding="utf-8")
    return path


def delete_article(chance: random.Random, root: Path) -> Path:
    path = chance.choice(_articles(root))
    path.unlink()
    return path


def rename_article(chance: random.Random, root: Path) -> Path:
    path = chance.choice(_articles(root))
    return path.rename(
        path.with_name(f"{chance.randrange(1, 5)}-{chance.randrange(1, 99):02}-{path.stem[-3:].strip('-') or 'x'}-y.md")
    )


def break_article(chance: random.Random, root: Path) -> Path:
    path = chance.choice(_articles(root))
    return _replace(path, "---\n", "---\n没有这样的键: 1\n")


def mend_articles(chance: random.Random, root: Path) -> None:
    for path in _articles(root):
        _replace(path, "没有这样的键: 1\n", "", 9)


def hide_article(chance: random.Random, root: Path) -> Path:
    path = chance.choice(_articles(root))
    if "\n草稿: 是\n" in path.read_text("utf-8"):
        return _replace(path, "\n草稿: 是\n", "\n")
    return _replace(path, "---\n", "---\n草稿: yes\n") if "草稿" not in path.read_text("utf-8") else path


def change_issue(chance: random.Random, root: Path) -> Path:
    path = chance.choice(sorted((root / "content").rglob("issue.yaml")))
    text = path.read_text("utf-8")
    path.write_text(
        f"说明: 第{chance.randrange(99)}次修改\n" + text if "说明" not in text and "note" not in text else text
    )
    return path


def delete_issue(chance: random.Random, root: Path) -> Path | None:
    found = sorted((root / "content").rglob("issue.yaml"))
    if len(found) < 3:
        return None
    found[0].unlink()
    return found[0]


def change_picture(chance: random.Random, root: Path) -> Path:
    found = sorted((root / "content").rglob("*.png")) + sorted((root / "content").rglob("*.jpg"))
    path, other = (
        chance.choice(found),
        chance.choice([each for each in found if each.suffix == found[0].suffix] or found),
    )
    if path.suffix == other.suffix:
        path.write_bytes(other.read_bytes())
    return path


def delete_picture(chance: random.Random, root: Path) -> Path | None:
    found = sorted((root / "content").rglob("*.png"))
    if len(found) < 3:
        return None
    path = chance.choice(found)
    path.unlink()
    return path


def change_standing(chance: random.Random, root: Path) -> Path:
    path = root / "content" / "pages" / f"{chance.choice(('about', 'help', 'xin-ye'))}.md"
    path.write_text(
        f"---\n标题: 说明{chance.randrange(9)}\n---\n见 [首页](/) 和 [往期](/archive/1995/)。\n", encoding="utf-8"
    )
    return path


def change_moved(chance: random.Random, root: Path) -> Path:
    path = root / "content" / "moved.csv"
    target = chance.choice(["/about/", "/archive/1995/", "gone", "/columns/yao-wen/", "/jiu/lu/1.html"])
    row = f"/jiu/lu/{chance.randrange(4)}.html,{target},2021-01-01,改版\n"
    path.write_text(path.read_text("utf-8") + row, encoding="utf-8")
    return path


def change_settings(chance: random.Random, root: Path) -> Path:
    path = root / "site.yaml"
    text = path.read_text("utf-8")
    for old, new in (("  - name: 憩心亭", "  - name: 憩心苑"), ("  - name: 憩心苑", "  - name: 憩心亭")):
        if old in text:
            return _replace(path, old, new)
    return path


EDITS: list[Edit] = [
    change_body, change_title, change_column, change_author, change_region, change_tags, add_article, add_issue,
    add_anniversary,
    delete_article, rename_article, break_article, mend_articles, hide_article, change_issue, delete_issue,
    change_picture, delete_picture, change_standing, change_moved, change_settings,
]  # fmt: skip


def test_what_is_due_hangs_on_now_alone(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    path = _articles(root)[0]
    _replace(path, "---\n", "---\n发布时间: 2030-01-01\n")
    build(root, now="2029-12-31")
    before = tree(root / "output")
    build(root, now="2030-01-01")
    assert differences(before, tree(root / "output"))
    build(root, now="2029-12-31")
    assert differences(before, tree(root / "output")) == []


# Law 2


def test_serial_and_processes_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "_ENOUGH", 1)
    monkeypatch.setitem(execute.EXECUTORS, "cluster", _cluster)
    one = copy_of(PROJECT, tmp_path / "one")
    build(one)
    for jobs, executor in ((counts(2, 5), "processes"), (2, "spawn"), (2, "cluster")):
        other = copy_of(PROJECT, tmp_path / f"{executor}-{jobs}")
        order = Order(other, other / "output", NOW, jobs=jobs, executor=executor)
        pipeline.build(order, Silent())
        assert differences(tree(one / "output"), tree(other / "output")) == [], (jobs, executor)


class Cluster(ProcessPoolExecutor):
    """Any executor will do: this one is not the engine's own."""


def _cluster(jobs: int, start: Callable[..., None], args: tuple[object, ...]) -> Cluster:
    return Cluster(jobs, get_context("spawn"), start, args)


# Law 3


@pytest.mark.parametrize("run", range(RUNS))
def test_a_killed_build_heals_and_leaves_no_dead_link(tmp_path: Path, run: int) -> None:
    chance = random.Random(7 + run)
    root = copy_of(PROJECT, tmp_path / "site")
    clean = copy_of(PROJECT, tmp_path / "clean")
    build(clean)
    for number in range(KILLS):
        if number % 3 == 0:
            shutil.rmtree(root / "output", ignore_errors=True)
            shutil.rmtree(root / ".gongbao", ignore_errors=True)
            if number % 2 == 0:
                keep_pictures(root)
        else:
            for _ in range(4):
                chance.choice(EDITS)(chance, root)
        _kill(root, chance.uniform(0.3, 2.2))
        if (root / "output" / "index.html").is_file():
            assert crawl("http://site/", from_folder(root / "output")).broken == [], number
            assert search_leads_nowhere(root / "output") == [], number
        build(root)
        # What was good before a kill is not known to a clean build, so that the comparison mends everything first.
        mend_articles(chance, root)
        build(root)
        again = copy_of(root, tmp_path / f"again-{number}")
        build(again)
        assert differences(tree(root / "output"), tree(again / "output")) == [], number
        shutil.rmtree(again)


def search_leads_nowhere(output: Path) -> list[str]:
    """What the index of search names and that is not there: its own files, and articles."""
    files = named_by(lambda path: (output / path).read_bytes()) if (output / MANIFEST).is_file() else set()
    missing = [path for path in files if not (output / path).is_file()]
    index = Index(output) if files and not missing else None
    for segment in index.segments if index else ():
        cards = (index.card(segment, doc) for doc in range(segment.docs))  # type: ignore[union-attr]
        missing += [card.address for card in cards if not (output / page_path(card.address)).is_file()]
    return missing


def _kill(root: Path, after: float) -> None:
    process = subprocess.Popen(
        [sys.executable, str(PROJECT / "build.py"), "--root", str(root), "--now", NOW, "--jobs", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_lost_or_damaged_catalogue_is_made_anew(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    build(root)
    before = {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*.html")}
    (root / ".gongbao" / "catalogue.db").write_bytes(b"not a catalogue" * 99)
    for path in (root / ".gongbao").glob("*-wal"):
        path.unlink()
    outcome = build(root)
    assert [found.code for found in outcome.findings] == ["G604"]
    assert before == {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*.html")}


# Law 4


def test_folder_order_time_zone_and_locale_do_not_show(tmp_path: Path) -> None:
    trees = []
    for number, (zone, locale, seed) in enumerate((("UTC", "C", "0"), ("Asia/Urumqi", "de_DE.UTF-8", "42"))):
        root = tmp_path / f"{'nested/' * number}site{number}"
        (root / "content").mkdir(parents=True)
        files = sorted(tree(PROJECT / "content").items(), reverse=bool(number))
        for path, data in files:
            (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
            (root / "content" / path).write_bytes(data)
        shutil.copy2(PROJECT / "site.yaml", root / "site.yaml")
        if not PROVE:  # half a minute each; tests of pictures hold that everybody makes the same
            keep_pictures(root)
        environment = os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        command = [sys.executable, str(PROJECT / "build.py"), "--now", NOW, "--jobs", str(number + 1)]
        subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
        trees.append(tree(root / "output"))
    assert differences(*trees) == []


# Law 5


def test_a_broken_source_keeps_its_last_good_page_and_stops_nothing(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    build(root)
    before = tree(root / "output")
    path, other = _articles(root)[0], _articles(root)[5]
    path.write_text('---\ntitle: "没有合上\n---\n', encoding="utf-8")
    _replace(other, "---\n", "---\n没有这样的键: 1\n")
    outcome = build(root)
    assert sorted(found.code for found in outcome.findings) == ["G101", "G105"]
    assert differences(before, tree(root / "output")) == []


def test_a_page_that_cannot_be_rendered_holds_back_deletions_only(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    build(root)
    shutil.copytree(PROJECT / "themes" / "classic", root / "themes" / "classic")
    template = root / "themes" / "classic" / "templates" / "standing.html"
    _replace(template, "{{ page.title }}", "{{ page.nothing }}")
    gone = _articles(root)[0]
    gone.unlink()
    before = tree(root / "output")
    outcome = build(root)
    assert {found.code for found in outcome.findings if found.severity == "error"} == {"G505"}
    assert outcome.figures.deleted == 0
    after = tree(root / "output")
    assert before["about/index.html"] == after["about/index.html"]
    assert before.keys() <= after.keys()
    _replace(template, "{{ page.nothing }}", "{{ page.title }}")
    assert build(root).figures.deleted > 0


def test_a_dropped_address_is_a_warning_until_it_leads_on(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    build(root)
    for moved in (False, True):
        if moved:
            row = "/issues/2019-07-02/4/zheng-gao/,/about/,2021-01-01,改版\n"
            path = root / "content" / "moved.csv"
            path.write_text(path.read_text("utf-8") + row, encoding="utf-8")
        name = "zheng-gao" if moved else "wu-da-fu-wu"
        next((root / "content").rglob(f"4-*-{name}.md")).unlink()
        found = [each for each in build(root).findings if each.code == "G407"]
        assert [dict(each.args)["address"] for each in found] == ([] if moved else [f"/issues/2019-07-02/4/{name}/"])


def test_foreign_files_are_left_and_reported(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    (root / "output").mkdir()
    (root / "output" / "mine.txt").write_text("mine")
    assert [found.code for found in build(root).findings] == ["G603"]
    assert (root / "output" / "mine.txt").read_text() == "mine"


def test_two_output_folders_and_a_clean_build(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    build(root)
    build(root, output="other")
    change_title(random.Random(1), root)
    build(root, output="other")
    build(root)
    assert differences(tree(root / "output"), tree(root / "other")) == []
    figures = build(root, clean=True).figures
    assert figures.rendered > 700
    assert figures.written == 0


def test_a_dry_run_does_nothing(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    outcome = build(root, dry_run=True)
    assert len(outcome.planned) > 700
    assert not (root / "output").exists()
    build(root)
    path = change_body(random.Random(3), root)
    planned = build(root, dry_run=True).planned
    assert [each.address for each in planned[1:]] == [f"/{MANIFEST}"], path
    assert build(root).figures.rendered == 1


# What renders


def test_what_renders_never_loads_the_catalogue_or_the_reading_of_sources() -> None:
    code = (
        "import sys, gongbao.render\n"
        "never = ('sqlite3', 'gongbao.catalogue', 'gongbao.read', 'gongbao.cli')\n"
        "print([name for name in never if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
