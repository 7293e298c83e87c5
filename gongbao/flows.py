"""Lists and mappings in brackets, as editors type them, to YAML's; and the keys by which they are known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_WIDE_SIGNS = str.maketrans("［］｛｝", "[]{}")
_MOST = 200
"""How many brackets a value may have to be mended."""
_COMMA = "，,;；、"
_OPENERS = ("[", "{", "［", "｛")
_CLOSERS = ("]", "}", "］", "｝")
_SPACES = " \u3000"
_NEAR = 8
"""How many characters around a sign are looked at."""
_CLOSED = re.compile(r"[\]}］｝][ \u3000]*$")
_SAFE = re.compile(r"[^\[\]{},:#&*!|>'\"%@`?\-][^\[\]{},#]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a mended line, and the column (from 0) at which it was typed."""

    text: str
    at: int


@dataclass(frozen=True)
class Keys:
    """The keys that a form takes: all, those of the top, those that hold lists or mappings, those of any text, those
    below which editors choose the names."""

    every: frozenset[str]
    top: frozenset[str]
    holders: frozenset[str]
    prose: frozenset[str]
    free: frozenset[str]

    @cached_property
    def pattern(self) -> str:
        """A pattern of every key, in any case and with spaces inside, the longest first."""
        return "|".join(_loose(each) for each in sorted(self.every, key=lambda each: (-len(each), each)))

    @cached_property
    def _plain(self) -> dict[str, str]:
        return {plain_key(each): each for each in self.every}

    def named(self, typed: str) -> str:
        """The key that was typed."""
        return self._plain.get(plain_key(typed), typed)

    @cached_property
    def in_flow(self) -> re.Pattern[str]:
        """Where a pair begins inside braces."""
        return re.compile(rf"(?:^|[{_COMMA}])\s*[\"']?({self.pattern})[\"']?\s*[:：﹕∶]\s*", re.IGNORECASE)


class _AnyKeys(Keys):
    @cached_property
    def pattern(self) -> str:
        return rf"[^\s:：﹕∶{_COMMA}\[\]{{}}［］｛｝\"'][^:：﹕∶{_COMMA}\[\]{{}}［］｛｝\"']*?"


def plain_key(typed: str) -> str:
    """A key without the differences that mean nothing: case, spaces, hyphens."""
    return re.sub(r"[\s_\-\u200b\u00ad\ufeff]+", "", typed).casefold()


def _loose(key: str) -> str:
    if key.isascii():
        return r"[_\- ]?".join(map(re.escape, key.split("_")))
    return r"[ \u3000\u00a0\u200b]*".join(map(re.escape, key))


def mend_flow(text: str, at: int, keys: Keys) -> list[Piece]:
    """A value that begins with a bracket, as YAML writes it; as it is where its brackets do not match."""
    pieces: list[Piece] = []
    if sum(text.count(sign) for sign in "[{［｛") > _MOST:
        return [Piece(text, at)]
    if _split_flow(text) is not None:
        _write(text, 0, len(text), at, keys, pieces)
    elif text[0] in "{｛" and len(_split_flow(f"[{text}]") or ()) > 1:  # several mappings that no list encloses
        _write_list(f"[{text}]", 0, len(text) + 1, at - 1, keys, pieces)
    return pieces or [Piece(text, at)]


def _split_flow(text: str) -> list[tuple[int, int]] | None:
    """Begin and end of what stands between the commas inside the outer brackets; None where they do not match."""
    stack: list[str] = []
    parts, start, quote = [], 1, ""
    for place, char in enumerate(text):
        sign = char.translate(_WIDE_SIGNS)
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and text[start:place].strip(" \u3000") in ("", "-"):
            quote = char
        elif sign in "[{":
            if len(stack) == 1 and _CLOSED.search(text, start, place):
                parts.append((start, place))
                start = place
            stack.append("]" if sign == "[" else "}")
        elif sign in "]}":
            if not stack or stack.pop() != sign:
                return None
            if not stack:
                parts.append((start, place))
                return parts if not text[place + 1 :].split("#", maxsplit=1)[0].strip() else None
        elif len(stack) == 1 and (char in ",，;；" or (char == "、" and _is_between(text, place))):
            parts.append((start, place))
            start = place + 1
    return None


