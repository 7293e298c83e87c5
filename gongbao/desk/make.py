"""New articles and issues: where they go, what stands in them. Nothing that is there is ever overwritten."""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from gongbao.desk import days
from gongbao.desk.sheets import Sheets, quoted
from gongbao.desk.shelf import Shelf, refolder
from gongbao.desk.slugs import headline_slug
from gongbao.diagnostics import Diagnostic, Stop, finding, has_errors
from gongbao.model import Issue
from gongbao.read import ISSUE, read_source
from gongbao.read.files import CONTENT
from gongbao.text import LEAF, SLUG, is_issue_key, issue_date, nearest, parse_date

_UNNUMBERED = days.Numbers()


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
        near = nearest(wanted.issue, list(shelf.issues)) or next(reversed(shelf.issues), "")
        raise Stop(finding("G804", "", value=wanted.issue, near=near))
    leaf = leaf_name(wanted.leaf)
    source = f"{shelf.folder(wanted.issue)}/{_name(shelf, wanted, leaf)}"
    sheets = Sheets(shelf.settings.language)
    values = {name: quoted(value) for name, value in wanted.texts.items() if value}
    if region := wanted.texts.get("region"):
        values["region"] = f"[{', '.join(region.split('、'))}]" if "、" in region else quoted(region)
    if wanted.authors:
        values["author"] = sheets.people(wanted.authors)
    columns = [each.name for each in shelf.settings.columns]
    text = sheets.article({"title": quoted(wanted.title), **values}, columns)
    return _write(shelf, source, text)


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
        raise Stop(finding("G802", f"{CONTENT}{shelf.folder(key)}", path=f"{CONTENT}{shelf.folder(key)}"))
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
        raise Stop(finding("G802", CONTENT + source, path=CONTENT + source)) from None
    except OSError as error:
        raise Stop(finding("G601", CONTENT + source, path=CONTENT + source, problem=error.strerror or "")) from error
    return Made(path)
