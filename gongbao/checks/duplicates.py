"""The same text twice."""

import re
from collections.abc import Iterator

from gongbao import records
from gongbao.catalogue.facts import Fact
from gongbao.checks.base import CONTENT, Check, Source, at
from gongbao.diagnostics import Diagnostic

_INK = re.compile(r"[^\W_]+")
_SHORTEST = 40
"""A notice of fewer characters may well be printed again."""


def _facts(source: Source) -> Iterator[Fact]:
    if not source.article:
        return
    ink = "".join(_INK.findall(source.body))
    if len(ink) >= _SHORTEST:
        yield source.fact("text", records.digest(ink.encode()), at=source.where(source.article.title))


def _judge(key: str, facts: list[Fact]) -> Iterator[Diagnostic]:
    first = facts[0].source if facts else ""
    yield from (at("G751", fact, other=CONTENT + first) for fact in facts[1:])


CHECK = Check(("G751",), topic="text", facts=_facts, judge=_judge)
