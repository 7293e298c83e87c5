"""Checking what editors filled in: Chinese keys to English ones, texts to values, faults to findings with places."""

import unicodedata
from functools import lru_cache
from typing import Annotated, Any, ClassVar, TypeVar, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from gongbao.characters import clean, doubtful, is_odd
from gongbao.diagnostics import N_, Diagnostic, finding, has_errors
from gongbao.flows import plain_key
from gongbao.forms import values
from gongbao.marked import Loc, Mark, Marked, Value
from gongbao.text import nearest, nfc, weekday


class Form(BaseModel):
    """A mapping that editors fill in. Every field carries its Chinese key as `zh` and its meaning as description."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    has_text: ClassVar[bool] = False
    """Whether a text stands below it in its file."""


F = TypeVar("F", bound=Form)


def key(zh: str, doc: str, **options: Any) -> Any:
    """A field of a form: its Chinese key and what it means; required unless `default` is given."""
    options.setdefault("default", ...)
    return Field(description=doc, json_schema_extra={"zh": zh}, **options)


def fault(code: str, **args: object) -> PydanticCustomError:
    """What a validator raises: a finding's code and arguments."""
    return PydanticCustomError(code, "{code}", {"code": code, **{name: str(value) for name, value in args.items()}})


def as_list(value: object) -> list[object]:
    """A lone value as a list of one."""
    return [] if value is None else value if isinstance(value, list) else [value]


def _day(value: object) -> object:
    if value in (None, ""):
        return ""
    found, right = values.dated(value) if isinstance(value, str) else (None, True)
    if found and not right and (number := weekday(found)) is not None:
        raise fault("G125", value=value, day=found, expected=_WEEKDAYS[number])
    if not found or not right:
        raise fault("G111", value=value if isinstance(value, str) else "…")
    return found


def as_text(value: object) -> object:
    """A text without spaces around it."""
    return value.strip() if isinstance(value, str) else "" if value is None else value


Text = Annotated[str, BeforeValidator(as_text)]
Term = Annotated[str, BeforeValidator(values.term)]
"""A short word that other places know it by, such as a column's name."""
Day = Annotated[str, BeforeValidator(_day)]
Number = Annotated[str, BeforeValidator(as_text), AfterValidator(values.plain_digits)]
"""A number that is text, such as 10—11."""
Flag = Annotated[bool, BeforeValidator(values.flag)]
Whole = Annotated[int, BeforeValidator(values.whole)]
Texts = Annotated[list[Text], BeforeValidator(as_list)]

# Words of other programs and newspapers for our keys: meant as suggestions only.
_OTHER_WORDS = {
    "题目": "标题", "主标题": "标题", "正题": "标题", "主题": "标题", "肩题": "引题", "眉题": "引题", "副标题": "副题",
    "记者": "作者", "通讯员": "作者", "撰稿": "作者", "署名": "作者", "摄影者": "摄影", "拍摄": "摄影", "版面": "版次",
    "版": "版次", "版号": "版次", "版别": "版次", "分类": "栏目", "类别": "栏目", "关键词": "标签", "关键字": "标签",
    "时间": "日期", "出版日期": "日期", "地点": "地区", "简介": "摘要", "导读": "摘要", "照片": "图片", "配图": "图片",
    "headline": "title", "authors": "author", "tag": "tags", "keywords": "tags", "category": "column",
    "categories": "column", "description": "summary", "images": "photos", "photo": "photos", "page": "leaf",
}  # fmt: skip

_WEEKDAYS = (
    N_("a Monday"), N_("a Tuesday"), N_("a Wednesday"), N_("a Thursday"), N_("a Friday"), N_("a Saturday"),
    N_("a Sunday"),
)  # fmt: skip

# What a value must be, by the validator's own name of the fault.
_EXPECTED = {
    "string_type": N_("text"),
    "int_parsing": N_("a whole number"),
    "int_type": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "float_parsing": N_("a number"),
    "float_type": N_("a number"),
    "bool_parsing": N_("yes or no"),
    "bool_type": N_("yes or no"),
    "list_type": N_("a list"),
    "tuple_type": N_("a list"),
    "dict_type": N_("a mapping (key: value)"),
    "model_type": N_("a mapping (key: value)"),
    "greater_than_equal": N_("a larger number"),
    "less_than_equal": N_("a smaller number"),
}


