"""From a region as an editor wrote it to the place that it names, with its official names and its address."""

import csv
import difflib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from gongbao.model import Place

_WHOLE_COUNTRY = frozenset({"全国", "中国", "全球", "世界", "国际", "国外", "境外", "海外", "国内"})
_LONGEST = 80  # a longer text names no region
_MOST = 3  # suggestions
_COMMON = frozenset("省市区县州盟旗自治族地")  # characters that make no two names alike


@dataclass(frozen=True, slots=True)
class Region:
    """A row of the table: one official name under one parent, and the years in which it stood there."""

    code: str
    name: str
    short: str
    slug: str
    parent: str
    since: int | None
    until: int | None

    def stood_in(self, year: int) -> bool:
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)

    @property
    def level(self) -> int:
        """1 province, 2 city or prefecture, 3 county or district (also one that hangs right under a province)."""
        if not self.parent:
            return 1
        return 2 if self.code[4:6] == "00" else 3


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text names: one place, or several to choose from, or none and what may have been meant."""

    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    regions: dict[str, Region]
    called: dict[str, list[Region]]  # by official and by short name
    longest: int


def is_whole(text: str) -> bool:
    """Whether `text` means the whole country or the world, which is no region."""
    return text.strip() in _WHOLE_COUNTRY


def resolve(text: str, year: int | None = None) -> Resolution:
    """The place that `text` names: 陕西省/西安市/莲湖区, 西安莲湖区, 莲湖; `year` prefers what stood in that year."""
    wanted = "".join(text.split()).replace("／", "/").strip("/") if len(text) <= _LONGEST else ""
    return _resolve(wanted, year) if wanted and wanted not in _WHOLE_COUNTRY else Resolution()


def regions() -> tuple[Region, ...]:
    """The whole table, in the order of its codes."""
    return tuple(_table().regions.values())


def place(region: Region) -> Place:
    """A row with its parents from the province down."""
    line = [region, *_parents(region)][::-1]
    return Place(tuple(step.name for step in line), tuple(step.slug for step in line))


def name_at(path: str) -> str:
    """The latest official name of the region whose slugs are `path` (shaanxi/xi-an); empty where there is none."""
    return _names().get(path, "")


def years(place: Place) -> tuple[int | None, int | None]:
    """The first and the last year in which a place had its names; None where there is no end, or none is known."""
    return _years().get(place.names, (None, None))


@lru_cache(maxsize=1)
def _years() -> dict[tuple[str, ...], tuple[int | None, int | None]]:
    """Where a place had its names more than once, from the first time to the last."""
    found: dict[tuple[str, ...], tuple[int | None, int | None]] = {}
    for region in regions():
        names = place(region).names
        since, until = found.get(names, (region.since, region.until))
        first = min(since, region.since) if since and region.since else None
        last = max(until, region.until) if until and region.until else None
        found[names] = first, last
    return found


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    latest = sorted(regions(), key=lambda region: (region.until is None, region.until or 0, region.code))
    return {"/".join(place(region).slugs): region.name for region in latest}


@lru_cache(maxsize=8192)
def _resolve(wanted: str, year: int | None) -> Resolution:
    found = _best(list(_matches(wanted)), wanted, year)
    if not found:
        return Resolution(suggestions=_suggestions(wanted))
    places = sorted({place(region) for region in found}, key=lambda place: place.names)
    return Resolution(places[0]) if len(places) == 1 else Resolution(candidates=tuple(places))


# The table


@lru_cache(maxsize=1)
def _table() -> _Table:
    text = resources.files("gongbao").joinpath("data", "regions.csv").read_text(encoding="utf-8")
    table = {row[0]: _region(row) for row in csv.reader(text.splitlines()[1:])}
    called: defaultdict[str, list[Region]] = defaultdict(list)
    for region in table.values():
        called[region.name].append(region)
        if region.short != region.name:
            called[region.short].append(region)
    return _Table(table, dict(called), max(map(len, called)))


def _region(row: list[str]) -> Region:
    code, name, short, slug, parent, since, until = row
    return Region(code, name, short, slug, parent, int(since) if since else None, int(until) if until else None)


def _parents(region: Region) -> Iterator[Region]:
    """The parent, its parent and so on, up to the province."""
    table = _table().regions
    while region.parent:
        region = table[region.parent]
        yield region


# Matching


def _matches(wanted: str) -> Iterator[Region]:
    """Each region whose name ends `wanted`, where the text before it is made of names of its parents."""
    for region, before in _endings(wanted):
        if _are_parents(before, list(_parents(region))):
            yield region


def _endings(wanted: str) -> Iterator[tuple[Region, str]]:
    """Regions called as the end of `wanted` says, the longest end first, and what stands before it."""
    table = _table()
    for length in range(min(len(wanted), table.longest), 0, -1):
        for region in table.called.get(wanted[-length:], ()):
            yield region, wanted[:-length].rstrip("/")


def _are_parents(before: str, parents: list[Region]) -> bool:
    """Whether `before` is a run of names of `parents`, nearest last; a level may be left out."""
    if not before:
        return True
    return any(
        before.endswith(name) and _are_parents(before[: -len(name)].rstrip("/"), parents[step + 1 :])
        for step, parent in enumerate(parents)
        for name in (parent.name, parent.short)
    )


# Choosing


def _best(found: list[Region], wanted: str, year: int | None) -> list[Region]:
    """What stood in the year; else what is written out in full; else what stands today, else what stood last."""
    then = [region for region in found if year is not None and region.stood_in(year)]
    full = [region for region in found if "/".join(place(region).names) == wanted]
    today = [region for region in found if region.until is None]
    pool = [region for region in then if region in full] or then or full or today or found
    highest = min((region.level for region in pool), default=0)  # 西安 is the city, not a district of that name
    pool = [region for region in pool if region.level == highest]
    return [region for region in pool if not any(_follows(later, region) for later in pool)]


def _follows(later: Region, region: Region) -> bool:
    """Whether `later` is the same place in later years, under another parent or as another kind of region."""
    if region.until is None or later.since is None:
        return False
    if later.name == region.name and later.since == region.until + 1:
        return True
    return later.short == region.short and later.since > region.until and _province(later) == _province(region)


def _province(region: Region) -> str:
    return next((parent.code for parent in _parents(region) if not parent.parent), region.code)


# Suggesting


def _suggestions(wanted: str) -> tuple[str, ...]:
    """What lies below the parents that are known and looks alike, where a known name really lies (its parents were
    wrong), or else names that look alike; three at most."""
    below = _alike_below(wanted)
    elsewhere = [place(region) for region, _ in _endings(wanted) if region.until is None]
    if below or elsewhere:
        found = (*below, *("/".join(there.names) for there in elsewhere))
        return tuple(dict.fromkeys(found))[:_MOST]
    last = wanted.rsplit("/", 1)[-1]
    telling = set(last) - _COMMON
    alike = (name for name in _current_names() if not telling.isdisjoint(name))
    return tuple(difflib.get_close_matches(last, alike, n=_MOST, cutoff=0.5))


def _alike_below(wanted: str) -> tuple[str, ...]:
    """Regions below the parents that `wanted` begins with whose names look like the rest of it."""
    parent, rest = _known_parents(wanted)
    telling = set(rest) - _COMMON
    if parent is None or not telling:
        return ()
    inside = {
        name: "/".join(place(region).names)
        for region in regions()
        if region.until is None and parent in _parents(region)
        for name in (region.name, region.short)
        if not telling.isdisjoint(name)
    }
    return tuple(dict.fromkeys(inside[name] for name in difflib.get_close_matches(rest, inside, n=_MOST, cutoff=0.5)))


def _known_parents(wanted: str) -> tuple[Region | None, str]:
    """The lowest region with which `wanted` begins, its parents before it, and what follows."""
    parent: Region | None = None
    rest = wanted
    while True:
        longest = min(len(rest), _table().longest)
        below = next((one for length in range(longest, 0, -1) if (one := _called_below(rest[:length], parent))), None)
        if below is None:
            return parent, rest
        name = below.name if rest.startswith(below.name) else below.short
        parent, rest = below, rest[len(name) :].lstrip("/")


def _called_below(name: str, parent: Region | None) -> Region | None:
    """The region of today that is called so: a province, or one that lies below `parent`."""
    for region in _table().called.get(name, ()):
        if region.until is None and (parent in _parents(region) if parent else not region.parent):
            return region
    return None


@lru_cache(maxsize=1)
def _current_names() -> tuple[str, ...]:
    return tuple(sorted({name for row in regions() if row.until is None for name in (row.name, row.short)}))
