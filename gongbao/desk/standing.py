"""Which addresses of articles, leaves and issues stand, given the facts of the sources."""

from collections.abc import Iterable

from gongbao.desk.shelf import Facts
from gongbao.read import kind_of
from gongbao.text import is_issue_key


def standing(found: Iterable[tuple[str, Facts]]) -> set[str]:
    """The addresses at which readers find something."""
    addresses: set[str] = set()
    for source, facts in found:
        if not facts.address or not facts.shown:
            continue
        addresses.add(facts.address)
        if is_issue_key(facts.issue) and kind_of(source) != "standing":
            issue = issue_address(facts.issue)
            leaves = filter(None, (facts.leaf, *facts.parts))
            addresses |= {issue, *(f"{issue}{leaf}/" for leaf in leaves)}
    return addresses


def issue_address(key: str) -> str:
    """The address of an issue."""
    return f"/issues/{key}/"


def leaf_address(facts: Facts) -> str:
    """The address of the leaf that an article stands on."""
    return f"{issue_address(facts.issue)}{facts.leaf}/"
