"""Withdrawing sources: a tombstone for every address, and nothing left of them."""

import re
from collections.abc import Iterator
from functools import cached_property
from posixpath import basename
from urllib.parse import quote

from gongbao.desk.links import Target, targets
from gongbao.desk.moves import Plan, read_table, write_table
from gongbao.desk.papers import Edit, Paper, edited, read_paper
from gongbao.desk.shelf import Facts, Shelf
from gongbao.desk.standing import standing
from gongbao.desk.table import Row, table
from gongbao.diagnostics import Diagnostic, finding
from gongbao.read import ISSUE, kind_of
from gongbao.read.files import CONTENT
from gongbao.read.others import GONE

_TEXTS = ("article", "standing", "issue")
_LONE_KEY = r"[ \t]*(?:[^\s:：#\[{}]+[ \t]*[:：]|-)[ \t]*[\"']?%s[\"']?[ \t]*"


class Withdrawal:
    """Works out what follows when sources are withdrawn."""

    def __init__(self, shelf: Shelf, sources: list[str], now: str) -> None:
        self.shelf = shelf
        self.sources = sources
        self.now = now

    @cached_property
    def pictures(self) -> list[str]:
        """The pictures that nothing shows but what is withdrawn."""
        mine = {name for source in self.sources for name in self._named_by(source) if kind_of(name) == "picture"}
        mine = {name for name in mine if name in self.shelf.sources} - set(self.sources)
        others = [name for source, _, found in self._naming(mine) for name in (each.source(source) for each in found)]
        return sorted(mine - set(others))

    def _named_by(self, source: str) -> list[str]:
        if kind_of(source) not in _TEXTS or (paper := read_paper(self.shelf.data(source))) is None:
            return []
        return [each.source(source) for each in targets(source, paper)]

    def _naming(self, names: set[str]) -> Iterator[tuple[str, Paper, list[Target]]]:
        """Each source that stays and names one of `names` (paths or addresses), with where it does."""
        spelled = {basename(each.rstrip("/")) for each in names}
        needles = {each.encode(code, "ignore") for each in spelled for code in ("utf-8", "gb18030")}
        needles |= {quote(each).encode() for each in spelled}
        for source in self.shelf.sources:
            if source in self.sources or kind_of(source) not in _TEXTS:
                continue
            data = self.shelf.data(source)
            if not any(needle in data for needle in needles) and b"\0" not in data:
                continue
            if paper := read_paper(data):
                found = [each for each in targets(source, paper) if _meant(each.source(source)) & names]
                if found:
                    yield source, paper, found

    @cached_property
    def _facts(self) -> dict[str, Facts]:
        return {source: self.shelf.facts(source, self.now) for source in self.sources if kind_of(source) in _TEXTS}

    @cached_property
    def gone(self) -> list[str]:
        """The addresses at which nothing stands any more, former ones of what is withdrawn among them."""
        keys = {told.issue for told in self._facts.values()}
        beside = [source for key in keys for source in self.shelf.issues.get(key, ()) if kind_of(source) in _TEXTS]
        facts = self._facts | {source: self.shelf.facts(source, self.now) for source in beside}
        after = standing((source, told) for source, told in facts.items() if source not in self.sources)
        aliases = {alias for told in self._facts.values() if told.shown for alias in told.aliases}
        return sorted((standing(facts.items()) | aliases) - after)

    def plan(self, reason: str, unlink: bool, pictures: list[str]) -> Plan:
        """The whole plan. `pictures`: which of those that nobody else shows go too."""
        plan = Plan()
        plan.changes.deleted = sorted({*self.sources, *pictures})
        plan.rows = [Row(address, GONE, self.now, reason) for address in self.gone]
        names = {*self.sources, *self.gone}
        for source, paper, found in self._naming(names):
            edits = [edit for each in found if unlink and (edit := _undone(paper.text, each))]
            if edits:
                plan.changes.written[source] = paper.encoded(edited(paper.text, edits))
            left = [each for each in found if not unlink or _undone(paper.text, each) is None]
            plan.findings += [_still_linked(source, paper, each) for each in left]
        plan.findings += self._still_shown()
        if plan.rows:
            moved = read_table(self.shelf)
            write_table(plan.changes, moved, table(moved, plan.rows, {}, set()))
        return plan

    def _still_shown(self) -> Iterator[Diagnostic]:
        """The pictures of leaves on which what is withdrawn can still be read."""
        for told in {(told.issue, told.leaf) for told in self._facts.values() if told.leaf}:
            issue = self.shelf.issue(told[0])
            if issue is None or issue.source in self.sources:
                continue
            for leaf in issue.leaves:
                for path in filter(None, (leaf.image, leaf.pdf)) if leaf.leaf == told[1] else ():
                    yield finding("G813", f"{CONTENT}{self.shelf.folder(told[0])}/{ISSUE}", path=CONTENT + path)


def _meant(target: str) -> set[str]:
    """A target as it may be spelled among sources and addresses."""
    path = target.partition("?")[0]
    return {path, path.rstrip("/") + "/"} if path.startswith("/") else {path}


def _still_linked(source: str, paper: Paper, target: Target) -> Diagnostic:
    line = sum(start <= target.start for start in paper.starts())
    column = target.start - paper.starts()[line - 1] + 1
    return finding("G812", CONTENT + source, line, column, target=target.written)


def _undone(text: str, target: Target) -> Edit | None:
    """The edit that takes a link away and leaves its words; None where it cannot be told how."""
    if target.kind == "link":
        return Edit(*target.whole, target.label)
    if target.kind == "picture":
        return Edit(*target.whole, "")
    start = max(text.rfind("\n", 0, target.start), text.rfind("\r", 0, target.start)) + 1
    line = re.compile(_LONE_KEY % re.escape(target.written) + r"(?:\r\n|\r|\n)").match(text, start)
    return Edit(start, line.end(), "") if target.kind == "key" and line else None
