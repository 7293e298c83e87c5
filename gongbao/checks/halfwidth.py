"""Half-width punctuation between Han characters."""

import re
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic
from gongbao.text import HAN

_SIDE = rf"[{HAN}》”’）)】」』]"
_MARK = re.compile(rf"(?<={_SIDE})(?:[,;:?!](?=[{HAN}《“‘（【「『])|[,;?!](?=\n|\Z))")
_PAIR = re.compile(rf"(?<=[{HAN}])(\()([^()\n]*+)(\))")
_HAN = re.compile(rf"[{HAN}]")
_LINE = re.compile(r"[^\n]+")
_ANY = re.compile(r"[,;:?!(]")
_LATIN = re.compile(rf"[{HAN})\]][.,] ")
"""A line of Latin punctuation all through, such as a citation, is meant so."""
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")


def _look(source: Source) -> Iterator[Diagnostic]:
    prose = source.prose
    for line in _LINE.finditer(prose) if _ANY.search(prose) else ():
        if not _LATIN.search(line[0]):
            for at in sorted(_places(prose, *line.span())):
                yield source.in_body("G704", at, old=prose[at], new=prose[at].translate(_WIDE))


def _places(prose: str, start: int, end: int) -> Iterator[int]:
    """Where a mark of the wrong width stands on a line."""
    yield from (match.start() for match in _MARK.finditer(prose, start, end))
    # Both of a pair, so that none is left with a partner of another width.
    for match in _PAIR.finditer(prose, start, end):
        if _HAN.search(match[2]):
            yield from (match.start(1), match.start(3))


CHECK = Check(("G704",), _look)
