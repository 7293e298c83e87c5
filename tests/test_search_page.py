"""The search page in a browser, on the sample archive: what it finds is what plain comparison of texts finds."""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongbao import pipeline, records
from gongbao.catalogue import Reader
from gongbao.catalogue import search as catalogue
from gongbao.model import Article
from gongbao.pipeline import Order
from gongbao.report import Silent
from gongbao.search import groups
from gongbao.search.fold import fold
from gongbao.search.groups import Shape
from gongbao.search.reading import Index
from gongbao.search.texts import passages
from tests import get_judges, scale
from tests.building import NOW, PROJECT, article, build, copy_of, small_site, write
from tests.judging import POLICY, SCREENS, Screen, faults, visiting

PHONE = Screen(390, 844, "light")
PAGE = 20
FOUND = "issues/2019-07-02/4/wu-da-fu-wu/"


@dataclass(frozen=True, slots=True)
class Told:
    """An article as the catalogue has it: its record, its folded passages, those of its head before."""

    article: Article
    head: tuple[str, ...]
    texts: tuple[str, ...]
    pictures: bool

    def has(self, text: str) -> bool:
        """Whether a passage holds a text."""
        return any(fold(text) in each for each in (*self.head, *self.texts))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of(PROJECT, tmp_path_factory.mktemp("searched"))
    with pytest.MonkeyPatch.context() as patch:  # several segments, the older ones with lists of files
        patch.setattr(groups, "FULL", 40)
        patch.setattr(groups, "LARGE", 40)
        patch.setattr(groups, "LARGE_SHAPE", Shape(2000, 4, 8))
        assert build(root).findings == ()
    listed = [each.listed for each in Index(root / "output").segments]
    assert 8 in listed
    assert 0 in listed
    return root


@pytest.fixture(scope="module")
def truth(site: Path) -> dict[str, Told]:
    """Every article by its address, oldest first."""
    with closing(Reader(site / ".gongbao" / "catalogue.db")) as reader:
        return told_by(reader)


def told_by(reader: Reader) -> dict[str, Told]:
    """Every article of a catalogue by its address, oldest first."""
    months = [month for (month,) in reader.rows("SELECT DISTINCT substr(issue, 1, 7) FROM articles ORDER BY 1")]
    return dict(_told(reader, *row) for month in months for row in catalogue.articles(reader, month))


def _told(reader: Reader, record: bytes, texts: bytes, card: bytes) -> tuple[str, Told]:
    article = records.decode(record, Article)
    head, body = passages(article, records.decode(texts, tuple[str, ...]), catalogue.shown(reader, article))
    return article.address, Told(article, _folded(head), _folded(body), catalogue.has_picture(card))


def _folded(parts: list[str]) -> tuple[str, ...]:
    pieces = (piece for part in parts for piece in re.split("[\0-\2]", part))
    return tuple(text for piece in pieces if (text := fold(piece).strip()))


@pytest.fixture
def base(site: Path, serve_folder: Callable[..., str]) -> str:
    return serve_folder(site / "output", headers=POLICY)


@pytest.fixture
def searched(browser: Browser, base: str) -> Iterator[Page]:
    """The search page on a phone; the test fails where the console says anything."""
    with visiting(browser, PHONE) as visitor:
        yield visitor.visit(f"{base}search/", read=False)
        assert visitor.said == []
        assert [url for url in visitor.asked if not url.startswith(base)] == []


def _go(page: Page, query: str, more: str = "") -> None:
    """Asks a query by the address, as a reader does who goes back or forth."""
    page.evaluate("to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }",
                  f"?q={quote(query)}{more}")  # fmt: skip
    page.locator("[aria-busy]").wait_for(state="detached")


def _total(page: Page) -> tuple[int, bool]:
    """How many hits the page tells of, and whether it is sure."""
    said = page.locator(".found-said").inner_text()
    found = re.match(r"(约 )?([\d,]+) 篇", said)
    return (int(found[2].replace(",", "")), not found[1]) if found else (0, True)


def _shown(page: Page) -> list[str]:
    links = page.locator(".entries h2 a").evaluate_all("all => all.map(each => new URL(each.href).pathname)")
    return [unquote(each) for each in links]


