"""Sources as texts that are written back byte for byte, whatever their encoding and line ends."""

import codecs
import re
from dataclasses import dataclass

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_LINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of a text and what stands there afterwards."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A source's text with what is needed to write it back."""

    text: str
    encoding: str
    mark: bytes

    def encoded(self, text: str) -> bytes:
        """`text` as bytes of this source's kind."""
        return self.mark + text.encode(self.encoding)

    def plain(self) -> str:
        """The text with plain line ends, as places are counted in it."""
        return _LINE.sub("\n", self.text)

    def line_end(self) -> str:
        """How the lines of this source end."""
        found = _LINE.search(self.text)
        return found[0] if found else "\n"

    def starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in _LINE.finditer(self.text))]


def read_paper(data: bytes) -> Paper | None:
    """The text of a source; None where it cannot be written back as it was."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    for encoding in [_MARKS[mark]] if mark else ["utf-8", "gb18030"]:
        try:
            paper = Paper(data[len(mark) :].decode(encoding), encoding, mark)
            return paper if paper.encoded(paper.text) == data else None
        except UnicodeError:
            continue
    return None


def edited(text: str, edits: list[Edit]) -> str:
    """`text` with every edit made; what lies between stays as it is."""
    ordered = sorted(edits, key=lambda edit: edit.start)
    parts, at = [], 0
    for edit in ordered:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])
