"""The JSON Schemas and the tables of keys, held to the forms: what they take, the engine takes."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import fastjsonschema
import pytest
import yaml

from docs import keys, make
from gongbao.forms import Filled, Form
from gongbao.marked import read_yaml
from tests.building import PROJECT

GOOD = {
    "article": [
        "标题: 题",
        "title: 2019",
        "{title: 题, author: 张三、李四}",
        "{title: 题, 作者: [张三, {姓名: 李四, 身份: 记者}]}",
        "{title: 题, 作者: {单位: 厂工会}}",
        "{title: 题, 图片: a.png}",
        "{title: 题, photos: [{file: a.png}, b.png]}",
        "{title: 题, 转版: 3}",
        "{title: 题, 更正: a.md}",
        "{title: 题, 标签: 甲、乙}",
        "{title: 题, 日期: 2019年7月2日}",
        "{title: 题, 版面区域: [[[0, 0], [1, 0], [1, 1]]]}",
        "{title: 题, 草稿: yes}",
        "{title: 题, draft: true, 摘要: }",
    ],
    "issue": ["{}", "期号: 5021", "总期号: 10—11", "版面: [1, {版次: a2, 编辑: 张三}, {版次: 3, 编辑: {责编: 李四}}]"],
    "page": ["标题: 关于", "{title: 关于, 序号: 3, 旧址: /a.html}"],
    "site": [
        "{title: 报, base_url: 'https://x.example/'}",
        "{报名: 报, 网址: 'https://x.example', 栏目: [要闻, {名称: 动态}]}",
        "{报名: 报, 网址: 'https://x.example', 休刊: [{起: 2019-01-01}], 出报日: [2, 4], 功能: {search: off}}",
    ],
}
BAD = {
    "article": [
        "{}",
        "标题: ",
        "标题: [一]",
        "{title: 题, 栏木: 要闻}",
        "{title: 题, 作者: {名: 张三}}",
        "{title: 题, 日期: 昨天}",
        "{title: 题, 版次: A-1}",
        "{title: 题, 版面区域: [[[0, 0], [1, 1]]]}",
        "{title: 题, 简讯: [{标题: 题}]}",
        "{title: 题, 序号: 甲}",
        "{title: 题, 草稿: 大概}",
        "{title: 题, 图片: [{说明: 图}]}",
        "{title: 题, 简讯: [{编号: 一, 正文: 文}]}",
    ],
    "issue": ["期: 1", "版面: [{版名: 要闻}]", "版面: 要闻", "期号: [1]"],
    "page": ["序号: 1", "{标题: 页, 栏目: 要闻}"],
    "site": [
        "title: 报",
        "{title: 报, base_url: x.example}",
        "{title: 报, base_url: 'https://x', 出报日: [8]}",
        "{title: 报, base_url: 'https://x', language: fr}",
        "{title: 报, base_url: 'https://x', 地址名: {甲: 'A b'}}",
        "{title: 报, base_url: 'https://x', 休刊: [{止: 2019-01-01}]}",
        "{title: 报, base_url: 'https://x', columns: [{slug: a}]}",
    ],
}


class _Loader(yaml.SafeLoader):
    """Reads as editors' programs do: days are texts."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in each if "timestamp" not in tag]
        for first, each in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@cache
def _validator(name: str) -> Callable[[object], object]:
    text = (PROJECT / "docs" / "schemas" / f"{name}.schema.json").read_text("utf-8")
    check: Callable[[object], object] = fastjsonschema.compile(json.loads(text))
    return check


def takes(name: str, text: str) -> bool:
    """Whether the schema takes a YAML document, as an editor's program reads it."""
    try:
        _validator(name)(yaml.load(text, _Loader) or {})
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


def engine_takes(name: str, text: str) -> bool:
    """Whether the engine takes it."""
    return Filled("x", read_yaml(text)).fill(keys.SCHEMAS[name], (1, 1)) is not None


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in GOOD.items() for text in texts])
def test_what_is_right_is_taken(name: str, text: str) -> None:
    assert engine_takes(name, text)
    assert takes(name, text)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_what_is_wrong_is_not(name: str, text: str) -> None:
    assert not engine_takes(name, text)
    assert not takes(name, text)


def _of(path: Path) -> str:
    return "site" if path.name == "site.yaml" else "page" if "pages" in path.parts else "article"


def test_the_sample_archive_is_valid() -> None:
    assert takes("site", (PROJECT / "site.yaml").read_text("utf-8"))
    issues = sorted((PROJECT / "content").rglob("issue.yaml"))
    articles = sorted((PROJECT / "content").rglob("*.md"))
    assert len(issues) > 5
    assert len(articles) > 50
    assert [path for path in issues if not takes("issue", path.read_text("utf-8"))] == []
    assert [path for path in articles if not takes(_of(path), path.read_text("utf-8").split("---\n")[1])] == []


def test_the_generated_files_are_up_to_date() -> None:
    for name, text in keys.schemas().items():
        assert (PROJECT / "docs" / "schemas" / name).read_text("utf-8") == text, "run: make docs"
    assert make.GUIDE.read_text("utf-8") == make.guide(), "run: make docs"
    for name, text in make.pages().items():
        assert (PROJECT / "content" / "pages" / "help" / name).read_text("utf-8") == text, "run: make docs"


def test_every_key_is_explained_and_no_other() -> None:
    forms = [form for form in Form.__subclasses__() if form.__name__ not in ("ThemeForm", "SettingForm")]
    wanted = {(form.__name__, name) for form in forms for _, name, _ in keys.spelled(form)}
    assert set(keys.meanings()) == wanted
    assert all(keys.meanings().values())
