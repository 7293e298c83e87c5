"""Characters that come along with pasting and mean nothing are left out; those that tell of lost text are found."""

import re
import unicodedata
from collections.abc import Iterator

from gongbao.text import WIDE, nfc

CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff"
# Written out, for they are stripped as well as put into patterns.
SPACES = " \t\u3000\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
)

_JOINER = rf"(?<=[\x00-\x7f{WIDE}])[\u200c\u200d]"  # between signs of a script that needs it, or emoji, it stays
LEFT_OUT = re.compile(rf"[{UNSEEN}]|{_JOINER}")
_C1 = re.compile("[\x80-\x9f]")
_RADICAL = re.compile("[\u2e80-\u2fd5]")
_LINE_SIGN = re.compile("[\u2028\u2029\x0b\x0c]")  # Word's line break within a paragraph is the third
_CONTROL = re.compile(f"[{CONTROL}]")
_PRIVATE = r"\ue000-\uf8ff\U000f0000-\U0010fffd"
# 锟 and 烫 stand for runs of them that a wrong conversion leaves behind.
_ODD = re.compile(rf"[{CONTROL}\x80-\x9f{UNSEEN}\u200c\u200d\u2e80-\u2fd5{_PRIVATE}\ufffd锟烫]")
_DOUBTFUL = re.compile(
    rf"(?P<private>[{_PRIVATE}])|(?P<control>(?![\u2028\u2029\x0b\x0c])[{CONTROL}])|(?P<lost>\ufffd+|(?:锟斤拷)+|烫烫烫+)"
)

# Radicals that PDF files give in place of the characters that look the same, and that no normal form knows.
_ALIKE = dict(
    zip(
        "⺁⺌⺓⺠⺡⺮⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "厂小幺民水竹肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)


def is_odd(text: str) -> bool:
    """Whether `text` has any character that `clean` leaves out or that is to be told of."""
    return _ODD.search(text) is not None


def is_plain(text: str) -> bool:
    """Whether `clean` would give `text`, and any part of it, back as it is."""
    return unicodedata.is_normalized("NFC", text) and not is_odd(text)


def clean(text: str) -> str:
    """`text` in composed form, without unseen characters, with real characters for radicals and old quotation marks."""
    composed = nfc(text)
    return _cleaned(composed) if is_odd(composed) else composed


def _cleaned(text: str) -> str:
    text = _CONTROL.sub("", _LINE_SIGN.sub("\n", _C1.sub(_from_windows, text)))
    return _RADICAL.sub(_from_radical, LEFT_OUT.sub("", text))


def same_length(text: str) -> str:
    """`text` with Windows' old Latin signs mended and no line ends but plain ones, so that no place in it moves."""
    return _LINE_SIGN.sub(" ", _C1.sub(_from_windows, text))


def _from_windows(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("cp1252")
    except UnicodeDecodeError:
        return match[0]


def _from_radical(match: re.Match[str]) -> str:
    return _ALIKE.get(match[0]) or unicodedata.normalize("NFKC", match[0])


def doubtful(text: str) -> Iterator[tuple[str, int, str]]:
    """The code, place and name of each run of characters that tells of lost text, or of a font of its own."""
    for match in _DOUBTFUL.finditer(text):
        if match["private"]:
            yield "G121", match.start(), f"U+{ord(match[0]):04X}"
        elif match["control"]:
            yield "G124", match.start(), f"U+{ord(match[0]):04X}"
        else:
            yield "G122", match.start(), match[0][:6]
