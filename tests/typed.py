"""The corpus of what editors type: cases in plain files, and what a reading of each says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from gongbao.diagnostics import Diagnostic
from gongbao.messages import catalogue
from gongbao.model import Article, Issue, Moves, Reading, Standing
from gongbao.read import read_source
from tests.building import PROJECT

CASES = PROJECT / "tests" / "cases" / "typed"
PATH = "2019/2019-07-02/4-05-wu-da.md"
_HEAD = re.compile(r"^=== (?P<name>[^|\n]+?)(?: \| (?P<options>[^\n]*))?\n", re.MULTILINE)
_CHARACTER = re.compile(r"\{U\+([0-9A-F]{2,6})\}")
_BYTES = re.compile(rb"\{0x((?:[0-9A-F]{2})+)\}")
_UNTOLD = {"source", "issue", "order", "excerpt", "column_spot", "aliases_spot", "byline", "digitised"}
_USUAL = {"address": "/issues/2019-07-02/4/wu-da/", "leaf": "4", "date": "2019-07-02"}


@dataclass(frozen=True)
class Case:
    """A source as it lies on the disk, and what is to come of it."""

    file: Path
    name: str
    path: str
    data: bytes
    written: str
    expected: str


def cases() -> Iterator[Case]:
    """Every case of the corpus."""
    for file in sorted(CASES.glob("*.txt")):
        text = file.read_bytes().decode()
        heads = list(_HEAD.finditer(text))
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            block = text[head.end() : following.start() if following else len(text)]
            source, mark, expected = block.partition("\n==>\n")
            options = dict(each.split("=", 1) for each in (head["options"] or "").split(", ") if each)
            data = _data(source, options.get("encoding", "utf-8"), options.get("ends", ""))
            yield Case(file, head["name"], options.get("path", PATH), data, source + mark, expected.strip("\n"))


def _data(source: str, encoding: str, ends: str) -> bytes:
    text = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), source + "\n")
    text = text.replace("\n", {"crlf": "\r\n", "cr": "\r"}.get(ends, "\n"))
    return _BYTES.sub(lambda match: bytes.fromhex(match[1].decode()), text.encode(encoding))


def accept(case: Case) -> None:
    """Writes what is said now as what is expected."""
    text = case.file.read_bytes().decode()
    start = next(head.end() for head in _HEAD.finditer(text) if head["name"] == case.name) + len(case.written)
    end = text.find("\n=== ", start - 1)
    after = text[end:] if end >= 0 else "\n"
    case.file.write_bytes(f"{text[:start]}{told(case)}\n{after}".encode())


def told(case: Case) -> str:
    """What the reading of a case says: its fields, texts and findings."""
    reading = read_source(case.path, case.data)
    return "\n".join([*_record(reading), *(_finding(each) for each in reading.findings)]).strip("\n")


def _record(reading: Reading) -> Iterator[str]:
    record = reading.record
    if isinstance(record, Article | Standing | Issue):
        for each in fields(record):
            value = getattr(record, each.name)
            usual = _USUAL.get(each.name, each.default)
            if each.name not in _UNTOLD and value not in (usual, (), ""):
                yield (
                    f"{each.name}: {value!r}".replace("'", "")
                    if not isinstance(value, str)
                    else f"{each.name}: {value}"
                )
    if isinstance(record, Moves):
        yield from (f"{row.former} -> {row.target or 'gone'} {row.date} {row.reason}" for row in record.rows)
    yield from reading.texts
    for reference in reading.references:
        yield f"[{reference.kind} {reference.target} {reference.spot.line}:{reference.spot.column}]"


def _finding(found: Diagnostic) -> str:
    say = catalogue("zh-CN").gettext
    return f"{found.code} {found.line}:{found.column} {found.message(say)} => {found.hint(say)}"
