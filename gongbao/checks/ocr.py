"""What machines misread: letters among digits, 囗 for 口, kana for strokes, 巳 for 已."""

import re
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic
from gongbao.text import HAN

_KANA = {"エ": "工", "ロ": "口", "カ": "力", "ニ": "二", "ハ": "八", "タ": "夕", "ト": "卜", "ー": "一"}
_LOOKALIKES = "АВСЕНКМОРТХасеорхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_LATIN = "ABCEHKMOPTXaceopxyABEZHIKMNOPTYXo"
_SUSPECTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?<![A-Za-z0-9])\d[\d,.]{0,20}[OolI]\d{0,20}(?![A-Za-z0-9])|(?<![A-Za-z0-9])[OolI]\d[\d.]{0,20}(?=[年月日时人名个万亿元%％])"
        ),
        "",
    ),
    (re.compile(r"囗"), "口"),
    (re.compile(r"(?<=\d)曰|(?<=[星期]期)曰|(?<=生)曰(?=快)"), "日"),
    (re.compile(r"巳经|自巳|而巳"), ""),
    (re.compile(r"(?<!自)己经(?![历营济常受])"), "已经"),
    (re.compile(rf"(?<=[{HAN}])[エロカニハタトー](?=[{HAN}，。、；：）”])"), ""),
    (re.compile(rf"(?<=[A-Za-z])[{_LOOKALIKES}]+|(?<![{_LOOKALIKES}])[{_LOOKALIKES}]{{1,20}}(?=[A-Za-z])"), ""),
)
_MAYBE = re.compile(rf"[囗曰巳己エロカニハタトー{_LOOKALIKES}]|\d[OolI]|[OolI]\d")
_DIGITS = str.maketrans("OolI", "0011")
_HAN = str.maketrans({"巳": "已", **_KANA, **dict(zip(_LOOKALIKES, _LATIN, strict=True))})


def _look(source: Source) -> Iterator[Diagnostic]:
    if not _MAYBE.search(source.prose):
        return
    for pattern, meant in _SUSPECTS:
        for match in pattern.finditer(source.prose):
            yield source.in_body("G714", match.start(), text=match[0], meant=meant or _meant(match[0]))


def _meant(text: str) -> str:
    if text == "自巳":
        return "自己"
    return text.translate(_DIGITS) if re.search(r"\d", text) else text.translate(_HAN)


CHECK = Check(("G714",), _look)