def _all(page: Page, query: str, sort: str = "") -> list[str]:
    """Every hit on every page of a query."""
    found: list[str] = []
    for number in range(1, 10):
        _go(page, query, f"&sort={sort}&page={number}")
        found += _shown(page)
        if number * PAGE >= _total(page)[0]:
            return found
    raise AssertionError(query)


QUERIES = (
    "职工", "工会", "农民工", "环卫工人", "张富清", "罗青禾", "杨泰来", "王震", "西安市", "商洛", "陕西省总工会",
    "渭川工报", "2019", "68%", "91.4%", "1.08亿", "12351", "5G", "五大", "国总工会", "质量发", "民工", "“匠心筑家",
    "《", "”迎农民工", "農民工", "職工", "工會動態", "Ｎｏ", "１２３５１", "的", "一", "。", "煤", "0",
    "没有这样的文章", "zzz", "〇",
)  # fmt: skip


def _pieces(truth: dict[str, Told]) -> Iterator[str]:
    """Pieces of the archive's own texts, the same in every run."""
    for number, each in enumerate(truth.values()):
        text = max(each.texts, key=len)
        at = int(hashlib.sha256(text.encode()).hexdigest(), 16) % len(text)
        yield text[at : at + number % 7 + 2].strip()


def test_what_is_found_is_what_holds_the_text(searched: Page, truth: dict[str, Told]) -> None:
    pieces = [each for each in _pieces(truth) if each and not set(each) & set('"“”„＂-:： |')]
    for query in dict.fromkeys([*QUERIES[: scale.counts(12, 99)], *QUERIES[-12:], *pieces[:: scale.counts(6, 1)]]):
        bare = query.strip("“”")
        wanted = {address for address, each in truth.items() if each.has(bare)}
        found = _all(searched, query)
        assert sorted(found) == sorted(wanted), query
        total, exact = _total(searched)
        assert total == len(wanted) or not exact, query


def test_words_phrases_without_and_or(searched: Page, truth: dict[str, Told]) -> None:
    def where(holds: Callable[[Told], bool]) -> list[str]:
        return sorted(address for address, each in truth.items() if holds(each))

    cases: list[tuple[str, Callable[[Told], bool]]] = [
        ("职工 服务", lambda each: each.has("职工") and each.has("服务")),
        ("职工 -服务", lambda each: each.has("职工") and not each.has("服务")),
        ("“农民工入会”", lambda each: each.has("农民工入会")),
        ("农民工 -“农民工入会”", lambda each: each.has("农民工") and not each.has("农民工入会")),
        ("劳模 OR 工匠", lambda each: each.has("劳模") or each.has("工匠")),
        ("劳模 或 工匠 工会", lambda each: (each.has("劳模") or each.has("工匠")) and each.has("工会")),
        ("-工会", lambda each: not each.has("工会")),
    ]
    for query, holds in cases:
        assert sorted(_all(searched, query)) == where(holds), query


def test_filters_and_dates(searched: Page, truth: dict[str, Told]) -> None:
    def people(each: Told) -> set[str]:
        told = (*each.article.authors, *each.article.photographers, *(p for i in each.article.items for p in i.people))
        return {name for person in told for name in (person.name, person.unit)}

    def places(each: Told) -> set[str]:
        all_places = (*each.article.places, *(place for item in each.article.items for place in item.places))
        return {name for place in all_places for name in place.names}

    cases: list[tuple[str, Callable[[Told], bool]]] = [
        ("栏目：要闻", lambda each: each.article.column == "要闻"),
        ("column:要闻 OR column:更正", lambda each: each.article.column in ("要闻", "更正")),
        ("职工 -栏目:要闻", lambda each: each.has("职工") and each.article.column != "要闻"),
        ("作者:罗青禾", lambda each: "罗青禾" in people(each)),
        ("region:西安市", lambda each: "西安市" in places(each)),
        ("地区:陕西省/西安市", lambda each: "西安市" in places(each)),
        ("kind:消息", lambda each: each.article.kind == "消息"),
        ("图片:有", lambda each: each.pictures),
        ("photo:no 职工", lambda each: not each.pictures and each.has("职工")),
        ("版:4", lambda each: each.article.leaf == "4"),
        ("date:2019", lambda each: each.article.date.startswith("2019")),
        ("date:2019-07-02", lambda each: each.article.date == "2019-07-02"),
        ("日期：1989年7月25日..2018-04", lambda each: "1989-07-25" <= each.article.date < "2018-04~"),
        ("date:2019-07-04..", lambda each: each.article.date >= "2019-07-04"),
        ("date:..2019-07-02 工会", lambda each: each.article.date < "2019-07-02~" and each.has("工会")),
        ("date:2020-06", lambda each: each.article.date.startswith("2020-06")),
        ("-date:2019", lambda each: not each.article.date.startswith("2019")),
    ]
    for query, holds in cases:
        wanted = sorted(address for address, each in truth.items() if holds(each))
        assert sorted(_all(searched, query)) == wanted, query
        assert _total(searched) == (len(wanted), True), query


