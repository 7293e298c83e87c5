"""Building whole sites in tests: a copy of a site, a build of it, and what came out."""

import json
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from gongbao import pictures, pipeline, records
from gongbao.pipeline import Order
from gongbao.read.variants import make
from gongbao.report import Outcome, Silent
from gongbao.search.chunks import unzipped
from gongbao.search.update import DATA, MANIFEST

PROJECT = Path(__file__).resolve().parent.parent
NOW = "2026-11-24"


def copy_of(site: Path, to: Path) -> Path:
    """A site's sources at `to`; the project's own site is the sample archive, with the variants of its pictures."""
    shutil.copytree(site / "content", to / "content")
    keep_pictures(to, _sample_variants() if site == PROJECT else site / pictures.kept_in())
    shutil.copy2(site / "site.yaml", to / "site.yaml")
    if (site / "themes").is_dir() and site != PROJECT:
        shutil.copytree(site / "themes", to / "themes")
    return to


def keep_pictures(root: Path, kept: Path | None = None) -> None:
    """Puts the variants of pictures that are `kept`, or else of the sample archive's, where a build at `root` finds
    them."""
    kept = kept or _sample_variants()
    if kept.is_dir():
        shutil.copytree(kept, root / pictures.kept_in())


@cache
def _sample_variants() -> Path:
    """The folder in which the variants of the sample archive's pictures are kept: to make them costs half a minute."""
    paths = sorted((PROJECT / "content").rglob("*.png"))
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0")[-1] in "13579":
        paths.reverse()  # two processes meet in the middle
    for path in paths:
        make(PROJECT, records.digest(path.read_bytes()), (path.relative_to(PROJECT / "content").as_posix(),))
    return PROJECT / pictures.kept_in()


def build(
    root: Path, output: str = "output", now: str = NOW, jobs: int = 1, clean: bool = False, dry_run: bool = False
) -> Outcome:
    """Builds the site at `root`."""
    return pipeline.build(Order(root, root / output, now, jobs=jobs, clean=clean, dry_run=dry_run), Silent())


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path; of the index of search those that its manifest names, for those of the
    former one stay for readers who still hold that."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    named = named_by(files.__getitem__) if MANIFEST in files else set()
    return {path: data for path, data in files.items() if not path.startswith(DATA) or path in named}


def named_by(read: Callable[[str], bytes]) -> set[str]:
    """The files that the manifest of search names, itself or in lists; `read` gives a file of the site."""
    told = json.loads(read(MANIFEST))
    names = {told["fold"], *(name for _, name in told["names"])}
    for segment in told["segments"]:
        terms, cards = segment["terms"], segment["cards"]
        if segment["listed"]:
            names |= {name for _, name in terms} | set(cards)
            terms = [each for _, name in terms for each in json.loads(unzipped(read(DATA + name)))]
            cards = [each for name in cards for each in json.loads(unzipped(read(DATA + name)))]
        names |= {name for _, name in terms} | set(cards)
    return {DATA + name for name in names}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths at which two trees differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def write(path: Path, text: str) -> Path:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def small_site(root: Path, **articles: str) -> Path:
    """A site of one column and as many articles as are given: name of the file (2019_07_02__1_01) and its text."""
    write(root / "site.yaml", "title: 小报\nbase_url: https://paper.example/base\ncolumns: [要闻, 工会动态]\n")
    for name, text in articles.items():
        issue, _, file = name.partition("__")
        key = issue.replace("_", "-")
        write(root / "content" / key[:4] / key / f"{file.replace('_', '-')}.md", text)
    return root


def article(title: str, body: str = "正文。", **keys: str) -> str:
    """An article's source."""
    front = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\ntitle: {title}\n{front}---\n{body}\n"
