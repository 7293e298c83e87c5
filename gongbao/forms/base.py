"""Checking what editors filled in: Chinese keys to English ones, texts to values, faults to findings with places."""

from functools import lru_cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from gongbao.diagnostics import N_, Diagnostic, finding
from gongbao.marked import Loc, Mark, Marked, Value
from gongbao.text import control_character, nearest, nfc, parse_date


class Form(BaseModel):
    """A mapping that editors fill in. Every field carries its Chinese key as `zh` and its meaning as description."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    found = parse_date(value) if isinstance(value, str) else None
    if found is None:
        raise fault("G111", value=value if isinstance(value, str) else "…")
    return found


def _text(value: object) -> object:
    return value.strip() if isinstance(value, str) else "" if value is None else value


Text = Annotated[str, BeforeValidator(_text)]
Day = Annotated[str, BeforeValidator(_day)]
Texts = Annotated[list[Text], BeforeValidator(as_list)]

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
def _child(form: type[Form], name: str) -> type[Form] | None:
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
        for code, place, args in marked.problems:
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
        return None if self.findings else filled

    def _translate(self, value: Value, loc: Loc, origin: Loc, form: type[Form] | None) -> Value:
        self._origin[loc] = origin
        if isinstance(value, str):
            self._check_text(value, loc)
            return nfc(value)
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
            name = names.get(plain) if names is not None else plain
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
        child = _child(form, name) if form else None
        if form and isinstance(value, dict) and _names_freely(form, name):
            self._origin[loc] = origin
            return {
                nfc(raw).strip(): self._translate(each, (*loc, nfc(raw).strip()), (*origin, raw), child)
                for raw, each in value.items()
                if each is not None
            }
        return self._translate(value, loc, origin, child)

    def _check_text(self, value: str, loc: Loc) -> None:
        if bad := control_character(value):
            self.report("G113", loc, char=f"U+{ord(bad[0]):04X}")

    def _unknown(self, raw: str, origin: Loc, known: list[str]) -> None:
        near = nearest(raw, known)
        if near:
            self._at_key("G101", origin, key=raw, near=near, suggestion=N_("did you mean “{near}”?"))
        else:
            self._at_key("G101", origin, key=raw, known=", ".join(known), suggestion=N_("known keys: {known}"))

    def _at_key(self, code: str, origin: Loc, **args: object) -> None:
        self.findings.append(finding(code, self.file, *self._marked.keys[origin], **args))

    def _explain(self, detail: ErrorDetails, missing: Mark) -> None:
        loc: Loc = detail["loc"]
        if detail["type"].startswith("G"):
            args = {name: value for name, value in detail.get("ctx", {}).items() if name != "code"}
            self.report(detail["type"], loc, **args)
        elif detail["type"] == "missing":
            place = self.mark(*loc[:-1]) if len(loc) > 1 else missing
            self.findings.append(finding("G103", self.file, *place, key=self._missing(loc)))
        else:
            expected = _EXPECTED.get(detail["type"], N_("something else"))
            self.report("G104", loc, key=self._spoken(loc), expected=expected, value=_shown(detail["input"]))

    def _missing(self, loc: Loc) -> str:
        """The key that is missing, in Chinese where the editor writes Chinese keys."""
        form = self._form
        for step in loc[:-1]:
            form = (_child(form, step) if isinstance(step, str) else form) or form
        name = str(loc[-1])
        if all(str(step).isascii() for key in self._marked.keys for step in key):
            return name
        return next(spelling for spelling, field in twins(form).items() if field == name and not spelling.isascii())

    def _spoken(self, loc: Loc) -> str:
        names = [
            str(self._origin.get(loc[: n + 1], (step,))[-1]) for n, step in enumerate(loc) if isinstance(step, str)
        ]
        return names[-1] if names else "?"


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value if len(value) <= 40 else value[:39] + "…"
    return "[…]" if isinstance(value, list) else "{…}" if isinstance(value, dict) else ""
