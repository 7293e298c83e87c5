"""The front matter of articles and standing pages."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from gongbao.forms.base import Day, Form, Text, Texts, as_list, fault, key
from gongbao.text import LEAF, person_name

_JOINED = re.compile(r"\s*[、，,;；]\s*")
_ITEM_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def _people(value: object) -> object:
    """A name, a list of names and mappings, or one mapping, as a list of mappings."""
    people: list[object] = []
    for each in as_list(value):
        if isinstance(each, str):
            people += [{"name": person_name(name)} for name in _JOINED.split(each.strip()) if name]
        else:
            people.append(each)
    return people


def _split(value: object) -> object:
    return [part for part in _JOINED.split(value.strip()) if part] if isinstance(value, str) else value


def _leaf(value: object) -> object:
    if not isinstance(value, str):
        return value
    leaf = value.strip().lower()
    if leaf and not LEAF.fullmatch(leaf):
        raise fault("G204", value=value)
    return str(int(leaf)) if leaf.isdigit() else leaf


def _area(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    if len(points) < 3 or any(not 0 <= number <= 1 for point in points for number in point):
        raise fault("G213")
    return points


def _item_id(value: str) -> str:
    if not _ITEM_ID.fullmatch(value):
        raise fault("G215", value=value)
    return value


def _continued(value: object) -> object:
    return [{"leaf": each} if isinstance(each, str) else each for each in as_list(value)]


def _photos(value: object) -> object:
    return [{"file": each} if isinstance(each, str) else each for each in as_list(value)]


LeafName = Annotated[str, BeforeValidator(_leaf)]
AreaForm = Annotated[list[tuple[float, float]], AfterValidator(_area)]


class PersonForm(Form):
    """Somebody in a byline."""

    name: Annotated[Text, AfterValidator(person_name)] = key(
        "姓名", "the name; a unit where no person signed", default=""
    )
    role: Text = key("身份", "记者, 通讯员, 评论员…", default="")
    unit: Text = key("单位", "where the person works", default="")


class PhotoForm(Form):
    """A picture beside the article."""

    file: Text = key("文件", "the picture's file name, seen from the article")
    caption: Text = key("说明", "what it shows (图为…)", default="")
    credit: Text = key("署名", "who made it (某某 摄)", default="")


class PartForm(Form):
    """Where an article goes on."""

    leaf: LeafName = key("版次", "the leaf")
    areas: list[AreaForm] = key("版面区域", "its areas there", default=[])


class EditForm(Form):
    """A fix made to the digital text."""

    date: Day = key("日期", "when", default="")
    printed: Text = key("原文", "what was printed")
    now: Text = key("现文", "what stands now")
    why: Text = key("原因", "why", default="")


People = Annotated[list[PersonForm], BeforeValidator(_people)]
Regions = Annotated[Texts, BeforeValidator(_split)]


class ItemForm(Form):
    """A child of a short-items article."""

    id: Annotated[Text, AfterValidator(_item_id)] = key("编号", "fixed for ever: it is the anchor #item-<id>")
    title: Text = key("标题", "its headline", default="")
    author: People = key("作者", "who wrote it", default=[])
    region: Regions = key("地区", "where", default=[])
    body: Text = key("正文", "its text in Markdown")


class StandingForm(Form):
    """The front matter of a standing page (content/pages/)."""

    title: Text = key("标题", "the page's title", min_length=1)
    order: int = key("序号", "moves it in the footer", default=0)
    summary: Text = key("摘要", "what it is about", default="")
    aliases: Texts = key("旧址", "former addresses", default=[])
    draft: bool = key("草稿", "yes: not published", default=False)
    publish_at: Day = key("发布时间", "not published before this day", default="")


class ArticleForm(Form):
    """The front matter of an article."""

    title: Text = key("标题", "the headline; may span lines", min_length=1)
    kicker: Text = key("引题", "the line over the headline", default="")
    subtitle: Text = key("副题", "the line under the headline", default="")
    column: Text = key("栏目", "one of the columns in site.yaml", default="")
    series: Text = key("专题", "a run of articles", default="")
    author: People = key("作者", "a name, a list, or {name, role, unit}; a unit may be the author", default=[])
    photographer: People = key("摄影", "as author", default=[])
    source: Text = key("来源", "where a reprint comes from: 中工网, 新华社…", default="")
    dateline: Text = key("电头", "本报讯（…） as printed", default="")
    region: Regions = key("地区", "one or a list: 陕西省/西安市/莲湖区, 西安市莲湖区, 莲湖区", default=[])
    leaf: LeafName = key("版次", "default: from the file name", default="")
    order: int | None = key("序号", "moves it in lists, never its address; default: from the file name", default=None)
    date: Day = key("日期", "default: from the folder", default="")
    kind: Text = key("体裁", "消息, 通讯, 评论, 图片新闻, 来信, 简讯, 更正…", default="")
    tags: Annotated[Texts, BeforeValidator(_split)] = key("标签", "a list", default=[])
    summary: Text = key("摘要", "for lists and search engines; default: the beginning of the text", default="")
    photos: Annotated[list[PhotoForm], BeforeValidator(_photos)] = key("图片", "{file, caption, credit}", default=[])
    items: list[ItemForm] = key("简讯", "children of a short-items article", default=[])
    areas: list[AreaForm] = key("版面区域", "polygons on the leaf's image, 0 to 1", default=[])
    continued: Annotated[list[PartForm], BeforeValidator(_continued)] = key("转版", "where it goes on", default=[])
    corrects: Texts = key("更正", "the article(s) that this one corrects", default=[])
    edits: list[EditForm] = key("勘误", "fixes made to the digital text", default=[])
    rights: Text = key("版权", "statement of rights", default="")
    digitised: Day = key("数字化", "when the digital text was made", default="")
    ocr: Text = key("文字来源", "raw, checked, by whom", default="")
    aliases: Texts = key("旧址", "former addresses, also with ?", default=[])
    draft: bool = key("草稿", "yes: not published", default=False)
    publish_at: Day = key("发布时间", "not published before this day", default="")
    unchecked: Annotated[Texts, BeforeValidator(_split)] = key("不查", "codes of checks to go without", default=[])

    def byline(self) -> str:
        """The byline as it reads: role and name, in the printed order."""
        return " ".join(filter(None, (_spoken(person) for person in self.author)))


def _spoken(person: PersonForm) -> str:
    return " ".join(filter(None, (person.role, person.name or person.unit)))
