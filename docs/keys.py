"""The keys that editors write: what they are for, as tables in the guide and as JSON Schemas for text editors.

`keys.csv` says what each key of a form in `gongbao/forms/` is for; a test sees that none is missing.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BeforeValidator
from pydantic.fields import FieldInfo

from gongbao import forms
from gongbao.forms import ArticleForm, IssueForm, SiteForm, StandingForm
from gongbao.forms import article as _article
from gongbao.forms import issue as _issue
from gongbao.forms import site as _site
from gongbao.forms.base import Form, twins
from gongbao.messages import LANGUAGES

FOLDER = Path(__file__).resolve().parent
SCHEMAS: dict[str, type[Form]] = {"site": SiteForm, "issue": IssueForm, "article": ArticleForm, "page": StandingForm}
"""Name of the schema and the form that it is of."""
_FORMS = {name: each for module in (forms, _article, _issue, _site) for name, each in vars(module).items()}
_TABLE = re.compile(r"(<!-- keys: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_YES = ["是", "否", "yes", "no", "true", "false", "on", "off", "1", "0"]
_DAY = r"^\s*([12]\d{3}([-/.]\d{1,2}([-/.]\d{1,2})?|年\d{1,2}月(\d{1,2}日?)?))?\s*$"
_SLUG = r"^([a-z0-9]+(-[a-z0-9]+)*)?$"
_LINK = "http://json-schema.org/draft-07/schema#"


@lru_cache
def meanings() -> dict[tuple[str, str], str]:
    """What each key of each form is for, in Chinese."""
    with (FOLDER / "keys.csv").open(encoding="utf-8", newline="") as file:
        return {(row["form"], row["key"]): row["text"] for row in csv.DictReader(file)}


def spelled(form: type[Form]) -> Iterator[tuple[str, str, str]]:
    """The field, English key and Chinese key of everything that a form takes."""
    chinese = {field: name for name, field in twins(form).items() if not name.isascii()}
    for field, info in form.model_fields.items():
        name = info.alias or field
        yield field, name, chinese[name]


def table(form: type[Form]) -> str:
    """The keys of a form, as a table in Markdown."""
    lines = ["| 键 | 英文 | 写什么 |", "| --- | --- | --- |"]
    lines += [f"| {zh} | {name} | {meanings()[form.__name__, name]} |" for _, name, zh in spelled(form)]
    return "\n".join(lines) + "\n"


def with_tables(text: str) -> str:
    """A document with its tables of keys as the forms are now."""
    return _TABLE.sub(lambda match: match[1] + table(_FORMS[match[2]]) + match[3], text)


# JSON Schemas


def schemas() -> dict[str, str]:
    """The text of every file in docs/schemas/."""
    return {f"{name}.schema.json": _document(form) for name, form in SCHEMAS.items()}


def _document(form: type[Form]) -> str:
    writer = _Writer()
    body = writer.mapping(form)
    whole = {"$schema": _LINK, "title": (form.__doc__ or "").strip(), **body, "definitions": writer.definitions}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


class _Writer:
    """Makes schemas of forms; every key and form is defined once and referred to from there on."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}

    def mapping(self, form: type[Form]) -> dict[str, Any]:
        """A form as an object with every key in both languages."""
        hints, properties, needed = get_type_hints(form, include_extras=True), dict[str, Any](), []
        for field, name, chinese in spelled(form):
            info = form.model_fields[field]
            at = f"{form.__name__}.{name}"
            self.definitions[at] = self._field(hints[field], info) | {"description": meanings()[form.__name__, name]}
            properties |= {each: {"$ref": f"#/definitions/{at}"} for each in (chinese, name)}
            if info.is_required():
                needed.append({"anyOf": [{"required": [chinese]}, {"required": [name]}]})
        schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
        return schema | ({"allOf": needed} if needed else {})

    def _field(self, hint: Any, info: FieldInfo) -> dict[str, Any]:
        schema = self._schema(hint)
        if info.is_required():
            return {"allOf": [schema, {"not": {"type": "null"}}]}
        return {"anyOf": [schema, {"type": "null"}]}

    def _schema(self, hint: Any) -> dict[str, Any]:
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            schema = self._schema(args[0])
            for each in args[1:]:
                schema = _noted(schema, each)
            return schema
        if origin in (Union, UnionType):
            return self._schema(next(each for each in args if each is not type(None)))
        if origin is list:
            return {"type": "array", "items": self._schema(args[0])}
        if origin is tuple:
            return {"type": "array", "items": self._schema(args[0]), "minItems": len(args), "maxItems": len(args)}
        if origin is dict:
            return {"type": "object", "additionalProperties": self._schema(args[1])}
        return self._named(hint) if issubclass(hint, Form) else dict(_PLAIN[hint])

    def _named(self, form: type[Form]) -> dict[str, Any]:
        if form.__name__ not in self.definitions:
            self.definitions[form.__name__] = self.mapping(form)
        return {"$ref": f"#/definitions/{form.__name__}"}


_PLAIN: dict[type, dict[str, Any]] = {
    str: _TEXT,
    int: {"type": ["integer", "string"], "pattern": r"^\s*[+-]?\d+\s*$"},
    float: {"type": ["number", "string"], "pattern": r"^\s*[+-]?[\d.]+\s*$"},
    bool: {"anyOf": [{"type": "boolean"}, {"enum": _YES}]},
}


def _noted(schema: dict[str, Any], note: object) -> dict[str, Any]:
    """A schema with what a validator takes besides, or leaves out."""
    if isinstance(note, BeforeValidator | AfterValidator):
        return _TAKES[note.func.__name__](schema)
    if isinstance(note, FieldInfo):
        limits = {type(each).__name__.lower(): each for each in note.metadata}
        return {"type": "integer", "minimum": limits["ge"].ge, "maximum": limits["le"].le}
    return schema


def _same(schema: dict[str, Any]) -> dict[str, Any]:
    return schema


def _or_alone(schema: dict[str, Any]) -> dict[str, Any]:
    """A list, or the one thing that would stand in it."""
    return {"anyOf": [schema, schema["items"]]}


def _or_text(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, _TEXT]}


def _of_text_too(schema: dict[str, Any]) -> dict[str, Any]:
    """A list in which each thing may be told by a text."""
    return {"type": "array", "items": {"anyOf": [schema["items"], _TEXT]}}


def _or_text_or_alone(schema: dict[str, Any]) -> dict[str, Any]:
    return _or_alone(_of_text_too(schema))


def _matching(pattern: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda schema: schema | {"pattern": pattern}


_TAKES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "as_text": _same,
    "term": _same,
    "flag": _same,
    "whole": _same,
    "plain_digits": _same,
    "_file": _same,
    "person_name": _same,
    "as_list": _or_alone,
    "_people": _or_text_or_alone,
    "_photographers": _or_text_or_alone,
    "_photos": _or_text_or_alone,
    "_continued": _or_text_or_alone,
    "_leaves": _of_text_too,
    "_columns": _of_text_too,
    "_weekdays": _same,
    "_editors": _or_text,
    "_regions": _or_text,
    "_tags": _or_text,
    "_leaf": _matching(r"^\s*[A-Za-z0-9]{0,8}\s*$"),
    "_day": _matching(_DAY),
    "_item_id": _matching(r"^[a-z0-9][a-z0-9-]*$"),
    "_slug": _matching(_SLUG),
    "_base_url": _matching(r"^https?://[^ ?#\"'<>]*$"),
    "_area": lambda schema: schema | {"minItems": 3},
    "_language": lambda schema: {"enum": list(LANGUAGES)},
}
"""What each validator of the forms means for what may be written, by its name."""
