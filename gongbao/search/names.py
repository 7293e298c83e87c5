"""Names that the archive has, under their writing and their pinyin: for suggestions while somebody types."""

import json
from collections.abc import Callable, Iterator

from gongbao import pinyin
from gongbao.catalogue import Reader
from gongbao.catalogue import search as catalogue
from gongbao.pages import Context, places
from gongbao.search.chunks import File, named, zipped
from gongbao.search.fold import fold, traditional

_LEAST, _MOST, _ONE_IN = 100, 400, 64
"""How many names a file has."""
Name = tuple[str, str, str, str, int]
"""What is typed, the name, what it is (a, r, t, c), its address, how many articles."""


def write(context: Context, reader: Reader, keep: Callable[[File], None]) -> list[tuple[str, str]]:
    """The files of all names, each by what its first is typed as."""
    names = sorted(set(_names(context, reader)))
    found: list[tuple[str, str]] = []
    start = 0
    while start < len(names):
        end = _end(names, start)
        told = json.dumps(names[start:end], ensure_ascii=False, separators=(",", ":"))
        file = named(zipped(told.encode()))
        keep(file)
        found.append((names[start][0], file.name))
        start = end
    return found


def fold_table() -> File:
    """All traditional characters, each before what it is folded to: for what no text of the archive has."""
    told = "".join(each + to for each, to in sorted(traditional().items()))
    return named(json.dumps(told, ensure_ascii=False).encode(), "fold-", ".json")


def _end(names: list[Name], start: int) -> int:
    """Names of one writing are not parted; where files end hangs on the names there."""
    end = start + _LEAST
    while end < min(len(names), start + _MOST) and sum(names[end - 1][0].encode()) % _ONE_IN:
        end += 1
    while end < len(names) and names[end][0] == names[end - 1][0]:
        end += 1
    return min(end, len(names))


def _names(context: Context, reader: Reader) -> Iterator[Name]:
    slugs = {each.name: each.slug for each in context.settings.columns}
    for subject, kind, name, articles in catalogue.subjects(reader):
        match kind:
            case "author":
                spoken, address = pinyin.syllables(name, person=True), places.author_address(context, name)
            case "region":
                spoken, address = pinyin.syllables_of(subject), places.region_address(subject)
            case "tag":
                spoken, address = pinyin.syllables(name), places.tag_address(context, name)
            case _:
                spoken, address = pinyin.syllables_of(slugs.get(name, "")), places.column_address(context, name)
        for typed in filter(None, (spoken, fold(name))):
            yield typed, name, kind[0], address, articles
