"""A form's YAML as it was typed: read as it stands, or mended where that fails or would lose a word, or explained."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import get_origin

from pydantic.fields import FieldInfo

from gongbao.diagnostics import N_
from gongbao.flows import Keys, keys_of
from gongbao.forms.base import Form, as_text, child, twins
from gongbao.marked import COLONS, NO_COLON, Marked, Problem, Value, read_yaml
from gongbao.mending import Mended, mend, quoted

# Where YAML reads without complaint what was not meant: a wide colon, a remark, a tag, an anchor, mixed quotes.
_SUSPECT = re.compile(
    r"[：﹕∶︰]| #|\n#[^\s#]|(?:^|[:,\[{-]) *[!&*［｛]|:[ \t]*\n[ \t\u3000]+[^-\s]|“[^“”\"\n]*\"[ \t]*$", re.MULTILINE
)
_MAYBE_SUSPECT = re.compile(r"[：﹕∶︰#!&*\"［｛]|:[ \t]*\n[ \t\u3000]+[^-\s]")
_UNCLOSED = "never closed"
_KEYLESS = re.compile(r"[^\s\-－#:：\[\]{}\"'|>][^:：\"']*")
"""A line in which no key can be."""
_KEYLESS_IN_FRONT = N_(
    "the line “{line}” has no key: if it goes on with the line above, put two spaces before it; if it is the"
    " article's text, put it below the second “---”"
)
_KEYLESS_ALONE = N_(
    "the line “{line}” has no key: if it goes on with the line above, put two spaces before it; if not, begin it with"
    " a key and a colon, or make it a remark with “# ”"
)
_SHOWN = 60


@lru_cache
def keys(form: type[Form]) -> Keys:
    """The keys of `form` and of all forms in it."""
    names: set[str] = set()
    holders: set[str] = set()
    prose: set[str] = set()
    free: set[str] = set()
    for each, spelling, field in _fields(form):
        names.add(spelling)
        if get_origin(_info(each, field).annotation) is dict:
            free.add(spelling)
        if _holds(each, field):
            holders.add(spelling)
        elif _is_prose(each, field):
            prose.add(spelling)
    return keys_of(names, twins(form), holders, prose, free)


def _fields(form: type[Form]) -> Iterator[tuple[type[Form], str, str]]:
    """Form, spelling and field of every key of `form` and of all forms in it."""
    pending, seen = [form], {form}
    while pending:
        each = pending.pop()
        for spelling, field in twins(each).items():
            yield each, spelling, field
            inner = child(each, field)
            if inner is not None and inner not in seen:
                seen.add(inner)
                pending.append(inner)


def _is_prose(form: type[Form], name: str) -> bool:
    """Whether a field takes any text at all."""
    return any(getattr(each, "func", None) is as_text for each in _info(form, name).metadata)


def _info(form: type[Form], name: str) -> FieldInfo:
    return next(info for field, info in form.model_fields.items() if name == (info.alias or field))


def _holds(form: type[Form], name: str) -> bool:
    """Whether a field takes a list or a mapping."""
    info = _info(form, name)
    return (
        not (isinstance(info.annotation, type) and issubclass(info.annotation, str | int)) and info.default is not None
    )


def read_typed(text: str, form: type[Form], first_line: int = 1) -> Marked:
    """The YAML that an editor typed for `form`."""
    read = read_yaml(text, first_line)
    syntax = bool(read.problems) and any(code not in ("G102", "G108") for code, _, _ in read.problems)
    suspect = _MAYBE_SUSPECT.search(text) and _SUSPECT.search(text)
    if not syntax and not suspect and not _is_odd(read.value, keys(form)) and _is_mapping(read.value):
        return read
    if any(code == "G108" for code, _, _ in read.problems):
        return read
    mended = mend(text, keys(form))
    notes = [(code, (first_line + line, column + 1), args) for code, (line, column), args in mended.notes]
    if mended.text != text:
        again = read_yaml(mended.text, first_line)
        broken = any(code in ("G105", "G109") for code, _, _ in again.problems)
        if syntax or not broken or _is_misread(text, read.value, keys(form)):
            read = _replaced(again, mended, first_line)
    if not read.problems and not _is_mapping(read.value):
        read.problems.append(("G105", read.mark(()), {"problem": NO_COLON}))
    read.notes = notes
    lines = text.split("\n")
    read.problems = [_advised(_placed(each, lines, first_line), lines, form, first_line) for each in read.problems]
    return read


def _is_misread(text: str, value: Value, known: Keys) -> bool:
    """Whether YAML sees no key in a line that begins with one."""
    wide = re.search(rf"^(?:{known.pattern})[ \u3000]*[：﹕∶︰]", text, re.MULTILINE | re.IGNORECASE)
    return not _is_mapping(value) or bool(wide)


def _is_mapping(value: Value) -> bool:
    return value is None or isinstance(value, dict)


def _is_odd(value: Value, known: Keys) -> bool:
    """Whether a value is of another kind than its key takes, or a comma has made a key of a part of a text."""
    if isinstance(value, list):
        return any(_is_odd(each, known) for each in value if not isinstance(each, str))
    if not isinstance(value, dict):
        return False
    for key, each in value.items():
        if each is None:
            if key not in known.every:
                return True
        elif not isinstance(each, str) and ((key in known.every and key not in known.holders) or _is_odd(each, known)):
            return True
    return False


def _replaced(read: Marked, mended: Mended, first_line: int) -> Marked:
    """`read`, with its places in the text that was typed."""

    def typed(mark: tuple[int, int]) -> tuple[int, int]:
        return mark[0], mended.typed_at(mark[0] - first_line, mark[1] - 1) + 1

    return Marked(
        read.value,
        {loc: typed(mark) for loc, mark in read.marks.items()},
        {loc: typed(mark) for loc, mark in read.keys.items()},
        [(code, typed(mark), args) for code, mark, args in read.problems],
        read.plain,
    )


def _placed(problem: Problem, lines: list[str], first_line: int) -> Problem:
    """A problem in its place: where a line has no colon, YAML complains of that in the next one."""
    code, place, args = problem
    above = place[0] - first_line - 1
    if args.get("problem") != COLONS or not 0 <= above < len(lines) or not _KEYLESS.fullmatch(lines[above]):
        return problem
    return code, (first_line + above, 1), {**args, "problem": NO_COLON}


def _advised(problem: Problem, lines: list[str], form: type[Form], first_line: int) -> Problem:
    """A problem with what to write, in the editor's own line."""
    code, place, args = problem
    if code != "G105":
        return problem
    at = min(max(0, place[0] - first_line), len(lines) - 1)
    said, mended = _advice(args["problem"], lines[at].strip(), form)
    return code, place, {**args, "suggestion": said, "line": mended[:_SHOWN] + ("…" if len(mended) > _SHOWN else "")}


