"""What an editor means: a file, an issue or an address; and where it is to go."""

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from posixpath import basename, dirname

from gongbao import pinyin
from gongbao.desk.shelf import Shelf
from gongbao.diagnostics import N_, Diagnostic, Stop, finding
from gongbao.read import ISSUE, kind_of
from gongbao.read.files import CONTENT
from gongbao.text import SLUG, is_issue_key, nearest, nfc, parse_date

_NAME = re.compile(r"(?P<leaf>[a-z0-9]{1,8})-(?P<number>\d{1,4})(?:-(?P<slug>.+))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A source, or a whole issue by its key."""

    source: str = ""
    issue: str = ""


def find(shelf: Shelf, told: str) -> Found:
    """What `told` means; `Stop` where it means nothing here."""
    text = nfc(told.strip()).replace("\\", "/")
    if source := next((each for each in _paths(shelf, text) if each in shelf.sources), ""):
        return _issue_of(source) if basename(source) == ISSUE else Found(source)
    key = basename(text.rstrip("/"))
    if key := next((each for each in (key, parse_date(key) or "") if each in shelf.issues), ""):
        return Found(issue=key)
    if text.startswith("/") and (source := _at_address(shelf, text)):
        return Found(source)
    same = [source for source in shelf.sources if basename(source) in (basename(text), basename(text) + ".md")]
    if len(same) == 1:
        return Found(same[0])
    raise Stop(_unknown(shelf, told, same))


def _unknown(shelf: Shelf, told: str, same: list[str]) -> Diagnostic:
    names = {basename(source): source for source in shelf.sources}
    near = CONTENT + same[0] if same else names.get(nearest(basename(told), list(names)), "")
    if near:
        near = near if near.startswith(CONTENT) else CONTENT + near
        return finding("G801", "", value=told, near=near, suggestion=N_("did you mean “{near}”?"))
    return finding("G801", "", value=told, suggestion=N_("look for its name in content/"))


def _issue_of(source: str) -> Found:
    return Found(issue=basename(dirname(source)))


def _paths(shelf: Shelf, text: str) -> list[str]:
    """The paths from content/ that a path may mean: seen from content/, the site's folder, or here."""
    found = [text, text.removeprefix(CONTENT)]
    with suppress(ValueError):
        found.append(Path(text).resolve().relative_to(shelf.content.resolve()).as_posix())
    return [each for path in found for each in (path, path + ".md")]


def _at_address(shelf: Shelf, address: str) -> str:
    wanted = address if address.endswith("/") else address + "/"
    key = next((step for step in wanted.split("/") if step in shelf.issues), "")
    near = shelf.issues.get(key) or [each for each in shelf.sources if kind_of(each) == "standing"]
    return next((source for source in near if shelf.facts(source).address == wanted), "")


def place_for(shelf: Shelf, source: str, told: str) -> str:
    """The new path of a source: `told` is an issue, a folder, a path, or a new name."""
    text = nfc(told.strip()).replace("\\", "/")
    if is_issue_key(text) or parse_date(text):
        key = next((each for each in (text, parse_date(text) or "") if each in shelf.issues), "")
        if not key:
            key = parse_date(text) or text
            raise Stop(finding("G804", "", value=key, near=shelf.beside(key) or "—"))
        return f"{shelf.folder(key)}/{basename(source)}"
    ending = "." + source.rpartition(".")[2]
    text = _kept_kind(source, text, ending)
    if "/" not in text:
        return f"{dirname(source)}/{_named(source, text.removesuffix(ending))}{ending}".lstrip("/")
    path = _inside(shelf, text)
    if text.endswith("/") or (shelf.content / path).is_dir():
        return f"{path.rstrip('/')}/{basename(source)}"
    name = basename(path).removesuffix(ending)
    return f"{dirname(path)}/{_named(source, name)}{ending}".lstrip("/")


def _kept_kind(source: str, text: str, ending: str) -> str:
    """The new name with the ending that the file has; `Stop` where it has that of another kind of file."""
    stem, dot, told = text.rpartition(".")
    if not dot or f".{told}" == ending or not kind_of(f"x.{told}"):
        return text
    if f".{told}".lower() == ending.lower():
        return stem + ending
    hint = N_("a new name does not change what kind of file it is: it goes on ending in {ending}")
    raise Stop(finding("G805", CONTENT + source, path=CONTENT + source, value=text, suggestion=hint, ending=ending))


def _inside(shelf: Shelf, text: str) -> str:
    """A path from content/; `Stop` where it leads out of it."""
    path = Path(text)
    whole = path if path.is_absolute() else shelf.content / text.removeprefix(CONTENT)
    if not path.is_absolute() and text.startswith("."):
        whole = Path.cwd() / text
    try:
        return whole.resolve().relative_to(shelf.content.resolve()).as_posix()
    except ValueError:
        told = N_("choose a place in content/")
        raise Stop(finding("G805", CONTENT, path=text, value=text, suggestion=told)) from None


def _named(source: str, name: str) -> str:
    """A file's new name; what is only a name keeps the leaf and number that the file had."""
    old = _NAME.fullmatch(basename(source).rpartition(".")[0])
    if kind_of(source) != "article" or _NAME.fullmatch(name):
        return name if kind_of(source) == "picture" or SLUG.fullmatch(name) else _slug(source, name)
    return f"{old['leaf']}-{old['number']}-{_slug(source, name)}" if old else _slug(source, name)


def _slug(source: str, name: str) -> str:
    slug = name if SLUG.fullmatch(name) else pinyin.slug(name)
    if not slug:
        told = N_("name it in small letters, digits and hyphens, as in 4-05-wu-da-fu-wu")
        raise Stop(finding("G805", CONTENT + source, path=CONTENT + source, value=name, suggestion=told))
    return slug
