"""What is asked of a build, and what it begins with: the site's folders, its settings and theme, its catalogue."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gongbao import pinyin
from gongbao.catalogue import Ask, Damaged, Store
from gongbao.diagnostics import Diagnostic, Stop, finding
from gongbao.identity import engine_digest
from gongbao.pages import Context
from gongbao.report import Outcome
from gongbao.settings import FILE, Settings, need_settings
from gongbao.spoken import Speaker
from gongbao.theme import Theme, load_theme

_CATALOGUE = "catalogue.db"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: folders, the theme's name (empty: as site.yaml says), and `now` as YYYY-MM-DD."""

    root: Path
    output: Path
    now: str
    theme: str = ""
    jobs: int = 1
    executor: str = "processes"
    clean: bool = False
    dry_run: bool = False
    verify: bool = False
    changes: Path | None = None
    """A file that is to tell which files were written and deleted: one a line, after its verb and a tab."""
    home: str = ".gongbao"
    """The folder of the catalogue, from the root."""
    drafts: bool = False
    """Whether drafts, and what is to come, are published as well."""
    changed: frozenset[str] | None = None
    """Paths from the root: nothing else changed since the last build of this folder, not even in it; None: anything."""
    index: bool = True
    """Whether the index of search is brought up to date, too; where it is not, the next build does it."""
    first: frozenset[str] = frozenset()
    """Paths in the output folder: pages that somebody looks at, to be there before all others."""

    @property
    def catalogue(self) -> Path:
        """The catalogue's file."""
        return self.root / self.home / _CATALOGUE


def mended(order: Order, run: Callable[[list[Diagnostic]], Outcome]) -> Outcome:
    """`run` with what was found before it; where the catalogue is damaged, once more with a new one."""
    try:
        return run([])
    except Damaged as error:
        for path in order.catalogue.parent.glob(f"{_CATALOGUE}*"):
            path.unlink()
        return run([finding("G604", f"{order.home}/{_CATALOGUE}", problem=str(error))])


def need_folders(root: Path) -> None:
    """Raises `Stop` where `root` is not a site's."""
    if not (root / FILE).is_file() or not (root / "content").is_dir():
        need_settings(root)
        raise Stop(finding("G502", "content"))


def tools_of(order: Order, store: Store) -> tuple[Settings, Theme]:
    """The settings and the theme as they are now. Raises `Stop` where they are broken."""
    settings = need_settings(order.root)
    name = order.theme or settings.theme
    with store.transaction():
        theme = load_theme(order.root, name, settings.theme_settings, settings.language, store)
    return settings, theme


def context_of(order: Order, store: Store, settings: Settings, theme: Theme) -> Context:
    """What the pages of one build are made with."""
    return Context(Ask(store), settings, theme, Speaker(settings.language))


@contextmanager
def opened(order: Order) -> Iterator[Store]:
    """The catalogue of an order; pinyin is remembered in it."""
    with _catalogue(order) as store, pinyin.remembering(store):
        yield store


@contextmanager
def _catalogue(order: Order) -> Iterator[Store]:
    try:
        # What is published of the same sources is another thing where drafts are.
        store = Store(order.catalogue, engine_digest() + " with drafts" * order.drafts)
    except OSError as error:
        raise Stop(finding("G601", ".gongbao", path=".gongbao", problem=error.strerror or str(error))) from error
    try:
        yield store
    finally:
        store.close()


def folder_of(order: Order) -> str:
    """The output folder's name in the catalogue: seen from the root where it lies in it, so that the site may move."""
    output, root = order.output.resolve(), order.root.resolve()
    return output.relative_to(root).as_posix() if output.is_relative_to(root) else output.as_posix()
