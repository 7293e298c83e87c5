"""How much a test run does: the quick counts of every day, or the full ones of `make prove`."""

import os

PROVE = os.environ.get("GONGBAO_PROVE", "") not in ("", "0")
ACCEPT = os.environ.get("GONGBAO_ACCEPT", "") not in ("", "0")

EXAMPLES = {"quick": 60, "prove": 2000}
"""How many examples each property is tried with, by Hypothesis profile."""


def counts(quick: int, full: int) -> int:
    """How many cases a test tries: `quick` every day, `full` when proving."""
    return full if PROVE else quick