def _advice(problem: str, line: str, form: type[Form]) -> tuple[str, str]:
    """What to do, and the line as it should be."""
    pattern = keys(form).pattern
    if re.fullmatch(pattern, line, re.IGNORECASE):
        return N_("write a colon after the key: {line}"), f"{line}:"
    match = re.match(rf"({pattern})\s*([:：=＝]?)\s*(.+)", line, re.IGNORECASE)
    if match:
        said, value = _value_advice(problem, match[2], match[3])
        return said, f"{match[1]}: {value}"
    if line.startswith(("-", "－")):
        item = f"  - {line[1:].strip()}"
        return N_("begin every line of the list alike, with two spaces, “-” and a space: {line}"), item
    if re.match(r"[^\s:：]{1,12}\s*[:：]", line):
        return N_("begin the line as far left as those around it, or mend the line above it: {line}"), line
    return _KEYLESS_IN_FRONT if form.has_text else _KEYLESS_ALONE, line


def _value_advice(problem: str, colon: str, value: str) -> tuple[str, str]:
    closing = {"[": "]", "{": "}"}.get(value[0], "")
    if colon not in (":", "："):
        return N_("write a colon and a space after the key: {line}"), value
    if _UNCLOSED in problem and value[0] in ("'", '"'):
        return N_("close the quotation mark at the end: {line}"), value + value[0]
    if closing and value.count(value[0]) > value.count(closing):
        return N_("close the bracket at the end: {line}"), value + closing
    return N_("put the value in quotation marks: {line}"), quoted(value)
