"""One name with two slugs in site.yaml: a name is the same person with and without the space that print sets in it."""

from collections.abc import Iterator

from gongbao.diagnostics import Diagnostic, finding
from gongbao.settings import FILE, Settings
from gongbao.text import person_name

CODES = ("G754",)


def look(settings: Settings, text: str) -> Iterator[Diagnostic]:
    """What is wrong with the settings, of which `text` is the source."""
    seen: dict[str, str] = {}
    lines = text.split("\n")
    for name, _ in settings.slugs:
        plain = person_name(name)
        other = seen.setdefault(plain, name)
        if name != plain or other != name:
            line = next((number for number, each in enumerate(lines, 1) if name in each), 0)
            column = lines[line - 1].index(name) + 1 if line else 0
            yield finding("G754", FILE, line, column, name=name, plain=plain)
