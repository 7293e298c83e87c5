"""The front matter of articles and standing pages."""

import re
import unicodedata
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator

from gongbao import bylines, targets
from gongbao.forms import values
from gongbao.forms.base import Day, Flag, Form, Term, Text, Texts, Whole, as_list, fault, key
from gongbao.pictures import is_media
from gongbao.text import HAN, person_name

_JOINED = re.compile(r"[、，,;；﹑､]")
_JOINED_TAGS = re.compile(rf"[、，,;；﹑､|｜#＃]|(?<=[{HAN}])[ \u3000\u00a0]+(?=[{HAN}])")
_STEPS = re.compile(r"[\\>＞·|｜→]|[-－—–]+")
_TOOK = frozenset({"摄", "摄影", "图"})
_ITEM_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def _people(value: object) -> object:
    """A name, a list of names and mappings, or one mapping, as a list of mappings."""
    people: list[object] = []
    for each in as_list(value):
        people += _named(each) if isinstance(each, str) else [each]
    return people


def _named(text: str) -> list[object]:
    people = bylines.read(text).people
    return [{name: told for name in ("name", "role", "unit") if (told := getattr(each, name))} for each in people]


def _photographers(value: object) -> object:
    """People, of whom the key itself says that they took pictures."""
    return [
        {name: told for name, told in each.items() if name != "role" or told not in _TOOK}
        if isinstance(each, dict)
        else each
        for each in as_list(_people(value))
    ]


def _regions(value: object) -> object:
    regions: list[object] = []
    for each in as_list(value):
        if isinstance(each, str) and not each.replace("/", "").isalnum():
            regions += [_STEPS.sub("/", part.strip()) for part in _JOINED.split(each) if part.strip()]
        else:
            regions.append(each)
    return regions


def _tags(value: object) -> object:
    """A list of tags, in which several may stand in one text."""
    tags: list[object] = []
    for each in as_list(value):
        if isinstance(each, str) and not each.isalnum():
            tags += filter(None, (part.strip(' \u3000"“”') for part in _JOINED_TAGS.split(each)))
        else:
            tags.append(each)
    return tags


def _leaf(value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        return value
    found = values.leaf(value)
    if found is None:
        raise fault("G204", value=value)
    return found


def _file(value: str) -> str:
    """A file beside the article, with the slashes of an address; one on the editor's computer is a fault."""
    if targets.is_on_computer(value):
        raise fault("G313", target=value[:80], mend=targets.file_name(value))
    return value.replace("\\", "/")


def _area(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    if len(points) < 3 or any(not 0 <= number <= 1 for point in points for number in point):
        raise fault("G213")
    return points


def _item_id(value: str) -> str:
    plain = unicodedata.normalize("NFKC", value).lower()
    if not _ITEM_ID.fullmatch(plain):
        raise fault("G215", value=value)
    return plain


def _continued(value: object) -> object:
    return [{"leaf": each} if isinstance(each, str) else each for each in as_list(value)]


def _photos(value: object) -> object:
    photos: list[object] = []
    for each in as_list(value):
        files = [part.strip() for part in _JOINED.split(each)] if isinstance(each, str) else []
        if files and all(map(is_media, files)):
            photos += [{"file": file} for file in files]
        else:
            photos.append({"file": each} if isinstance(each, str) else each)
    return photos


LeafName = Annotated[str, BeforeValidator(_leaf)]
FileName = Annotated[Text, AfterValidator(_file)]
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

    file: FileName = key("文件", "the picture's file name, seen from the article")
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
Photographers = Annotated[list[PersonForm], BeforeValidator(_photographers)]
Regions = Annotated[Texts, BeforeValidator(_regions)]


class ItemForm(Form):
    """A child of a short-items article."""

    id: Annotated[Text, AfterValidator(_item_id)] = key("编号", "fixed for ever: it is the anchor #item-<id>")
    title: Text = key("标题", "its headline", default="")
    author: People = key("作者", "who wrote it", default=[])
    region: Regions = key("地区", "where", default=[])
    body: Text = key("正文", "its text in Markdown")


class StandingForm(Form):
    """The front matter of a standing page (content/pages/)."""

    has_text: ClassVar[bool] = True

    title: Text = key("标题", "the page's title", min_length=1)
    order: Whole = key("序号", "moves it in the footer", default=0)
    summary: Text = key("摘要", "what it is about", default="")
    aliases: Texts = key("旧址", "former addresses", default=[])
    draft: Flag = key("草稿", "yes: not published", default=False)
    publish_at: Day = key("发布时间", "not published before this day", default="")


class ArticleForm(Form):
    """The front matter of an article."""

    has_text: ClassVar[bool] = True

    title: Text = key("标题", "the headline; may span lines", min_length=1)
    kicker: Text = key("引题", "the line over the headline", default="")
    subtitle: Text = key("副题", "the line under the headline", default="")
    column: Term = key("栏目", "one of the columns in site.yaml", default="")
    series: Text = key("专题", "a run of articles", default="")
    author: People = key("作者", "a name, a list, or {name, role, unit}; a unit may be the author", default=[])
    photographer: Photographers = key("摄影", "as author", default=[])
    source: Text = key("来源", "where a reprint comes from: 中工网, 新华社…", default="")
    dateline: Text = key("电头", "本报讯（…） as printed", default="")
    region: Regions = key("地区", "one or a list: 陕西省/西安市/莲湖区, 西安市莲湖区, 莲湖区", default=[])
    leaf: LeafName = key("版次", "default: from the file name", default="")
    order: Whole | None = key("序号", "moves it in lists, never its address; default: from the file name", default=None)
    date: Day = key("日期", "default: from the folder", default="")
    kind: Term = key("体裁", "消息, 通讯, 评论, 图片新闻, 来信, 简讯, 更正…", default="")
    tags: Annotated[Texts, BeforeValidator(_tags)] = key("标签", "a list", default=[])
    summary: Text = key("摘要", "for lists and search engines; default: the beginning of the text", default="")
    photos: Annotated[list[PhotoForm], BeforeValidator(_photos)] = key("图片", "{file, caption, credit}", default=[])
    items: list[ItemForm] = key("简讯", "children of a short-items article", default=[])
    areas: list[AreaForm] = key("版面区域", "polygons on the leaf's image, 0 to 1", default=[])
    continued: Annotated[list[PartForm], BeforeValidator(_continued)] = key("转版", "where it goes on", default=[])
    corrects: Annotated[list[FileName], BeforeValidator(as_list)] = key(
        "更正", "the article(s) that this one corrects", default=[]
    )
    edits: list[EditForm] = key("勘误", "fixes made to the digital text", default=[])
    rights: Text = key("版权", "statement of rights", default="")
    digitised: Day = key("数字化", "when the digital text was made", default="")
    ocr: Text = key("文字来源", "raw, checked, by whom", default="")
    aliases: Texts = key("旧址", "former addresses, also with ?", default=[])
    draft: Flag = key("草稿", "yes: not published", default=False)
    publish_at: Day = key("发布时间", "not published before this day", default="")
    unchecked: Annotated[Texts, BeforeValidator(_tags)] = key("不查", "codes of checks to go without", default=[])

    def byline(self) -> str:
        """The byline as it reads: role and name, in the printed order."""
        return " ".join(filter(None, (_spoken(person) for person in self.author)))


def _spoken(person: PersonForm) -> str:
    return " ".join(filter(None, (person.role, person.name or person.unit)))
