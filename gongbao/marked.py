"""YAML with places: text and containers, each with its line and column; duplicates and references refused."""

import re
from dataclasses import dataclass, field

import yaml

from gongbao.characters import is_plain, same_length
from gongbao.diagnostics import N_
from gongbao.text import WIDE, control_character

Value = str | None | list["Value"] | dict[str, "Value"]
Loc = tuple[str | int, ...]
Mark = tuple[int, int]
Problem = tuple[str, Mark, dict[str, str]]

SIZE_LIMIT = 256 * 1024
NESTING_LIMIT = 12
_OPENING_LIMIT = 2000

COLONS = N_("there is one colon too many, or a line above has none")
NO_COLON = N_("a line has no colon after its key")

# What the parser says, by a part of it, in words for editors.
_PROBLEMS = {
    "mapping values are not allowed": COLONS,
    "cannot start any token": N_("a tab, or a sign that may not begin a value"),
    "unexpected end of stream": N_("a quotation mark or bracket is opened here and never closed"),
    "could not find expected ':'": NO_COLON,
    "did not find expected ':'": NO_COLON,
    "did not find expected key": N_("the line is not indented as those around it, or a quotation mark ends too early"),
    "did not find expected '-' indicator": N_("the list is not indented evenly"),
    "did not find expected ',' or": N_("a list in brackets lacks a comma or its closing bracket"),
    "did not find expected alphabetic": N_("a value begins with * or &"),
    "found unknown escape character": N_("a backslash stands in double quotes"),
    "found unexpected document indicator": N_("a quotation mark or bracket is opened here and never closed"),
    "but found another document": N_("a line “---” stands in the middle"),
}

_USUAL = N_("put the value in double quotes, and one space after each colon")
_LONGEST_FOLD = 4096
_BEGUN_BEFORE = ("unexpected end of stream", "expected ':'", "expected ',' or")
_LITERAL = ("|", ">")
_NOT_IN_YAML = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDE_BREAK = re.compile(rf"([{WIDE}]{{1,4}})[ \t]*\n[ \t]*(?=([{WIDE}]{{1,4}}))")


# The C parser crashes on very deep nesting, so brackets are counted before it sees the text.
class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """A loader that looks for no tags: every value is text here, and looking takes a seventh of the time."""

    def descend_resolver(self, *_: object) -> None: ...

    def ascend_resolver(self) -> None: ...

    def resolve(self, *_: object) -> str:
        return ""


@dataclass(slots=True)
class Marked:
    """A YAML document. `marks`: where each value stands; `keys`: where each key stands, by the same path."""

    value: Value = None
    marks: dict[Loc, Mark] = field(default_factory=dict)
    keys: dict[Loc, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    plain: bool = False
    """Whether no value needs to be cleaned."""
    notes: list[Problem] = field(default_factory=list)
    """What is worth telling of a text that was understood."""

    def mark(self, loc: Loc) -> Mark:
        """The place of the value at `loc`, or of the nearest that encloses it."""
        while loc and loc not in self.marks:
            loc = loc[:-1]
        return self.marks.get(loc, (1, 1))


def read_yaml(text: str, first_line: int = 1) -> Marked:
    """`text` as strings, lists and mappings; places count from `first_line`. Problems are codes of diagnostics."""
    result = Marked()
    if len(text) > SIZE_LIMIT or _opens(text) > _OPENING_LIMIT or _deep(text):
        result.problems.append(("G108", (first_line, 1), {"limit": f"{SIZE_LIMIT // 1024} KiB"}))
        return result
    result.plain = "\\" not in text and is_plain(text)
    text = text if result.plain else same_length(text)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        result.problems.append(_syntax(error, first_line))
        return result
    except (yaml.YAMLError, RecursionError) as error:
        result.problems.append(_unreadable(text, error, first_line))
        return result
    if node is not None:
        result.value = _walk(node, (), _Walk(text, first_line, result))
    return result


def _unreadable(text: str, error: Exception, first_line: int) -> Problem:
    found = control_character(text) or _NOT_IN_YAML.search(text)
    if not found:
        return "G105", (first_line, 1), {"problem": type(error).__name__, "suggestion": _USUAL}
    line = text.count("\n", 0, found.start())
    return (
        "G113",
        (first_line + line, found.start() - text.rfind("\n", 0, found.start())),
        {"char": f"U+{ord(found[0]):04X}"},
    )


def _opens(text: str) -> int:
    return text.count("[") + text.count("{")


def _deep(text: str) -> bool:
    depth = deepest = 0
    for char in text:
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest > NESTING_LIMIT


def _syntax(error: yaml.MarkedYAMLError, first_line: int) -> Problem:
    problem = error.problem or error.context or ""
    unclosed = any(each in problem for each in _BEGUN_BEFORE)  # the place that helps is where it began
    mark = (error.context_mark if unclosed else error.problem_mark) or error.context_mark or error.problem_mark
    place = (first_line + mark.line, mark.column + 1) if mark else (first_line, 1)
    if "found undefined alias" in problem or "anchor" in problem or "alias" in problem:
        return "G109", place, {}
    said = next((ours for theirs, ours in _PROBLEMS.items() if theirs in problem), N_("it is not written as YAML"))
    return "G105", place, {"problem": said, "suggestion": _USUAL}


@dataclass(slots=True)
class _Walk:
    """What a walk through a document needs at every node."""

    text: str
    first_line: int
    result: Marked
    seen: set[int] = field(default_factory=set)

    def problem(self, code: str, place: Mark, **args: str) -> None:
        self.result.problems.append((code, place, args))


def _walk(node: yaml.Node, loc: Loc, walk: _Walk) -> Value:
    start = node.start_mark
    place = (start.line + walk.first_line, start.column + 1)
    if id(node) in walk.seen:
        walk.problem("G109", place)
        return None
    walk.seen.add(id(node))
    walk.result.marks[loc] = place
    if len(loc) > NESTING_LIMIT:
        walk.problem("G108", place, limit=str(NESTING_LIMIT))
        return None
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, walk.text)
    if isinstance(node, yaml.SequenceNode):
        return [_walk(child, (*loc, n), walk) for n, child in enumerate(node.value)]
    return _mapping(node, loc, walk) if isinstance(node, yaml.MappingNode) else None


def _scalar(node: yaml.ScalarNode, text: str) -> str | None:
    value: str = node.value
    if not node.style and value in ("", "~", "null"):
        return None
    if " " in value and node.style not in _LITERAL and node.start_mark.line != node.end_mark.line:
        return _folded(text[node.start_mark.index : node.end_mark.index], value)
    return value


def _folded(typed: str, value: str) -> str:
    """A value over several lines; between wide characters a line's end is no space."""
    for match in _WIDE_BREAK.finditer(typed) if len(typed) < _LONGEST_FOLD else ():
        value = value.replace(f"{match[1]} {match[2]}", match[1] + match[2], 1)
    return value


def _mapping(node: yaml.MappingNode, loc: Loc, walk: _Walk) -> Value:
    found: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
        start = key_node.start_mark
        place = (start.line + walk.first_line, start.column + 1)
        if key in found:
            walk.problem("G102", place, key=key, first=str(walk.result.keys[*loc, key][0]))
            continue
        walk.result.keys[*loc, key] = place
        found[key] = _walk(value_node, (*loc, key), walk)
    return found
