"""What somebody types is understood as the client understands it: the cases are shared."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from gongbao.search.language import Atom, Dates, parse

CASES = json.loads((Path(__file__).parent / "cases" / "search" / "queries.json").read_text("utf-8"))


def _told(atom: Atom) -> dict[str, str]:
    return {"from": atom.since, "to": atom.until} if isinstance(atom, Dates) else asdict(atom)


@pytest.mark.parametrize("case", CASES, ids=[each["query"] for each in CASES])
def test_cases(case: dict[str, object]) -> None:
    query = parse(str(case["query"]))
    assert [[_told(atom) for atom in group] for group in query.groups] == case["groups"]
    assert [_told(atom) for atom in query.without] == case["not"]
