"""YAML as editors type it to YAML as it is defined, line by line; each place still leads to what was typed."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from gongbao.characters import SPACES, UNSEEN
from gongbao.flows import ANY_KEYS, Keys, Piece, mend_flow

_GAP = rf"[{SPACES}{UNSEEN}]*"
_COLON = "[:：﹕∶︰]"
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?")
_QUOTED = re.compile(r"""("(?:[^"\\]|\\["\\/abefnrtv0 _NLPxuU])*"|'(?:[^']|'')*')[ \t]*(?:#.*)?""")
_REFUSED_START = re.compile(r"""[\[\]{}&*!|>%@`#,"']|[-?:](?:\s|$)""")
_REFUSED_INSIDE = re.compile(r":(?:\s|$)|\s#")
_COMMENT = re.compile(r"(?<![ \t])[ \t]+# ")
_AHEAD = 40
"""How many lines below it a value may end."""
_DASH = re.compile(rf"([-－–—•·●])({_GAP})(?=\S)")
_UNKNOWN = re.compile(rf"([^\s:：\"'\[\]{{}}#\-，。、（(“]{{1,12}}){_GAP}[:：]{_GAP}")
_OPENERS = "[{［｛"
_FREE = re.compile(
    rf"(?P<lead>{_GAP})(?P<key>\"[^\"]*\"|'[^']*'|[^\s:：﹕∶︰#\"'][^:：﹕∶︰#]*?)(?P<colon>{_GAP}{_COLON}{_GAP})(?P<rest>.*)"
)
"""A pair whose name the editor chose."""


@dataclass(slots=True)
class Mended:
    """A text with as many lines as that which was typed."""

    text: str
    notes: list[tuple[str, tuple[int, int], dict[str, str]]] = field(default_factory=list)
    """Code, line and column (from 0) and arguments of each warning."""
    _moved: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def typed_at(self, line: int, column: int) -> int:
        """The column (from 0) at which that stands in the typed line, which stands at `column` of the mended one."""
        moves = self._moved.get(line)
        if not moves:
            return column
        start, typed = moves[max(0, bisect_right(moves, (column, 1 << 30)) - 1)]
        return typed + max(0, column - start)


def mend(text: str, keys: Keys) -> Mended:
    """`text` as it was meant."""
    mender = _Mender(keys)
    mended = Mended("")
    lines = text.split("\n")
    kept = []
    for number, line in enumerate(lines):
        pieces = mender.line(line, lines, number + 1)
        kept.append("".join(each.text for each in pieces))
        if kept[-1] != line:
            mended._moved[number] = _moves(pieces)
        mended.notes += [(code, (number, column), args) for code, column, args in mender.notes]
        mender.notes.clear()
    mended.text = "\n".join(kept)
    return mended


def _moves(pieces: list[Piece]) -> list[tuple[int, int]]:
    found, at = [], 0
    for each in pieces:
        found.append((at, each.at))
        at += len(each.text)
    return found


def quoted(text: str) -> str:
    """`text` in single quotes, in which YAML gives no sign a meaning."""
    return "'" + text.replace("'", "''") + "'"


def needs_quotes(text: str) -> bool:
    """Whether YAML would take `text`, standing alone, for something else."""
    return bool(_REFUSED_START.match(text) or _REFUSED_INSIDE.search(text))


