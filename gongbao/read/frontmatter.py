"""A source's bytes to text, and its text to front matter and body."""

import re
from dataclasses import dataclass

from gongbao.diagnostics import N_, Diagnostic, finding
from gongbao.marked import Marked, read_yaml

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Split:
    """Front matter, body, and the line on which the body begins."""

    marked: Marked
    body: str
    line: int


def decode(file: str, data: bytes) -> str | Diagnostic:
    """The text of a source with plain line ends, or what is wrong with it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return finding("G110", file, line, 1, guess=_guess(data))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return N_(" (UTF-16)")
    if data.startswith(b"PK\x03\x04"):
        return N_(" (it is a Word document or an archive)")
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return N_(" (GB18030)")


def split(file: str, text: str) -> Split | Diagnostic:
    """Front matter between two lines “---”, and the body below it."""
    start = len(text) - len(text.lstrip("\n \t\u3000"))
    opening = _FENCE.match(text, start)
    if not opening:
        return finding("G106", file, text.count("\n", 0, start) + 1, 1)
    closing = _FENCE.search(text, opening.end())
    first = text.count("\n", 0, opening.end()) + 2
    if not closing:
        return finding("G107", file, first - 1, 1)
    marked = read_yaml(text[opening.end() + 1 : closing.start()], first)
    return Split(marked, text[closing.end() + 1 :], text.count("\n", 0, closing.end()) + 2)
