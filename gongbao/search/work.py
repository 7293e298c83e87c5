"""What workers do for the index: a month's block, a segment of months. Here the library of numbers is loaded."""

from dataclasses import dataclass
from pathlib import Path

from gongbao import publish, records
from gongbao.catalogue import Reader
from gongbao.catalogue import search as catalogue
from gongbao.catalogue.search import Unit
from gongbao.model import Article
from gongbao.search import block
from gongbao.search.block import Block
from gongbao.search.chunks import File
from gongbao.search.groups import Shape
from gongbao.search.segment import Segment, merge
from gongbao.search.texts import Words, words_of


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the catalogue is, the blocks, and where files wait to be published; what else decides their bytes."""

    catalogue: Path
    blocks: Path
    stage: Path
    engine: str

    def keep(self, file: File) -> None:
        """Puts a file where it waits to be published."""
        publish.write(self.stage, file.name, file.data, is_new=True)


_desks: dict[str, tuple[Desk, Reader]] = {}


def start(desk: Desk) -> None:
    """Makes this process ready."""
    _desks["now"] = (desk, Reader(desk.catalogue))


def stop() -> None:
    """Lets go of what this process holds."""
    if found := _desks.pop("now", None):
        found[1].close()


def months(batch: bytes) -> bytes:
    """Sees to the blocks of a packed batch of months; packs their units."""
    return records.pack([_month(each) for each in records.unpack(batch, list[str])])


def _month(month: str) -> Unit:
    desk, reader = _desks["now"]
    rows = [_row(reader, *row) for row in catalogue.articles(reader, month)]
    told = records.digest(records.encode((desk.engine, [row[0] for row in rows])))[:16]
    unit = Unit(month, len(rows), f"{month}-{told}")
    if rows and not Block(desk.blocks, unit.block).is_there():
        block.write(desk.blocks, unit.block, [_words(*row[1:]) for row in rows])
    return unit


def _row(reader: Reader, record: bytes, texts: bytes, card: bytes) -> tuple[str, Article, bytes, tuple[object, ...]]:
    article = records.decode(record, Article)
    more = (catalogue.shown(reader, article), catalogue.has_picture(card))
    return records.digest(record + texts + records.encode(more)), article, texts, more


def _words(article: Article, texts: bytes, more: tuple[object, ...]) -> Words:
    return words_of(article, records.decode(texts, tuple[str, ...]), *more)  # type: ignore[arg-type]


def segment(batch: bytes) -> bytes:
    """Merges months with their blocks, packed with the files' shape, into a packed segment whose files wait."""
    desk, _ = _desks["now"]
    months, shape = records.unpack(batch, tuple[list[tuple[str, str]], Shape])
    blocks = [(month, Block(desk.blocks, name)) for month, name in months]
    return records.pack(merge(blocks, shape, desk.keep))


def forget(blocks: Path, kept: set[str]) -> None:
    """Deletes all blocks but those that are `kept`."""
    block.forget(blocks, kept)


def is_there(blocks: Path, name: str) -> bool:
    """Whether a block is there."""
    return Block(blocks, name).is_there()


__all__ = ["Desk", "Segment", "forget", "is_there", "months", "segment", "start", "stop"]
