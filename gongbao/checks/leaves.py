"""Leaves of issue.yaml without articles, and articles on leaves that it does not have."""

import re
from collections.abc import Iterator

from gongbao.catalogue.facts import Fact
from gongbao.checks.base import Check, Source, at
from gongbao.diagnostics import Diagnostic
from gongbao.text import WEB

_LISTED, _USED = "listed", "used"
_WORDLESS = re.compile(r"广告|公告|专版广告|彩页|中缝")
"""Leaves that are known to have no articles."""


def _facts(source: Source) -> Iterator[Fact]:
    issue, article = source.issue, source.article
    if issue:
        for leaf in issue.leaves:
            if not issue.status and not _WORDLESS.search(leaf.name):
                yield source.fact("leaves", issue.key, f"{_LISTED} {leaf.leaf}", _leaf_at(source, leaf.leaf))
            else:
                yield source.fact("leaves", issue.key, f"{_LISTED}: {leaf.leaf}")
            if leaf.spread:
                yield source.fact("leaves", issue.key, f"{_USED} {leaf.spread}")
    elif article:
        yield source.fact("leaves", article.issue, f"{_USED} {article.leaf}")
        for part in article.continued:
            yield source.fact("leaves", article.issue, f"{_USED} {part.leaf}")


def _leaf_at(source: Source, leaf: str) -> int:
    match = re.search(rf"(?:leaf|版次)[\"']?:[ \t]*[\"']?0*{re.escape(leaf)}\b", source.head, re.IGNORECASE)
    return match.start() if match else 0


def _judge(key: str, facts: list[Fact]) -> Iterator[Diagnostic]:
    told = [(fact, *_two(fact.told)) for fact in facts]
    used = {leaf for _, way, leaf in told if way == _USED}
    listed = {leaf for _, way, leaf in told if way.startswith(_LISTED)}
    for fact, way, leaf in told:
        if way == _LISTED and leaf not in used:
            yield at("G763", fact, leaf=leaf)
        elif way == _USED and listed and leaf not in listed and leaf != WEB:
            yield at("G764", fact, leaf=leaf, known="、".join(sorted(listed)))


def _two(told: str) -> tuple[str, str]:
    way, _, leaf = told.partition(" ")
    return way, leaf


CHECK = Check(("G763", "G764"), topic="leaves", facts=_facts, judge=_judge)
