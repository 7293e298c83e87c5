"""site.yaml to settings."""

from pathlib import Path

from gongbao.settings import Column, load_settings, need_settings
from tests.building import PROJECT, write


def test_the_sample_s_settings() -> None:
    settings = need_settings(PROJECT)
    assert settings.columns[1] == Column("工会动态", "gong-hui-dong-tai", settings.columns[1].intro)
    assert dict(settings.publisher)["sponsor"] == "渭川工报社"
    assert [period.name for period in settings.titles] == ["渭川工人", "渭川工人报", "渭川工报"]
    assert settings.gaps[0].since == "1960-10-01"


def test_chinese_and_english_keys_are_equal(tmp_path: Path) -> None:
    english = write(
        tmp_path / "en" / "site.yaml", "title: 报\nbase_url: https://a.example/\ncolumns: [{name: 甲, slug: jia}]\n"
    )
    chinese = write(
        tmp_path / "zh" / "site.yaml", "报名: 报\n网址: https://a.example\n栏目: [{名称: 甲, 地址名: jia}]\n"
    )
    assert need_settings(english.parent) == need_settings(chinese.parent)
    assert need_settings(english.parent).base_url == "https://a.example"


def test_columns_stand_in_their_order(tmp_path: Path) -> None:
    text = "title: 报\nbase_url: https://a.example\ncolumns: [{name: 乙, order: 2}, {name: 甲, order: 1}, 丙]\n"
    write(tmp_path / "site.yaml", text)
    assert [column.name for column in need_settings(tmp_path).columns] == ["丙", "甲", "乙"]


def test_broken_settings_still_tell_their_language(tmp_path: Path) -> None:
    write(tmp_path / "site.yaml", "language: en\ntitel: x\n")
    settings, findings, language = load_settings(tmp_path)
    assert settings is None
    assert language == "en"
    assert {found.code for found in findings} == {"G101", "G103"}


def test_names_of_the_editors_own_stand_below_their_key_line_by_line(tmp_path: Path) -> None:
    text = "title: 报 # 试刊\nbase_url: https://x.example/\nslugs:\n  单田: shan-tian\nfeatures:\n  search: off\n"
    (tmp_path / "site.yaml").write_text(text, encoding="utf-8")
    settings, findings, _ = load_settings(tmp_path)
    assert settings is not None
    assert [found.code for found in findings if found.code != "G120"] == []
    assert dict(settings.slugs) == {"单田": "shan-tian"}
    assert not settings.has("search")