_BOUNDED = ("greater_than_equal", "less_than_equal")
_OTHER = N_("something else")


@lru_cache
def twins(form: type[Form]) -> dict[str, str]:
    """Every key that `form` takes, English and Chinese, and the field that it fills."""
    names: dict[str, str] = {}
    for name, info in form.model_fields.items():
        spelling = info.alias or name
        names[spelling] = spelling
        if isinstance(info.json_schema_extra, dict):
            names[str(info.json_schema_extra["zh"])] = spelling
    return names


@lru_cache
def _loose_twins(form: type[Form]) -> dict[str, str]:
    return {plain_key(spelling): field for spelling, field in twins(form).items()}


def _loosely(form: type[Form] | None, typed: str) -> str | None:
    """The field that was meant by a key with spaces in it, or in capitals."""
    return _loose_twins(form).get(plain_key(unicodedata.normalize("NFKC", clean(typed)))) if form else None


@lru_cache
def child(form: type[Form], name: str) -> type[Form] | None:
    """The form that the field `name` of `form` is filled with, if any."""
    for field, info in form.model_fields.items():
        if name == (info.alias or field):
            return _form_in(info.annotation)
    return None


@lru_cache
def _names_freely(form: type[Form], name: str) -> bool:
    """Whether what stands under a key is a mapping of forms by names that the editor chose."""
    return any(
        name == (info.alias or field) and get_origin(info.annotation) is dict and _form_in(info.annotation) is not None
        for field, info in form.model_fields.items()
    )


def _form_in(annotation: object) -> type[Form] | None:
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return annotation
    return next(filter(None, map(_form_in, get_args(annotation))), None)


