"""The classic theme under a reader's hands: keyboard, zoom, tools, light and dark, and all of it without script."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.building import PROJECT, article, build, copy_of, small_site, write

LEAF = "issues/2019-07-02/4/"
PLAIN = "issues/2019-07-02/3/gao-wen-ting-gong/"
ARTICLE = f"{LEAF}wu-da-fu-wu/"
POLICY = "default-src 'self'"
PATHS = ["", "issues/2019-07-02/", "issues/2019-07-02/1/", LEAF, ARTICLE, "archive/2019/", "columns/yao-wen/", "about/"]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of(PROJECT, tmp_path_factory.mktemp("sample"))
    assert build(root).findings == ()
    return root / "output"


@pytest.fixture
def base(output: Path, serve_folder: Callable[..., str]) -> str:
    return serve_folder(output, headers={"content-security-policy": POLICY})


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page of a reader who has switched scripts off."""
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    yield context.new_page()
    context.close()


def _strict(page: Page) -> list[str]:
    """A list that gathers what a page's console says under the strictest policy, and what it asks of others."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda ask: said.append(ask.url) if "//127.0.0.1" not in ask.url else None)
    return said


def _walk(page: Page, address: str) -> None:
    """Presses Tab until the link to an address (its end) has the focus, then Enter."""
    for _ in range(200):
        page.keyboard.press("Tab")
        at = str(page.evaluate("() => { const e = document.activeElement; return (e.href?.baseVal ?? e.href) || ''; }"))
        if at.endswith(address):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no link to {address} by keyboard on {page.url}")


def test_a_keyboard_goes_from_the_front_page_through_a_leaf_s_areas_to_an_article(page: Page, base: str) -> None:
    said = _strict(page)
    page.goto(base)
    _walk(page, "/archive/2019/")
    page.wait_for_url("**/archive/2019/")
    _walk(page, "/issues/2019-07-02/")
    page.wait_for_url("**/issues/2019-07-02/")
    _walk(page, "/4/")
    page.wait_for_url(f"**/{LEAF}")
    _walk(page, "/wu-da-fu-wu/")
    page.wait_for_url(f"**/{ARTICLE}")
    assert page.locator("h1").inner_text() == "以“五大服务”迎农民工进家门"
    assert said == []


def test_areas_come_in_the_order_of_the_headlines_and_light_up_with_them(page: Page, base: str) -> None:
    page.goto(base + LEAF)
    areas = page.locator(".frame svg a")
    names = areas.evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    links = "all => all.map(each => each.getAttribute('href'))"
    assert areas.evaluate_all(links) == page.locator(".titles ol a").evaluate_all(links)
    assert len(names) == len(set(names)) == 14
    headline = page.locator(".titles a", has_text="五大服务")
    page.locator(".frame svg a[aria-label*=五大服务]").focus()
    assert "lit" in str(headline.get_attribute("class"))
    page.locator(".titles a", has_text="一张服务卡").hover()
    assert "lit" not in str(headline.get_attribute("class"))
    assert page.locator(".frame svg a.lit").get_attribute("aria-label") == "一张服务卡，四样用处"


def test_a_leaf_grows_by_button_and_key_and_is_dragged_without_following_a_link(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    said = _strict(page)
    page.goto(base + LEAF)
    frame, sheet = page.locator(".frame"), page.locator(".frame .sheet")
    width = "each => each.getBoundingClientRect().width"
    whole = sheet.evaluate(width)
    page.locator("[data-zoom='1.5']").click()
    assert sheet.evaluate(width) == pytest.approx(whole * 1.5, rel=0.05)
    frame.focus()
    page.keyboard.press("+")
    assert sheet.evaluate(width) == pytest.approx(whole * 2.25, rel=0.05)
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    before = frame.evaluate("each => each.scrollLeft")
    page.mouse.move(box["x"] + 400, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 250, steps=5)
    page.mouse.up()
    assert frame.evaluate("each => each.scrollLeft") == pytest.approx(before + 100, abs=2)
    assert page.url.endswith(LEAF)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.keyboard.press("0")
    assert sheet.evaluate(width) == pytest.approx(whole, rel=0.02)
    assert said == []


@pytest.mark.parametrize("device", ["light", "dark"])
def test_light_and_dark_are_chosen_and_kept(page: Page, base: str, device: str) -> None:
    page.emulate_media(color_scheme="dark" if device == "dark" else "light")
    page.goto(base + ARTICLE)
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light, dark = "rgb(251, 250, 246)", "rgb(24, 23, 21)"
    switch = page.locator(".scheme")
    assert page.evaluate(ground) == (dark if device == "dark" else light)
    for name, colour in (("浅色", light), ("深色", dark)):
        switch.click()
        assert name in switch.inner_text()
        assert page.evaluate(ground) == colour
    page.goto(base)
    assert page.evaluate(ground) == dark
    assert "深色" in switch.inner_text()
    switch.click()
    assert page.evaluate(ground) == (dark if device == "dark" else light)


def test_the_text_grows_and_the_link_is_copied(page: Page, base: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + ARTICLE)
    size = "parseFloat(getComputedStyle(document.querySelector('.prose')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="特大").click()
    assert page.evaluate(size) > before * 1.3
    page.reload()
    assert page.evaluate(size) > before * 1.3
    assert page.get_by_role("button", name="特大").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="复制链接").click()
    page.get_by_role("button", name="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"https://weichuan-gongbao.example/{ARTICLE}"
    assert page.get_by_role("button", name="朗读").count() == 0, "there is no voice on this machine"


VOICE = """
const voice = { lang: "zh-CN", name: "Mei" };
const said = window.said = [];
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: class { constructor(text) { this.text = text; } } });
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [voice], speak: each => said.push(each.text), cancel: () => said.push("stop") } });
Object.defineProperty(navigator, "share", { value: async told => { window.shared = told.url; } });
"""


def test_with_a_chinese_voice_the_article_is_read_and_with_a_dialog_shared(page: Page, base: str) -> None:
    page.add_init_script(VOICE)
    page.goto(base + ARTICLE)
    page.get_by_role("button", name="朗读").click()
    said = page.evaluate("said")
    assert said[0] == "以“五大服务”迎农民工进家门"
    assert any(text.startswith("本报讯") for text in said)
    page.get_by_role("button", name="停止朗读").click()
    assert page.evaluate("said.at(-1)") == "stop"
    page.get_by_role("button", name="分享").click()
    assert page.evaluate("shared") == f"https://weichuan-gongbao.example/{ARTICLE}"


def test_without_script_everything_is_read_and_nothing_dead_is_shown(scriptless: Page, base: str) -> None:
    for path in PATHS:
        scriptless.goto(base + path)
        assert scriptless.locator("h1").is_visible(), path
        assert not [each for each in scriptless.locator("button:not([type=submit])").all() if each.is_visible()], path
    scriptless.goto(base + ARTICLE)
    letter = str(scriptless.get_by_role("link", name="本文有误").get_attribute("href"))
    assert letter.startswith("mailto:bianji@weichuan-gongbao.example?subject=%E6%8A%A5%E9%94%99")
    scriptless.goto(base + LEAF)
    scriptless.locator(".frame svg a[aria-label*=五大服务] polygon").click()
    scriptless.wait_for_url(f"**/{ARTICLE}")


def test_an_article_lights_its_area_on_the_small_leaf(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(base + ARTICLE)
    sheet, area = page.locator("aside .sheet").bounding_box(), page.locator("aside polygon").bounding_box()
    assert sheet
    assert area
    assert (area["x"] - sheet["x"]) / sheet["width"] == pytest.approx(0.0191, abs=0.02)
    assert area["width"] / sheet["width"] == pytest.approx(0.6564, abs=0.05)  # with its line


def test_an_article_weighs_little_and_asks_for_four_files(page: Page, base: str, output: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda ask: asked.append(ask.url.removeprefix(base)))
    page.goto(base + PLAIN, wait_until="networkidle")
    icon = next(path.name for path in (output / "assets").glob("icon-*.svg"))
    files = {f"{asked[0]}index.html", *asked[1:], f"assets/{icon}"}
    assert len(files) <= 4
    assert sum(len(gzip.compress((output / each).read_bytes())) for each in files) < 25 * 1024


def test_lines_have_36_to_40_characters(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(base + PLAIN)
    line = "(each => each.clientWidth / parseFloat(getComputedStyle(each).fontSize))(document.querySelector('.prose'))"
    assert 36 <= page.evaluate(line) <= 40


def test_a_leaf_is_printed_with_its_picture_under_its_head(page: Page, base: str, tmp_path: Path) -> None:
    page.goto(base + LEAF, wait_until="networkidle")
    page.pdf(path=tmp_path / "leaf.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "leaf.pdf")
    assert any(each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for each in document[0].get_objects())
    assert len(document) == 2
    document.close()


def test_a_spread_is_one_sheet_of_two_leaves(tmp_path: Path) -> None:
    areas = "[[[0, 0], [0.5, 0], [0.5, 1]]]"
    site = small_site(
        tmp_path / "site",
        **{"2019_07_02__2_01": article("左", areas=areas), "2019_07_02__3_01": article("右", areas=areas)},
    )
    issue = site / "content" / "2019" / "2019-07-02"
    picture = PROJECT / "content" / "2019" / "2019-07-02" / "ping-pang.png"
    (issue / "spread.png").write_bytes(picture.read_bytes())
    write(issue / "issue.yaml", "leaves:\n  - {leaf: 2, image: spread.png, spread: 3}\n  - {leaf: 3}\n  - {leaf: 4}\n")
    assert build(site).findings == ()
    for leaf, first, second in (("2", "左", "右"), ("3", "右", "左")):
        text = (site / "output" / "issues" / "2019-07-02" / leaf / "index.html").read_text("utf-8")
        assert text.count("<polygon") == 2
        assert text.index(f'aria-label="{first}"') < text.index(f'aria-label="{second}"')
        assert text.count('<li class="across">') == 1
        assert "spread.png" in text
        # An article shows the sheet that it stands on, whichever of the two leaves has the picture.
        told = (site / "output" / "issues" / "2019-07-02" / leaf / "01" / "index.html").read_text("utf-8")
        sheet = told.partition('<a class="sheet"')[2].partition("</a>")[0]
        assert "spread.png" in sheet
        assert sheet.count("<polygon") == 1
    # Each leaf shows what changes on the other.
    write(issue / "3-01.md", article("右边改了", areas=areas))
    build(site)
    assert "右边改了" in (site / "output" / "issues" / "2019-07-02" / "2" / "index.html").read_text("utf-8")
    write(issue / "3-01.md", article("右边改了", areas="[[[0, 0], [0.25, 0], [0.25, 1]]]"))
    build(site)
    build(site, "clean", clean=True)
    for leaf in "23":
        path = f"issues/2019-07-02/{leaf}/index.html"
        assert (site / "output" / path).read_bytes() == (site / "clean" / path).read_bytes()
