"""Characters in another form than readers type them: parted accents, radicals and compatibility forms for Han."""

import re
import unicodedata
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic

# Radicals and compatibility ideographs look like the usual characters, and no search finds them.
_FORM = re.compile("[\u2f00-\u2fd5\uf900-\ufaff]|[^\n\u0300-\u036f][\u0300-\u036f]+")


def _look(source: Source) -> Iterator[Diagnostic]:
    if source.text.isascii():
        return
    for match in _FORM.finditer(source.text):
        new = unicodedata.normalize("NFKC" if len(match[0]) == 1 else "NFC", match[0])
        if new != match[0]:
            yield source.found("G702", match.start(), old=match[0], new=new, char=f"U+{ord(match[0][0]):04X}")


CHECK = Check(("G702",), _look)
