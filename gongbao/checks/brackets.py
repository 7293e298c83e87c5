"""Quotes and brackets without a partner: 《》 “” （） 【】 〔〕 「」 『』."""

import re
from collections import Counter
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic

_CLOSING = {"》": "《", "”": "“", "）": "（", ")": "（", "】": "【", "〕": "〔", "」": "「", "』": "『"}
_OPENING = {"《", "“", "（", "(", "【", "〔", "「", "『"}
_PAIRED = {opening: closing for closing, opening in _CLOSING.items() if closing != ")"}
_SIGN = re.compile("[《》“”（）()【】〔〕「」『』]")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
# 1） and 甲） number what follows.
_NUMBERING = re.compile(r"(?:^|[\n\s。；;，,：:、|])[^\S\n]*(?:\d{1,3}|[a-zA-Zａ-ｚ一二三四五六七八九十甲乙丙丁①-⑳])$")


def _look(source: Source) -> Iterator[Diagnostic]:
    if not _SIGN.search(source.prose):
        return
    paragraphs = list(_PARAGRAPH.finditer(source.prose))
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else ""
        for at, sign, partner in _alone(paragraph[0], following):
            yield source.in_body("G711", paragraph.start() + at, sign=sign, partner=partner)


def _alone(text: str, following: str) -> Iterator[tuple[int, str, str]]:
    """Place, sign and missing partner of what has none in a paragraph."""
    open_: list[tuple[int, str]] = []
    opened: Counter[str] = Counter()
    for match in _SIGN.finditer(text):
        sign = match[0]
        if sign in _OPENING:
            open_.append((match.start(), "（" if sign == "(" else sign))
            opened[open_[-1][1]] += 1
        elif open_ and open_[-1][1] == _CLOSING[sign]:
            opened[open_.pop()[1]] -= 1
        elif sign not in "）)" or not _NUMBERING.search(text, max(0, match.start() - 12), match.start()):
            # One that was opened below what closes here has lost its own partner.
            if not opened[_CLOSING[sign]]:
                yield match.start(), sign, _CLOSING[sign]
                continue
            while open_[-1][1] != _CLOSING[sign]:
                at, mark = open_.pop()
                opened[mark] -= 1
                yield at, mark, _PAIRED[mark]
            opened[open_.pop()[1]] -= 1
    # A speech of several paragraphs opens its quotes on each and closes them on the last.
    goes_on = following.lstrip(" \u3000>").startswith("“")
    yield from ((at, mark, _PAIRED[mark]) for at, mark in open_ if not (mark == "“" and goes_on))


CHECK = Check(("G711",), _look)
