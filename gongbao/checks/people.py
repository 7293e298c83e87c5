"""A person whose name is written in two ways: 王　震 here and 王震 there."""

from collections.abc import Iterator

from gongbao.catalogue.facts import Fact
from gongbao.checks.base import SPACED_NAME, Check, Source, at
from gongbao.diagnostics import Diagnostic
from gongbao.text import person_name


def _facts(source: Source) -> Iterator[Fact]:
    """`told` is the name as it is written where it is written with a space."""
    article = source.article
    people = (*article.authors, *article.photographers) if article else ()
    names = {person.name for person in people if 2 <= len(person.name) <= 4}
    spaced = set()
    for match in SPACED_NAME.finditer(source.head) if names else ():
        name = person_name(match[0])
        if name in names:
            spaced.add(name)
            yield source.fact("name", name, match[0], match.start())
    yield from (source.fact("name", name) for name in names - spaced)


def _judge(key: str, facts: list[Fact]) -> Iterator[Diagnostic]:
    if any(not fact.told for fact in facts):
        yield from (at("G753", fact, old=fact.told, new=key) for fact in facts if fact.told)


CHECK = Check(("G753",), topic="name", facts=_facts, judge=_judge)
