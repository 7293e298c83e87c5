"""What is measured of search, as a program of its own that loads no more than a build does: `fill ROOT` brings the
catalogue of a site up to date, `index ROOT` its index.
"""

import argparse
from pathlib import Path

from gongbao import pinyin
from gongbao.catalogue import Ask, Store, settle
from gongbao.identity import engine_digest
from gongbao.intake import Intake
from gongbao.pages import Context
from gongbao.report import Silent
from gongbao.search.update import Place, update
from gongbao.settings import need_settings
from gongbao.spoken import Speaker
from gongbao.theme import load_theme

_NOW = "2026-11-24"


def fill(root: Path, jobs: int) -> None:
    """Brings the catalogue of a site up to date; nothing is planned."""
    store = Store(root / ".gongbao" / "catalogue.db", engine_digest())
    with pinyin.remembering(store), store.transaction():
        Intake(root / "content", _NOW, jobs, "processes").take(store, Silent(), [])
        settle(store)
        store.set_meta("basis", "none")  # as after a build: from now on it is noted what an edit touches
    store.close()


def make_index(root: Path, jobs: int) -> None:
    """Brings the index of a site up to date whose catalogue is filled."""
    settings = need_settings(root)
    catalogue = root / ".gongbao" / "catalogue.db"
    store = Store(catalogue, engine_digest())
    theme = load_theme(root, "plain", (), settings.language, store)
    context = Context(Ask(store), settings, theme, Speaker(settings.language))
    place = Place(catalogue, root / "output", "output", jobs, "processes")
    with pinyin.remembering(store):
        update(store, context, place, False, lambda verb, path: None)
    store.close()


def main() -> None:
    """Does one of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("fill", "index"))
    parser.add_argument("root", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    (fill if given.what == "fill" else make_index)(given.root.absolute(), given.jobs)


if __name__ == "__main__":
    main()
