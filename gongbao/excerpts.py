"""A line of a source as a terminal shows it, cut round a place and with a caret under it; Han are two columns wide."""

import re
import unicodedata

_CONTROL = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_TURNS = {code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_STEERING = _CONTROL | _TURNS
"""Characters that steer a terminal, end a line or turn its direction, as they are shown."""
_NUMBER = re.compile(r"\d(?:[ -]?\d){7,}(?=[ -]?[\dXx]{2})")
_TAB = "    "
_CUT = "…"
BOLD, DIM, RED, YELLOW, GREEN = 1, 2, 31, 33, 32
"""Colours, as terminals number them."""


def painted(colour: int, text: str, coloured: bool = True) -> str:
    """`text` in a colour, where there are to be colours."""
    return f"\x1b[{colour}m{text}\x1b[0m" if coloured else text


def shown(text: str) -> str:
    """`text` on one line, without power over the terminal."""
    return text.translate(_STEERING)


def visible(text: str) -> str:
    """`text` on one line, with what nobody would see by its number."""
    return "".join(map(_piece, text))


def hidden(line: str) -> str:
    """`line`, as long as it is, without the middle of its long numbers: a log is public, too."""
    return _NUMBER.sub(lambda found: found[0][:3] + re.sub(r"\d", "*", found[0][3:]), line)


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return sum(map(_columns, text))


def excerpt(line: str, column: int, room: int) -> tuple[str, int]:
    """At most `room` columns of `line` round the character at `column` (from 1), and how many of them stand before."""
    pieces = [_piece(char) for char in line]
    at = min(column - 1, len(pieces))
    start = end = at
    width = 1 if at == len(pieces) else 0
    room -= 2 * len(_CUT)
    # Two thirds of the room go to what stands before: editors know a place by what leads to it.
    while start and width + columns(pieces[start - 1]) <= 2 * room // 3:
        start -= 1
        width += columns(pieces[start])
    while end < len(pieces) and width + columns(pieces[end]) <= room:
        width += columns(pieces[end])
        end += 1
    while start and width + columns(pieces[start - 1]) <= room:
        start -= 1
        width += columns(pieces[start])
    before = (_CUT if start else "") + "".join(pieces[start:at])
    return before + "".join(pieces[at:end]) + (_CUT if end < len(pieces) else ""), columns(before)


def _piece(char: str) -> str:
    """A character as it is shown: what nobody would see by its number."""
    if char == "\t":
        return _TAB
    if ord(char) in _STEERING:
        return _STEERING[ord(char)]
    return f"\\u{ord(char):04x}" if unicodedata.category(char) in ("Cf", "Co", "Cn") else char


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
