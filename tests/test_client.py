"""The search client's modules: one file of them all, small enough, and the same rules as the engine's."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from gongbao.search.fold import traditional
from tests import make_client
from tests.building import PROJECT

CASES = PROJECT / "tests" / "cases" / "search"
LIMIT = 12 * 1024


def _cases(name: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((CASES / name).read_text("utf-8"))
    return told


def test_the_file_is_made_of_the_modules() -> None:
    assert make_client.TARGET.read_bytes() == make_client.made(), "run: make client"


def test_it_is_small() -> None:
    assert len(gzip.compress(make_client.TARGET.read_bytes(), 9, mtime=0)) < LIMIT


def test_modules_are_small() -> None:
    for path in (PROJECT / "gongbao" / "client").glob("*.js"):
        assert len(path.read_text("utf-8").splitlines()) < 250, path.name


def _ask(page: Page, serve_folder: Callable[..., str], script: str, told: object) -> list[Any]:
    """What a script, which may import the client's modules, gives for something; traditional characters are known."""
    page.goto(serve_folder(PROJECT / "gongbao" / "client") + "search.js")
    table = "".join(each + to for each, to in traditional().items())
    head = 'const { learn, fold } = await import("/fold.js"); learn(table);'
    found: list[Any] = page.evaluate(f"async ([table, told]) => {{ {head} {script} }}", [table, told])
    return found


def test_texts_are_folded_as_by_the_engine(page: Page, serve_folder: Callable[..., str]) -> None:
    cases = _cases("fold.json")
    found = _ask(page, serve_folder, FOLDED, [each["input"] for each in cases])
    for case, folded in zip(cases, found, strict=True):
        assert folded == {"folded": case["folded"], "positions": case["positions"]}, case["input"]


# Positions count characters there, and code units here.
FOLDED = """return told.map(said => {
  const { text, from } = fold(said);
  let unit = 0;
  const starts = [...text].map(sign => from[(unit += sign.length) - sign.length]);
  return { folded: text, positions: starts.map(at => [...said.slice(0, at)].length) };
});"""


def test_queries_are_read_as_by_the_engine(page: Page, serve_folder: Callable[..., str]) -> None:
    cases = _cases("queries.json")
    found = _ask(page, serve_folder, PARSED, [each["query"] for each in cases])
    for case, told in zip(cases, found, strict=True):
        assert told == {"groups": case["groups"], "not": case["not"]}, case["query"]


PARSED = """const { parse } = await import("/query.js");
const say = ({ text, letter, value, from, to }) => text ? { text } : letter ? { letter, value } : { from, to };
const tell = ({ groups, not }) => ({ groups: groups.map(group => group.map(say)), not: not.map(say) });
return told.map(parse).map(tell);"""


def test_terms_are_ordered_by_code_point(page: Page, serve_folder: Callable[..., str]) -> None:
    terms = ["", "\x01c", "a", "一", "一丁", "龥", "\ue000", "ﷲ", "\U00020000", "\U00020000一", "\U000323af", "z"]
    script = 'const { compare } = await import("/archive.js"); return told.sort(compare);'
    assert _ask(page, serve_folder, script, terms) == sorted(terms)


def test_a_near_name_differs_by_one_character(page: Page, serve_folder: Callable[..., str]) -> None:
    pairs = [("张伟明", "张伟"), ("张伟", "张玮"), ("张伟", "章玮"), ("李", "王"), ("总工会", "总工"), ("工会", "会工")]
    script = 'const { isNear } = await import("/instead.js"); return told.map(([one, other]) => isNear(one, other));'
    assert _ask(page, serve_folder, script, pairs) == [True, True, False, False, True, False]


def test_nothing_of_it_is_written_into_pages() -> None:
    for path in (Path(make_client.TARGET), *(PROJECT / "gongbao" / "client").glob("*.js")):
        text = path.read_text("utf-8")
        for wanted in ("eval(", "innerHTML", "document.write", "new Function", "WebAssembly", "cookie", ".style"):
            assert wanted not in text, (path.name, wanted)
