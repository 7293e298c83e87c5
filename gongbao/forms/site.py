"""site.yaml: the newspaper and its settings."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from gongbao.diagnostics import CODES
from gongbao.forms.base import Day, Flag, Form, Text, Whole, as_list, fault, key
from gongbao.messages import DEFAULT, LANGUAGES
from gongbao.names import parted
from gongbao.text import SLUG

_WEEKDAY = re.compile(r"^(?:每周|星期|周|礼拜)")
_CHECK = re.compile(r"G7\d\d")


def _columns(value: object) -> object:
    """Names, which people also join by “、”, as forms."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        return value
    return [
        form
        for each in value
        for form in ([{"name": name} for name in parted(each)] if isinstance(each, str) else [each])
    ]


def _weekdays(value: object) -> object:
    """Days of the week, also as 星期二、星期五."""
    days = [day for each in as_list(value) for day in (parted(each) if isinstance(each, str) else [each])]
    return [
        _WEEKDAY.sub("", day).replace("天", "7").replace("日", "7") if isinstance(day, str) else day for day in days
    ]


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise fault("G507", value=value)
    return value


def _slug(value: str) -> str:
    if value and not SLUG.fullmatch(value):
        raise fault("G217", value=value)
    return value


def _check(value: str) -> str:
    if not _CHECK.fullmatch(value) or value not in CODES:
        raise fault("G799", value=value)
    return value


def _base_url(value: str) -> str:
    if not value.startswith(("https://", "http://")) or any(char in value for char in " ?#\"'<>"):
        raise fault("G508", value=value)
    return value.rstrip("/")


SlugText = Annotated[Text, AfterValidator(_slug)]


class ColumnForm(Form):
    """A column (栏目)."""

    name: Text = key("名称", "the column's name", min_length=1)
    slug: SlugText = key("地址名", "its part of the address; default: pinyin", default="")
    intro: Text = key("说明", "what it is for", default="")
    order: Whole = key("序号", "moves it in lists", default=0)


class PublisherForm(Form):
    """The publisher's data."""

    cn: Text = key("刊号", "the national serial number", default="")
    issn: Text = key("国际刊号", "the ISSN", default="")
    sponsor: Text = key("主办", "who publishes it", default="")
    address: Text = key("地址", "where", default="")
    phone: Text = key("电话", "telephone", default="")
    email: Text = key("邮箱", "e-mail", default="")


class FooterForm(Form):
    """What stands at the foot of every page."""

    icp: Text = key("备案号", "the ICP number", default="")
    police: Text = key("公安备案号", "the police registration number", default="")
    rights: Text = key("版权", "statement of rights", default="")


class TitleForm(Form):
    """A name that the newspaper had."""

    name: Text = key("报名", "the name")
    since: Day = key("起", "its first day", alias="from")
    to: Day = key("止", "its last day; empty: until now", default="")
    numbering: Text = key("期号", "how its issues are numbered", default="")


class GapForm(Form):
    """A time without issues."""

    since: Day = key("起", "its first day", alias="from")
    to: Day = key("止", "its last day", default="")
    reason: Text = key("原因", "休刊, 停刊…", default="")


class SiteForm(Form):
    """The newspaper."""

    title: Text = key("报名", "the newspaper's name", min_length=1)
    base_url: Annotated[Text, AfterValidator(_base_url)] = key("网址", "where the archive is published: https://…")
    language: Annotated[Text, AfterValidator(_language)] = key("语言", "zh-CN or en", default=DEFAULT)
    theme: Text = key("主题", "the theme's name", default="classic")
    theme_settings: dict[str, Text] = key("主题设置", "the theme's own settings", default={})
    columns: Annotated[list[ColumnForm], BeforeValidator(_columns)] = key(
        "栏目", "names, or {name, slug, intro}", default=[]
    )
    publisher: PublisherForm = key("出版者", "the publisher's data", default=PublisherForm())
    footer: FooterForm = key("页脚", "numbers and rights", default=FooterForm())
    titles: list[TitleForm] = key("报名沿革", "the names that the newspaper had", default=[])
    gaps: list[GapForm] = key("休刊", "times without issues", default=[])
    weekdays: Annotated[list[Annotated[Whole, Field(ge=1, le=7)]], BeforeValidator(_weekdays)] = key(
        "出报日", "days of the week, 1 to 7", default=[]
    )
    slugs: dict[str, SlugText] = key("地址名", "slugs of authors and tags by name, where pinyin is wrong", default={})
    checks: dict[Annotated[str, AfterValidator(_check)], Flag] = key("检查", "checks that are off, by code", default={})
    features: dict[str, Flag] = key("功能", "parts of the site that are on or off", default={})
