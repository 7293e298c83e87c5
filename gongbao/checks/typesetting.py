"""What the printed leaf said of itself and a text has no use for: its editors, its running head."""

import re
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic

_WORDS = r"(?:本版)?(?:责任编辑|责编|版式设计|版式|美术编辑|美编|组版|校对|值班编委|值班主任)"
_EDITORS = re.compile(
    rf"^[ \u3000*■●（(\[【]*(?:本版(?:编辑|责编|责任编辑|校对)|{_WORDS})[ \u3000]*[：:/／|｜ \u3000][^\n。]{{1,40}}$",
    re.MULTILINE,
)
_HEAD = re.compile(
    r"^[ \u3000*]*[12]\d{3}年\d{1,2}月\d{1,2}日[ \u3000]*(?:星期[一二三四五六日天][ \u3000]*)?"
    r"(?:第?[0-9A-Za-z]{1,3}版|第[一二三四五六七八九十]+版)[^\n。，]{0,20}$",
    re.MULTILINE,
)


def _look(source: Source) -> Iterator[Diagnostic]:
    if source.kind != "article":
        return
    for pattern in (_EDITORS, _HEAD):
        for match in pattern.finditer(source.prose):
            text = match[0]
            yield source.in_body("G712", match.end() - len(text.lstrip(" \u3000")), text=text.strip()[:30])


CHECK = Check(("G712",), _look)
