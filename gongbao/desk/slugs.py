"""The pinyin name of an article's file: the first words of its headline, places and people read as they are called."""

import re
from functools import lru_cache

from gongbao import pinyin, regions
from gongbao.text import HAN

LENGTH = 30
"""About how many letters it has."""
_LEAST = 8
"""How many letters a first clause has to have to stand for the whole."""
_PIECE = re.compile(rf"[{HAN}]+|[0-9A-Za-z]+(?:[.%][0-9]+)*|[^{HAN}0-9A-Za-z]+")
_PAUSE = re.compile(r"[，。：；！？、…—,:;!?\s\u3000]")
_NAMES = "单曾仇"
"""Characters that are read otherwise where they begin a person's name."""
_NO_NAMES = {
    "单": "亲身价笔人日月位项独纯方一个次件家户车双边调据元词薄程衣",
    "曾": "获任是在有被为经因以用与从到当做说想几多不",
    "仇": "恨视敌杀怨富人家",
}  # fmt: skip
"""What follows them in other words."""


def headline_slug(title: str, overrides: dict[str, str], people: tuple[str, ...] = ()) -> str:
    """A slug for a headline; `overrides` say how names in it are written, `people` are known to be named in it."""
    parts: list[str] = []
    pauses: list[int] = []
    for piece in _spoken(" ".join(title.split()), overrides, people):
        if piece:
            parts.append(piece)
        elif parts:
            pauses.append(len(parts))
    return _first(parts, pauses)


def _first(parts: list[str], pauses: list[int]) -> str:
    """The first words, at a pause where there is a good one."""
    count = 0
    while count < len(parts) and len("-".join(parts[: count + 1])) <= LENGTH:
        count += 1
    if count < len(parts):
        clauses = [pause for pause in pauses if pause <= count and len("-".join(parts[:pause])) >= _LEAST]
        count = clauses[-1] if clauses else count
    return "-".join(parts[:count]) or "-".join(parts)[:LENGTH].strip("-")


def _spoken(title: str, overrides: dict[str, str], people: tuple[str, ...]) -> list[str]:
    """The words of a title in pinyin, an empty one for a pause."""
    found: list[str] = []
    for piece in _PIECE.findall(title):
        if re.match(rf"[{HAN}]", piece):
            found += _han(piece, not found, overrides, people)
        elif piece[0].isalnum():
            found.append(pinyin.slug(piece))
        elif _PAUSE.search(piece):
            found.append("")
    return found


def _han(text: str, first: bool, overrides: dict[str, str], people: tuple[str, ...]) -> list[str]:
    """A run of Han characters: names that are known, then words."""
    names = {name: pinyin.person_slug(name) for name in people} | _places(text) | overrides
    known = [name for name in names if name and name in text]
    if known:
        name = max(known, key=lambda each: (len(each), -text.index(each)))
        before, _, after = text.partition(name)
        return [
            *(_han(before, first, overrides, people) if before else ()),
            names[name],
            *(_han(after, False, overrides, people) if after else ()),
        ]
    words = pinyin.words(text)
    if first and words[0] in _NAMES and text[1:2] not in _NO_NAMES[words[0]]:
        return [pinyin.person_slug(text[:2]).split("-")[0], *_each(pinyin.words(text[1:]))]
    return _each(words)


def _each(words: list[str]) -> list[str]:
    return [spoken for word in words if (spoken := pinyin.slug(word))]


def _places(text: str) -> dict[str, str]:
    """The places that a text names in full, as they are called there: 长安区 is chang-an-qu."""
    called = _called()
    spans = ((start, end) for start in range(len(text)) for end in range(start + 3, min(len(text), start + 8) + 1))
    return {name: called[name] for start, end in spans if (name := text[start:end]) in called}


@lru_cache(maxsize=1)
def _called() -> dict[str, str]:
    """Cities and counties by their full names; a province has a slug of its own kind (shaanxi)."""
    return {
        each.name: f"{each.slug}-{pinyin.slug(each.name[-1])}"
        for each in regions.regions()
        if each.level > 1 and each.name[:-1] == each.short and len(each.name) > 2
    }
