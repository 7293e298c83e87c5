"""The checks: one file each, pure, over one source or over what several sources say of the same thing."""

import re

from gongbao import records
from gongbao.catalogue.facts import MUTED, Checked, Fact, Waiting
from gongbao.checks import (
    anchors,
    areas,
    brackets,
    composition,
    duplicates,
    empty,
    eras,
    halfwidth,
    invisible,
    jumps,
    leaves,
    numbers,
    ocr,
    people,
    pictures,
    private_data,
    slugs,
    titles,
    typesetting,
    weekdays,
)
from gongbao.checks.base import CONTENT, Check, Source
from gongbao.diagnostics import Diagnostic
from gongbao.model import Article, Issue, Picture, Standing
from gongbao.read import kind_of

CHECKS: tuple[Check, ...] = tuple(
    module.CHECK
    for module in (
        invisible, composition, halfwidth, brackets, typesetting, jumps, ocr, weekdays, private_data,
        empty, pictures, eras, duplicates, titles, people, numbers, leaves, areas, anchors,
    )
)  # fmt: skip
CODES = frozenset(code for check in CHECKS for code in check.codes) | frozenset(slugs.CODES)
"""The findings that the checks alone can give, and that may be switched off."""

_UNCHECKED = re.compile(r"^(?:不查|unchecked)\b.*(?:\n[ \t-].*)*", re.MULTILINE)
_CODE = re.compile(r"G7\d\d")
_RECORDS = {"article": Article, "standing": Standing, "issue": Issue, "picture": Picture}
_JUDGES = {check.topic: check.judge for check in CHECKS if check.topic}


def source_of(waiting: Waiting, text: str) -> Source:
    """A source that is to be checked, with its text."""
    kind = _RECORDS.get(waiting.kind)
    record = records.decode(waiting.record, kind) if kind and waiting.record else None
    return Source(waiting.source, waiting.kind, text, record, waiting.size)


def check(source: Source) -> Checked:
    """What the checks say of a source."""
    muted = set(source.article.unchecked) if source.article else set[str]()
    found = {each for every in CHECKS for each in every.look(source) if each.code not in muted}
    facts: tuple[Fact, ...] | None = None
    if source.record is not None:
        facts = tuple(fact for every in CHECKS for fact in every.facts(source))
        facts += tuple(source.fact(MUTED, code) for code in sorted(muted & CODES))
    return Checked(source.file, tuple(sorted(found)), facts)


def again(file: str, text: str) -> list[Diagnostic]:
    """What a single text says of itself, without its record: for mends that follow from mends."""
    source = Source(file.removeprefix(CONTENT), kind_of(file.removeprefix(CONTENT)), text)
    muted = {code for line in _UNCHECKED.findall(source.head) for code in _CODE.findall(line)}
    return [each for every in CHECKS for each in every.look(source) if each.code not in muted]


def judge(topic: str, key: str, facts: list[Fact]) -> list[Diagnostic]:
    """What is wrong between the facts under one key."""
    return list(_JUDGES[topic](key, facts)) if topic in _JUDGES else []


__all__ = ["CHECKS", "CODES", "Check", "Source", "again", "check", "judge", "slugs", "source_of"]
