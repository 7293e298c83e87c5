"""The judges of the reader's site: axe, html-validate, css-tree, the browser's own console, a scale and a keyboard."""

import gzip
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import get_judges, scale
from tests.building import PROJECT, build, copy_of
from tests.crawl import crawl, from_folder
from tests.get_judges import Node
from tests.judging import POLICY, SCREENS, UNSEEN, Screen, faults, visiting
from tests.samples import Sample, one_of_each, published, samples

NEEDS_NO_LINK = {"redirect", "notfound"}
"""Pages that nothing on the site leads to: one comes there by an old address or a wrong one."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of(PROJECT, tmp_path_factory.mktemp("judged"))
    assert build(root).findings == ()
    return root


@pytest.fixture(scope="module")
def judges() -> tuple[Node, Path]:
    return get_judges.get()


@pytest.fixture
def base(site: Path, serve_folder: Callable[..., str]) -> str:
    return serve_folder(site / "output", headers=POLICY)


def judged(site: Path) -> list[Sample]:
    """One page of each kind; of each kind and shape when proving."""
    found = samples(site)
    return found if scale.PROVE else one_of_each(found)


@pytest.mark.parametrize("screen", SCREENS if scale.PROVE else [SCREENS[0], SCREENS[-1]], ids=str)
def test_no_judge_finds_anything_on_a_page_of_each_kind(
    site: Path, base: str, browser: Browser, judges: tuple[Node, Path], screen: Screen
) -> None:
    found = {}
    with visiting(browser, screen) as visitor:
        for sample in judged(site):
            visitor.visit(base + sample.link)
            found[sample.link] = faults(visitor, base, _axe(judges))
    assert {link: told for link, told in found.items() if told} == {}


def _axe(judges: tuple[Node, Path]) -> str:
    return (judges[1] / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def test_the_judges_see_what_is_wrong(
    tmp_path: Path, browser: Browser, serve_folder: Callable[..., str], judges: tuple[Node, Path]
) -> None:
    (tmp_path / "index.html").write_text(BAD, encoding="utf-8")
    (tmp_path / "late.js").write_text(LATE, encoding="utf-8")
    base = serve_folder(tmp_path, headers=POLICY)
    with visiting(browser, SCREENS[0]) as visitor:
        visitor.visit(base)
        told = "\n".join(faults(visitor, base, _axe(judges)))
    wanted = ("Content Security Policy", "another host", "sideways", "layout shift", "image-alt", "html-has-lang")
    assert [each for each in wanted if each not in told] == []


BAD = """<!doctype html><title>x</title><style>p { color: red }</style><script>1</script>
<script src="late.js" defer></script><p>x<img src="https://paper.example/a.png" width="2000" height="10">"""
LATE = """requestAnimationFrame(() => requestAnimationFrame(() => {
  const late = document.createElement("div");
  late.style.height = "300px";
  document.body.prepend(late);
}))"""


def test_pages_are_valid(site: Path, judges: tuple[Node, Path]) -> None:
    node, folder = judges
    paths = [path for _, path in published(site)] if scale.PROVE else [each.path for each in judged(site)]
    command = [
        str(node.path), str(folder / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"),
        "--formatter=json", f"--config={get_judges.JUDGES / 'html-validate.json'}", *paths,
    ]  # fmt: skip
    run = subprocess.run(command, cwd=site / "output", capture_output=True, text=True, check=False)
    assert run.returncode in (0, 1), run.stderr
    told = json.loads(run.stdout)
    found = [f"{page['filePath']}:{each['line']}: {each['message']}" for page in told for each in page["messages"]]
    assert found == []
    assert run.returncode == 0


def test_style_sheets_are_valid(site: Path, judges: tuple[Node, Path]) -> None:
    plain = PROJECT / "themes" / "plain" / "assets" / "style.css"
    assert _css(judges, [plain]) == ""
    assert _css(judges, sorted((site / "output" / "assets").glob("*.css"))) == ""


def test_the_judge_of_style_sheets_sees_what_is_wrong(tmp_path: Path, judges: tuple[Node, Path]) -> None:
    sheet = tmp_path / "style.css"
    sheet.write_text(":root { --a: 3px } p { color: var(--a); bordr: 0; width: var(--b); height: var(--c, 1px) }")
    told = _css(judges, [sheet])
    assert [wanted for wanted in ("Mismatch", "`bordr`", "no --b") if wanted not in told] == []
    assert told.count("\n") == 3


def _css(judges: tuple[Node, Path], sheets: list[Path]) -> str:
    node, folder = judges
    command = [str(node.path), str(get_judges.JUDGES / "css.mjs"), str(folder), *map(str, sheets)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_an_article_is_light(site: Path, base: str, browser: Browser) -> None:
    articles = [path for kind, path in published(site) if kind == "article"]
    texts = {path: (site / "output" / path).read_bytes() for path in articles}
    plain = [path for path in articles if b"<img" not in texts[path]]
    heaviest = sorted(plain, key=lambda path: len(gzip.compress(texts[path], mtime=0)))[-scale.counts(1, 10) :]
    assert heaviest
    for path in heaviest:
        with visiting(browser, SCREENS[0]) as visitor:  # each with an empty cache
            page = visitor.visit(base + path.removesuffix("index.html"))
            icons = page.locator("link[rel~=icon]").evaluate_all("links => links.map(link => link.href)")
        files = {url.removeprefix(base) or "." for url in [*visitor.asked, *icons]}
        weights = {name: _weight(site / "output" / name) for name in files}
        assert sum(weights.values()) <= 25_000, weights
        assert len(weights) <= 4, weights


def _weight(path: Path) -> int:
    """What a file weighs on its way, compressed as any host does."""
    return len(gzip.compress((path / "index.html" if path.is_dir() else path).read_bytes(), 6, mtime=0))


def test_every_page_is_readable_without_scripts(site: Path, base: str, browser: Browser) -> None:
    with visiting(browser, SCREENS[0], scripts=False) as visitor:
        for sample in judged(site):
            page = visitor.visit(base + sample.link, read=False)
            assert page.locator("h1").first.is_visible(), sample
            assert len(re.sub(r"\s", "", page.locator("main").inner_text())) > 20, sample
            assert page.evaluate(UNSEEN) == [], sample
            assert visitor.said == [], sample


def test_every_page_is_reached_by_links(site: Path) -> None:
    found = crawl("http://site/", from_folder(site / "output"))
    wanted = {path for kind, path in published(site) if kind not in NEEDS_NO_LINK}
    reached = {url.removeprefix("http://site/") for url in found.reached}
    reached |= {f"{url}index.html" for url in reached if not url or url.endswith("/")}
    assert sorted(wanted - reached) == []


def test_a_keyboard_leads_from_the_front_page_through_a_leaf_s_picture_to_an_article(base: str, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")  # a link that is still scrolling into sight is not seen yet
    page.goto(base)
    for wanted in ("archive/", "archive/2019/", "issues/2019-07-02/", "issues/2019-07-02/4/"):
        _follow(page, f"link => link.href === '{base}{wanted}'")
    _follow(page, "link => link.closest('svg') && link.getAttribute('aria-label')")
    assert re.fullmatch(rf"{base}issues/2019-07-02/\w+/[\w-]+/", page.url)
    assert page.locator("article h1").is_visible()


def _follow(page: Page, wanted: str) -> None:
    """Goes on by Tab to the first link that is wanted, sees that its focus shows, and presses Enter."""
    before = page.url
    for _ in range(500):
        page.keyboard.press("Tab")
        if page.evaluate(f"(wanted => wanted(document.activeElement))({wanted})"):
            break
    assert page.evaluate(SHOWS), (page.url, wanted)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)


SHOWS = """() => {
  const node = document.activeElement, box = node.getBoundingClientRect();
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  const marks = [node, ...node.children].map(each => getComputedStyle(each));
  return seen && node.matches(":focus-visible")
    && marks.some(style => style.outlineStyle !== "none" || !["none", "rgba(0, 0, 0, 0)"].includes(style.stroke));
}"""
