"""Markdown to HTML: cases in a file, and law 6: no text can run script, however it is written."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gongbao.markdown import is_plain, place_tokens, render, render_any, render_plain
from gongbao.read.body import rendered
from gongbao.views import PictureView, SourceView
from tests.scale import counts

CASES = Path(__file__).parent / "cases" / "markdown.txt"
SCRAPS = (Path(__file__).parent / "cases" / "attacks.txt").read_text("utf-8").split("\n---\n")
SCHEMES = ("http:", "https:", "mailto:", "tel:", "gongbao:", "#")


def _cases() -> list[tuple[str, str, str]]:
    found = []
    for block in CASES.read_text("utf-8").split("=== ")[1:]:
        name, _, rest = block.partition("\n")
        source, _, expected = re.split(r"^(---) ?\n", rest, maxsplit=1, flags=re.MULTILINE)
        found.append((name, source, expected.strip()))
    return found


@pytest.mark.parametrize(("name", "source", "expected"), _cases(), ids=[case[0] for case in _cases()])
def test_case(name: str, source: str, expected: str, accept: bool) -> None:
    html = render(source).html.strip()
    if accept:
        text = CASES.read_text("utf-8")
        CASES.write_text(text.replace(f"{source}---\n{expected}", f"{source}---\n{html}"), "utf-8")
        return
    assert html == expected


def test_a_text_does_not_hang_on_what_was_rendered_before() -> None:
    text = "正文[^1]和[^甲]\n\n[^1]: 一\n[^甲]: 二\n"
    first = render(text)
    render("# 别的\n\n[^1]\n\n[^1]: x")
    assert render(text) == first
    ids = re.findall(r'id="([^"]+)"', first.html + render(text, "item-a-t-").html)
    assert len(ids) == len(set(ids))


def test_tokens_become_addresses_or_text() -> None:
    rendered = render("见[甲](a.md)和[乙](b.md)。\n\n![图](c.png)\n\n![没有](d.png)", start=4)
    html = place_tokens(rendered.html, {4: "../甲/"}, {6: PictureView("../c.png", 30, 20)})
    assert html.count("<a ") == 1
    assert "和乙。" in html
    assert '<img alt="图" src="../c.png" width="30" height="20" loading="lazy">' in html
    assert html.count("<img") == 1
    assert "gongbao:" not in html


def test_a_picture_is_offered_in_all_that_there_is_of_it() -> None:
    view = PictureView(
        "../m/c.png",
        900,
        600,
        sources=(SourceView("image/avif", (("../n/c-480.avif", 480), ("../n/c-900.avif", 900))),),
    )
    figure, inline, plain = ("![图](c.png)", "字![图](c.png)字", "![](c.png)")
    pictures = {0: view}
    html = place_tokens(render(figure).html, {}, pictures, "原图", leads=True)
    assert html == (
        '<figure><a href="../m/c.png"><picture><source type="image/avif"'
        ' srcset="../n/c-480.avif 480w, ../n/c-900.avif 900w"'
        ' sizes="(min-width: 48em) 43em, (min-resolution: 2.5dppx) 67vw, 100vw">'
        '<img alt="图" src="../m/c.png" width="900" height="600" fetchpriority="high"></picture></a>'
        "<figcaption>图</figcaption></figure>"
    )
    assert "<a " not in place_tokens(render(inline).html, {}, pictures, "原图")
    assert '<a href="../m/c.png" aria-label="原图">' in place_tokens(render(plain).html, {}, pictures, "原图")
    below = place_tokens(render(f"字。\n\n{figure}").html, {}, pictures, "原图", leads=True)
    assert 'loading="lazy"' in below
    assert "fetchpriority" not in below
    linked = place_tokens(
        render('<a href="https://x.example/"><figure><img src="c.png"></figure></a>').html, {}, pictures, "原图"
    )
    assert "<picture>" in linked
    assert '<a href="../m/c.png"' not in linked


SOUP = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=12), max_size=24).map("".join)


@given(SOUP)
def test_no_text_can_run_script(text: str) -> None:
    html = render(text).html
    tree = LexborHTMLParser(f"<!doctype html><html><body>{html}</body></html>")
    assert not tree.css("script, iframe, object, embed, svg, math, style, form, base, meta, link, template, noscript")
    for node in tree.css("body *"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), html
            assert name not in ("style", "srcdoc", "action", "formaction", "xlink:href"), html
            if name in ("href", "src") and value:
                assert value.lower().startswith(SCHEMES), html


@given(SOUP)
def test_what_is_placed_stays_safe(text: str) -> None:
    rendered = render(text)
    numbers = range(len(rendered.targets))
    html = place_tokens(rendered.html, dict.fromkeys(numbers, '/a/"><script>'), {})
    assert not LexborHTMLParser(html).css("script")


PROSE = [
    "甲乙丙", "，", "。", "“", "”", "\n\n", "\n\n", "\n", "\u3000\u3000", "abc ", "2019年", "12", "**粗**", "**粗 体**",
    "**", "5G", "（", ".", ")", "1", " ", "１", "①", "%", "http://a.example/b",
]  # fmt: skip
SIGNS = [*PROSE, *"-+=#:~*_`<>&[]{}|\\!\"'/@^$é\u00a0\u200b\u3099ﾞ\t\r", "&amp;", "- ", "1. ", "** ", "---"]
PLAIN_TEXTS = counts(4_000, 200_000)


def test_plain_prose_is_rendered_as_the_library_and_the_sanitiser_would() -> None:
    chance, plain = random.Random(PLAIN_TEXTS), 0
    while plain < PLAIN_TEXTS:
        text = "".join(chance.choices(chance.choice((PROSE, PROSE, SIGNS)), k=chance.randrange(1, 24)))
        if is_plain(text):
            plain += 1
            assert render_plain(text) == render_any(text), repr(text)


@given(SOUP | st.text(st.sampled_from("甲，。*\n \u3000a1.)-#")))
def test_any_text_is_rendered_the_same_by_either_way(text: str) -> None:
    assert render(text) == render_any(text)
    if is_plain(text):
        whole, found = rendered("a.md", text, 1, "t-")
        assert whole == render_any(text)
        assert not found


def test_news_is_plain() -> None:
    assert is_plain("\u3000\u3000本报讯（记者 王震）7月2日，**五大服务**启动：“新就业形态”12.5%。\n\n第二段\n续行。\n")
    assert not is_plain("- 一")
    assert not is_plain("1. 一")
    assert not is_plain("见[甲](a.md)")
