"""Slugs for Chinese names: word-level pinyin, and a digest where two names may sound alike."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Protocol

# Readings that a character has as a surname only (the library knows no surnames).
_SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "任": "ren", "区": "ou", "查": "zha", "朴": "piao",
    "盖": "ge", "华": "hua", "尹": "yin", "翟": "zhai", "覃": "qin", "缪": "miao", "乐": "yue", "宁": "ning",
    "折": "she", "黑": "he", "洗": "xian", "令": "ling", "员": "yun", "种": "chong", "繁": "po", "秘": "bi",
    "冼": "xian", "逄": "pang", "郇": "xun", "车": "che", "石": "shi", "重": "chong", "万俟": "mo-qi", "尉迟": "yu-chi",
    "长孙": "zhang-sun", "澹台": "tan-tai", "单于": "chan-yu", "令狐": "ling-hu",
}  # fmt: skip


class Memory(Protocol):
    """What remembers slugs from one build to the next."""

    def recall(self, text: str) -> str | None: ...

    def note(self, text: str, slug: str) -> None: ...


_memories: list[Memory] = []


@contextmanager
def remembering(memory: Memory) -> Iterator[None]:
    """What was spoken once is not spoken again: the library takes a quarter of a second to load, the tenth of a second
    build."""
    _memories.append(memory)
    try:
        yield
    finally:
        _memories.remove(memory)


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """`text` in word-level pinyin, small letters and hyphens: 工会动态 is gong-hui-dong-tai. May be empty."""
    for each in _memories:
        known = each.recall(text)
        if known is not None:
            return known
    spoken = _spoken(text)
    for each in _memories:
        each.note(text, spoken)
    return spoken


def _spoken(text: str) -> str:
    from pypinyin import Style, lazy_pinyin
    from slugify import slugify

    return slugify("-".join(lazy_pinyin(text, style=Style.NORMAL)), max_length=60, word_boundary=True)


@lru_cache(maxsize=65536)
def name_slug(name: str, person: bool = False) -> str:
    """A slug that hangs on `name` alone: its pinyin and four hexadecimal digits of its digest."""
    mark = hashlib.sha256(name.encode()).hexdigest()[:4]
    return "-".join(filter(None, (_person(name) if person else slug(name), mark)))


def initial(name: str, person: bool = False) -> str:
    """The letter under which an index lists `name`: a to z, or 0 for what has none."""
    first = (_person(name) if person else slug(name))[:1]
    return first if first.isalpha() else "0"


def syllables(name: str, person: bool = False) -> str:
    """The pinyin of `name` in one word, as people type it: zhangwei."""
    return syllables_of(_person(name) if person else slug(name))


def syllables_of(path: str) -> str:
    """The last step of a path of slugs in one word."""
    return path.rpartition("/")[2].replace("-", "")


def _person(name: str) -> str:
    for length in (2, 1):
        reading = _SURNAMES.get(name[:length])
        if reading and length < len(name) <= length + 2:
            return f"{reading}-{slug(name[length:])}"
    return slug(name)
