"""期号 and 总期号 that leave one out, stand twice or go back, between issues of neighbouring days."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from gongbao.catalogue.facts import Fact
from gongbao.checks.base import Check, Source, at
from gongbao.diagnostics import Diagnostic
from gongbao.spoken import edited
from gongbao.text import ISSUE_KEY

_RANGE = re.compile(r"(\d{1,9})(?:\s{0,3}[—–~～至、/-]{1,3}\s{0,3}(\d{1,9}))?")
_MADE = " …"
"""Behind an issue that is still being made: those printed before it may come into the archive after it."""
_NEAR = 8
"""Between issues further apart there may be some that the archive does not have."""


def _facts(source: Source) -> Iterator[Fact]:
    """Under its year, and, late in it, under the next, whose first issue follows."""
    issue = source.issue
    key = ISSUE_KEY.fullmatch(issue.key) if issue else None
    if not issue or not key or not key["day"] or key["edition"]:
        return
    years = [int(key["year"]), *([int(key["year"]) + 1] if key["month"] == "12" else [])]
    for name, number in (("number", issue.number), ("total", issue.total)):
        told = f"{issue.key} {number}" + (_MADE if issue.status in edited() else "")
        if _RANGE.fullmatch(number):
            for year in years:
                yield source.fact("numbers", f"{year} {name}", told, source.where(number))


def _judge(key: str, facts: list[Fact]) -> Iterator[Diagnostic]:
    year = key.partition(" ")[0]
    for before, after in pairwise(sorted(facts, key=lambda fact: fact.told)):
        (day, number), earlier = _told(after), _told(before)[1]
        if not day.startswith(year) or before.told[:10] == day:
            continue
        last, first = _last(earlier), _first(number)
        near = (date.fromisoformat(day) - date.fromisoformat(before.told[:10])).days <= _NEAR
        told = {"number": number, "before": earlier, "day": before.told[:10]}
        if first <= last and first != 1:
            yield at("G762", after, **told)
        elif near and first > last + 1 and not after.told.endswith(_MADE):
            missing = f"{last + 1}" if first == last + 2 else f"{last + 1}—{first - 1}"
            yield at("G761", after, missing=missing, **told)


def _told(fact: Fact) -> tuple[str, str]:
    """Day and number of an issue."""
    day, _, number = fact.told.removesuffix(_MADE).partition(" ")
    return day, number


def _first(text: str) -> int:
    return int(re.findall(r"\d+", text)[0])


def _last(text: str) -> int:
    return int(re.findall(r"\d+", text)[-1])


CHECK = Check(("G761", "G762"), topic="numbers", facts=_facts, judge=_judge)
