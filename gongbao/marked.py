"""YAML with places: text and containers, each with its line and column; duplicates and references refused."""

from dataclasses import dataclass, field

import yaml

from gongbao.diagnostics import N_

Value = str | None | list["Value"] | dict[str, "Value"]
Loc = tuple[str | int, ...]
Mark = tuple[int, int]
Problem = tuple[str, Mark, dict[str, str]]

SIZE_LIMIT = 256 * 1024
NESTING_LIMIT = 12
_OPENING_LIMIT = 2000

# What the parser says, by a part of it, in words for editors.
_PROBLEMS = {
    "mapping values are not allowed": N_("there is one colon too many, or a line above has none"),
    "cannot start any token": N_("a tab, or a sign that may not begin a value"),
    "unexpected end of stream": N_("a quotation mark or bracket is opened here and never closed"),
    "could not find expected ':'": N_("a line has no colon after its key"),
    "did not find expected ':'": N_("a line has no colon after its key"),
    "did not find expected key": N_("the line is not indented as those around it, or a quotation mark ends too early"),
    "did not find expected '-' indicator": N_("the list is not indented evenly"),
    "did not find expected ',' or": N_("a list in brackets lacks a comma or its closing bracket"),
    "did not find expected alphabetic": N_("a value begins with * or &"),
    "found unknown escape character": N_("a backslash stands in double quotes"),
    "found unexpected document indicator": N_("a quotation mark or bracket is opened here and never closed"),
}

# The C parser crashes on very deep nesting, so brackets are counted before it sees the text.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class Marked:
    """A YAML document. `marks`: where each value stands; `keys`: where each key stands, by the same path."""

    value: Value = None
    marks: dict[Loc, Mark] = field(default_factory=dict)
    keys: dict[Loc, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

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
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        result.problems.append(_syntax(error, first_line))
        return result
    except (yaml.YAMLError, RecursionError) as error:
        result.problems.append(("G105", (first_line, 1), {"problem": type(error).__name__}))
        return result
    if node is not None:
        result.value = _walk(node, (), first_line, result, set())
    return result


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
    unclosed = "unexpected end of stream" in problem  # the place that helps is where it began
    mark = (error.context_mark if unclosed else error.problem_mark) or error.context_mark or error.problem_mark
    place = (first_line + mark.line, mark.column + 1) if mark else (first_line, 1)
    if "found undefined alias" in problem or "anchor" in problem or "alias" in problem:
        return "G109", place, {}
    said = next((ours for theirs, ours in _PROBLEMS.items() if theirs in problem), N_("it is not written as YAML"))
    return "G105", place, {"problem": said}


def _walk(node: yaml.Node, loc: Loc, first_line: int, result: Marked, seen: set[int]) -> Value:
    place = (node.start_mark.line + first_line, node.start_mark.column + 1)
    if id(node) in seen:
        result.problems.append(("G109", place, {}))
        return None
    seen.add(id(node))
    result.marks[loc] = place
    if len(loc) > NESTING_LIMIT:
        result.problems.append(("G108", place, {"limit": str(NESTING_LIMIT)}))
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_walk(child, (*loc, n), first_line, result, seen) for n, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, loc, first_line, result, seen)
    if isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null"):
        return None
    return str(node.value)


def _mapping(node: yaml.MappingNode, loc: Loc, first_line: int, result: Marked, seen: set[int]) -> Value:
    found: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
        place = (key_node.start_mark.line + first_line, key_node.start_mark.column + 1)
        if key in found:
            first = result.keys[*loc, key][0]
            result.problems.append(("G102", place, {"key": key, "first": str(first)}))
            continue
        result.keys[*loc, key] = place
        found[key] = _walk(value_node, (*loc, key), first_line, result, seen)
    return found
