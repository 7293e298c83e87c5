"""The same headline twice in one issue."""

from collections.abc import Iterator

from gongbao.catalogue.facts import Fact
from gongbao.checks.base import CONTENT, Check, Source, at
from gongbao.diagnostics import Diagnostic

_SHORTEST = 5
"""简讯, 更正 and 征稿启事 head many."""


def _facts(source: Source) -> Iterator[Fact]:
    article = source.article
    title = "".join(article.title.split()) if article else ""
    if article and len(title) >= _SHORTEST:
        yield source.fact("title", f"{article.issue} {title}", at=source.where(article.title))


def _judge(key: str, facts: list[Fact]) -> Iterator[Diagnostic]:
    for fact in facts[1:]:
        yield at("G752", fact, title=key.partition(" ")[2], other=CONTENT + facts[0].source)


CHECK = Check(("G752",), topic="title", facts=_facts, judge=_judge)
