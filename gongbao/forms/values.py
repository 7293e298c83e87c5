"""Short values as editors type them: dates, numbers, leaves, yes and no."""

import re
import unicodedata

from gongbao.characters import clean
from gongbao.text import LEAF, parse_date, weekday

_NUMERALS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "头": 1}
_HAN_NUMBER = re.compile(r"[零〇一二三四五六七八九十两]{1,4}")
_HAN_DIGITS = re.compile(r"[零〇○一二三四五六七八九]")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_QUOTES = "\"'“”‘’「」『』＂＇"
_DASHES = re.compile(r"[—–―－‐‑−﹣─~]+")
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?$")
_DAY_SIGNS = re.compile("[月日]")
_MIDNIGHT = re.compile(r"T?00:00(?::00)?(?:\.0+)?Z?$")
_LEAF = re.compile(r"第?(.+?)[版面]?")
_COUNT = re.compile(r"第?(.+?)[篇条位期号]?")
_YES = frozenset({"是", "对", "真", "开", "√", "✓", "✔"})
_NO = frozenset({"否", "不", "不是", "假", "关", "×", "✗", "无"})


def term(value: object) -> object:
    """A name without the quotation marks around it."""
    return _bare(value) if isinstance(value, str) else "" if value is None else value


def _bare(text: str) -> str:
    text = text.strip()
    inner = (
        text[1:-1].strip() if len(text) > 2 and text[0] in _QUOTES + "《【" and text[-1] in _QUOTES + "》】" else text
    )
    return inner if inner and not any(sign in inner for sign in "“”《》【】") else text


def _narrow(text: str) -> str:
    """A short value in plain digits and letters, without spaces."""
    return "".join(unicodedata.normalize("NFKC", _bare(clean(text))).split())


def plain_digits(text: str) -> str:
    """`text` with plain digits for wide ones."""
    return text.translate(_WIDE_DIGITS)


def number(text: str) -> int | None:
    """A number below 100 in Han characters: 十二 is 12, 四 is 4."""
    if not _HAN_NUMBER.fullmatch(text):
        return None
    if "十" not in text:
        return _NUMERALS[text] if len(text) == 1 else None
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return 10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0)


def leaf(text: str) -> str | None:
    """A leaf: 4, ０4, 第4版, 四版, 头版, A1 版; None where it is none."""
    plain = text.strip().lower()
    if not LEAF.fullmatch(plain):
        match = _LEAF.fullmatch(_narrow(text).lower())
        plain = match[1] if match else ""
        told = 1 if plain == "头" else number(plain)
        plain = str(told) if told is not None else plain
    if not LEAF.fullmatch(plain):
        return None
    return str(int(plain)) if plain.isdigit() else plain


def whole(value: object) -> object:
    """A whole number, or the value as it is."""
    if not isinstance(value, str) or (value.isdecimal() and value.isascii()):
        return value
    match = _COUNT.fullmatch(_narrow(value))
    told = number(match[1]) if match else None
    return told if told is not None else match[1] if match else value


def flag(value: object) -> object:
    """Yes or no in Chinese, or the value as it is."""
    if not isinstance(value, str) or value.isascii():
        return value.strip() if isinstance(value, str) else value
    plain = _narrow(value)
    return True if plain in _YES else False if plain in _NO else plain


def day(text: str) -> str | None:
    """A date as YYYY-MM[-DD], however it is written, if it is certain and exists; a weekday with it must be right."""
    found, right = dated(text)
    return found if right else None


def dated(text: str) -> tuple[str | None, bool]:
    """A date as `day` reads it, and whether the weekday with it is right."""
    if found := parse_date(text):
        return found, True
    plain = _DASHES.sub("-", _narrow(text)).replace("。", ".").replace("号", "日")
    told = _WEEKDAY.search(plain)
    plain = _MIDNIGHT.sub("", plain[: told.start()] if told else plain)
    if "年" in plain and _HAN_DIGITS.search(plain):
        plain = _han_day(plain)
    elif len(plain) == 8 and plain.isdecimal():
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    found = parse_date(plain)
    if not found or not told:
        return found, True
    return found, len(found) == 10 and weekday(found) == "一二三四五六日".find(told[1].replace("天", "日"))


def _han_day(text: str) -> str:
    year, _, rest = text.partition("年")
    digits = "".join(str(_NUMERALS.get(char, char)) for char in year)
    parts = [number(part) if number(part) is not None else part for part in _DAY_SIGNS.split(rest) if part]
    return "-".join([digits, *map(str, parts)])
