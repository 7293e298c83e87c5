"""The language of queries: words that must all occur, "exact words", -without, OR, key:value, dates."""

import re
from dataclasses import dataclass

from gongbao.search.fold import fold
from gongbao.text import parse_date

_KEYS = {
    "c": ("column", "栏目"),
    "a": ("author", "作者"),
    "r": ("region", "地区"),
    "d": ("date", "日期"),
    "l": ("leaf", "版", "版次"),
    "k": ("kind", "体裁"),
    "t": ("tag", "标签"),
    "s": ("series", "专题"),
    "p": ("photo", "图片"),
}
_LETTERS = {name: letter for letter, names in _KEYS.items() for name in names}
_YES, _NO = ("yes", "有", "是", "1"), ("no", "无", "否", "0")
_MINUS = ("-", "－", "−")
_OR = ("OR", "|", "或")
_QUOTED = '["“”„＂]'
_ATOM = re.compile(
    rf"(?P<minus>[-－−](?=\S))?(?:(?P<key>[^\s\"“”„＂:：]+)[:：](?=\S))?"
    rf"(?:{_QUOTED}(?P<quoted>[^\"“”„＂]*)(?:{_QUOTED}|$)|(?P<plain>[^\s\"“”„＂]+))"
)
_RANGE = re.compile(r"\s*(?:\.{2,}|~|至|到)\s*")
_YEAR = re.compile(r"([12]\d{3})年?")
END = "~"
"""Sorts behind all that begin alike: the end of a day, month or year."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand somewhere in one passage, folded."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an article: the letter of what it is, and the value, folded."""

    letter: str
    value: str


@dataclass(frozen=True, slots=True)
class Dates:
    """A time: `since` <= date < `until`, as strings; either may be empty."""

    since: str
    until: str


Atom = Text | Value | Dates


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: one atom of each group, and none of those `without`."""

    groups: tuple[tuple[Atom, ...], ...]
    without: tuple[Atom, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are to be marked."""
        return tuple(atom.text for group in self.groups for atom in group if isinstance(atom, Text))


def parse(query: str) -> Query:
    """What somebody typed."""
    groups: list[tuple[Atom, ...]] = []
    without: list[Atom] = []
    joins = can_join = False
    for match in _ATOM.finditer(query):
        if match[0] in _OR:
            joins = can_join
            continue
        atom, is_not = _atom(match) if match[0] not in _MINUS else (None, False)
        if atom is None:
            continue
        if is_not:
            without.append(atom)
            joins = can_join = False
            continue
        if joins:
            groups[-1] = (*groups[-1], atom)
        else:
            groups.append((atom,))
        joins, can_join = False, True
    return Query(tuple(groups), tuple(without))


def _atom(match: re.Match[str]) -> tuple[Atom | None, bool]:
    told = match["quoted"] if match["quoted"] is not None else match["plain"]
    is_not = bool(match["minus"])
    letter = _LETTERS.get(fold(match["key"]).strip(), "") if match["key"] else ""
    value = fold(told).strip()
    if letter == "p" and value in _YES + _NO:
        return Value("p", "1"), is_not != (value in _NO)
    if letter == "d" and (dates := _dates(told)):
        return dates, is_not
    if letter and letter not in "dp" and value:
        return Value(letter, value), is_not
    text = fold(f"{match['key']}:{told}" if match["key"] else told).strip()
    return (Text(text) if text else None), is_not


def _dates(told: str) -> Dates | None:
    ends = [_date(each) if each else "" for each in _RANGE.split(fold(told).strip(), maxsplit=1)]
    if None in ends or not any(ends):
        return None
    return Dates(ends[0] or "", ends[-1] + END if ends[-1] else "")


def _date(told: str) -> str | None:
    year = _YEAR.fullmatch(told.strip())
    return year[1] if year else parse_date(told)
