"""A source's text to front matter and body, however the two lines that part them are typed."""

import re
from dataclasses import dataclass

from gongbao.characters import SPACES, UNSEEN
from gongbao.decoding import not_text
from gongbao.diagnostics import N_, Diagnostic, finding
from gongbao.forms import Form, read_typed
from gongbao.forms.typed import keys
from gongbao.marked import Marked

_GAP = rf"[{SPACES}{UNSEEN}]"
_RULE = r"[-－—–―─━‐‑‒−﹣﹘⸺⸻_＿*＊=＝]"
_LINE = rf"\\?(?:(?:{_RULE}{_GAP}*){{2,}}|[⸺⸻]){_GAP}*$"
_OPENING = re.compile(_LINE, re.MULTILINE)
_FENCE = re.compile(rf"^(?:---[ \t]*$|{_GAP}{{0,3}}{_LINE})", re.MULTILINE)
_BLOCK = re.compile(r"[:-][ \t]*[|>][+-]?\d?[ \t]*$", re.MULTILINE)
_KEY_LIKE = re.compile(r"[^\s:：]{1,12}\s*[:：]|[-－]\s|\s|#")
_BEGIN = "\n" + SPACES + UNSEEN
_SHOWN = 30
_BEFORE_LINE = N_("add a line “---” before line {line}: “{text}”")


@dataclass(frozen=True, slots=True)
class Split:
    """Front matter, body, and the line on which the body begins."""

    marked: Marked
    body: str
    line: int


def split(file: str, text: str, form: type[Form]) -> Split | Diagnostic:
    """Front matter, which fills `form`, between two lines “---”, and the body below it."""
    found = _fences(file, text, form)
    if isinstance(found, Diagnostic):
        return found
    begin, first, closing = found
    marked = read_typed(text[begin : closing.start()], form, first)
    return Split(marked, text[closing.end() + 1 :], text.count("\n", 0, closing.end()) + 2)


def body_at(text: str, form: type[Form]) -> int:
    """Where the body begins in a source that fills `form`; the end where front matter and body cannot be told apart."""
    found = _fences("", text, form)
    return len(text) if isinstance(found, Diagnostic) else min(len(text), found[2].end() + 1)


_Fences = tuple[int, int, re.Match[str]]
"""Where the front matter begins, its first line, and the line that ends it."""


def _fences(file: str, text: str, form: type[Form]) -> _Fences | Diagnostic:
    start = len(text) - len(text.lstrip(_BEGIN))
    opening = _OPENING.match(text, start)
    if not opening:
        return _unopened(file, text, text.rfind("\n", 0, start) + 1, form)
    begin = opening.end() + 1
    closing = _closing(text, begin)
    first = text.count("\n", 0, opening.end()) + 2
    if not closing:
        return _unclosed(file, text[begin:], first)
    return begin, first, closing


def _closing(text: str, begin: int) -> re.Match[str] | None:
    """The line that ends the front matter; one that is indented may belong to a block of text."""
    closing = _FENCE.search(text, begin)
    while closing and closing[0][0] in SPACES and _BLOCK.search(text, begin, closing.start()):
        closing = _FENCE.search(text, closing.end() + 1)
    return closing


def _unopened(file: str, text: str, start: int, form: type[Form]) -> _Fences | Diagnostic:
    """Where the first line “---” is missing, but keys and the second are there, all is certain."""
    if told := not_text(file, text[start : start + 200].encode("utf-8", "replace")):
        return told
    line = text.count("\n", 0, start) + 1 if text.strip() else 1
    known = re.compile(rf"{_GAP}*(?:{keys(form).pattern}){_GAP}*[:：]", re.IGNORECASE)
    closing = _closing(text, start)
    if closing and known.match(text, start):
        above = [each for each in text[start : closing.start()].split("\n") if each.strip()]
        if all(_KEY_LIKE.match(each) for each in above):
            return start, line, closing
    return finding("G106", file, line, 1)


def _unclosed(file: str, text: str, first: int) -> Diagnostic:
    """The place where the second line “---” is missing: before the first line that has no key."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.strip() and not _KEY_LIKE.match(line):
            told = {"line": str(first + number), "text": line.strip()[:_SHOWN]}
            return finding("G107", file, first - 1, 1, suggestion=_BEFORE_LINE, **told)
    return finding("G107", file, first - 1, 1, suggestion=N_("add a line “---” before the text of the article"))
