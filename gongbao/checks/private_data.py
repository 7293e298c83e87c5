"""What may harm somebody who is named: identity numbers, mobile numbers, bank cards. No message repeats them."""

import re
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic
from gongbao.text import parse_date

_DIGITS = re.compile(r"(?<![\dA-Za-z.,])\d(?:[ -]?\d){9,17}[\dXx](?![\dA-Za-z]|\.\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_CARD = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}")


def _look(source: Source) -> Iterator[Diagnostic]:
    for match in _DIGITS.finditer(source.prose):
        number = re.sub("[ -]", "", match[0]).upper()
        code = _kind(number)
        if code:
            yield source.in_body(code, match.start(), number=f"{number[:3]}…{number[-2:]}")


def _kind(number: str) -> str:
    if _is_identity(number):
        return "G721"
    if _MOBILE.fullmatch(number):
        return "G722"
    return "G723" if _CARD.fullmatch(number) and _is_card(number) else ""


def _is_identity(number: str) -> bool:
    """18 signs with a day of birth and the right checksum."""
    if len(number) != 18 or not number[:17].isdigit() or not "11" <= number[:2] <= "82":
        return False
    if not parse_date(f"{number[6:10]}-{number[10:12]}-{number[12:14]}"):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return "10X98765432"[total % 11] == number[17]


def _is_card(number: str) -> bool:
    """Whether the last digit is the checksum of the others, as on every bank card."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


CHECK = Check(("G721", "G722", "G723"), _look)