def test_tags_are_filters(searched: Page, truth: dict[str, Told]) -> None:
    tag = next(tag for each in truth.values() for tag in each.article.tags)
    wanted = sorted(address for address, each in truth.items() if tag in each.article.tags)
    assert sorted(_all(searched, f"标签:{tag}")) == wanted


def test_order(searched: Page, truth: dict[str, Told]) -> None:
    wanted = [address for address, each in truth.items() if each.has("工会")]
    assert _all(searched, "工会", "old") == wanted
    assert _all(searched, "工会", "new") == wanted[::-1]
    best = _all(searched, "工会 职工")
    heads = [sum(any(word in head for head in truth[each].head) for word in ("工会", "职工")) for each in best]
    assert heads == sorted(heads, reverse=True)
    assert heads[0] == 2


def test_pages_go_on_and_back_leads_back(searched: Page) -> None:
    field = searched.locator("main [name=q]")
    field.fill("工会")
    field.press("Enter")
    expect(searched.locator(".entries h2 a")).to_have_count(PAGE)
    first = _shown(searched)
    searched.locator(".found-pages a", has_text="2").click()
    searched.wait_for_url("**page=2")
    expect(searched.locator("[aria-busy]")).to_have_count(0)
    second = _shown(searched)
    assert not set(first) & set(second)
    searched.locator(".found-sort a", has_text="最早").click()
    searched.wait_for_url("**sort=old")
    expect(searched.locator(".found-sort [aria-current]")).to_have_text("最早")
    searched.go_back()
    searched.wait_for_url("**page=2")
    expect(searched.locator("[aria-busy]")).to_have_count(0)
    assert _shown(searched) == second
    searched.go_back()
    expect(searched.locator(".found-pages [aria-current]")).to_have_text("1")
    assert _shown(searched) == first
    assert field.input_value() == "工会"


def test_a_hit_shows_where_it_stood_and_what_it_says(searched: Page, truth: dict[str, Told]) -> None:
    _go(searched, "五大服务")
    hit = searched.locator(".entries li").first
    assert hit.locator("h2").inner_text() == "以“五大服务”迎农民工进家门"
    assert hit.locator("h2 mark").all_inner_texts() == ["五大服务"]
    assert hit.locator(".when").inner_text().split() == ["2019-07-02", "第4版"]
    assert "工会动态" in hit.locator(".meta").inner_text()
    _go(searched, "农民工 入会")
    for each in searched.locator(".entries li").all():
        marks = {fold(mark) for mark in each.locator("mark").all_inner_texts()}
        assert marks <= {"农民工", "入会"}
        assert marks