def _is_between(text: str, place: int) -> bool:
    """Whether a bracket ends before a sign, or one begins behind it."""
    before, after = text[max(0, place - _NEAR) : place], text[place + 1 : place + 1 + _NEAR]
    return before.rstrip(_SPACES)[-1:] in _CLOSERS or after.lstrip(_SPACES)[:1] in _OPENERS


def _write(text: str, begin: int, end: int, at: int, keys: Keys, pieces: list[Piece]) -> None:
    inner = text[begin:end]
    closing = max(inner.rfind(sign) for sign in "]}］｝")
    if inner[0].translate(_WIDE_SIGNS) == "{":
        _write_mapping(text, begin, begin + closing, at, keys, pieces)
    else:
        _write_list(text, begin, begin + closing, at, keys, pieces)
    if begin + closing + 1 < end:
        pieces.append(Piece(text[begin + closing + 1 : end], at + begin + closing + 1))


def _write_list(text: str, begin: int, closing: int, at: int, keys: Keys, pieces: list[Piece]) -> None:
    pieces.append(Piece("[", at + begin))
    parts = _split_flow(text[begin : closing + 1]) or []
    for number, (start, stop) in enumerate(parts):
        if number:
            pieces.append(Piece(", ", at + begin + start - 1))
        _write_value(text, begin + start, begin + stop, at, keys, pieces)
    pieces.append(Piece("]", at + closing))


def _write_mapping(text: str, begin: int, closing: int, at: int, keys: Keys, pieces: list[Piece]) -> None:
    """Each pair begins with a known key after a comma; any other comma belongs to the value before it."""
    inner = text[begin + 1 : closing]
    found = _pairs(inner, keys)
    if not found or inner[: found[0].start()].strip():
        pieces.append(Piece(text[begin : closing + 1].translate(_WIDE_SIGNS), at + begin))
        return
    pieces.append(Piece("{", at + begin))
    for number, match in enumerate(found):
        if number:
            pieces.append(Piece(", ", at + begin + 1 + match.start()))
        pieces.append(Piece(keys.named(match[1]) + ": ", at + begin + 1 + match.start(1)))
        stop = found[number + 1].start() if number + 1 < len(found) else len(inner)
        _write_value(text, begin + 1 + match.end(), begin + 1 + stop, at, keys, pieces)
    pieces.append(Piece("}", at + closing))


def _pairs(inner: str, keys: Keys) -> list[re.Match[str]]:
    """Where each pair of a mapping begins: a key that stands in no bracket of its own."""
    found, depth, at = [], 0, 0
    for match in keys.in_flow.finditer(inner):
        for char in inner[at : match.start()]:
            depth += (char in "[{［｛") - (char in "]}］｝")
        at = match.start()
        if depth == 0:
            found.append(match)
    return found


def _write_value(text: str, begin: int, end: int, at: int, keys: Keys, pieces: list[Piece]) -> None:
    value = text[begin:end]
    start = begin + len(value) - len(value.lstrip())
    value = value.strip()
    deep = sum(value.count(sign) for sign in "[{［｛") > _MOST
    if value and value[0] in "[{［｛" and not deep and _split_flow(value) is not None:
        _write(text, start, start + len(value), at, keys, pieces)
    elif not value or _is_safe(value):
        pieces.append(Piece(value, at + start))
    else:
        pieces.append(Piece("'" + value.replace("'", "''") + "'", at + start))


def _is_safe(value: str) -> bool:
    whole = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" and value[0] not in value[1:-1]
    return whole or bool(_SAFE.fullmatch(value) and ": " not in value and not value.endswith(":"))


NO_KEYS: frozenset[str] = frozenset()
ANY_KEYS: Keys = _AnyKeys(NO_KEYS, NO_KEYS, NO_KEYS, NO_KEYS, NO_KEYS)
"""The keys of a mapping whose names editors choose."""


def keys_of(
    names: Iterable[str], top: Iterable[str], holders: Iterable[str], prose: Iterable[str], free: Iterable[str]
) -> Keys:
    """The keys of a form."""
    return Keys(frozenset(names), frozenset(top), frozenset(holders), frozenset(prose), frozenset(free))
