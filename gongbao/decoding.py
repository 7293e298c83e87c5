"""A source's bytes to text: UTF-8, or an older Chinese encoding where it is certain; Word documents are told of."""

import codecs
import re

from gongbao.diagnostics import N_, Diagnostic, finding
from gongbao.text import control_character

_KINDS = (
    (b"PK\x03\x04", N_("a Word document or an archive")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("a Word document of the old kind (.doc)")),
    (b"{\\rtf", N_("a document in Rich Text Format (RTF)")),
    (b"%PDF-", N_("a PDF document")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"\x89PNG", N_("a picture")),
    (b"GIF8", N_("a picture")),
)
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml|<!--\[if|mime-version:)", re.IGNORECASE)
_COMMON = 0.97
_FREQUENT = "的一是不在有和人这這中大为為会會个個"
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)

Decoded = tuple[str | None, tuple[Diagnostic, ...]]


def decode(file: str, data: bytes) -> Decoded:
    """The text of a source with plain line ends (None where it cannot be known), and what is wrong with it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _other(file, data, error)
    if "\0" in text:
        return _other(file, data, None)
    return _plain(text), ()


def not_text(file: str, data: bytes) -> Diagnostic | None:
    """A finding where the bytes are those of another kind of file, though they may be read as text."""
    for begin, kind in _KINDS:
        if data.startswith(begin):
            return finding("G115", file, 1, 1, guess=kind)
    return finding("G115", file, 1, 1, guess=N_("a web page (HTML)")) if _PAGE.match(data) else None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def _other(file: str, data: bytes, error: UnicodeDecodeError | None) -> Decoded:
    if told := not_text(file, data):
        return None, (told,)
    for codec, name in _candidates(data):
        text = _strict(data, codec)
        if text is not None and _is_chinese(text):
            return _plain(text), (finding("G116", file, 1, 1, encoding=name),)
    if error is None:  # it is UTF-8, but for its null characters
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), ()
    line = data.count(b"\n", 0, error.start) + 1
    begin = data.rfind(b"\n", 0, error.start) + 1
    column = len(data[begin : error.start].decode("utf-8", "replace")) + 1
    return None, (finding("G110", file, line, column, guess=_guess(data)),)


def _candidates(data: bytes) -> list[tuple[str, str]]:
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return [(codec, name)]
    if b"\0" in data:
        return [("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")]
    return [("gb18030", "GB18030")]


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_chinese(text: str) -> bool:
    """Whether a text that was decoded by trial is what somebody wrote: nearly all of it in common use."""
    if control_character(text):
        return False
    wide = [char for char in text if not char.isascii()]
    common = sum(_is_common(char) for char in wide)
    return common >= _COMMON * len(wide) and ("\n" in text or bool(wide))


def _is_common(char: str) -> bool:
    """Whether `char` is punctuation or one of the 3,755 characters that the first standard calls common."""
    if char in "\ufeff—·…“”‘’　":
        return True
    try:
        row = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return row in (0xA1, 0xA2, 0xA3) or 0xB0 <= row <= 0xF7


def _guess(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return N_(" (UTF-16)")
    broken = data.decode("utf-8", "replace").count("\ufffd")
    if broken * 8 < sum(byte >= 0x80 for byte in data):
        return N_(" at this place; the rest of it is")
    found = {name: _strict(data, codec) for codec, name in (("gb18030", N_(" (GB18030)")), ("big5", N_(" (Big5)")))}
    likely = {name: sum(map(text.count, _FREQUENT)) for name, text in found.items() if text is not None}
    return max(likely, key=lambda name: likely[name], default="")