def test_facets_and_filters_narrow_and_are_taken_back(searched: Page, truth: dict[str, Told]) -> None:
    _go(searched, "职工")
    searched.locator(".facets summary").click()
    columns: dict[str, int] = {}
    for each in truth.values():
        if each.has("职工"):
            columns[each.article.column] = columns.get(each.article.column, 0) + 1
    facet = searched.locator(".facets section").first
    expect(facet.locator("h2")).to_have_text("栏目")
    columns.pop("", None)
    items = facet.locator("li").all()
    told = {item.locator("a").inner_text(): int(item.locator("small").inner_text()) for item in items}
    assert told == columns
    name, count = max(columns.items(), key=lambda each: each[1])
    facet.locator("a", has_text=name).first.click()
    expect(searched.locator(".found-filters a")).to_have_text(f"栏目:{name} ×")
    expect(searched.locator("[aria-busy]")).to_have_count(0)
    assert _total(searched) == (count, True)
    searched.locator(".found-filters a").click()
    expect(searched.locator(".found-filters a")).to_have_count(0)
    expect(searched.locator("[aria-busy]")).to_have_count(0)
    assert _total(searched)[0] == sum(each.has("职工") for each in truth.values())


def test_years_narrow_by_dragging_and_by_keyboard(searched: Page, truth: dict[str, Told]) -> None:
    def hits(since: str, until: str) -> int:
        return sum(each.has("职工") and since <= each.article.date < until for each in truth.values())

    _go(searched, "职工")
    chart = searched.locator(".found-years svg")
    titles = chart.locator("rect title").evaluate_all("all => all.map(each => each.textContent)")
    assert titles == [f"{year}: {hits(year, year + '~')}" for year in ("1989", "2018", "2019", "2020")]
    assert "最多的是 2019" in str(chart.get_attribute("aria-label"))
    box = chart.bounding_box()
    assert box
    searched.mouse.move(box["x"] + box["width"] * 0.945, box["y"] + 30)
    searched.mouse.down()
    searched.mouse.move(box["x"] + box["width"] * 0.999, box["y"] + 30, steps=4)
    searched.mouse.up()
    expect(searched.locator(".found-filters a")).to_have_text("日期:2019..2020 ×")
    expect(searched.locator("[aria-busy]")).to_have_count(0)
    assert _total(searched) == (hits("2019", "2020~"), True)
    expect(searched.locator(".found-years figcaption span").first).to_have_text("2019-07")
    searched.locator(".found-years a", has_text="全部年份").click()
    expect(searched.locator(".found-filters a")).to_have_count(0)
    expect(searched.locator("[aria-busy]")).to_have_count(0)
    searched.locator(".found-range [name=to]").focus()
    searched.keyboard.type("2018")
    searched.keyboard.press("Tab")
    searched.keyboard.press("Enter")
    expect(searched.locator(".found-filters a")).to_have_text("日期:1989..2018 ×")
    expect(searched.locator("[aria-busy]")).to_have_count(0)
    assert _total(searched) == (hits("1989", "2018~"), True)


def test_names_in_pinyin_and_traditional_characters_that_no_text_has(searched: Page, truth: dict[str, Told]) -> None:
    _go(searched, "luoqinghe")
    assert "没有文章含有“luoqinghe”，以下是“罗青禾”的结果" in searched.locator(".found-said").inner_text()
    assert sorted(_shown(searched)) == sorted(address for address, each in truth.items() if each.has("罗青禾"))
    _go(searched, "勞動競賽")
    assert sorted(_shown(searched)) == sorted(address for address, each in truth.items() if each.has("劳动竞赛"))


def test_nothing_found_says_so_and_helps(searched: Page) -> None:
    _go(searched, "农民工进家门口")
    said = searched.locator(".found-said")
    assert said.inner_text().startswith("没有找到")
    assert _shown(searched) == []
    said.locator("a", has_text="农民工进家门").first.click()
    expect(searched.locator(".entries h2 a", has_text="农民工进家门")).to_have_count(1)
    _go(searched, "罗青河")
    expect(said.locator("a").first).to_have_text(re.compile("^罗青禾（"))
    _go(searched, "甲乙丙丁戊己")
    expect(searched.locator(".search-help")).to_be_visible()
    assert searched.locator(".found").is_hidden()


