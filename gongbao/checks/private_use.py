"""Characters of a typesetter's own font, which other machines show as empty boxes."""

import re
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic

_OWN = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd\ufffd]")


def _look(source: Source) -> Iterator[Diagnostic]:
    if source.text.isascii():
        return
    for match in _OWN.finditer(source.text):
        yield source.found("G703", match.start(), char=f"U+{ord(match[0]):04X}")


CHECK = Check(("G703",), _look)
