"""Characters that nobody sees and that part words: zero width, soft hyphens, marks of direction."""

from collections.abc import Iterator

from gongbao.characters import LEFT_OUT
from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic


def _look(source: Source) -> Iterator[Diagnostic]:
    """What reading leaves out without a word may still be mended in the file."""
    if source.text.isascii():
        return
    for match in LEFT_OUT.finditer(source.text):
        yield source.found("G701", match.start(), old=match[0], new="", char=f"U+{ord(match[0]):04X}")


CHECK = Check(("G701",), _look)
