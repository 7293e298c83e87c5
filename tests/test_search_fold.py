"""One writing of many: the cases that the client shares, and what must hold for any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.search.fold import fold, fold_positions, traditional

CASES = json.loads((Path(__file__).parent / "cases" / "search" / "fold.json").read_text("utf-8"))
TEXTS = st.text(
    st.one_of(
        st.sampled_from("工会王震 　\n\t,，.。0123456789aBcİςΣ〇○國学ｱﾞﾊﾟ５Ｇ\u0301\u0327\u3099\u200b①½ﬁ가\u1161㈱"),
        st.characters(codec="utf-8"),
    )
)


@pytest.mark.parametrize("case", CASES, ids=[each["input"] for each in CASES])
def test_cases(case: dict[str, object]) -> None:
    assert fold_positions(str(case["input"])) == (case["folded"], case["positions"])
    assert fold(str(case["input"])) == case["folded"]


@given(TEXTS)
def test_folded_once_is_folded_for_good(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_positions_belong_to_the_same_folding(text: str) -> None:
    folded, places = fold_positions(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert places == sorted(places)
    assert not places or (places[0] >= 0 and places[-1] < len(text))


@given(TEXTS, TEXTS)
def test_passages_fold_by_themselves_in_a_text_of_many(one: str, other: str) -> None:
    one, other = one.replace("\0", ""), other.replace("\0", "")
    assert fold(f"{one}\0{other}") == f"{fold(one)}\0{fold(other)}"


def test_the_table_leads_to_its_end() -> None:
    table = traditional()
    assert not table.keys() & set(table.values())
    assert list(table) == sorted(table)
    assert table["國"] == "国"
