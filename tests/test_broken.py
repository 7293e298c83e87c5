"""Broken sources and broken sites: each earns its finding, in words that are reviewed like code; never a traceback."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.building import NOW, PROJECT, article, copy_of, small_site
from tests.command import Told, run

CASES = PROJECT / "tests" / "cases"
SITES = sorted(path.name for path in (CASES / "broken-sites").iterdir())


def _command(root: Path, *options: str) -> Told:
    return run(*options, "--root", str(root), "--now", NOW)


def _compare(said: str, golden: Path, accept: bool) -> None:
    assert "Traceback" not in said
    assert not re.search(r"\{\w+\}", said), "a place was not filled"
    if accept:
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text("utf-8")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_broken_source_is_found(tmp_path: Path, accept: bool, language: str) -> None:
    root = copy_of(CASES / "broken" / "site", tmp_path / "site")
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"language: {language}\n")
    told = _command(root, "check")
    assert told.returncode == 1
    said = re.sub(r"\A(?:\w+[:：] ?\d+\n)+", "", told.stderr)  # the first lines tell of the phases
    _compare(said, CASES / "broken" / f"expected.{language}.txt", accept)


def test_there_are_fifty_and_each_tells_its_place(tmp_path: Path) -> None:
    root = copy_of(CASES / "broken" / "site", tmp_path / "site")
    found = [json.loads(line) for line in _command(root, "check", "--json").stdout.splitlines()]
    findings = [each for each in found if each["type"] == "finding"]
    assert len(findings) >= 50
    assert len({each["code"] for each in findings}) >= 38
    for each in findings:
        assert (root / each["file"]).is_file(), each
        assert each["message"], each
        assert each["hint"], each
        whole_file = each["code"] in {"G205", "G209", "G212", "G304", "G401", "G402"}
        assert whole_file or (each["line"] >= 1 and each["column"] >= 1), each


def test_the_others_are_published(tmp_path: Path) -> None:
    root = copy_of(CASES / "broken" / "site", tmp_path / "site")
    assert _command(root).returncode == 1
    page = (root / "output/issues/2019-07-02/1/hao-wen-zhang/index.html").read_text("utf-8")
    assert "没有毛病的文章" in page
    links = (root / "output/issues/2019-07-02/1/si-lian-jie/index.html").read_text("utf-8")
    assert "见另一篇。" in links
    for path in (root / "output").rglob("*.html"):
        text = path.read_text("utf-8")
        assert "javascript:" not in text
        assert "<script" not in text.partition("<main")[2]
        assert text.count("<script") == text.count('<script type="module"')


@pytest.mark.parametrize("name", SITES)
def test_a_broken_site_says_why(tmp_path: Path, accept: bool, name: str) -> None:
    root = tmp_path / "site"
    shutil.copytree(CASES / "broken-sites" / name, root)
    golden = CASES / "broken-sites" / name / "expected.txt"
    told = _command(root, "check")
    assert told.returncode == 3
    _compare(told.stderr.replace(str(root), "."), golden, accept)


def test_a_name_of_another_encoding_is_found(tmp_path: Path) -> None:
    root = small_site(tmp_path, **{"2019_07_02__1_01": article("甲")})
    for name in ("1-02-你好.md", "附件"):
        path = os.fsencode(root / "content/2019/2019-07-02") + b"/" + name.encode("gb18030")
        if name.endswith(".md"):
            Path(os.fsdecode(path)).write_text(article("乙"), "utf-8")
        else:
            Path(os.fsdecode(path)).mkdir()
    told = _command(root, "build")
    assert "Traceback" not in told.stderr
    assert (told.returncode, told.stderr.count("G114"), "1-02-你好.md" in told.stderr) == (1, 2, True)
    assert (root / "output/issues/2019-07-02/1/01/index.html").is_file()
