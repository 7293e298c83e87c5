"""Brings the catalogues in gongbao/locale in step with the messages in the code and the templates.

`python -m docs.messages` keeps every translation, adds what is new without one, drops what is gone, and compiles.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "gongbao" / "locale"
LANGUAGES = ("zh_CN", "en")
DAY = datetime(2026, 1, 1, tzinfo=UTC)  # equal messages give equal files, whenever they are compiled
KEYWORDS = {"N_": None, "P_": (1, 2), "say": None, "_": None, "gettext": None, "ngettext": (1, 2)}
SOURCES = (
    ("gongbao", "*.py", "python"),
    ("gongbao/templates", "*", "jinja2.ext:babel_extract"),
    ("themes/classic/templates", "*.html", "jinja2.ext:babel_extract"),
)


def messages() -> Iterator[tuple[str | tuple[str, ...], tuple[str, int]]]:
    """Every message id (with its plural), and where it stands."""
    for folder, pattern, method in SOURCES:
        for path in sorted((ROOT / folder).rglob(pattern)):
            options = {"encoding": "utf-8", "trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
            for _line, message, _comments, _context in extract(
                method, BytesIO(path.read_bytes()), KEYWORDS, options=options
            ):
                if message:
                    yield message, (path.relative_to(ROOT).as_posix(), 0)


def catalogue(language: str) -> Catalog:
    """The catalogue of a language: the messages of now with the translations there are."""
    fresh = Catalog(locale=language, project="Gongbao", header_comment="# Messages of Gongbao.", charset="utf-8")
    known = read_po(BytesIO(po_path(language).read_bytes()), locale=language) if po_path(language).is_file() else None
    for message, place in messages():
        told = known.get(message if isinstance(message, str) else message[0]) if known else None
        fresh.add(message, told.string if told else None, locations=[place])
    if language == "en":
        for each in fresh:
            if each.id and not any(each.string or ()):
                each.string = each.id
    return fresh


def po_path(language: str) -> Path:
    """Where a language's translations are."""
    return LOCALE / language / "LC_MESSAGES" / "gongbao.po"


def as_po(told: Catalog) -> bytes:
    """A catalogue as translators read it: no dates, so that equal messages give equal files."""
    out = BytesIO()
    write_po(out, told, width=120, sort_output=True, omit_header=False, include_lineno=False)
    lines = out.getvalue().decode().split("\n")
    return "\n".join(line for line in lines if not line.startswith(('"POT-', '"PO-', '"Generated', '"Last-'))).encode()


def as_mo(told: Catalog) -> bytes:
    """A catalogue as gettext reads it."""
    told.creation_date = told.revision_date = DAY
    out = BytesIO()
    write_mo(out, told)
    return out.getvalue()


def main() -> None:
    """Writes all catalogues."""
    for language in LANGUAGES:
        po = as_po(catalogue(language))
        po_path(language).parent.mkdir(parents=True, exist_ok=True)
        po_path(language).write_bytes(po)
        po_path(language).with_suffix(".mo").write_bytes(as_mo(read_po(BytesIO(po), locale=language)))


if __name__ == "__main__":
    main()
