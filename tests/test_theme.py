"""Themes: inheritance, faults with their place, links, and closures that change exactly with what a template uses."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from gongbao import pipeline
from gongbao.diagnostics import Stop
from gongbao.pipeline import Order
from gongbao.report import Silent
from gongbao.theme import Renderer, Theme, ThemeFault, load_theme
from gongbao.views import Named, Page, Site, StandingPage
from tests.building import NOW, PROJECT, article, build, copy_of, small_site, write
from tests.crawl import crawl, from_folder

SITE = Site("小报", "zh-CN", "https://paper.example/base", "Gongbao", (), (), {}, {}, {})


def theme(root: Path, name: str = "mine", parent: str = "classic") -> Theme:
    write(root / "themes" / name / "theme.yaml", f"name: {name}\nparent: {parent}\n")
    return load_theme(root, name, (), "zh-CN")


def page(address: str = "/about/more/", template: str = "standing.html") -> Page:
    return Page(
        address,
        template,
        StandingPage(address, "关于", "<p>正文</p>", ""),
        (Named("首页", "/"), Named("关于", address)),
    )


def test_the_project_s_theme_is_found_anywhere(tmp_path: Path) -> None:
    told = load_theme(tmp_path, "classic", (("accent", "#123456"),), "zh-CN")
    assert dict(told.settings)["accent"] == "#123456"
    assert "--accent: #123456" in dict(told.assets)["style.css"].text
    assert "$accent" not in dict(told.assets)["style.css"].text


def test_a_child_theme_replaces_files_and_keeps_the_rest(tmp_path: Path) -> None:
    write(
        tmp_path / "themes/mine/templates/standing.html", '{% extends "base.html" %}{% block main %}我的{% endblock %}'
    )
    write(tmp_path / "themes/mine/assets/style.css", "p { color: $accent }")
    told = theme(tmp_path)
    html = Renderer(told, SITE).render(page()).decode()
    assert "我的" in html
    assert dict(told.assets)["style.css"].text.startswith("p { color: #")
    assert dict(told.assets)["style.css"].address in html.replace("../../", "/")
    assert "icon.svg" in dict(told.assets)


LISTS = {"list.html", "column.html", "region.html", "author.html", "tag.html"}
USERS = {
    "cards.html": {"cards.html", "front.html", "issue.html", "leaf.html", "article.html", "day.html", *LISTS},
    "month.html": {"month.html"},
    "charts.html": {"charts.html", "statistics.html"},
}
"""The templates that use a template, by its name."""


def test_closures_change_with_what_a_template_uses_and_nothing_else(tmp_path: Path) -> None:
    before = dict(theme(tmp_path).closures)
    for name, users in USERS.items():
        source = dict(load_theme(tmp_path, "classic", (), "zh-CN").templates)[name]
        write(tmp_path / "themes/mine/templates" / name, Path(source).read_text("utf-8") + "{# changed #}")
        after = dict(theme(tmp_path).closures)
        changed = {each for each in before if before[each] != after[each]}
        assert changed == users, name
        (tmp_path / "themes/mine/templates" / name).unlink()


def test_links_are_relative_but_on_the_page_for_what_is_not_found(tmp_path: Path) -> None:
    write(tmp_path / "themes/mine/templates/standing.html", "{{ href('/columns/a/') }} {{ absolute('/工/') }}")
    renderer = Renderer(theme(tmp_path), SITE)
    assert renderer.render(page()).decode() == "../../columns/a/ https://paper.example/base/%E5%B7%A5/"
    assert renderer.render(page("/404.html")).decode().startswith("/base/columns/a/ ")


def test_text_is_escaped_and_a_wrong_name_tells_its_line(tmp_path: Path) -> None:
    write(tmp_path / "themes/mine/templates/standing.html", "\n\n{{ page.title }} {{ page.body|safe }}")
    renderer = Renderer(theme(tmp_path), SITE)
    shown = replace(page(), view=StandingPage("/a/", "<script>", "<p>好</p>", ""))
    assert renderer.render(shown).decode().strip() == "&lt;script&gt; <p>好</p>"
    write(tmp_path / "themes/mine/templates/standing.html", "\n\n{{ page.nothing }}")
    with pytest.raises(ThemeFault) as caught:
        Renderer(theme(tmp_path), SITE).render(page())
    assert (caught.value.template, caught.value.line) == ("standing.html", 3)
    assert "nothing" in caught.value.problem


def test_all_faults_of_a_theme_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path / "themes/mine/templates/tag.html", "\n{% if %}")
    write(tmp_path / "themes/mine/templates/month.html", "{{ a|b }}")
    with pytest.raises(Stop) as caught:
        theme(tmp_path)
    places = [(found.code, found.file, found.line) for found in sorted(caught.value.findings)]
    folder = "themes/mine/templates"
    assert places == [("G504", f"{folder}/month.html", 1), ("G504", f"{folder}/tag.html", 2)]


def test_plain_is_small_whole_and_inherits_nothing(tmp_path: Path) -> None:
    folder = PROJECT / "themes" / "plain"
    templates = sorted(folder.rglob("*.html"))
    assert sum(len(path.read_text("utf-8").splitlines()) for path in templates) < 150
    assert len((folder / "assets" / "style.css").read_text("utf-8").splitlines()) < 100
    assert "parent" not in (folder / "theme.yaml").read_text("utf-8")
    root = copy_of(PROJECT, tmp_path / "site")
    outcome = pipeline.build(Order(root, root / "output", NOW, theme="plain"), Silent())
    assert outcome.findings == ()
    assert crawl("http://site/", from_folder(root / "output")).broken == []


def test_what_no_template_shows_is_known(tmp_path: Path) -> None:
    write(tmp_path / "themes/mine/theme.yaml", "name: mine\nparent: plain\n")
    write(tmp_path / "themes/mine/templates/parts.html", "{% macro more(page) %}{{ page.related }}{% endmacro %}")
    write(tmp_path / "themes/mine/templates/standing.html", "{% from 'parts.html' import more %}{{ more(page) }}")
    write(tmp_path / "themes/mine/templates/tag.html", "{{ page|attr('span') }}")
    write(tmp_path / "themes/mine/templates/index.html", "{% include page.subject %}{{ page.title }}")
    mine = load_theme(tmp_path, "mine", (), "zh-CN")
    assert mine.shows("standing.html", "related")
    assert not mine.shows("standing.html", "span")
    assert (mine.shows("tag.html", "span"), mine.shows("tag.html", "related")) == (True, False)
    assert mine.shows("index.html", "related")
    assert mine.shows("nowhere.html", "related")
    assert load_theme(tmp_path, "classic", (), "zh-CN").shows("article.html", "related")


def test_the_tutorial_makes_a_theme(tmp_path: Path) -> None:
    text = (PROJECT / "docs/themes.md").read_text("utf-8")
    files = re.findall(r"^`(themes/mine/[^`]+)`:\n\n```\w+\n(.*?)^```", text, re.M | re.S)
    settings = re.search(r"^```yaml\n(theme: mine\n.*?)^```", text, re.M | re.S)
    assert settings
    assert len(files) == 4
    root = small_site(tmp_path, **{"2019_07_02__1_01_jia": article("甲", 栏目="要闻")})
    write(root / "site.yaml", (root / "site.yaml").read_text("utf-8") + settings[1])
    for path, content in files:
        write(root / path, content)
    assert build(root).findings == ()
    output = root / "output"
    assert '<p class="motto">为职工说话</p>' in (output / "columns/yao-wen/index.html").read_text("utf-8")
    assert "#0b5394" in next(output.glob("assets/style-*.css")).read_text("utf-8")
    seal = next(output.glob("assets/seal-*.svg")).name
    assert f'src="/base/assets/{seal}"' in (output / "404.html").read_text("utf-8")