def test_a_scope_becomes_a_filter(page: Page, base: str, truth: dict[str, Told]) -> None:
    page.goto(f"{base}columns/yao-wen/")
    page.get_by_label("只在“要闻”中").check()
    page.keyboard.press("/")
    page.keyboard.type("职工")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    expect(page.locator(".found-filters a")).to_have_text("栏目:要闻 ×")
    assert page.locator("main [name=q]").input_value() == "职工 栏目:要闻"
    page.locator("[aria-busy]").wait_for(state="detached")
    wanted = [address for address, each in truth.items() if each.has("职工") and each.article.column == "要闻"]
    assert sorted(_shown(page)) == sorted(wanted)
    for path, scope in (("issues/2019-07-02/", "日期:2019-07-02"), ("regions/shaanxi/xi-an/", "地区:陕西省/西安市")):
        page.goto(base + path)
        assert page.locator("[name=in]").input_value() == scope
    page.goto(base + "columns/yao-wen/2019/07/")
    assert page.locator("[name=in]").input_value() == "栏目:要闻 日期:2019-07"


def test_an_article_opens_with_its_marks_and_a_bar(page: Page, base: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{base}search/?q={quote('服务 农民工')}")
    page.locator(".entries h2 a", has_text="五大服务").click()
    page.wait_for_url(f"**/{FOUND}?find=*")
    bar = page.locator(".find-bar")
    expect(bar.get_by_role("status")).to_have_text("1 / 15")
    marked = "() => [...CSS.highlights.get('find')].map(String)"
    assert {*page.evaluate(marked)} == {"服务", "农民工"}
    now = "() => [...CSS.highlights.get('find-now')].map(each => each.getBoundingClientRect().top)"
    tops = []
    for _ in range(14):
        tops += page.evaluate(now)
        bar.get_by_role("button", name="下一处").click()
    expect(bar.get_by_role("status")).to_have_text("15 / 15")
    assert all(0 <= top <= 844 for top in tops)
    bar.get_by_role("button", name="下一处").press("ArrowRight")
    expect(bar.get_by_role("status")).to_have_text("1 / 15")
    page.keyboard.press("ArrowLeft")
    expect(bar.get_by_role("status")).to_have_text("15 / 15")
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    assert page.url.endswith(FOUND)
    assert page.evaluate("CSS.highlights.size") == 0
    assert said == []


def test_without_highlights_of_the_browser_elements_mark(page: Page, base: str) -> None:
    page.add_init_script("delete CSS.highlights; Object.defineProperty(CSS, 'highlights', { value: undefined });")
    page.goto(f"{base}{FOUND}")
    before = page.locator("article").inner_text()
    page.goto(f"{base}{FOUND}?find={quote('服务 农民工 本报讯（杨泰来）')}")
    expect(page.locator(".find-bar [role=status]")).to_have_text("1 / 16")
    assert {*page.locator("article mark").all_inner_texts()} == {"服务", "农民工", "本报讯（杨泰来）"}
    assert page.locator("mark.find-now").inner_text() == "服务"
    assert page.locator("article").inner_text() == before
    page.get_by_role("button", name="关闭").click()
    assert page.locator("article mark").count() == 0
    assert page.locator("article").inner_text() == before


def test_suggestions_are_a_combobox(page: Page, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base + FOUND)
    assert not [url for url in asked if "search" in url], "what only a search needs is loaded when it begins"
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="检索全部文章")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("luoq")
    options = page.get_by_role("option")
    expect(options).to_have_text([re.compile("^罗青禾 ?作者$")])
    field.fill("五大服务")
    expect(options).to_have_text([re.compile("^以“五大服务”迎农民工进家门 ?文章$")])
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    field.fill("工会动")
    expect(options.first).to_have_text(re.compile("^工会动态 ?栏目$"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/columns/gong-hui-dong-tai/")


def test_slash_is_a_letter_where_somebody_writes(page: Page, base: str) -> None:
    page.goto(f"{base}search/")
    page.keyboard.press("/")
    field = page.locator("main [name=q]")
    expect(field).to_be_focused()
    page.keyboard.type("a/b")
    assert field.input_value() == "a/b"


def test_a_failed_request_is_made_again_and_told(page: Page, base: str) -> None:
    page.route("**/search/data/**", lambda route: route.abort(), times=1)
    page.goto(f"{base}search/?q={quote('职工')}")
    page.locator("[aria-busy]").wait_for(state="detached")
    assert _total(page)[0] > 0
    page.route("**/search/data/**", lambda route: route.abort())
    page.goto(f"{base}search/?q={quote('雄安')}")
    expect(page.locator(".found-said")).to_contain_text("网络不畅，正在重试")
    expect(page.locator(".found-said")).to_contain_text("索引没有读到")
    page.unroute("**/search/data/**")
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".found-said")).to_have_text(re.compile("篇|没有找到"))


