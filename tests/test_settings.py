"""site.yaml to settings."""

from pathlib import Path

import pytest

from gongbao.messages import catalogue
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


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("功能：\n　search：off", {"features": (("search", False),)}),
        ("功能：{ search：off，map: on }", {"features": (("map", True), ("search", False))}),
        (
            "地址名：\n\n  # 人\n  仇某： qiu-mou\n  标题: biao-ti",
            {"slugs": (("仇某", "qiu-mou"), ("标题", "biao-ti"))},
        ),
        ('slugs：\n  "王：震": wang\n语言：en', {"slugs": (("王：震", "wang"),), "language": "en"}),
        ("检查：\n  G701：no # 不查", {"unchecked": ("G701",)}),
        ("出报日：星期二、周日", {"weekdays": (2, 7)}),
        ("出报日：［二，五］", {"weekdays": (2, 5)}),
        ("theme_settings:\n  accent: #b22", {"theme_settings": (("accent", "#b22"),)}),
        ("栏目：[要闻、工会动态]", {"columns": (Column("要闻", "yao-wen"), Column("工会动态", "gong-hui-dong-tai"))}),
        ("栏目：要闻，工会动态", {"columns": (Column("要闻", "yao-wen"), Column("工会动态", "gong-hui-dong-tai"))}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_what_editors_type_into_settings(tmp_path: Path, typed: str, read: dict[str, object], encoding: str) -> None:
    (tmp_path / "site.yaml").write_bytes(f"报名：工人报\n网址: https://a.example\n{typed}\n".encode(encoding))
    settings, findings, _ = load_settings(tmp_path)
    assert settings is not None
    assert {name: getattr(settings, name) for name in read} == read
    assert [found.code for found in findings] == ["G116"] * (encoding != "utf-8")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("出报日：[二、九]", "“出报日”应为从 1 到 7 的数，不能是“九” => 请写成从 1 到 7 的数"),
        ("出报日: 0", "“出报日”应为从 1 到 7 的数，不能是“0” => 请写成从 1 到 7 的数"),
    ],
)
def test_bounds_are_told(tmp_path: Path, typed: str, told: str) -> None:
    (tmp_path / "site.yaml").write_text(f"报名：工人报\n网址: https://a.example\n{typed}\n", encoding="utf-8")
    _, findings, _ = load_settings(tmp_path)
    say = catalogue("zh-CN").gettext
    assert [f"{each.message(say)} => {each.hint(say)}" for each in findings] == [told]
