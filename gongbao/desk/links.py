"""Where a source names others: links and pictures in its text, files in its front matter, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, relpath
from urllib.parse import quote, unquote

from gongbao.desk.papers import Paper
from gongbao.diagnostics import Diagnostic
from gongbao.forms import ArticleForm, Form, StandingForm
from gongbao.marked import Loc, Marked, read_yaml
from gongbao.read import kind_of
from gongbao.read.body import source_path
from gongbao.read.frontmatter import split

_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1[`~]*\s*?$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)*?(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"(?P<mark>!?)\[(?P<label>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<inside>(?:[^()\n]|\([^()\n]*\))*)\)")
_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<target>[^\s<>]+)>?", re.MULTILINE)
_HTML = re.compile(r"""\b(?:href|src)\s*=\s*(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)')""", re.IGNORECASE)
_BROKEN_KEY = re.compile(
    r"""^\W*(?:file|文件|corrects|更正|image|版面图|pdf|电子版)\s*[:：]\s*["'“]?(?P<target>[^\s"'”,，\]}]+)""",
    re.MULTILINE,
)
_LISTS = {"photos": "file", "图片": "文件", "leaves": "", "版面": ""}
_FILES = frozenset({"file", "文件", "image", "版面图", "pdf", "电子版"})
_CORRECTS = frozenset({"corrects", "更正"})
_FORMS: dict[str, type[Form]] = {"article": ArticleForm, "standing": StandingForm}
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#")


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What a source names, as written there: where it begins and ends; the whole link's place and label, where it is
    one that can be undone."""

    start: int
    end: int
    written: str
    kind: str
    whole: tuple[int, int] = (0, 0)
    label: str = ""

    def source(self, of: str) -> str:
        """The path of the source that is meant, or an address from “/”."""
        return source_path(of, self.written if self.kind == "key" else unquote(self.written))


def targets(source: str, paper: Paper) -> list[Target]:
    """Everything that the source at this path names within the archive, in order."""
    found = {(each.start, each.end): each for each in (*_keys(source, paper), *_in_text(source, paper))}
    return sorted(each for each in found.values() if each.written and not _SCHEME.match(each.written))


def rewritten(target: Target, of: str, leads_to: str) -> str:
    """`target` as it is written in the source at the path `of` so that it leads to `leads_to`."""
    path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", target.written, re.DOTALL).groups()  # type: ignore[union-attr]
    new = leads_to if leads_to.startswith("/") else relpath(leads_to, dirname(of) or ".")
    if path.startswith("./") and not new.startswith("."):
        new = "./" + new
    if leads_to.startswith("/"):
        new = new if path.endswith("/") else new.rstrip("/")
    if unquote(path) != path or (target.kind != "key" and set(new) & set(" ()<>")):
        new = quote(new)
    return new + mark + rest


def _in_text(source: str, paper: Paper) -> Iterator[Target]:
    if kind_of(source) not in ("article", "standing"):
        return
    text = paper.text
    code = [match.span() for pattern in (_FENCED, _CODE) for match in pattern.finditer(text)]
    for match in _LINK.finditer(text):
        if not _in(match.start(), code) and not _escaped(text, match.start("label") - 1):
            yield from _link(text, match)
            # A picture that is a link: ![…](a.png) within [ ](b.md).
            yield from (_moved(inner, match.start("label")) for inner in _inner(match["label"]))
    for pattern in (_DEFINITION, _HTML):
        for match in pattern.finditer(text):
            name = next(name for name, value in match.groupdict().items() if value is not None)
            if not _in(match.start(), code):
                yield Target(*match.span(name), match[name], "text")


def _link(text: str, match: re.Match[str]) -> Iterator[Target]:
    inside = _TITLE.sub("", match["inside"])
    start = match.start("inside") + len(inside) - len(inside.lstrip())
    written = inside.strip()
    if written.startswith("<") and written.endswith(">"):
        start, written = start + 1, written[1:-1]
    kind = "picture" if match["mark"] else "link"
    yield Target(start, start + len(written), written, kind, match.span(), match["label"])


def _inner(label: str) -> Iterator[Target]:
    for match in _LINK.finditer(label):
        yield from _link(label, match)


def _moved(target: Target, by: int) -> Target:
    whole = (target.whole[0] + by, target.whole[1] + by)
    return Target(target.start + by, target.end + by, target.written, target.kind, whole, target.label)


def _in(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _escaped(text: str, at: int) -> bool:
    return text[max(0, at - 1) : at] == "\\" and text[max(0, at - 2) : at] != "\\\\"


def _keys(source: str, paper: Paper) -> Iterator[Target]:
    """The files that YAML names."""
    marked = front_matter(source, paper)
    if marked is None:
        return
    if marked.problems:
        for match in _BROKEN_KEY.finditer(paper.text):
            yield Target(*match.span("target"), match["target"], "key")
        return
    for loc, value in values(marked):
        if _names_a_file(loc) and (found := scalar(paper, marked, loc, value)):
            yield Target(*found, value, "key")


def front_matter(source: str, paper: Paper) -> Marked | None:
    """The YAML of a source; None where it has none."""
    if kind_of(source) == "issue":
        return read_yaml(paper.plain())
    form = _FORMS.get(kind_of(source))
    if form is None:
        return None
    parts = split(source, paper.plain(), form)
    return None if isinstance(parts, Diagnostic) else parts.marked


def values(marked: Marked) -> Iterator[tuple[Loc, str]]:
    """Every text in a YAML document with its path."""
    pending: list[tuple[Loc, object]] = [((), marked.value)]
    while pending:
        loc, value = pending.pop()
        if isinstance(value, str):
            yield loc, value
        elif isinstance(value, dict):
            pending += [((*loc, name), each) for name, each in value.items()]
        elif isinstance(value, list):
            pending += [((*loc, number), each) for number, each in enumerate(value)]


def scalar(paper: Paper, marked: Marked, loc: Loc, value: str) -> tuple[int, int] | None:
    """Where a value stands in the source; None where it is written otherwise than it reads."""
    line, column = marked.mark(loc)
    starts = paper.starts()
    if not value or line > len(starts):
        return None
    start = starts[line - 1] + column - 1
    at = paper.text.find(value, start, start + len(value) + 2)
    return (at, at + len(value)) if at >= 0 else None


def _names_a_file(loc: Loc) -> bool:
    first, last = str(loc[0]).strip() if loc else "", loc[-1] if loc else ""
    if first in _CORRECTS:
        return True
    return first in _LISTS and (isinstance(last, int) or len(loc) == 1 or str(last).strip() in _FILES)
