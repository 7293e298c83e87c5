"""What the catalogue keeps of an article beside its record: its row and card, and the lists in which it stands."""

from gongbao import pictures, pinyin, records, regions
from gongbao.catalogue.scaled import variants
from gongbao.catalogue.store import Reader
from gongbao.model import Article, Person, Picture, Place
from gongbao.text import leaf_order
from gongbao.views import Card, PictureView, SourceView

Row = tuple[str, str, str, str, int, str, str, bytes, bytes | None, bytes | None]
"""A row of `articles` but its source: address, issue, leaf, its sort key, order, title, column, card, areas, units."""
ARTICLE = "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def row_of(store: Reader, source: str, record: Article) -> Row:
    """The row of the article of `source`."""
    card = Card(
        address=record.address,
        title=record.title,
        kicker=record.kicker,
        subtitle=record.subtitle,
        date=record.date,
        issue=record.issue,
        leaf=record.leaf,
        column=record.column,
        kind=record.kind,
        people=tuple(person.name for person in record.authors),
        regions=tuple(place.names[-1] for place in record.places),
        excerpt=record.excerpt,
        picture=_card_picture(store, source, record),
    )
    title = " ".join(record.title.split())
    sort = leaf_order(record.leaf)
    units = [(person.name, person.unit) for person in (*record.authors, *record.photographers) if person.unit]
    return (
        record.address,
        record.issue,
        record.leaf,
        sort,
        record.order,
        title,
        record.column,
        records.encode(card),
        records.encode(record.areas) if record.areas else None,
        records.encode(units) if units else None,
    )


def _card_picture(store: Reader, source: str, record: Article) -> PictureView | None:
    for (target,) in store.rows("SELECT target FROM refs WHERE source = ? AND kind = 'picture' ORDER BY ord", source):
        view = picture_view(store, str(target))
        if view and view.width:
            return view
    return None


def picture_view(store: Reader, source: str, caption: str = "", credit: str = "") -> PictureView | None:
    """The picture at path `source`; None where it is not there."""
    record = store.value("SELECT record FROM sources WHERE path = ? AND kind = 'picture'", source)
    if not isinstance(record, bytes):
        return None
    picture = records.decode(record, Picture)
    address = pictures.address(picture.digest, picture.name)
    known = frozenset(variants(store, picture.digest)) if picture.width else frozenset()
    widths = pictures.widths(picture.width)
    small = tuple(width for width in widths if width <= pictures.SMALL)
    full, thumb = _sources(picture, known, widths), _sources(picture, known, small)
    return PictureView(address, picture.width, picture.height, caption, credit, full, thumb)


def _sources(picture: Picture, known: frozenset[str], widths: tuple[int, ...]) -> tuple[SourceView, ...]:
    """The variants in these widths, by format. A format without the widest is left out: browsers that choose it never
    look at the picture's own file, and would show a picture that is too small."""
    stem = picture.name.rpartition(".")[0]
    found = []
    for ending, kind in pictures.TYPES.items():
        files = [(f"{width}.{ending}", width) for width in widths if f"{width}.{ending}" in known]
        if files and files[-1][1] == widths[-1]:
            told = [(pictures.variant_address(picture.digest, stem, file), width) for file, width in files]
            found.append(SourceView(kind, tuple(told)))
    return tuple(found)


def subjects_of(record: Article) -> dict[str, tuple[str, str, str, str]]:
    """Every list that the article stands in: kind, name, letter, parent of each subject."""
    found = {"all:": ("all", "", "", "")}
    if record.column:
        found[f"column:{record.column}"] = ("column", record.column, "", "")
    for place in (*record.places, *(place for item in record.items for place in item.places)):
        found |= _regions(place)
    people = (*record.authors, *record.photographers, *(person for item in record.items for person in item.people))
    for name in _names(people):
        found[f"author:{name}"] = ("author", name, pinyin.initial(name, person=True), "")
    for tag in record.tags:
        found[f"tag:{tag}"] = ("tag", tag, pinyin.initial(tag), "")
    for part in record.continued:
        found[f"continued:{record.issue}/{part.leaf}"] = ("continued", part.leaf, "", "")
    return found


def _names(people: tuple[Person, ...]) -> list[str]:
    return [name for person in people for name in (person.name, person.unit) if name]


def _regions(place: Place) -> dict[str, tuple[str, str, str, str]]:
    steps = ["/".join(place.slugs[: n + 1]) for n in range(len(place.slugs))]
    return {
        f"region:{path}": ("region", regions.name_at(path) or place.names[n], "", f"region:{steps[n - 1]}" if n else "")
        for n, path in enumerate(steps)
    }