class Filled:
    """What came of filling a form: findings, and places of the fields by their English path."""

    def __init__(self, file: str, marked: Marked) -> None:
        self.file = file
        self.findings: list[Diagnostic] = []
        self._marked = marked
        self._form: type[Form] = Form
        self._origin: dict[Loc, Loc] = {}
        for code, place, args in (*marked.problems, *marked.notes):
            self.findings.append(finding(code, file, *place, **args))

    def mark(self, *loc: str | int) -> Mark:
        """The place of the value at `loc`, a path of English keys and positions."""
        path = loc
        while path and path not in self._origin:
            path = path[:-1]
        return self._marked.mark(self._origin.get(path, ()))

    def key_mark(self, *loc: str | int) -> Mark:
        """The place of the key of the value at `loc`."""
        return self._marked.keys.get(self._origin.get(loc, ()), self.mark(*loc))

    def report(self, code: str, loc: Loc, **args: object) -> None:
        """Adds a finding at `loc`."""
        self.findings.append(finding(code, self.file, *self.mark(*loc), **args))

    def fill(self, form: type[F], missing: Mark) -> F | None:
        """The form, or None where a finding was an error; `missing` is where absent keys are reported."""
        if self._marked.problems:
            return None
        self._form = form
        value = self._translate(self._marked.value or {}, (), (), form)
        try:
            filled = form.model_validate(value)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._explain(detail, missing)
            return None
        return None if has_errors(self.findings) else filled

    def typed(self, *loc: str | int) -> Value:
        """The value at `loc` as it was typed."""
        value = self._marked.value
        for step in self._origin.get(loc, loc):
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int):
                value = value[step] if step < len(value) else None
        return value

    def _translate(self, value: Value, loc: Loc, origin: Loc, form: type[Form] | None) -> Value:
        self._origin[loc] = origin
        if isinstance(value, str):
            return self._text(value, loc)
        if isinstance(value, list):
            return [self._translate(each, (*loc, n), (*origin, n), form) for n, each in enumerate(value)]
        if isinstance(value, dict):
            return self._mapping(value, loc, origin, form)
        return value

    def _mapping(self, value: dict[str, Value], loc: Loc, origin: Loc, form: type[Form] | None) -> Value:
        result: dict[str, Value] = {}
        names = twins(form) if form else None
        for raw, each in value.items():
            plain = nfc(raw).strip()
            name = (names.get(plain) or _loosely(form, plain)) if names is not None else plain
            if name is None:
                self._unknown(raw, (*origin, raw), list(names or ()))
            elif name in result:
                first = self._marked.keys[self._origin[*loc, name]][0]
                self._at_key("G102", (*origin, raw), key=raw, first=first)
            else:
                result[name] = self._filling(each, (*loc, name), (*origin, raw), form)
        return {name: each for name, each in result.items() if each is not None}

    def _filling(self, value: Value, loc: Loc, origin: Loc, form: type[Form] | None) -> Value:
        name = str(loc[-1])
        inner = child(form, name) if form else None
        if form and isinstance(value, dict) and _names_freely(form, name):
            self._origin[loc] = origin
            return {
                nfc(raw).strip(): self._translate(each, (*loc, nfc(raw).strip()), (*origin, raw), inner)
                for raw, each in value.items()
                if each is not None
            }
        return self._translate(value, loc, origin, inner)

    def _text(self, value: str, loc: Loc) -> str:
        if self._marked.plain:
            return value
        if not is_odd(value):
            return nfc(value)
        for code, _, told in doubtful(value):
            if code == "G124":  # a short value that has such a sign is not certain
                self.report("G113", loc, char=told)
            else:
                self.report(code, loc, **{"value" if code == "G122" else "char": told})
        return clean(value)

    def _unknown(self, raw: str, origin: Loc, known: list[str]) -> None:
        spoken = [name for name in known if name.isascii() == raw.isascii()] or known
        near = _OTHER_WORDS.get(plain_key(raw), "")
        near = near if near in known else nearest(raw, spoken) or nearest(raw, known)
        if near:
            self._at_key("G101", origin, key=raw, near=near, suggestion=N_("did you mean “{near}”?"))
        else:
            told = {"known": ", ".join(spoken), "suggestion": N_("known keys: {known}")}
            self._at_key("G101", origin, key=raw, **told)

    def _at_key(self, code: str, origin: Loc, **args: object) -> None:
        self.findings.append(finding(code, self.file, *self._marked.keys[origin], **args))

    def _explain(self, detail: ErrorDetails, missing: Mark) -> None:
        loc: Loc = detail["loc"]
        if detail["type"].startswith("G"):
            args = {name: value for name, value in detail.get("ctx", {}).items() if name != "code"}
            self.report(detail["type"], loc, **args)
        elif detail["type"] in ("missing", "string_too_short"):
            place = self.mark(*loc) if loc in self._origin else self.mark(*loc[:-1]) if len(loc) > 1 else missing
            self.findings.append(finding("G103", self.file, *place, key=self._missing(loc)))
        else:
            told = _bounds(self._info(loc)) if detail["type"] in _BOUNDED else {}
            expected = (
                N_("a number from {least} to {most}") if len(told) == 2 else _EXPECTED.get(detail["type"], _OTHER)
            )
            self.report("G104", loc, key=self._spoken(loc), expected=expected, value=_shown(detail["input"]), **told)

    def _missing(self, loc: Loc) -> str:
        """The key that is missing, in Chinese where the editor writes Chinese keys."""
        form = self._form
        for step in loc[:-1]:
            form = (child(form, step) if isinstance(step, str) else form) or form
        name = str(loc[-1])
        if all(str(step).isascii() for key in self._marked.keys for step in key):
            return name
        return next(spelling for spelling, field in twins(form).items() if field == name and not spelling.isascii())

    def _info(self, loc: Loc) -> FieldInfo | None:
        """The field in which the value at `loc` stands."""
        form: type[Form] | None = self._form
        info = None
        for step in loc:
            if isinstance(step, str) and form:
                info = next((told for field, told in form.model_fields.items() if step == (told.alias or field)), None)
                form = child(form, step)
        return info

    def _spoken(self, loc: Loc) -> str:
        names = [
            str(self._origin.get(loc[: n + 1], (step,))[-1]) for n, step in enumerate(loc) if isinstance(step, str)
        ]
        return names[-1] if names else "?"


def _bounds(told: object) -> dict[str, str]:
    """The least and the greatest number that a field takes, as far as it has them."""
    found: dict[str, str] = {}
    inner = [told.annotation, *told.metadata] if isinstance(told, FieldInfo) else get_args(told)
    for each in (*inner, *getattr(told, "__metadata__", ())):
        found |= {
            name: str(getattr(each, sign)) for name, sign in (("least", "ge"), ("most", "le")) if hasattr(each, sign)
        }
        found |= _bounds(each)
    return found


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value if len(value) <= 40 else value[:39] + "…"
    if isinstance(value, int):
        return str(value)
    return "[…]" if isinstance(value, list) else "{…}" if isinstance(value, dict) else ""
