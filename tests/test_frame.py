"""The frame: locks, recipes, packaging, and nothing in the repository that ties it to one machine."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from playwright.sync_api import Page

import gongbao

ROOT = Path(__file__).parents[1]
LIST_FILES = ("git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Written in pieces, or this file would find itself.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:" + "|".join(("work", "root", "home")) + r")/\w")
REGISTRY = re.compile(r"pypi\." + r"org|python" + r"hosted|registry\.npm|npm" + r"mirror|deb\.debian|tuna\.tsing")


def locked(name: str) -> dict[str, Version]:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)
    return {canonicalize_name(package): Version(version) for package, version in pins}


def repository_texts() -> Iterator[tuple[str, str]]:
    """Every text file that is, or could be, committed: its name and text."""
    names = subprocess.run(LIST_FILES, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        path = ROOT / name
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            yield name, data.decode(errors="replace")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.findall(r"^\S+==.*\n(?:    --hash=\S+.*\n)*", text, re.MULTILINE)
    assert len(entries) == len(locked(name)) > 0
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r".*(?:://|^-|--(?!hash=)).*", text, re.MULTILINE) == []


def test_the_judges_lock_has_hashes_and_no_address() -> None:
    packages = json.loads((ROOT / "tests" / "judges" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 1
    assert [name for name, told in packages.items() if name and not told["integrity"].startswith("sha512-")] == []
    assert [name for name, told in packages.items() if "resolved" in told] == []


def test_the_locks_agree() -> None:
    runtime, dev = map(locked, LOCKS)
    assert runtime.items() <= dev.items()


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [(LOCKS[0], PROJECT["dependencies"]), (LOCKS[1], PROJECT["optional-dependencies"]["dev"])],
)
def test_ranges_cover_the_locked_versions(lock: str, requirements: list[str]) -> None:
    pins = locked(lock)
    for requirement in map(Requirement, requirements):
        version = pins[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, f"{requirement} does not cover {version}"


def test_every_recipe_is_documented() -> None:
    recipes = re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    told = re.findall(r"`make ([a-z]+)\b", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert sorted(recipes) == sorted(set(told))


def test_make_alone_lists_every_recipe() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.splitlines()
    recipes = re.findall(r"^\.PHONY: help (.*)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [line.split()[1] for line in listed] == recipes[0].split()


def test_nothing_names_a_machine_or_a_registry() -> None:
    found = [
        f"{name}: {match[0]}"
        for name, text in repository_texts()
        for pattern in (MACHINE_PATH, REGISTRY)
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_the_wheel_holds_everything_the_program_reads(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.startswith(f"gongbao-{gongbao.__version__}-")
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("gongbao/")}
    folders = {
        "gongbao": ROOT / "gongbao",
        "gongbao/themes": ROOT / "themes",
        "gongbao/findings": ROOT / "docs" / "findings",
    }
    wanted = {
        f"{prefix}/{path.relative_to(folder).as_posix()}"
        for prefix, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == wanted


def test_the_static_host(tmp_path: Path, serve_folder: Callable[..., str]) -> None:
    (tmp_path / "工会").mkdir()
    (tmp_path / "工会" / "index.html").write_text("<p>工会", encoding="utf-8")
    (tmp_path / "404.html").write_text("<p>没有这一页", encoding="utf-8")
    base = serve_folder(tmp_path, under="/archive/")
    with urlopen(base + "%E5%B7%A5%E4%BC%9A/") as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.read().decode() == "<p>工会"
    for absent in (base, base + "nothing", base.removesuffix("archive/")):
        with pytest.raises(HTTPError) as caught:
            urlopen(absent)
        with caught.value as answer:
            assert (answer.code, answer.read().decode()) == (404, "<p>没有这一页")


def test_the_browser_shows_chinese(tmp_path: Path, serve_folder: Callable[..., str], page: Page) -> None:
    text = "<!doctype html><title>工报</title><span style='font-size:20px'>渭川工报</span>"
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    page.goto(serve_folder(tmp_path))
    assert page.title() == "工报"
    box = page.locator("span").bounding_box()
    assert box
    assert box["width"] == 80
