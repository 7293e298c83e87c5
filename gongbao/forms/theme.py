"""theme.yaml: a theme, and what may be set in it."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from gongbao.forms.base import Form, Text, Texts, fault, key

TYPES = {"color": "颜色", "text": "文字", "number": "数字", "boolean": "是否", "choice": "选择"}
"""What a setting may be, in both languages of the keys."""


def _type(value: str) -> str:
    found = {**{zh: name for name, zh in TYPES.items()}, **{name: name for name in TYPES}, "": ""}.get(value)
    if found is None:
        raise fault("G510", value=value, known=", ".join(TYPES))
    return found


def _notes(value: object) -> object:
    return {"": value} if isinstance(value, str) else value


def _settings(value: object) -> object:
    """`name: default` says as much as `name: {default: …}`."""
    if not isinstance(value, dict):
        return value
    return {name: {"default": each} if isinstance(each, str) else each for name, each in value.items()}


class SettingForm(Form):
    """What may be set in a theme."""

    default: Text = key("默认", "its value where site.yaml says nothing", default="")
    type: Annotated[Text, AfterValidator(_type)] = key("类型", "by default told from the default", default="")
    note: Annotated[dict[str, Text], BeforeValidator(_notes)] = key(
        "说明", "what it is for: a text, or one for each language", default={}
    )
    choices: Texts = key("选项", "what a choice may be", default=[])
    ground: Text = key("底色", "the colour on which a colour is to be readable", default="")


class ThemeForm(Form):
    """theme.yaml: a theme."""

    name: Text = key("名称", "the theme's name")
    parent: Text = key("上级主题", "the theme that it takes its other files from", default="")
    settings: Annotated[dict[str, SettingForm], BeforeValidator(_settings)] = key(
        "设置", "what may be set: a default, or {type, default, note}", default={}
    )
