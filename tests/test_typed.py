"""What editors type: a corpus of sources as they lie on the disk, and what comes of each."""

import pytest

from tests import typed

CASES = list(typed.cases())


def test_there_are_many_and_each_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 150
    assert len({(case.file, case.name) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file.stem}: {case.name}" for case in CASES])
def test_what_was_typed(case: typed.Case, accept: bool) -> None:
    if accept:
        typed.accept(case)
        return
    assert typed.told(case) == case.expected
