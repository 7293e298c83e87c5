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
from gongbao.theme.settings import contrast
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
    write(tmp_path / "site.yaml", "theme_settings: {accent: '#123456'}\n")
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


SETTINGS = """name: mine
parent: classic
settings:
  accent: "#0b5394"
  columns: 3
  share: {type: number, default: 1.5}
  motto: 劳动光荣
  show_motto: {type: 是否, 默认: 否}
  paper: {type: choice, default: 米色, choices: [米色, 白色], note: {zh-CN: 纸, en: paper}}
"""


def chosen(root: Path, **values: str) -> Theme:
    """A theme with settings of every type, and what site.yaml chose."""
    write(root / "themes/mine/theme.yaml", SETTINGS)
    lines = "".join(f"  {name}: {value}\n" for name, value in values.items())
    write(root / "site.yaml", f"title: 小报\nbase_url: https://paper.example\ntheme_settings:\n{lines}")
    return load_theme(root, "mine", tuple((name, value.strip('"')) for name, value in values.items()), "en")


def test_settings_have_types_told_or_inferred(tmp_path: Path) -> None:
    write(
        tmp_path / "themes/mine/assets/mine.css", "p { --a: $accent; --b: $columns; --c: $show_motto; --d: $nothing }"
    )
    told = chosen(tmp_path, motto="为职工说话", show_motto="是", paper="白色")
    settings = dict(told.settings)
    assert settings["accent"] == "#0b5394"
    assert settings["accent_dark"] == "#ff8a80"
    assert [settings[name] for name in ("columns", "share", "motto", "show_motto", "paper")] == [
        3, 1.5, "为职工说话", True, "白色",
    ]  # fmt: skip
    assert "--a: #0b5394; --b: 3; --c: 1; --d: $nothing" in dict(told.assets)["mine.css"].text
    assert 'fill="#0b5394"' in dict(told.assets)["icon.svg"].text
    assert told.warnings == ()


def test_what_is_set_wrongly_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(Stop) as caught:
        chosen(tmp_path, columns="三", paper="黑色", moto="好", share="1.2.3")
    told = [(found.code, found.file, found.line, found.column) for found in caught.value.findings]
    assert told == [
        ("G511", "site.yaml", 6, 3), ("G512", "site.yaml", 4, 12), ("G512", "site.yaml", 7, 10),
        ("G512", "site.yaml", 5, 10),
    ]  # fmt: skip
    hints = [found.hint(str) for found in caught.value.findings]
    assert hints[0] == "did you mean “motto”?"
    assert hints[3] == "write one of these: 米色, 白色"


def test_an_accent_that_nobody_can_read_is_a_warning(tmp_path: Path) -> None:
    told = chosen(tmp_path, accent='"#ffcc00"', unheard="1")
    assert [found.code for found in told.warnings] == ["G511", "G513"]
    assert (told.warnings[1].file, told.warnings[1].line) == ("site.yaml", 4)
    assert "a contrast of 1.4 to 1" in told.warnings[1].message(str)
    assert contrast("#000", "#ffffff") == pytest.approx(21)


def test_a_build_goes_on_with_warnings_about_settings(tmp_path: Path) -> None:
    root = small_site(tmp_path, **{"2019_07_02__1_01_jia": article("甲", 栏目="要闻")})
    write(root / "site.yaml", (root / "site.yaml").read_text("utf-8") + "theme_settings: {acent: 红}\n")
    outcome = build(root)
    assert [(found.code, found.line, found.column) for found in outcome.findings] == [("G511", 4, 18)]
    assert (root / "output/index.html").is_file()


def test_the_readme_names_every_setting() -> None:
    for name in ("classic", "plain"):
        text = (PROJECT / "themes" / name / "README.md").read_text("utf-8")
        for setting, _ in load_theme(PROJECT, name, (), "en").settings:
            assert f"`{setting}`" in text


def test_a_style_sheet_is_one_of_parts_and_a_child_may_replace_one(tmp_path: Path) -> None:
    write(tmp_path / "themes/mine/assets/_print.css", "@media print { p { color: $accent } }")
    told = dict(theme(tmp_path).assets)
    sheet = told["style.css"].text
    assert "@import" not in sheet
    assert "@media print { p { color: #a4161a } }" in sheet
    assert "--paper" in sheet
    assert [path for path in told if path.endswith(".css")] == ["style.css"]
    write(tmp_path / "themes/mine/assets/style.css", '/* one */\n@import "_prnt.css";\n')
    with pytest.raises(Stop) as caught:
        theme(tmp_path)
    (found,) = caught.value.findings
    assert (found.code, found.file, found.line) == ("G514", "themes/mine/assets/style.css", 2)


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
    # What it includes besides is known, and tells nothing of what only a page knows; nor does one that uses it.
    any_more = "{% from 'parts.html' import more %}{% include page.subject %}"
    write(tmp_path / "themes/mine/templates/region.html", any_more)
    write(tmp_path / "themes/mine/templates/author.html", "{% include 'region.html' %}{{ page.title }}")
    mine = load_theme(tmp_path, "mine", (), "zh-CN")
    assert mine.shows("region.html", "span")
    assert mine.shows("author.html", "span")
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
