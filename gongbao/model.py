"""What the sources say, as plain frozen records: no library's types, no queries, no page."""

from dataclasses import dataclass, field

from gongbao.diagnostics import Diagnostic

Area = tuple[tuple[float, float], ...]
"""A polygon on a leaf's image: points (x, y), each 0 to 1 of the image's width and height."""


@dataclass(frozen=True, slots=True)
class Place:
    """A region: `names` and `slugs` from the province down; free text has one name and no slug."""

    names: tuple[str, ...]
    slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a byline, or a unit that wrote; `name` is the unit's where no person is named."""

    name: str
    role: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of an article: `file` is its source's path."""

    file: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A child of a short-items article, at the address `#item-<id>` of its page; its text is in the article's texts."""

    id: str
    title: str
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Where an article goes on (转版)."""

    leaf: str
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A fix made to the digital text: what was printed, what stands now, and why."""

    date: str
    printed: str
    now: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a source, from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its source says it; its text is kept apart, as rendered texts."""

    source: str
    address: str
    issue: str
    leaf: str
    order: int
    date: str
    title: str
    kicker: str = ""
    subtitle: str = ""
    column: str = ""
    series: str = ""
    byline: str = ""
    authors: tuple[Person, ...] = ()
    photographers: tuple[Person, ...] = ()
    origin: str = ""
    dateline: str = ""
    places: tuple[Place, ...] = ()
    kind: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    excerpt: str = ""
    photos: tuple[Photo, ...] = ()
    items: tuple[Item, ...] = ()
    areas: tuple[Area, ...] = ()
    continued: tuple[Part, ...] = ()
    edits: tuple[Edit, ...] = ()
    rights: str = ""
    digitised: str = ""
    ocr: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    publish_at: str = ""
    unchecked: tuple[str, ...] = ()
    """Codes of the checks that the article goes without."""
    column_spot: Spot = Spot(0, 0)
    aliases_spot: Spot = Spot(0, 0)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A newspaper page (版) as issue.yaml says it; `image` and `pdf` are sources' paths."""

    leaf: str
    name: str = ""
    editors: tuple[tuple[str, str], ...] = ()
    image: str = ""
    pdf: str = ""
    spread: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue (期) as issue.yaml says it; `key` is YYYY-MM[-DD][-edition]."""

    source: str
    address: str
    key: str
    number: str = ""
    total: str = ""
    name: str = ""
    note: str = ""
    status: str = ""
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A page that stands beside the archive, such as /about/."""

    source: str
    address: str
    title: str
    order: int = 0
    summary: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    publish_at: str = ""
    aliases_spot: Spot = Spot(0, 0)


@dataclass(frozen=True, slots=True)
class Picture:
    """A file beside the articles: its bytes' `digest`, `name` in its address, size in pixels (0 for a document)."""

    source: str
    digest: str
    name: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A former address: where it leads now (empty: gone), since when and why."""

    former: str
    target: str
    date: str
    reason: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Moves:
    """The rows of content/moved.csv."""

    source: str
    rows: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a source refers to. `kind`: link, picture or corrects. `target`: a source's path, or an address from “/”."""

    kind: str
    target: str
    fragment: str
    text: str
    spot: Spot


Record = Article | Issue | Standing | Picture | Moves


@dataclass(frozen=True, slots=True)
class Filed:
    """A source as the catalogue takes it in: `known` where its bytes are those known; no `record` where it is broken.
    `digest` is that of its bytes (a Git blob id), `good` that of its last good version, for a picture by its bytes."""

    source: str
    kind: str
    digest: str
    known: bool = False
    record: bytes | None = None
    texts: bytes = b""
    good: str = ""
    address: str = ""
    draft: bool = False
    publish_at: str = ""
    references: tuple[tuple[str, int, str, str, str, str, int, int], ...] = ()
    """Source, number, kind, target, fragment, text, line, column of each."""
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one source: no record means that it is broken. `texts`: the body as HTML, then each item's."""

    source: str
    record: Record | None
    texts: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    findings: tuple[Diagnostic, ...] = field(default=())
