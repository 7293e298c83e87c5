"""New articles and issues: where they go, what stands in them. Nothing that is there is ever overwritten."""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from gongbao.desk import days
from gongbao.desk.sheets import Sheets, listed, quoted
from gongbao.desk.shelf import Shelf, refolder
from gongbao.desk.slugs import headline_slug
from gongbao.diagnostics import N_, Diagnostic, Stop, finding, has_errors
from gongbao.model import Issue
from gongbao.read import ISSUE, read_source
from gongbao.read.files import CONTENT
from gongbao.spoken import edited
from gongbao.text import LEAF, SLUG, WEB, is_issue_key, issue_date, parse_date, parts

_UNNUMBERED = days.Numbers()
UNCHECKED = N_("The issue.yaml of this issue names no leaves, so nobody knows whether there is {leaf}.")
_LISTS = ("region", "tags")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an editor wants of a new article."""

    issue: str
    leaf: str
    title: str
    slug: str = ""
    authors: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    """Other texts, by English key."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made, with what is to be said of it."""

    path: Path
    numbers: days.Numbers = _UNNUMBERED
    findings: tuple[Diagnostic, ...] = ()


def new_article(shelf: Shelf, wanted: Wanted) -> Made:
    """Makes an article's file; `Stop` where it cannot be made."""
    if wanted.issue not in shelf.issues:
        raise Stop(finding("G804", "", value=wanted.issue, near=shelf.beside(wanted.issue) or "—"))
    leaf = leaf_name(wanted.leaf)
    source = f"{shelf.folder(wanted.issue)}/{_name(shelf, wanted, leaf)}"
    sheets = Sheets(shelf.settings.language)
    values = {name: quoted(value) for name, value in wanted.texts.items() if value}
    values |= {name: listed(parts(wanted.texts[name])) for name in _LISTS if name in values}
    if wanted.authors:
        values["author"] = sheets.people(wanted.authors)
    columns = [each.name for each in shelf.settings.columns]
    text = sheets.article({"title": quoted(wanted.title), **values}, columns)
    return _write(shelf, source, text)


def region_doubts(region: str, issue: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the regions that an editor names for an article of an issue."""
    text = f"---\ntitle: x\nregion: {listed(parts(region))}\n---\nx\n"
    found = read_source(f"{issue}/1-01-x.md", text.encode()).findings if parts(region) else ()
    return tuple(finding(each.code, "", **dict(each.args)) for each in found)


def leaf_doubt(shelf: Shelf, issue: str, leaf: str, file: str = "") -> Diagnostic | None:
    """What is odd about a leaf on which the article `file` of an issue is to stand: issue.yaml does not name it."""
    record = shelf.issue(issue)
    known = [name for each in record.leaves for name in (each.leaf, each.spread) if name] if record else []
    return finding("G764", file, leaf=leaf, known="、".join(known)) if known and leaf not in (*known, WEB) else None


def leaf_is_new(shelf: Shelf, issue: str, leaf: str) -> bool:
    """Whether neither issue.yaml nor an article knows of a leaf."""
    return leaf not in [name for name, _ in shelf.leaves(issue)]


def leaf_name(told: str) -> str:
    """A leaf as file names call it, also of 第4版 and ４; `Stop` where it cannot be one."""
    leaf = unicodedata.normalize("NFKC", told).strip().lower().removeprefix("第").removesuffix("版").strip()
    if not LEAF.fullmatch(leaf):
        raise Stop(finding("G204", "", value=told))
    return str(int(leaf)) if leaf.isdigit() else leaf


def _name(shelf: Shelf, wanted: Wanted, leaf: str) -> str:
    """The name of a new article's file; a slug that an article of the leaf has already gets a number."""
    slug = wanted.slug.strip()
    if slug and not SLUG.fullmatch(slug):
        raise Stop(finding("G217", "", value=slug))
    people = tuple(each.rpartition(" ")[2] for each in wanted.authors)
    slug = slug or headline_slug(wanted.title, dict(shelf.settings.slugs), people)
    taken = {Path(source).stem.lower().partition("-")[2].partition("-")[2] for source in shelf.issues[wanted.issue]}
    plain, number = slug, 2
    while slug and slug in taken:
        slug, number = f"{plain}-{number}", number + 1
    return "-".join(filter(None, (leaf, f"{shelf.next_number(wanted.issue, leaf):02}", slug))) + ".md"


def next_issue(shelf: Shelf) -> str:
    """The key of the next issue: the first day of publication after the newest; empty where there is none yet."""
    dated = [key for key in shelf.issues if len(issue_date(key)) == 10]
    return (days.next_day(shelf.settings, issue_date(dated[-1])) or "") if dated else ""


def issue_in_work(shelf: Shelf) -> str:
    """The newest issue that is being edited, or else the newest; empty where there is none."""
    wanted = edited()
    needles = [each.encode(code) for each in wanted for code in ("utf-8", "gb18030")]
    for key, sources in reversed(shelf.issues.items()):
        data = next((shelf.data(source) for source in sources if Path(source).name == ISSUE), b"")
        if any(needle in data for needle in needles) and (record := shelf.issue(key)) and record.status in wanted:
            return key
    return next(reversed(shelf.issues), "")


def issue_key(told: str) -> str:
    """An issue's key as an editor may write it (2019-07-02, 2019-7-2, 2019年7月2日); `Stop` where it is none."""
    day = parse_date(told) or ""  # first, for 2019-07-2 would be a second issue of the month
    key = day if len(day) == 10 or not is_issue_key(told) else told
    if not key:
        raise Stop(finding("G111", "", value=told))
    return key


def new_issue(shelf: Shelf, key: str) -> Made:
    """Makes an issue's folder with its issue.yaml; `Stop` where the issue is there already."""
    if key in shelf.issues:
        raise Stop(finding("G802", "", path=f"{CONTENT}{shelf.folder(key)}"))
    known = {each: record for each in shelf.issues if (record := shelf.issue(each))}
    last = days.before(known, key)
    told = days.numbers(shelf.settings, last, key)
    like = last or next((known[each] for each in reversed(list(known)) if each < key), None)
    folder = refolder(shelf.folder(like.key), like.key, key) if like else f"{key[:4]}/{key}"
    text = Sheets(shelf.settings.language).issue(key, told.number, told.total, like.leaves if like else ())
    made = _write(shelf, f"{folder}/{ISSUE}", text)
    return Made(made.path, told, tuple(_doubts(shelf, key, known, told)))


def _doubts(shelf: Shelf, key: str, known: dict[str, Issue], told: days.Numbers) -> list[Diagnostic]:
    """What is odd about a new issue's day and numbers."""
    found, settings = [], shelf.settings
    file = f"{CONTENT}{shelf.folder(key)}/{ISSUE}"
    if len(key) == 10 and not days.appears(settings, key):
        gap = days.gap_on(settings, key)
        found.append(finding("G806", file, day=key) if gap is None else finding("G807", file, day=key, reason=gap))
    if twin := next((each.key for each in known.values() if told.total and each.total == told.total), ""):
        found.append(finding("G808", file, number=told.total, other=twin))
    return found


def _write(shelf: Shelf, source: str, text: str) -> Made:
    """Writes a new file that reads as it should; `Stop` where it would not, or where something is there."""
    path = shelf.content / source
    reading = read_source(source, text.encode())
    if has_errors(reading.findings):
        raise Stop(*reading.findings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Stop(finding("G802", "", path=CONTENT + source)) from None
    except OSError as error:
        raise Stop(finding("G601", CONTENT + source, path=CONTENT + source, problem=error.strerror or "")) from error
    return Made(path, findings=reading.findings)