def test_what_was_built_anew_is_read_anew(tmp_path: Path, page: Page, serve_folder: Callable[..., str]) -> None:
    root = small_site(tmp_path, **{"2019_07_02__1_01": article("甲", "矿工的故事。")})
    build(root)
    base = serve_folder(root / "output", headers=POLICY)
    former = (root / "output" / "search" / "manifest.json").read_text("utf-8")
    for title in "乙丙":
        write(root / "content/2019/2019-07-02/1-02.md", article(title, "矿工的另一个故事。"))
        build(root)
    page.route("**/search/manifest.json", lambda route: route.fulfill(body=former), times=1)
    page.goto(f"{base}search/?q={quote('矿工')}")
    expect(page.locator(".entries h2")).to_have_text(["丙", "甲"])


def test_without_script_the_page_explains_and_leads_on(browser: Browser, base: str) -> None:
    with visiting(browser, PHONE, scripts=False) as visitor:
        page = visitor.visit(base, read=False)
        page.locator("form.search [name=q]").fill("职工")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=*")
        assert "需要 JavaScript" in page.locator("noscript").inner_text()
        for way in ("archive/", "columns/", "regions/", "authors/", "tags/"):
            assert page.locator(f".search-ways a[href='../{way}']").is_visible()
        assert page.locator(".found").is_hidden()


def test_all_of_it_works_by_keyboard(page: Page, base: str) -> None:
    page.goto(base)
    page.keyboard.press("/")
    page.keyboard.type("工会")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    page.locator("[aria-busy]").wait_for(state="detached")
    reached: list[str] = []
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.append(str(page.evaluate(FOCUS)))
        if page.evaluate("() => Boolean(document.activeElement.closest('.entries'))"):
            break
    for wanted in ("found-sort a", "found-range select", "facets summary", "entries a"):
        assert any(wanted in each for each in reached), (wanted, reached)
    page.keyboard.press("Enter")
    page.wait_for_url("**?find=*")
    expect(page.locator(".find-bar")).to_be_visible()


