"""Every finding has a page in both languages, and its examples are tried: the wrong one earns it, the right one not."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from docs import findings
from docs.findings import SETTINGS, Entry, Side
from gongbao import pipeline
from gongbao.diagnostics import CODES, Severity, Stop
from gongbao.guide import code_of, near, page, plain
from gongbao.messages import LANGUAGES
from gongbao.pipeline import Order
from gongbao.report import Silent
from tests.building import NOW, write
from tests.command import run

TRIED = [entry for entry in findings.entries().values() if entry.wrong]
ISSUE = "content/2019/2019-07-02"
TOGETHER = [
    entry
    for entry in TRIED
    if all(
        file.startswith(ISSUE + "/")
        for side in (entry.wrong, entry.right)
        if side
        for file in (side.file, *entry.beside)
    )
]
"""Examples that fit into one site, each in an edition of the day of its own."""
ALONE = [entry for entry in TRIED if entry not in TOGETHER]
SITE = "title: 小报\nbase_url: https://paper.example\n"
COLUMNS = "columns: [要闻, 工会动态]\n"


def _picture(width: int) -> bytes:
    file = BytesIO()
    Image.new("L", (width, 20), 200).save(file, "PNG")
    return file.getvalue()


PICTURES = {"picture": _picture(40), "large picture": _picture(9000)}


def _write(root: Path, entry: Entry, side: Side, issue: str = ISSUE) -> None:
    for file, text in {**entry.beside, **({side.file: side.text} if side.file != SETTINGS else {})}.items():
        path = write(root / file.replace(ISSUE, issue), "")
        encoding = entry.encoding if side is entry.wrong else "utf-8"
        path.write_bytes(PICTURES[text] if text in PICTURES else text.encode(encoding))


def _site(root: Path, entry: Entry, side: Side) -> Path:
    theme = f"theme: {entry.theme}\n" if entry.theme else ""
    settings = side.text if side.file == SETTINGS else ""
    columns = "" if "栏目:" in settings else COLUMNS
    write(root / SETTINGS, settings if entry.bare else SITE + columns + theme + settings)
    write(root / ISSUE / "1-09-qi-ta.md", "---\ntitle: 其他\n---\n其他文章的正文。\n")
    _write(root, entry, side)
    return root


def _found(root: Path) -> set[tuple[str, str]]:
    """File and code of each finding."""
    try:
        found = pipeline.check(Order(root, root / "output", NOW), Silent()).findings
    except Stop as stop:
        found = stop.findings
    return {(each.file, each.code) for each in found}


def _edition(entry: Entry) -> str:
    return f"{ISSUE}-{TOGETHER.index(entry) + 2}"


@pytest.fixture(scope="module", params=["wrong", "right"])
def all_found(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, set[tuple[str, str]]]:
    """Which side, and what is found in all its examples that fit into one site."""
    root = write(tmp_path_factory.mktemp(request.param) / SETTINGS, SITE + COLUMNS).parent
    for entry in TOGETHER:
        _write(root, entry, getattr(entry, request.param), _edition(entry))
    return request.param, _found(root)


def test_examples_that_fit_into_one_site(all_found: tuple[str, set[tuple[str, str]]]) -> None:
    side, found = all_found
    wrong = {}
    for entry in TOGETHER:
        codes = {code for file, code in found if file.startswith(_edition(entry) + "/")}
        if (entry.code in codes) != (side == "wrong") or (side == "right" and _errors(codes)):
            wrong[entry.code] = codes
    assert wrong == {}
    assert len(TOGETHER) > 60


@pytest.mark.parametrize("entry", ALONE, ids=lambda entry: entry.code)
def test_examples_that_want_a_site_of_their_own(tmp_path: Path, entry: Entry) -> None:
    assert entry.wrong
    assert entry.right
    assert entry.code in {code for _, code in _found(_site(tmp_path / "wrong", entry, entry.wrong))}
    right = {code for _, code in _found(_site(tmp_path / "right", entry, entry.right))}
    assert entry.code not in right
    assert _errors(right) == set()


def _errors(codes: set[str]) -> set[str]:
    return {code for code in codes if CODES[code].severity is Severity.ERROR}


def test_there_is_a_page_for_every_code_and_it_is_up_to_date() -> None:
    assert findings.entries().keys() == CODES.keys()
    there = {path.name: path.read_text("utf-8") for path in findings.FOLDER.iterdir()}
    assert there == findings.pages(), "run: make docs"
    assert len(TRIED) >= 80


def test_pages_say_more_than_the_finding() -> None:
    for code in CODES:
        chinese, english = (page(code, language) for language in LANGUAGES)
        assert code in chinese
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese)
        for text in (chinese, english):
            assert len(text.splitlines()) >= 5, code


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "错的写法"), ("en", "Wrong")])
def test_explain_prints_the_page(tmp_path: Path, language: str, said: str) -> None:
    write(tmp_path / "site.yaml", f"{SITE}language: {language}\n")
    told = run("explain", "g103", cwd=tmp_path)
    assert (told.returncode, said in told.stdout) == (0, True)
    assert told.stdout == plain(page("G103", language), coloured=False)
    unknown = run("explain", "G998", cwd=tmp_path)
    assert (unknown.returncode, len(re.findall(r"^  G\d{3} \S", unknown.stderr, re.MULTILINE))) == (2, 3)
    none = run("explain", "半角", cwd=tmp_path)
    assert (none.returncode, "G704" in none.stderr, "半角" in none.stderr) == (2, True, True)


@pytest.mark.parametrize("typed", ["G704", "g704", "704", " ７０４ ", "Ｇ704"])
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert code_of(typed) == "G704"


def test_unknown_codes_have_neighbours() -> None:
    assert near("G706") == ["G701", "G702", "G704"]
    assert len(near("G" + "9" * 99)) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_on_a_terminal_has_no_signs_of_markdown(language: str) -> None:
    for code in CODES:
        text = page(code, language)
        told = plain(text, coloured=False)
        assert told.startswith(f"{code} ")
        assert "```" not in told
        assert not re.search(r"^#|\*\*|^\*\S+\*|^`", re.sub(r"^    .*$", "", told, flags=re.MULTILINE), re.MULTILINE)
        assert re.sub(r"\x1b\[\d+m", "", plain(text, coloured=True)) == told
