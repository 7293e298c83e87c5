"""下转第2版 and 上接第1版: each has a partner on the other leaf, or the article says where it goes on."""

import re
from collections.abc import Iterator

from gongbao.catalogue.facts import Fact
from gongbao.checks.base import Check, Source, at
from gongbao.diagnostics import Diagnostic

_JUMP = re.compile(
    r"(?P<way>下转|上接|紧接)[ \u3000]*第?[ \u3000]*"
    r"(?P<leaf>[0-9０-９]{1,2}|[A-Za-z]\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?"
    r"|[一二三四五六七八九])[ \u3000]*版"
)
_HAN = "零一二三四五六七八九"
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_ON, _BACK, _SAID = "on", "back", "said"


def leaf_number(text: str) -> str:
    """A leaf as print says it (2, ２, 二, 十二, A2) as its label."""
    if text[0] not in _HAN + "十":
        label = text.translate(_DIGITS).lower()
        return str(int(label)) if label.isdigit() else label
    tens, ten, ones = text.rpartition("十")
    number = (_HAN.index(tens) if tens else 1) * 10 if ten else 0
    return str(number + (_HAN.index(ones) if ones in _HAN and ones else 0))


def _facts(source: Source) -> Iterator[Fact]:
    article = source.article
    if not article:
        return
    here = article.leaf
    for part in article.continued:
        yield source.fact("jump", f"{article.issue} {here} {part.leaf}", _SAID)
    if "版" not in source.prose:
        return
    for match in _JUMP.finditer(source.prose):
        there, on = leaf_number(match["leaf"]), match["way"] == "下转"
        line = f"{here} {there}" if on else f"{there} {here}"
        told = f"{_ON if on else _BACK} {match[0]}"
        yield source.fact("jump", f"{article.issue} {line}", told, source.body_at + match.start())


def _judge(key: str, facts: list[Fact]) -> Iterator[Diagnostic]:
    ways = {fact.told.partition(" ")[0] for fact in facts}
    there = {_ON: key.split(" ")[2], _BACK: key.split(" ")[1]}
    for fact in facts:
        way, _, text = fact.told.partition(" ")
        if way in there and _SAID not in ways and ways != {_ON, _BACK}:
            yield at("G713", fact, text=text, leaf=there[way])


CHECK = Check(("G713",), topic="jump", facts=_facts, judge=_judge)
