"""Half-width punctuation between Han characters."""

import re
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic
from gongbao.text import HAN

_SIDE = rf"[{HAN}》”’）)】」』]"
_MARK = re.compile(rf"(?<={_SIDE})(?:[,;:?!](?=[{HAN}《“‘（【「『])|[,;?!](?=\n|\Z))")
_PAIR = re.compile(rf"(?<=[{HAN}])(\()[^()\n]*[{HAN}][^()\n]*(\))")
_ANY = re.compile(r"[,;:?!(]")
_LATIN = re.compile(rf"[{HAN})\]][.,] ")
"""A line of Latin punctuation all through, such as a citation, is meant so."""
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")


def _look(source: Source) -> Iterator[Diagnostic]:
    prose = source.prose
    if not _ANY.search(prose):
        return
    places = {match.start() for match in _MARK.finditer(prose)}
    # Both of a pair, so that none is left with a partner of another width.
    places |= {match.start(side) for match in _PAIR.finditer(prose) for side in (1, 2)}
    for at in sorted(places):
        if not _LATIN.search(prose, prose.rfind("\n", 0, at) + 1, _end(prose, at)):
            yield source.in_body("G704", at, old=prose[at], new=prose[at].translate(_WIDE))


def _end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


CHECK = Check(("G704",), _look)
