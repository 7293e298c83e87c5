"""The sample archive: built, crawled over loopback, and looked at in a browser."""

from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Dialog, Page

from gongbao.settings import need_settings
from tests.building import PROJECT, article, build, copy_of, small_site, tree
from tests.crawl import crawl

SIZES = [(390, 844), (1440, 900)]
SAMPLES = [
    "", "issues/2019-07-02/", "issues/2019-07-02/4/", "issues/2019-07-02/4/wu-da-fu-wu/", "archive/", "archive/2020/",
    "archive/2020/01/", "on-this-day/", "on-this-day/07-02/", "statistics/",
    "columns/gong-hui-dong-tai/", "regions/shaanxi/", "authors/", "tags/", "about/", "404.html",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of(PROJECT, tmp_path_factory.mktemp("sample"))
    outcome = build(root)
    assert outcome.findings == ()
    return root


def _fetch(url: str) -> bytes | None:
    try:
        with urlopen(url) as answer:
            data: bytes = answer.read()
            return data
    except HTTPError:
        return None


def test_every_article_is_reached_by_clicking_and_no_link_is_broken(
    site: Path, serve_folder: Callable[..., str]
) -> None:
    base = serve_folder(site / "output", under="/archive/")
    found = crawl(base, _fetch)
    assert found.broken == []
    assert found.faults == []
    pages = {f"{base}{path.removesuffix('index.html')}" for path in tree(site / "output") if path.endswith(".html")}
    articles = {url for url in pages if "/issues/" in url and url.count("/") - base.count("/") == 4}
    assert len(articles) >= 60
    assert articles <= found.reached
    former = {f"{base}{row.split(',')[0].lstrip('/')}" for row in _moved(site)}
    unlinked = {url.partition("?")[0] for url in pages - found.reached - former}
    assert not {
        url for url in unlinked if not url.endswith(("404.html", "issues/")) and "/content/" not in url
    } - _aliases(site, base)


def _moved(site: Path) -> list[str]:
    return (site / "content" / "moved.csv").read_text("utf-8").splitlines()[1:]


def _aliases(site: Path, base: str) -> set[str]:
    """Pages of former addresses: nothing leads there but old bookmarks."""
    pages = (
        path
        for path in (site / "output").rglob("*.html")
        if b'http-equiv="refresh"' in path.read_bytes() or b"noindex" in path.read_bytes()
    )
    return {f"{base}{path.relative_to(site / 'output').as_posix().removesuffix('index.html')}" for path in pages}


def test_a_second_build_renders_nothing(site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (site / "output").rglob("*")}
    figures = build(site).figures
    assert (figures.read, figures.rendered, figures.written, figures.deleted) == (0, 0, 0, 0)
    assert before == {path: path.stat().st_mtime_ns for path in (site / "output").rglob("*")}


def test_the_sample_archive_has_every_kind_of_article(site: Path) -> None:
    texts = [path.read_text("utf-8") for path in (site / "content").rglob("*.md")]
    for kind in ("消息", "通讯", "评论", "来信", "简讯", "图片新闻", "更正"):
        assert any(f"体裁: {kind}" in text or f"kind: {kind}" in text for text in texts), kind


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_pages_fit_the_screen_and_stay_where_they_are(
    site: Path, page: Page, serve_folder: Callable[..., str], width: int, height: int, scheme: str
) -> None:
    base = serve_folder(site / "output")
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("response", lambda answer: errors.append(answer.url) if answer.status >= 400 else None)
    for path in SAMPLES:
        page.goto(base + path, wait_until="load")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("h1").count() == 1, path
        shift = page.evaluate(SHIFT)
        assert shift < 0.02, path
    assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_against_its_ground(
    site: Path, page: Page, serve_folder: Callable[..., str], scheme: str
) -> None:
    base = serve_folder(site / "output")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in SAMPLES:
        page.goto(base + path)
        assert page.evaluate(CONTRAST) == [], path


SHIFT = """new Promise(done => {
  let sum = 0;
  const observer = new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value));
  observer.observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 50);
})"""

# WCAG 2.2, 1.4.3: 4.5 to 1 for every text; the ground is that of the nearest element that has one.
CONTRAST = """() => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const linear = c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map(c => linear(c / 255))
    .reduce((sum, c, n) => sum + c * [.2126, .7152, .0722][n], 0);
  const ground = node => { for (; node; node = node.parentElement) {
    const colour = parse(getComputedStyle(node).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour; }
    return [255, 255, 255]; };
  const low = new Set();
  for (const node of document.querySelectorAll("body *")) {
    if (![...node.childNodes].some(child => child.nodeType === 3 && child.data.trim())) continue;
    if (node.closest("svg") || !node.getClientRects().length) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) low.add(node.tagName + "." + node.className);
  }
  return [...low];
}"""


def test_a_redirect_leads_on_and_a_tombstone_says_why(site: Path, page: Page, serve_folder: Callable[..., str]) -> None:
    base = serve_folder(site / "output")
    page.goto(f"{base}content/2018-04/27/012345.html")
    page.wait_for_url(f"{base}issues/2018-04-27/2/ting-lun-zi/")
    page.goto(f"{base}content/2018-05/04/012399.html")
    assert "应当事人请求撤下" in page.locator("main").inner_text()


def test_what_is_not_there_leads_on_at_any_depth(site: Path, serve_folder: Callable[..., str]) -> None:
    text = (site / "output" / "404.html").read_text("utf-8")
    assert 'href="/archive/"' in text
    assert 'href="../' not in text
    assert 'href="archive/' not in text
    base = serve_folder(site / "output")
    with pytest.raises(HTTPError):
        urlopen(f"{base}issues/1999-01-01/")


def test_the_feed_and_the_sitemap_name_pages_that_are_there(site: Path) -> None:
    base = need_settings(site).base_url
    feed = ElementTree.parse(site / "output" / "feed.xml").getroot()
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 30
    links = [str(link.get("href")) for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    places = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    parts = [str(part.text) for part in ElementTree.parse(site / "output" / "sitemap.xml").iter(places)]
    listed = [
        str(place.text)
        for part in parts
        for place in ElementTree.parse(site / "output" / part.removeprefix(f"{base}/")).iter(places)
    ]
    assert len(listed) == len(set(listed)) > 700
    for url in [*links, *parts, *listed]:
        path = site / "output" / unquote(url.removeprefix(base)).lstrip("/")
        assert (path / "index.html" if url.endswith("/") else path).is_file(), url
    articles = {path for path in tree(site / "output") if path.startswith("issues/") and path.count("/") == 4}
    assert {f"{base}/{path.removesuffix('index.html')}" for path in articles} <= set(listed)


def test_no_attack_runs_in_a_browser(tmp_path: Path, page: Page, serve_folder: Callable[..., str]) -> None:
    attacks = (PROJECT / "tests" / "cases" / "attacks.txt").read_text("utf-8").split("\n---\n")
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    keys = {"作者": f"'{evil}'", "标签": f"['{evil}']", "栏目": f"'{evil}'"}
    articles = {
        f"2019_07_02__1_{number:02}": article(f"'{evil}'", f"{attack}\n\n{attack}正文{attack}", **keys)
        for number, attack in enumerate(attacks, 1)
    }
    root = small_site(tmp_path / "site", **articles)
    build(root)
    base = serve_folder(root / "output")
    ran: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", on_dialog)
    folders = (path.parent for path in (root / "output").rglob("index.html"))
    pages = sorted(folder for folder in folders if folder.name != "issues")  # that one leads on by itself
    assert len(pages) > len(attacks)
    for folder in pages:
        page.goto(f"{base}{folder.relative_to(root / 'output').as_posix()}/")
        assert page.locator("main script, main iframe, main object").count() == 0
    assert ran == []