FOCUS = """() => {
  const { activeElement } = document;
  return `${activeElement.closest("[class]")?.className} ${activeElement.localName}`;
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    _, folder = get_judges.get()
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("screen", SCREENS if scale.PROVE else [SCREENS[0], SCREENS[-1]], ids=str)
def test_no_judge_finds_anything_while_searching(browser: Browser, base: str, axe: str, screen: Screen) -> None:
    found = {}
    narrowed = "search/?q=职工 栏目:要闻 date:2019..2020"
    for path in ("search/?q=工会", narrowed, "search/?q=甲乙丙丁戊己", f"{FOUND}?find=服务"):
        with visiting(browser, screen) as visitor:
            page = visitor.visit(base + path, read=False)
            page.wait_for_timeout(200)
            page.locator("[aria-busy]").wait_for(state="detached")
            found[path] = faults(visitor, base, axe)
            if page.locator(".facets").is_visible() and not page.locator(".facets section").count():
                page.locator(".facets summary").click()
                page.locator(".facets section").first.wait_for()
                told = faults(visitor, base, axe)
                # What a reader opens may move what is below it.
                found[f"{path} opened"] = [each for each in told if not each.startswith("layout shift")]
    with visiting(browser, screen) as visitor:
        page = visitor.visit(base + FOUND, read=False)
        page.keyboard.press("/")
        page.keyboard.type("工会")
        page.locator(".suggestions li").first.wait_for()
        found["suggestions"] = faults(visitor, base, axe)
    assert {path: told for path, told in found.items() if told} == {}


def test_a_site_may_have_no_search(tmp_path: Path) -> None:
    root = small_site(tmp_path, **{"2019_07_02__1_01": article("甲", 栏目="要闻")})
    write(root / "site.yaml", (root / "site.yaml").read_text("utf-8") + "features: {search: off}\n")
    for theme in ("classic", "plain"):
        outcome = pipeline.build(Order(root, root / theme, NOW, theme=theme), Silent())
        assert outcome.findings == ()
        paths = [path.relative_to(root / theme).as_posix() for path in (root / theme).rglob("*") if path.is_file()]
        assert [each for each in paths if "search" in each] == []
        for path in (root / theme).rglob("*.html"):
            for wanted in ('role="search"', "/search", "search.js", "opensearch", "find-bar"):
                assert wanted not in path.read_text("utf-8"), (path, wanted)


@pytest.mark.parametrize("theme", ["classic", "plain"])
def test_pages_mark_what_is_indexed(site: Path, truth: dict[str, Told], tmp_path: Path, theme: str) -> None:
    root = copy_of(PROJECT, tmp_path / "site")
    pipeline.build(Order(root, root / "output", NOW, theme=theme), Silent())
    for address, each in truth.items():
        page = LexborHTMLParser((root / "output" / address[1:] / "index.html").read_text("utf-8"))
        head, rest = _marked(page)
        assert sorted(head) == sorted(each.head), address
        assert sorted(rest) == sorted(each.texts), address


BLOCKS = {
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "figcaption", "blockquote", "pre", "div",
    "section", "figure", "table", "tr", "ul", "ol", "dl", "hr", "article",
}  # fmt: skip


def _marked(page: LexborHTMLParser) -> tuple[list[str], list[str]]:
    """The folded passages of a page's marked texts: those of its head, and the others."""
    found: dict[bool, list[list[str]]] = {True: [[]], False: [[]]}

    def cut(cuts: bool) -> None:
        for each in found.values() if cuts else ():
            each.append([])

    def walk(node: LexborNode, head: bool, marked: bool) -> None:
        if node.tag == "-text":
            found[head][-1].append(node.text_content or "" if marked else "")
            return
        if node.tag == "br" and marked:
            found[head][-1].append("\n")
        told = node.attributes.get("data-search", "none") or ""
        own = "data-search" in node.attributes
        cuts = own or node.tag in BLOCKS
        cut(cuts)
        for child in node.iter(include_text=True):
            walk(child, told == "head" if own else head, marked or own)
        cut(cuts)

    main = page.css_first("main")
    assert main
    walk(main, False, False)
    return _texts(found[True]), _texts(found[False])


def _texts(found: Iterable[list[str]]) -> list[str]:
    return [text for each in found if (text := fold("".join(each)).strip())]


def test_the_description_for_browsers(site: Path, base: str, page: Page) -> None:
    page.goto(base)
    link = page.locator("link[rel=search]")
    assert link.get_attribute("type") == "application/opensearchdescription+xml"
    assert link.get_attribute("href") == "opensearch.xml"
    text = (site / "output" / "opensearch.xml").read_text("utf-8")
    assert 'template="https://weichuan-gongbao.example/search/?q={searchTerms}"' in text
    assert "<ShortName>渭川工报</ShortName>" in text


def test_the_search_page_stands_in_the_sitemap(site: Path) -> None:
    with closing(sqlite3.connect(site / ".gongbao" / "catalogue.db")) as db:
        assert db.execute("SELECT count(*) FROM outputs WHERE path = 'search/index.html'").fetchone() == (1,)
    assert "/search/</loc>" in (site / "output" / "sitemap" / "pages.xml").read_text("utf-8")


def test_it_works_below_a_path(site: Path, page: Page, serve_folder: Callable[..., str]) -> None:
    base = serve_folder(site / "output", under="/archive/of/the/paper/", headers=POLICY)
    page.goto(f"{base}search/?q={quote('五大服务')}")
    page.locator(".entries h2 a", has_text="五大服务").click()
    page.wait_for_url(f"{base}{FOUND}?find=*")
    assert urlsplit(page.url).path.startswith("/archive/of/the/paper/")
    expect(page.locator(".find-bar")).to_be_visible()
