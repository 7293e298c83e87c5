"""What a machine does to a build: writes that fail, a disk that is full, a worker that dies, a second build."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongbao import publish
from gongbao.catalogue import Store
from gongbao.diagnostics import Stop
from gongbao.identity import engine_digest
from tests.building import NOW, PROJECT, build, copy_of, differences, tree
from tests.crawl import crawl, from_folder
from tests.scale import counts
from tests.test_laws import EDITS, mend_articles

FAULTS = counts(2, 60)
COMMAND = [sys.executable, str(PROJECT / "build.py"), "--now", NOW]


def test_a_write_that_fails_leaves_a_whole_site_and_heals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(11)
    root = copy_of(PROJECT, tmp_path / "site")
    build(root)
    for number in range(FAULTS):
        for _ in range(6):
            chance.choice(EDITS)(chance, root)
        failed = _fails(root, chance.randrange(1, 40), monkeypatch)
        assert crawl("http://site/", from_folder(root / "output")).broken == [], number
        mend_articles(chance, root)
        build(root)
        clean = copy_of(root, tmp_path / f"clean-{number}")
        build(clean)
        assert differences(tree(root / "output"), tree(clean / "output")) == [], (number, failed)


def _fails(root: Path, after: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Builds with a disk that is full after some writes; whether there were so many."""
    left = [after]
    replace, create = publish._replace, publish._create

    def is_full() -> bool:
        left[0] -= 1
        return left[0] < 0

    def full(target: str, data: bytes) -> None:
        if is_full():
            raise OSError(28, "No space left on device")
        replace(target, data)

    def full_halfway(target: str, data: bytes) -> os.stat_result | None:
        if is_full():
            create(target, data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        return create(target, data)

    with monkeypatch.context() as patch:
        patch.setattr(publish, "_replace", full)
        patch.setattr(publish, "_create", full_halfway)
        try:
            build(root)
        except Stop as stop:
            told = [found.code for found in stop.findings]
        else:
            told = []
    assert told in ([], ["G601"])
    return bool(told)


def _limited(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [3_000, 100_000, 700_000])
def test_no_room_for_files_is_told_and_heals(tmp_path: Path, size: int) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    run = subprocess.run(
        [*COMMAND, "--root", str(root), "--jobs", "2"],
        preexec_fn=lambda: _limited(size),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 3, run.stderr
    assert "G601" in run.stderr
    assert "Traceback" not in run.stderr
    build(root)
    clean = copy_of(PROJECT, tmp_path / "clean")
    build(clean)
    assert differences(tree(root / "output"), tree(clean / "output")) == []


def test_an_output_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    (root / "output" / "issues").mkdir(parents=True)
    (root / "output" / "issues" / "1989-07-25").write_text("a file where a folder must be")
    with pytest.raises(Stop) as stop:
        build(root)
    assert [found.code for found in stop.value.findings] == ["G601"]
    (root / "output" / "issues" / "1989-07-25").unlink()
    build(root)


def test_a_worker_that_dies_is_told_and_the_next_build_heals(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    command = [*COMMAND, "--root", str(root), "--jobs", "2"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while run.poll() is None and not (root / "output" / "issues").is_dir():
        time.sleep(0.01)
    for worker in _below(run.pid)[-1:]:
        os.kill(worker, signal.SIGKILL)
    told = run.communicate()[1]
    assert "Traceback" not in told
    assert (run.returncode, "G606" in told) == (3, True), told
    build(root)
    clean = copy_of(PROJECT, tmp_path / "clean")
    build(clean)
    assert differences(tree(root / "output"), tree(clean / "output")) == []


def _below(process: int) -> list[int]:
    """The processes that a process started, and those that they did; the youngest last."""
    found = [int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if _parent(stat) == process]
    return [*sorted(found), *(each for child in sorted(found) for each in _below(child))]


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:  # it ended meanwhile
        return -1


def test_the_second_of_two_builds_is_refused(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    store = Store(root / ".gongbao" / "catalogue.db", engine_digest())
    with pytest.raises(Stop) as stop:
        build(root)
    assert [found.code for found in stop.value.findings] == ["G602"]
    store.close()
    build(root)


def test_an_older_catalogue_is_made_anew_and_its_files_stay_ours(tmp_path: Path) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    build(root)
    store = Store(root / ".gongbao" / "catalogue.db", engine_digest())
    for column in ("digest", "cause"):
        store.db.execute(f"ALTER TABLE outputs DROP COLUMN {column}")
    store.db.execute("PRAGMA user_version = 1")
    store.close()
    gone = sorted((root / "content").rglob("4-*.md"))[0]
    gone.unlink()
    outcome = build(root)
    assert [found.code for found in outcome.findings if found.code not in ("G407", "G301")] == []
    assert outcome.figures.deleted > 0
    clean = copy_of(root, tmp_path / "clean")
    build(clean)
    assert differences(tree(root / "output"), tree(clean / "output")) == []
