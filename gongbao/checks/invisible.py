"""Characters that nobody sees and that part words for search: zero width, soft hyphens, marks of direction."""

import re
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic

# U+200D and U+200C join and part the signs of other scripts and pictures; between Han they mean nothing.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]|(?<=[\u2e80-\u9fff])[\u200c\u200d]")


def _look(source: Source) -> Iterator[Diagnostic]:
    if source.text.isascii():
        return
    for match in _UNSEEN.finditer(source.text):
        yield source.found("G701", match.start(), old=match[0], new="", char=f"U+{ord(match[0]):04X}")


CHECK = Check(("G701",), _look)
