"""Characters in another form than readers type them: parted accents, radicals and compatibility forms for Han."""

import re
from collections.abc import Iterator

from gongbao.characters import clean
from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic

# Radicals and compatibility ideographs look like the usual characters; reading puts those without a word.
_FORM = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]|[^\n\u0300-\u036f][\u0300-\u036f]+")


def _look(source: Source) -> Iterator[Diagnostic]:
    if source.text.isascii():
        return
    for match in _FORM.finditer(source.text):
        new = clean(match[0])
        if new != match[0]:
            yield source.found("G702", match.start(), old=match[0], new=new, char=f"U+{ord(match[0][0]):04X}")


CHECK = Check(("G702",), _look)
