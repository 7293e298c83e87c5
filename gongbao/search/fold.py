"""One writing of many: width, case, thousands commas, traditional characters, spaces between Han. The client does the
same; tests/cases/search/fold.json holds both to it."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

HAN = r"\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Han characters, by ranges of our own, for those of Unicode's script grow with its versions."""
_WHITE = r"[\t-\r\x1c-\x20\x85\u1680\u2028\u2029\u200b-\u200d\u2060\ufeff]"
_SPACED = re.compile(rf"{_WHITE}+")
_BETWEEN = re.compile(rf" (?<=[{HAN}] )(?=[{HAN}])")
_LISTED = re.compile(r"[0-9]+(?:,[0-9]+)+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_JOINS = re.compile(r"[\u1160-\u11ff\u3131-\u318e\uff9e\uff9f\uffa0-\uffdc]")
"""What a character before may grow together with, beside combining marks."""
_ALWAYS = {"ς": "σ", "〇": "零", "○": "零", "◯": "零"}
TABLE = Path(__file__).parent.parent / "data" / "traditional.txt"


@cache
def traditional() -> dict[str, str]:
    """Traditional characters, and the simplified one of each."""
    return {line[0]: line[1] for line in TABLE.read_text("utf-8").split("\n") if line}


@cache
def _mapped() -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    table = _ALWAYS | traditional()
    plane = "".join(each for each in table if each < "\U00010000")  # of the others each would be tried in turn
    return re.compile(f"[{plane}\U00020000-\U0003ffff]"), lambda match: table.get(match[0], match[0])


def fold(text: str) -> str:
    """`text` as it is indexed and asked for."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("İ", "i")
    text = text.lower()
    if not text.isascii():
        mapped, to = _mapped()
        text = mapped.sub(to, text)
    text = _LISTED.sub(_without_commas, text)
    return _BETWEEN.sub("", _SPACED.sub(" ", text))


def _without_commas(match: re.Match[str]) -> str:
    return match[0].replace(",", "") if _GROUPED.fullmatch(match[0]) else match[0]


def fold_positions(text: str) -> tuple[str, list[int]]:
    """`text` folded, and for each character of that the index of the one in `text` that it comes from."""
    characters: list[tuple[str, int]] = []
    for start, cluster in _clusters(text):
        characters += [(each, start) for each in fold(f"\0{cluster}\0")[1:-1]]
    folded = "".join(each for each, _ in characters)
    kept = [True] * len(folded)
    for match in _LISTED.finditer(folded):
        for at in range(*match.span()) if _GROUPED.fullmatch(match[0]) else ():
            kept[at] = folded[at] != ","
    characters = [each for each, keep in zip(characters, kept, strict=True) if keep]
    return _unspaced(characters)


def _unspaced(characters: list[tuple[str, int]]) -> tuple[str, list[int]]:
    """Runs of white space as one, none between Han characters: what was white is a space by now."""
    single = [each for at, each in enumerate(characters) if each[0] != " " or not at or characters[at - 1][0] != " "]
    text = "".join(each for each, _ in single)
    dropped = {match.start() for match in _BETWEEN.finditer(text)}
    kept = [each for at, each in enumerate(single) if at not in dropped]
    return "".join(each for each, _ in kept), [at for _, at in kept]


def _clusters(text: str) -> list[tuple[int, str]]:
    """Where each character begins that Unicode's folding may look at as a whole, and it."""
    starts = [at for at, each in enumerate(text) if not at or not _joins(each)]
    return [(start, text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=False)]


def _joins(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or _JOINS.match(character) is not None


def is_han(character: str) -> bool:
    """Whether a character is Han."""
    return _HAN.match(character) is not None


_HAN = re.compile(f"[{HAN}]")
