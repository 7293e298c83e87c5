"""What stands in content/: sources by issue, and what an editor may choose from."""

from bisect import bisect
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from posixpath import basename, dirname

from gongbao.model import Article, Issue
from gongbao.read import ISSUE, kind_of, read_source
from gongbao.read.article import nearest_issue
from gongbao.read.files import CONTENT, scan
from gongbao.settings import Settings
from gongbao.text import WEB, leaf_order

_RECENT = 6
"""In how many issues it is looked for whoever writes now."""
_NEXT_TO = 3
"""How many issues on either side are told of."""
_STUB = b"---\ntitle: x\n---\n"


@dataclass(frozen=True, slots=True)
class Facts:
    """What moving needs to know of a source."""

    issue: str
    leaf: str
    address: str
    aliases: tuple[str, ...] = ()
    shown: bool = True
    """Whether it is published, or may have been."""
    parts: tuple[str, ...] = ()
    """The leaves on which it goes on, or that an issue.yaml names."""


class Shelf:
    """The sources of a site, as they lie there now."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root = root
        self.settings = settings
        self.content = root / CONTENT.rstrip("/")

    @cached_property
    def sources(self) -> list[str]:
        """Every source's path from content/, in order."""
        if not self.content.is_dir():
            return []
        return [path for path, _, _ in scan(self.content, 0, [])]

    @cached_property
    def issues(self) -> dict[str, list[str]]:
        """The sources of each issue that has a folder, oldest issue first."""
        found: dict[str, list[str]] = {}
        for source in self.sources:
            if key := nearest_issue(source):
                found.setdefault(key, []).append(source)
        return dict(sorted(found.items()))

    def data(self, source: str) -> bytes:
        """A source's bytes."""
        return (self.content / source).read_bytes()

    def issue(self, key: str) -> Issue | None:
        """What the issue.yaml of an issue says; None where there is none, or none that can be read."""
        for source in self.issues.get(key, ()):
            if basename(source) == ISSUE:
                record = read_source(source, self.data(source)).record
                return record if isinstance(record, Issue) else None
        return None

    def folder(self, key: str) -> str:
        """The folder of an issue, from content/."""
        sources = self.issues.get(key, ())
        told = [dirname(source) for source in sources if basename(source) == ISSUE]
        return told[0] if told else issue_folder(sources[0], key) if sources else f"{key[:4]}/{key}"

    def beside(self, key: str) -> str:
        """The issues next to one that is not there, by date."""
        keys = list(self.issues)
        at = bisect(keys, key)
        return "、".join(keys[max(0, at - _NEXT_TO) : at + _NEXT_TO])

    def leaves(self, key: str) -> list[tuple[str, str]]:
        """Each leaf of an issue with its name (版名); those that issue.yaml does not name, by the articles' files."""
        record = self.issue(key)
        found = {leaf.leaf: leaf.name for leaf in record.leaves} if record else {}
        for source in self.issues.get(key, ()):
            if kind_of(source) == "article" and (leaf := facts(source, _STUB, "").leaf):
                found.setdefault(leaf, "")
        found.setdefault(WEB, "")
        return sorted(found.items(), key=lambda each: leaf_order(each[0]))

    def next_number(self, key: str, leaf: str) -> int:
        """The number that the next article on a leaf takes."""
        taken = [0]
        for source in self.issues.get(key, ()):
            told, _, rest = basename(source).lower().partition("-")
            if (told.lstrip("0") or told) == leaf and (number := rest.partition("-")[0].partition(".")[0]).isdigit():
                taken.append(int(number))
        return max(taken) + 1

    def authors(self) -> list[str]:
        """Who wrote in the newest issues, the most busy first, with the role that they mostly had."""
        counts: dict[str, int] = {}
        for key in list(self.issues)[-_RECENT:]:
            for source in self.issues[key]:
                if kind_of(source) == "article":
                    record = read_source(source, self.data(source)).record
                    for person in record.authors if isinstance(record, Article) else ():
                        told = " ".join(filter(None, (person.role, person.name)))
                        counts[told] = counts.get(told, 0) + 1
        return sorted(counts, key=lambda told: (-counts[told], told))

    def facts(self, source: str, now: str = "") -> Facts:
        """The facts of a source that is there."""
        return facts(source, self.data(source), now)

    def loose(self, key: str) -> list[str]:
        """The articles of an issue that are in no folder of it and name it by their date."""
        return [
            source
            for source in self.sources
            if kind_of(source) == "article" and not nearest_issue(source) and self.facts(source).issue == key
        ]


def facts(source: str, data: bytes, now: str) -> Facts:
    """The facts of a source with these bytes; a broken one is known by its path alone."""
    record = read_source(source, data).record
    if kind_of(source) == "picture":
        return Facts(nearest_issue(source), "", "")
    if record is None:
        record = read_source(source, _STUB if kind_of(source) != "issue" else b"").record
    if isinstance(record, Article):
        due = not record.draft and (not now or record.publish_at <= now)
        parts = tuple(part.leaf for part in record.continued)
        return Facts(record.issue, record.leaf, record.address, record.aliases, due, parts)
    if isinstance(record, Issue):
        return Facts(record.key, "", record.address, parts=tuple(leaf.leaf for leaf in record.leaves))
    aliases = tuple(getattr(record, "aliases", ()))
    shown = not getattr(record, "draft", False) and (not now or getattr(record, "publish_at", "") <= now)
    return Facts(nearest_issue(source), "", str(getattr(record, "address", "")), aliases, shown)


def issue_folder(source: str, key: str) -> str:
    """The folder above `source` that is named after its issue."""
    folder = dirname(source)
    while folder and basename(folder) != key:
        folder = dirname(folder)
    return folder


def refolder(folder: str, old: str, new: str) -> str:
    """The folder of one issue made into that of another: the steps that name year, month or day follow."""
    names = {old: new, old[:7]: new[:7], old[:4]: new[:4], old[5:7]: new[5:7]}
    steps = folder.split("/")
    return "/".join([*(names.get(step, step) for step in steps[:-1]), new if steps[-1] == old else steps[-1]])
