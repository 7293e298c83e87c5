"""The catalogue's file: its journal, what a kill leaves of it, what those hear who cannot read it."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gongbao.catalogue import Reader, Store, look
from tests.building import NOW, PROJECT, article, build, differences, small_site, tree
from tests.command import run

SITE = {"2019_07_02__1_01-jia": article("甲", "雄安新区开工。"), "2019_07_09__1_01-yi": article("乙", "环卫工人。")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site", **SITE)


def journal(store: Reader) -> str:
    return str(store.value("PRAGMA journal_mode"))


def test_a_catalogue_is_filled_without_a_log_and_has_one_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    store = Store(path, "engine")
    assert journal(store) == "delete"
    with store.transaction():
        store.set_meta("basis", "told")
        store.many("INSERT INTO texts VALUES (?, ?)", ((str(number), b"x" * 500) for number in range(2000)))
        assert path.with_name("catalogue.db-journal").is_file()
    assert journal(store) == "wal"
    store.close()
    store = Store(path, "engine")
    assert journal(store) == "wal"
    store.renew("engine")
    assert journal(store) == "delete"
    store.close()
    store = Store(path, "engine")
    assert journal(store) == "delete"
    with store.transaction(keep=False):
        store.set_meta("basis", "not kept")
    assert journal(store) == "delete"
    store.close()


def test_a_catalogue_that_somebody_reads_keeps_its_log(root: Path) -> None:
    build(root)
    before = tree(root / "output")
    with closing(Reader(root / ".gongbao" / "catalogue.db")) as reader:
        rows = iter(reader.rows("SELECT path FROM sources ORDER BY path"))
        next(rows)
        outcome = build(root, clean=True)
        assert outcome.findings == ()
        assert len(list(rows)) == 1, "as it was when it began to read"
    assert differences(before, tree(root / "output")) == []


def test_a_filling_that_is_killed_leaves_the_catalogue_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    Store(path, "engine").close()
    size = path.stat().st_size
    code = (
        "import os, sys; from pathlib import Path; from gongbao.catalogue import Store\n"
        "store = Store(Path(sys.argv[1]), 'engine'); store.db.execute('PRAGMA cache_size=10')\n"
        "with store.transaction():\n"
        "    store.many('INSERT INTO texts VALUES (?, ?)', ((str(n), b'x' * 500) for n in range(5000)))\n"
        "    store.set_meta('basis', 'told')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], cwd=PROJECT, check=False).returncode == -9
    assert path.stat().st_size > size, "it had begun to write"
    store = Store(path, "engine")
    assert store.value("PRAGMA integrity_check") == "ok"
    assert store.value("SELECT count(*) FROM texts") == 0
    assert (store.meta("basis"), store.touching, journal(store)) == ("", False, "delete")
    store.close()
    assert path.stat().st_size == size


def test_nobody_else_reads_a_catalogue_that_is_filled(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(root)
    before = tree(root / "output")
    (root / "output" / "index.html").unlink()
    monkeypatch.setattr(look, "_MANY", 0)
    monkeypatch.setattr(subprocess, "Popen", None)
    build(root, clean=True)
    assert differences(before, tree(root / "output")) == []


def test_search_says_that_a_build_is_running_while_the_catalogue_is_filled(root: Path) -> None:
    build(root)
    store = Store(root / ".gongbao" / "catalogue.db", "another engine")
    store.db.execute("PRAGMA cache_size=10")
    with store.transaction(keep=False):
        store.many("INSERT INTO texts VALUES (?, ?)", ((str(n), b"x" * 500) for n in range(5000)))
        told = run("search", "雄安", cwd=root)
    store.close()
    assert (told.returncode, "G602" in told.stderr, "Traceback" in told.stderr) == (3, True, False)


def test_search_says_that_there_is_no_index_where_the_catalogue_is_damaged(root: Path) -> None:
    build(root)
    assert run("search", "雄安", cwd=root).returncode == 0
    for path in (root / ".gongbao").glob("catalogue.db*"):
        path.write_bytes(b"not a catalogue" * 999)
    told = run("search", "雄安", cwd=root)
    assert (told.returncode, "G611" in told.stderr, "Traceback" in told.stderr) == (3, True, False)
    assert run("--now", NOW, cwd=root).returncode == 0
    assert run("search", "雄安", cwd=root).returncode == 0