class _Mender:
    """What is known while going through the lines: whether one is inside a block or a value of several lines."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.notes: list[tuple[str, int, dict[str, str]]] = []
        self._head = re.compile(
            rf"(?P<lead>{_GAP})(?P<dash>[-－–—]{_GAP})?(?P<quote>[\"']?)(?P<key>{keys.pattern})(?P=quote)"
            rf"(?P<colon>{_GAP}{_COLON}{_GAP})(?P<rest>.*)",
            re.IGNORECASE,
        )
        self._block = -1
        """The indent of the key whose block of text is being passed, or -1."""
        self._until = ""
        """The sign that ends the value of several lines that is being passed."""
        self._bare = False
        """Whether the lines below may be a list without its signs."""
        self._open = False
        """Whether the last key of the top has a list or a mapping on the lines below it."""

        self._free = -1
        """The indent of the key below which names are the editor's own, or -1."""

    def line(self, line: str, lines: list[str], after: int) -> list[Piece]:
        """The pieces of a line; the lines below it begin with number `after`."""
        if self._passes(line):
            return [Piece(line, 0)]
        if self._free >= 0:
            free = _FREE.match(line)
            if free and len(_spaces(free["lead"])) > self._free:
                return self._own(free)
            self._free = -1
        head = self._head.match(line)
        if head:
            return self._pair(head, lines, after)
        return self._other(line)

    def _passes(self, line: str) -> bool:
        if self._block >= 0:
            if not line.strip() or len(line) - len(line.lstrip(" ")) > self._block:
                return True
            self._block = -1
        if self._until:
            if line.rstrip().endswith(self._until) or self._until in line:
                self._until = ""
            return True
        return not line.strip() or line.lstrip().startswith("#")

    def _pair(self, head: re.Match[str], lines: list[str], after: int) -> list[Piece]:
        name = self.keys.named(head["key"])
        lead, dash = _spaces(head["lead"]), "- " if head["dash"] else ""
        if dash and not self._open and not lead and name in self.keys.top:
            dash = ""  # all keys were written as a list
        if not dash and not self._open and name in self.keys.top:
            lead = ""
        if not lead and not dash:
            self._open = False
        pieces = [
            Piece(lead, 0),
            Piece(dash, head.end("lead")),
            Piece(name, head.start("key")),
            Piece(":", head.start("colon")),
        ]
        rest = head["rest"].rstrip(SPACES + UNSEEN)
        if not rest:
            self._open = self._open or name in self.keys.holders
            self._free = len(lead) + len(dash) if name in self.keys.free else -1
            self._bare = name in self.keys.holders and self._free < 0
            return pieces
        self._bare = False
        at = head.start("rest")
        self._begin(rest, len(lead) + len(dash), lines[after : after + _AHEAD])
        return [*pieces, Piece(" ", at), *self._value(rest, at, name)]

    def _own(self, pair: re.Match[str]) -> list[Piece]:
        """A pair whose name is the editor's own."""
        key, rest = pair["key"], pair["rest"].rstrip(SPACES + UNSEEN)
        pieces = [
            Piece(_spaces(pair["lead"]), 0),
            Piece(key if _QUOTED.fullmatch(key) else _safe(key), pair.start("key")),
            Piece(":", pair.start("colon")),
        ]
        at = pair.start("rest")
        return [*pieces, Piece(" ", at), *self._value(rest, at, "")] if rest else pieces

    def _begin(self, rest: str, indent: int, after: list[str]) -> None:
        """Notes where a value that goes on below ends."""
        if _BLOCK.fullmatch(rest):
            self._block = indent
        elif rest[0] in "\"'" and rest.count(rest[0]) == 1:
            self._until = rest[0] if self._closes(rest[0], after) else ""
        elif rest[0] in "[{" and rest.count(rest[0]) > rest.count("]}"["[{".index(rest[0])]):
            closer = "]}"["[{".index(rest[0])]
            self._until = closer if self._closes(closer, after) else ""

    def _closes(self, closer: str, after: list[str]) -> bool:
        for line in after:
            if closer in line:
                return True
            head = self._head.match(line)
            if head and not head["lead"] and not head["dash"]:
                return False
        return False

    def _value(self, rest: str, at: int, name: str) -> list[Piece]:
        if _BLOCK.fullmatch(rest) or self._until or _QUOTED.fullmatch(rest):
            return [Piece(rest, at)]
        holder = name in self.keys.holders
        if rest[0] in _OPENERS and (holder or _is_list(rest)):
            keys = ANY_KEYS if name in self.keys.free else self.keys
            return mend_flow(rest, at, keys) if holder else [Piece(rest, at)]
        if inner := _mixed_quotes(rest):
            return [Piece(quoted(inner), at)]
        if rest[0] in "\"'" and rest.count(rest[0]) == 1:
            return [Piece(rest, at)]  # never closed: what it was to hold is not certain
        return [Piece(self._plain(rest, at, name in self.keys.prose), at)]

    def _plain(self, rest: str, at: int, prose: bool) -> str:
        """A lone value; what follows a comment's sign is left to YAML, and told of."""
        comment = _COMMENT.search(rest)
        if comment or rest.startswith("# "):
            cut = comment.start() if comment else 0
            before, told = rest[:cut], rest[cut:].strip()
            if before and prose:
                self.notes.append(("G120", at + cut + 1, {"value": told[:40], "line": quoted(rest)}))
            return (quoted(before) if before and needs_quotes(before) else before) + rest[cut:]
        return quoted(rest) if needs_quotes(rest) else rest

    def _other(self, line: str) -> list[Piece]:
        bare = line.lstrip(SPACES + UNSEEN)
        at = len(line) - len(bare)
        lead = _spaces(line[:at])
        dash = _DASH.match(bare)
        if dash and self._open:
            self._bare = False
            return self._item(bare, dash, lead, at)
        if self._bare and lead and bare[0] not in _OPENERS + "\"'|>":
            return [Piece(lead, 0), Piece("- ", at), Piece(_safe(bare.rstrip(SPACES + UNSEEN)), at)]
        unknown = _UNKNOWN.match(bare)
        rest = bare[unknown.end() :].rstrip() if unknown else ""
        if unknown and rest and not self._open:
            self._begin(rest, len(lead), [])
            kept = rest if rest[0] in _OPENERS or _QUOTED.fullmatch(rest) or self._block >= 0 else _safe(rest)
            return [Piece(lead, 0), Piece(unknown[1] + ": ", at), Piece(kept, at + unknown.end())]
        return [Piece(lead, 0), Piece(bare, at)]

    def _item(self, bare: str, dash: re.Match[str], lead: str, at: int) -> list[Piece]:
        rest, start = bare[dash.end() :].rstrip(SPACES + UNSEEN), at + dash.end()
        head = [Piece(lead, 0), Piece("- ", at)]
        if not rest:  # what stood there cannot be seen
            return head
        if rest[0] in _OPENERS:
            return [*head, *mend_flow(rest, start, self.keys)]
        if _QUOTED.fullmatch(rest) or _BLOCK.fullmatch(rest):
            return [*head, Piece(rest, start)]
        return [*head, Piece(self._plain(rest, start, False), start)]


def _safe(rest: str) -> str:
    return quoted(rest) if needs_quotes(rest) else rest


def _spaces(lead: str) -> str:
    """The spaces of a line's beginning, as YAML knows them."""
    return "".join("" if each in UNSEEN else " " if each in " \u00a0" else "  " for each in lead)


def _is_list(rest: str) -> bool:
    """Whether a value in brackets may be meant as a list or a mapping though its key takes a text."""
    return rest[0] in "[{" and rest[-1] in "]}" and ("," in rest or ": " in rest or rest.count(rest[0]) > 1)


def _mixed_quotes(rest: str) -> str:
    """What stands between a straight quotation mark and a curly one: the keyboard was switched in between."""
    first, last, inner = rest[0], rest[-1], rest[1:-1]
    if len(rest) < 3 or any(each in inner for each in '"“”'):
        return ""
    return inner if (first, last) in (('"', "”"), ('"', "“"), ("“", '"'), ("”", '"')) else ""
