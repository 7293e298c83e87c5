"""The command that asks the index of search."""

from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import click

from gongbao.cli.options import FOLDER, Say, option
from gongbao.diagnostics import N_, Stop, finding
from gongbao.messages import catalogue
from gongbao.report import Report
from gongbao.settings import language_of

_CATALOGUE = ".gongbao/catalogue.db"
_PATIENCE = 5
"""Seconds: what holds the catalogue for longer is a build that fills it anew."""
_SORTS = ("best", "new", "old")


def commands(say: Say) -> list[click.Command]:
    """search."""
    told = say(N_("Search the archive as it was built last."))
    options: list[click.Parameter] = [
        click.Argument(["query"], metavar=say(N_("WORDS")), nargs=-1, required=True),
        option("--root", say(N_("The site's folder, with site.yaml and content/.")), default=Path(), **FOLDER),
        option("--output", say(N_("Where the site goes; default: output/ in the site's folder.")), **FOLDER),
        option("--sort", say(N_("What comes first: the best, the newest, the oldest.")), type=click.Choice(_SORTS),
               default="best"),
        option("--limit", say(N_("How many hits are shown at most.")), type=click.IntRange(0), default=20, metavar="N"),
        option("--json", say(N_("Everything as JSON on one line.")), is_flag=True),
    ]  # fmt: skip
    dashes = {"ignore_unknown_options": True}  # -word is what is to be left out
    return [click.Command("search", dashes, callback=_search, help=told, short_help=told, params=options)]


def _search(
    root: Path, output: Path | None, query: tuple[str, ...], sort: str, limit: int, as_json: bool = False
) -> int:
    from gongbao.search import show

    language_told = language_of(root)
    try:
        shown = _found(root, output or root / "output", " ".join(query), sort, limit)
    except Stop as stop:
        Report(language_told, "text").findings(stop.findings)
        return 3
    click.echo(show.as_json(shown) if as_json else _told(shown, language_told))
    return 0 if shown.total else 1


def _found(root: Path, folder: Path, query: str, sort: str, limit: int) -> Any:
    from gongbao.catalogue import Damaged, Reader
    from gongbao.search import language, reading, show

    nothing = Stop(finding("G611", "", path=folder.as_posix()))
    if not (folder / "search" / "manifest.json").is_file() or not (root / _CATALOGUE).is_file():
        raise nothing
    try:
        with Reader.telling(), closing(Reader(root / _CATALOGUE, _PATIENCE)) as reader:
            return show.show(reading.Index(folder), reader, language.parse(query), sort, limit)
    except Damaged as error:
        raise nothing from error


def _told(shown: Any, language: str) -> str:
    say = catalogue(language).gettext
    count = say(N_("about {count} hits")) if shown.about else say(N_("{count} hits"))
    return "\n".join([count.format(count=shown.total), *chain.from_iterable(map(_lines, shown.hits))])


def _lines(hit: Any) -> list[str]:
    card = hit.card
    head = "  ".join(filter(None, (card.date, card.leaf, card.column, card.title, card.byline)))
    return ["", click.style(head, bold=True), f"  {_marked(hit.passage, hit.marks)}", f"  {card.address}"]


def _marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    told, last = "", 0
    for start, end in marks:
        told += f"{text[last:start]}【{text[start:end]}】"
        last = end
    return told + text[last:]
