"""What every kind of page is made of: which pages there are, where each stands, what it shows, what touches it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from gongbao.catalogue import Ask
from gongbao.diagnostics import N_, Diagnostic
from gongbao.settings import Settings
from gongbao.spoken import Speaker
from gongbao.theme import Theme
from gongbao.views import Named, Page, Scope, View


@dataclass(slots=True)
class Context:
    """What the making of a page may use. `findings` collects what is wrong with the page at hand."""

    ask: Ask
    settings: Settings
    theme: Theme
    speaker: Speaker
    findings: list[Diagnostic] = field(default_factory=list)

    def taken_findings(self) -> tuple[Diagnostic, ...]:
        """What was found on the page at hand; the next page begins with nothing."""
        taken = tuple(self.findings)
        self.findings.clear()
        return taken

    def home(self) -> Named:
        """The first crumb."""
        return Named(self.speaker.say(N_("Front page")), "/")

    def page(self, address: str, template: str, view: View, *crumbs: Named, scope: Scope | None = None) -> Page:
        """A page; its crumbs come after the front page."""
        return Page(address, template, view, (self.home(), *crumbs), scope)


Keys = Callable[..., Iterable[str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page."""

    name: str
    keys: Callable[[Context], Iterable[str]]
    """The keys of all pages that there are."""
    address: Callable[[Context, str], str | None]
    """Where the page of a key stands; None where there is no such page."""
    page: Callable[[Context, str], Page | None]
    """The page; only asked for where it stands."""
    touched: Mapping[str, Keys]
    """For each thing that may change: the keys of pages that may show it. Too many is right, too few is not."""
    rank: int = 5
    """Who gets an address that several claim: the lowest."""
    mapped: bool = True
    """Whether its pages stand in the sitemap."""
    last: bool = False
    """Whether it is published after the others: it leads to what they show."""
