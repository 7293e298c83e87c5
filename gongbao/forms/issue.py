"""issue.yaml: what is known of an issue and its leaves."""

from typing import Annotated

from pydantic import BeforeValidator

from gongbao.forms.article import FileName, LeafName
from gongbao.forms.base import Form, Number, Text, key


def _leaves(value: object) -> object:
    return [{"leaf": each} if isinstance(each, str) else each for each in value] if isinstance(value, list) else value


def _editors(value: object) -> object:
    return {"": value} if isinstance(value, str) and value.strip() else value


class LeafForm(Form):
    """A newspaper page (版)."""

    leaf: LeafName = key("版次", "its number or label")
    name: Text = key("版名", "its name: 要闻", default="")
    editors: Annotated[dict[str, Text], BeforeValidator(_editors)] = key(
        "编辑", "duty and name: 责编, 版式, 校对", default={}
    )
    image: FileName = key("版面图", "the picture of the leaf", default="")
    pdf: FileName = key("电子版", "the leaf as PDF", default="")
    spread: Text = key("通版", "the leaf that it is printed across with", default="")


class IssueForm(Form):
    """An issue (期); its date is its folder's name."""

    number: Number = key("期号", "the number of the issue", default="")
    total: Number = key("总期号", "the number since the first issue; text, as in 10—11", default="")
    name: Text = key("名称", "a special name: 五一特刊", default="")
    note: Text = key("说明", "a note for readers", default="")
    status: Text = key("状态", "empty, or why there is nothing to read: 未出版, 未数字化", default="")
    leaves: Annotated[list[LeafForm], BeforeValidator(_leaves)] = key("版面", "the leaves in order", default=[])
