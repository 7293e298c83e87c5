"""Words as many and as unequal as a newspaper's, for texts whose pairs of characters are as many as in real ones.

Words come from the dictionary of pinyin and from the table of regions; which of them are frequent is chance. Few are
in every article and most in hardly any (Zipf's law). The index of 10,000 such articles has 1.2 bytes a character, that
of real news had 1.0.
"""

import random
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from pypinyin.phrases_dict import phrases_dict

from gongbao.regions import regions

_LONG = 8000
"""How many of the dictionary's words are longer than two characters."""
_FLAT, _STEEP = 8, 1.35
"""How much less frequent than the law says the most frequent words are, and how much less the rare ones."""
_POOL = 100_000
"""How many different sentences there are: as many as 8,000 articles have."""
_LITTLE = ["的", "的", "的", "了", "在", "和", "是", "为", "与", "对", "将", "把", "从", "向", "被", "等", "也", "就"]
_MARKS = "，，，，，；、"


@cache
def _words() -> tuple[Sequence[str], Sequence[float]]:
    chance = random.Random(1)
    short = sorted(word for word in phrases_dict if len(word) == 2)
    long = chance.sample(sorted(word for word in phrases_dict if 2 < len(word) < 6), _LONG)
    places = chance.sample(sorted({each.name for each in regions()}), 3000)
    words = [*short, *long, *places]
    # A place or a saying is rarer than a word of two characters.
    words.sort(key=lambda word: chance.random() * (1 if len(word) == 2 else 4))
    return words, list(accumulate((rank + _FLAT) ** -_STEEP for rank in range(len(words))))


@lru_cache(_POOL)
def _sentence(number: int) -> str:
    chance = random.Random(number)
    words, weights = _words()
    parts: list[str] = []
    for word in chance.choices(words, cum_weights=weights, k=chance.randrange(6, 22)):
        parts.append(word)
        if chance.random() < 0.3:
            parts.append(chance.choice(_LITTLE))
        elif chance.random() < 0.15:
            parts.append(chance.choice(_MARKS))
    return "".join(parts).rstrip(_MARKS) + "。"


def sentences(chance: random.Random, length: int) -> Iterator[str]:
    """Sentences until `length` characters are written."""
    while length > 0:
        sentence = _sentence(int(chance.random() * _POOL))
        length -= len(sentence)
        yield sentence
