"""What each kind of page shows, as frozen records: the whole contract between the engine and a theme."""

from dataclasses import dataclass, field

from gongbao.model import Area, Edit


@dataclass(frozen=True, slots=True)
class Named:
    """A name and the address that it leads to (empty: no page)."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search from a page may be kept to: its name, and the filter as it is written in a query."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A name, its address and how many articles stand behind it."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody in a byline: `name` with the author's address, the role (记者) and the unit with its address."""

    name: str
    address: str
    role: str = ""
    unit: Named = Named("")


@dataclass(frozen=True, slots=True)
class SourceView:
    """What a browser may load instead of a picture, in one format: `type` is such as image/avif; `files` are address
    and width in pixels of each, the narrowest first."""

    type: str
    files: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture: its address, size in pixels, and what is said of it. `sources`: what may be loaded instead, the best
    format first; `small`: the same for a small sheet. Both are empty where the picture's own file is best."""

    address: str
    width: int
    height: int
    caption: str = ""
    credit: str = ""
    sources: tuple[SourceView, ...] = ()
    small: tuple[SourceView, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What lists show of an article. `date` is YYYY-MM-DD or YYYY-MM; `leaf` is `web` for what was never printed."""

    address: str
    title: str
    kicker: str
    subtitle: str
    date: str
    issue: str
    leaf: str
    column: str
    kind: str
    people: tuple[str, ...]
    regions: tuple[str, ...]
    excerpt: str
    picture: PictureView | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """The newspaper, the same on every page."""

    title: str
    language: str
    base_url: str
    generator: str
    columns: tuple[Named, ...]
    standing: tuple[Named, ...]
    publisher: dict[str, str]
    """cn, issn, sponsor, address, phone, email; what is not known is absent."""
    footer: dict[str, str]
    """icp, police, rights; what is not known is absent."""
    theme_settings: dict[str, str | bool | int | float]
    """Each setting of the theme as its type has it."""
    search: bool = True
    """Whether the archive can be searched: `features: {search: off}` in site.yaml says no."""


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue's own facts. `edition` is 1 unless the day had several; `status` is empty for a published issue; `paper`
    is the newspaper's name at that time, empty where it is that of now."""

    key: str
    address: str
    date: str
    edition: int
    number: str = ""
    total: str = ""
    name: str = ""
    note: str = ""
    status: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class LeafView:
    """A newspaper page's own facts. `editors`: duty and name."""

    leaf: str
    address: str
    name: str = ""
    editors: tuple[tuple[str, str], ...] = ()
    image: PictureView | None = None
    pdf: str = ""
    spread: str = ""


@dataclass(frozen=True, slots=True)
class AreaView:
    """An article's area on a leaf's image: points 0 to 1 of width and height."""

    address: str
    title: str
    points: Area


@dataclass(frozen=True, slots=True)
class LeafBlock:
    """A leaf with the cards of its articles in order."""

    leaf: LeafView
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """A column with its newest cards."""

    column: Named
    intro: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """The other side of a correction: its headline, address and date."""

    title: str
    address: str
    date: str


@dataclass(frozen=True, slots=True)
class Related:
    """An earlier article about the same: its headline, address and date."""

    title: str
    address: str
    date: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """A child of a short-items article; its anchor on the page is `item-<id>`. `body` is safe HTML."""

    id: str
    title: str
    people: tuple[PersonView, ...]
    regions: tuple[tuple[Named, ...], ...]
    body: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The front page: the newest issue and the ways into the archive."""

    issue: IssueView | None
    """The newest published issue; none in an empty archive."""
    leaves: tuple[LeafBlock, ...]
    """The leaves of that issue with their articles."""
    columns: tuple[ColumnBlock, ...]
    """Every column with its newest articles."""
    issues: tuple[IssueView, ...]
    """The issues before the newest, newest first."""
    years: tuple[Counted, ...]
    """Every year of the archive and how many articles it has, newest first."""
    total: int
    """How many articles the archive has."""


@dataclass(frozen=True, slots=True)
class IssuePage:
    """An issue: its leaves with their articles."""

    issue: IssueView
    """The issue."""
    leaves: tuple[LeafBlock, ...]
    """Its leaves in order, the never printed one last."""
    editions: tuple[IssueView, ...]
    """Other editions of the same day."""
    day: Named
    """The day of the year and what appeared on it in all years; nothing for an issue of a whole month."""
    previous: Named
    """The issue before."""
    next: Named
    """The issue after."""


@dataclass(frozen=True, slots=True)
class LeafPage:
    """A newspaper page (版): its image with areas, and its articles."""

    issue: IssueView
    """The issue it belongs to."""
    leaf: LeafView
    """The leaf."""
    areas: tuple[AreaView, ...]
    """The articles' areas on the image, in the articles' order; those of a spread's other leaf follow."""
    cards: tuple[Card, ...]
    """The articles in order."""
    across: LeafBlock | None
    """The leaf that it is printed across with (通版), and that leaf's articles; `leaf` has the picture of both."""
    continued: tuple[Card, ...]
    """Articles of other leaves that go on here."""
    leaves: tuple[LeafView, ...]
    """All leaves of the issue, for going from one to another."""
    previous: Named
    """The leaf before."""
    next: Named
    """The leaf after."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article, whole."""

    address: str
    """The article's address."""
    title: str
    """The headline; may hold line breaks."""
    kicker: str
    """The line over the headline (引题)."""
    subtitle: str
    """The line under the headline (副题)."""
    body: str
    """The text as safe HTML."""
    items: tuple[ItemView, ...]
    """The children of a short-items article."""
    issue: IssueView
    """The issue it stands in."""
    leaf: LeafView
    """The leaf it stands on."""
    areas: tuple[Area, ...]
    """Its areas on that leaf's image: points 0 to 1 of width and height."""
    date: str
    """YYYY-MM-DD, or YYYY-MM in an issue of a whole month."""
    column: Named
    """The column; no address where the newspaper does not know it."""
    column_previous: Named
    """The article before in the same column."""
    column_next: Named
    """The article after in the same column."""
    series: str
    """The run of articles it belongs to (专题)."""
    kind: str
    """消息, 通讯, 评论…"""
    authors: tuple[PersonView, ...]
    """Who wrote it."""
    photographers: tuple[PersonView, ...]
    """Who took the pictures."""
    byline: str
    """The byline as printed."""
    dateline: str
    """The dateline as printed (本报讯（…）)."""
    origin: str
    """Where a reprint comes from."""
    regions: tuple[tuple[Named, ...], ...]
    """Each region as steps from the province down; free text has one step without address."""
    tags: tuple[Named, ...]
    """Its tags."""
    summary: str
    """The editors' summary, or the beginning of the text."""
    photos: tuple[PictureView, ...]
    """Pictures that stand apart from the text."""
    continued: tuple[LeafView, ...]
    """Leaves on which it goes on."""
    corrects: tuple[Correction, ...]
    """Articles that this one corrects."""
    corrected_by: tuple[Correction, ...]
    """Articles that correct this one."""
    edits: tuple[Edit, ...]
    """Fixes made to the digital text."""
    rights: str
    """The statement of rights."""
    digitised: str
    """When the digital text was made: never the date of publication."""
    ocr: str
    """Where the text comes from: raw, checked, by whom."""
    siblings: tuple[Card, ...]
    """The other articles of the leaf."""
    related: tuple[Related, ...]
    """Articles of earlier issues that share the most tags and regions with it, at most five."""
    previous: Named
    """The article before in the issue."""
    next: Named
    """The article after in the issue."""


@dataclass(frozen=True, slots=True)
class Span:
    """How many articles a list has in all, and the dates of the first and the last."""

    total: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What the pages of columns, regions, authors and tags share: a root page, a page a year, a page a month."""

    name: str
    """The column, region, author or tag."""
    address: str
    """The address of the root page."""
    period: str
    """Empty on the root page, else YYYY or YYYY-MM."""
    span: Span
    """How many articles this page's period has, and from when to when."""
    years: tuple[Counted, ...]
    """Years with articles, newest first; only on the root page."""
    months: tuple[Counted, ...]
    """Months with articles, oldest first; only on a year's page of a column or province."""
    cards: tuple[Card, ...]
    """The newest articles on the root page, else those of the period."""
    previous: Named
    """The period with articles before this one."""
    next: Named
    """The period with articles after this one."""


@dataclass(frozen=True, slots=True)
class ColumnPage(ListPage):
    """A column."""

    intro: str = ""
    """What the column is for."""


@dataclass(frozen=True, slots=True)
class RegionPage(ListPage):
    """A region."""

    steps: tuple[Named, ...] = ()
    """The regions above it, from the province down."""
    children: tuple[Counted, ...] = ()
    """The regions right below it that have articles; only on the root page."""


@dataclass(frozen=True, slots=True)
class AuthorPage(ListPage):
    """An author: a person or a unit."""

    units: tuple[Named, ...] = ()
    """Units given with the name, newest first; only on the root page."""
    letter: Named = Named("")
    """The index page that lists the name."""


@dataclass(frozen=True, slots=True)
class TagPage(ListPage):
    """A tag."""

    letter: Named = Named("")
    """The index page that lists the tag."""


@dataclass(frozen=True, slots=True)
class RegionTile:
    """A province on the map: `short` is its name without 省; `column` and `row` count from 0, from the north-west. No
    address where nothing was written about it."""

    name: str
    short: str
    address: str
    count: int
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A region with the regions right below it that have articles."""

    region: Counted
    children: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The root of columns, regions, authors or tags: `subject` says which."""

    subject: str
    """columns, regions, authors or tags."""
    letter: str
    """The letter that this page lists (0: other signs); empty on the root page."""
    letters: tuple[Named, ...]
    """The index pages by pinyin letter; empty for columns and regions."""
    entries: tuple[Counted, ...]
    """The names: all columns, all provinces, the most used authors and tags, or those of the letter."""
    tree: tuple[Branch, ...] = ()
    """Of regions: the provinces with articles, the most first, each with its cities."""
    tiles: tuple[RegionTile, ...] = ()
    """Of regions: every province of today, as a map of equal squares."""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of a month's calendar. `date` is YYYY-MM-DD."""

    date: str
    day: int
    issues: tuple[IssueView, ...]
    gap: str = ""
    """Why nothing appeared, where the newspaper says so."""


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month: its issues and, week by week, its days (none outside the month)."""

    month: str
    address: str
    count: int
    weeks: tuple[tuple[DayView | None, ...], ...]
    issues: tuple[IssueView, ...]
    """Issues of the whole month, which stand on no day."""
    gap: str = ""
    """Why nothing appeared in the whole month, where the newspaper says so."""


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of the calendar; no address where nothing appeared."""

    year: str
    address: str
    issues: int
    articles: int
    gap: str = ""
    """Why nothing appeared, where the newspaper says so."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """A time in the newspaper's life: a name that it had or, where `gap`, why it did not appear. `to` is empty where
    the time lasts."""

    name: str
    since: str
    to: str
    note: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """The calendar of all years."""

    span: Span
    """How many articles the archive has, and from when to when."""
    issues: int
    """How many issues."""
    years: tuple[YearView, ...]
    """Every year from the newspaper's first day, or the first issue, to the last issue, oldest first."""
    history: tuple[Epoch, ...]
    """The names that the newspaper had, and when it did not appear, oldest first."""


@dataclass(frozen=True, slots=True)
class YearPage:
    """The calendar of a year."""

    year: str
    """YYYY."""
    months: tuple[MonthView, ...]
    """The twelve months."""
    issues: int
    """How many issues."""
    span: Span
    """How many articles, and from when to when."""
    previous: Named
    """The year with issues before."""
    next: Named
    """The year with issues after."""


@dataclass(frozen=True, slots=True)
class MonthPage:
    """The calendar of a month, with its issues and their leaves."""

    month: MonthView
    """The month."""
    issues: tuple[tuple[IssueView, tuple[LeafView, ...]], ...]
    """Its issues with their leaves, in order."""
    span: Span
    """How many articles, and from when to when."""
    previous: Named
    """The month with issues before."""
    next: Named
    """The month with issues after."""


@dataclass(frozen=True, slots=True)
class ColumnYears:
    """A column and how many articles it has, in all and in each of the page's years."""

    column: Named
    total: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GapView:
    """A time in which nothing appeared, or of which the archive has nothing. `since`, `to`: YYYY or YYYY-MM-DD, empty
    where it is open."""

    since: str
    to: str
    reason: str
    """As the newspaper says; empty where it says nothing."""


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The archive in figures."""

    span: Span
    """How many articles the archive has, and from when to when."""
    issues: int
    """How many issues."""
    years: tuple[YearView, ...]
    """Every year from the first issue to the last, oldest first."""
    columns: tuple[ColumnYears, ...]
    """Every column of the newspaper, with a count for each of `years`."""
    regions: tuple[Counted, ...]
    """The provinces with articles, the most first."""
    authors: tuple[Counted, ...]
    """The most frequent authors, the most first."""
    gaps: tuple[GapView, ...]
    """Times without issues that the newspaper tells of, and runs of years of which nothing is told, in order."""


@dataclass(frozen=True, slots=True)
class DaysRow:
    """A month (MM) of the year's days: each day with issues, its address, and how many issues of all years."""

    month: str
    days: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class DaysPage:
    """On this day (历史上的今天): every day of the year on which something appeared."""

    months: tuple[DaysRow, ...]
    """The twelve months."""


@dataclass(frozen=True, slots=True)
class IssueOfDay:
    """An issue of some year with its first articles; `total` is how many it has."""

    issue: IssueView
    cards: tuple[Card, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DayPage:
    """A day of the year and what appeared on it in all years."""

    day: str
    """MM-DD."""
    issues: tuple[IssueOfDay, ...]
    """The issues of that day, the newest year first; the oldest of very many come without articles."""
    previous: Named
    """The day before with issues."""
    next: Named
    """The day after with issues."""


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page that stands beside the archive."""

    address: str
    """Its address."""
    title: str
    """Its title."""
    body: str
    """The text as safe HTML."""
    summary: str
    """What it is about."""
    history: tuple[Epoch, ...] = ()
    """Of /about/ alone: the names that the newspaper had, and when it did not appear, oldest first."""


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """A former address and where it leads now."""

    former: str
    """The former address."""
    target: Named
    """The page that stands for it now; no address where it is gone."""
    choices: tuple[Named, ...]
    """For former addresses that a static host cannot tell apart (`?id=…`): each with where it leads."""
    date: str
    """Since when."""
    reason: str
    """Why."""


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """The page for an address that is not there; its links are absolute within the site."""

    columns: tuple[Named, ...]
    """The columns, as a way on."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page: what it shows the script makes of the query and the index."""


@dataclass(frozen=True, slots=True)
class OpenSearchPage:
    """The description by which browsers take up the archive's search."""

    results: str
    """The address of the search page."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article in the feed. `date` is a whole day; `people` are names."""

    id: str
    address: str
    title: str
    date: str
    people: tuple[str, ...]
    column: str
    summary: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """The Atom feed of the newest articles."""

    updated: str
    """The newest entry's day."""
    entries: tuple[FeedEntry, ...]
    """The newest articles, newest first."""


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A part of the sitemap: a year's pages, or those that belong to no year."""

    addresses: tuple[str, ...]
    """The addresses, in order."""


@dataclass(frozen=True, slots=True)
class SitemapIndexPage:
    """The sitemap's index."""

    parts: tuple[str, ...]
    """The addresses of the parts."""


@dataclass(frozen=True, slots=True)
class RobotsPage:
    """What robots may read: everything, and where the sitemap is."""

    sitemap: str
    """The sitemap's address."""


@dataclass(frozen=True, slots=True)
class HeadersPage:
    """What static hosts are to send with which addresses."""

    rules: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Patterns of addresses, each with names and values of headers."""


@dataclass(frozen=True, slots=True)
class FilePage:
    """A file published as it is: an asset of the theme, or a picture. `file` is where it lies now, `text` its text
    where that was made of it."""

    file: str
    digest: str
    text: str = ""


View = (
    FrontPage
    | IssuePage
    | LeafPage
    | ArticlePage
    | ColumnPage
    | RegionPage
    | AuthorPage
    | TagPage
    | IndexPage
    | ArchivePage
    | YearPage
    | MonthPage
    | DaysPage
    | DayPage
    | StatisticsPage
    | StandingPage
    | RedirectPage
    | NotFoundPage
    | SearchPage
    | OpenSearchPage
    | FeedPage
    | SitemapPage
    | SitemapIndexPage
    | RobotsPage
    | HeadersPage
    | FilePage
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered: the template (empty: a file copied as it is) sees `view` as `page`."""

    address: str
    template: str
    view: View
    crumbs: tuple[Named, ...] = field(default=())
    """The way here from the front page, the page itself last."""
    scope: Scope | None = None
    """What a search from here may be kept to."""

    @property
    def title(self) -> str:
        """The page's own name: the last crumb."""
        return self.crumbs[-1].name if self.crumbs else ""
