"""Small pure functions on text: Han characters, names, issue keys, leaves, addresses, dates."""

import calendar
import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TypeVar
from urllib.parse import quote

T = TypeVar("T")

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
WIDE = HAN + r"\u3000-\u303f\uff00-\uffef\u2014\u2018\u2019\u201c\u201d\u2026"
ISSUE_KEY = re.compile(r"(?P<year>[12]\d{3})-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?:-(?P<edition>[2-9]|[1-9]\d))?")
LEAF = re.compile(r"[a-z0-9]{1,8}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WEB = "web"
"""The leaf of articles that were never printed."""

_SPACED_HAN = re.compile(rf"(?<=[{HAN}])[ \u3000\u00a0]+(?=[{HAN}])")
_BETWEEN = re.compile(r"[、，,;；]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
_DATE = re.compile(r"([12]\d{3})(?:-|/|\.|年)(\d{1,2})(?:(?:-|/|\.|月)(\d{1,2})日?|月)?")


def batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """`items` in tuples of `size`; the last may be shorter."""
    source = iter(items)
    while batch := tuple(islice(source, size)):
        yield batch


def parts(told: str) -> list[str]:
    """Several names, regions or tags in one line, with 、 or a comma between them."""
    return [each.strip() for each in _BETWEEN.split(told) if each.strip()]


def nfc(text: str) -> str:
    """`text` in Unicode's composed form."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def control_character(text: str) -> re.Match[str] | None:
    """The first character that has no place in a text."""
    return _CONTROL.search(text)


def person_name(text: str) -> str:
    """A name without the spaces that print sets between its Han characters: 王　震 is 王震."""
    return " ".join(_SPACED_HAN.sub("", nfc(text)).split())


def excerpt(text: str, length: int = 80) -> str:
    """The beginning of a plain text: at most `length` characters, cut at its end with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip("，、；：,;: ") + "…"


def is_issue_key(text: str) -> bool:
    """Whether `text` is an issue's key: YYYY-MM[-DD][-edition], a day that exists."""
    match = ISSUE_KEY.fullmatch(text)
    if not match:
        return False
    return parse_date("-".join(filter(None, match.group("year", "month", "day")))) is not None


@lru_cache(4096)
def issue_date(key: str) -> str:
    """The date of an issue's key: YYYY-MM-DD, or YYYY-MM for an issue of a whole month."""
    match = ISSUE_KEY.fullmatch(key)
    if not match:
        raise ValueError(f"not an issue key: {key!r}")
    return "-".join(filter(None, match.group("year", "month", "day")))


def issue_edition(key: str) -> int:
    """The edition of the day: 1 unless the key says otherwise."""
    match = ISSUE_KEY.fullmatch(key)
    return int(match["edition"] or 1) if match else 1


def parse_date(text: str) -> str | None:
    """A date as editors write it (2019-07-02, 2019/7/2, 2019年7月2日, 2019-07) in the form YYYY-MM[-DD], or None."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 0)
    if not 1 <= month <= 12 or (match[3] and not 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}-{day:02}" if match[3] else f"{year:04}-{month:02}"


def weekday(day: str) -> int | None:
    """0 for Monday to 6 for Sunday; None for a date without a day."""
    return date.fromisoformat(day).weekday() if len(day) == 10 else None


def leaf_order(leaf: str) -> str:
    """A key that sorts leaves: numbers by value, then labels (a2 before a10), then `web`."""
    if leaf == WEB:
        return "9"
    if leaf.isdigit():
        return f"0{int(leaf):08}"
    return "1" + re.sub(r"\d+", lambda found: f"{int(found[0]):08}", leaf)


def quote_address(address: str) -> str:
    """`address` as it is written in HTML and XML: what is not ASCII is percent-encoded."""
    return quote(address, safe="/#?=&%~@!$'()*+,;:-._")


def page_path(address: str) -> str:
    """The path in output/ of the page at `address`: /about/ is about/index.html, /feed.xml is feed.xml."""
    path = address.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def asked_path(told: str) -> str:
    """The path in output/ of the page that is asked for by its path or its address."""
    path = told.removeprefix("/").partition("#")[0].partition("?")[0]
    if "." in path.rpartition("/")[2]:
        return path
    return page_path(f"/{path}/" if path.strip("/") else "/").replace("//", "/")


def relative(address: str, base: str) -> str:
    """`address` as seen from the page at address `base`; both begin with “/”."""
    target, mark, fragment = address.partition("#")
    if target == base:
        return f"#{fragment}" if mark else quote_address("./" if base.endswith("/") else base.rpartition("/")[2])
    here, up = base[: base.rindex("/") + 1], 0
    while not target.startswith(here):
        here, up = here[: here.rindex("/", 0, -1) + 1], up + 1
    path = "../" * up + target[len(here) :]
    # A first step with a colon would read as a scheme.
    path = f"./{path}" if not path or ":" in path.partition("/")[0] else path
    return quote_address(path + mark + fragment)


def nearest(text: str, known: list[str]) -> str:
    """The one of `known` that looks most like `text`; empty where none does."""
    return next(iter(difflib.get_close_matches(text, known, n=1, cutoff=0.5)), "")


def parents(address: str) -> list[str]:
    """Each address that `address` begins with, from “/” on: /a/b/ gives /, /a/."""
    steps = address.strip("/").split("/")
    return ["/"] + ["/" + "/".join(steps[:n]) + "/" for n in range(1, len(steps))]
