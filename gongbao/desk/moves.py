"""Moving sources: everything that names them follows, and their former addresses lead on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import basename
from urllib.parse import quote

from gongbao.desk.changes import Changes
from gongbao.desk.links import front_matter, rewritten, scalar, targets
from gongbao.desk.papers import Edit, Paper, edited, read_paper
from gongbao.desk.sheets import redated
from gongbao.desk.shelf import Facts, Shelf, facts, issue_folder, refolder
from gongbao.desk.standing import issue_address, leaf_address, standing
from gongbao.desk.table import Row, table
from gongbao.diagnostics import Diagnostic, Stop, finding
from gongbao.read import MOVED, kind_of, read_source
from gongbao.read.article import nearest_issue
from gongbao.read.files import CONTENT
from gongbao.text import is_issue_key, issue_date, parse_date

_TEXTS = ("article", "standing", "issue")
_DATE = frozenset({"date", "日期"})
_LEAF = frozenset({"leaf", "版次"})


@dataclass(slots=True)
class Plan:
    """What is to be done, and what the editor should know."""

    changes: Changes = field(default_factory=Changes)
    rows: list[Row] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    """The addresses that nothing had before."""
    findings: list[Diagnostic] = field(default_factory=list)


class Move:
    """Works out what follows when sources move: `mapping` is former path to new path, `issue` an issue that moves
    whole (its former and its new key)."""

    def __init__(self, shelf: Shelf, mapping: dict[str, str], now: str, issue: tuple[str, str] | None = None) -> None:
        self.shelf = shelf
        self.mapping = mapping
        self.now = now
        self.issue = issue

    def plan(self, reason: str) -> Plan:
        """The whole plan; `Stop` where something stands in the way."""
        self._refuse_taken()
        plan = Plan()
        plan.rows = [Row(old, new, self.now, reason) for old, new in self.follow.items() if old in self._stood]
        plan.fresh = sorted({row.new for row in plan.rows} - self._stood)
        plan.changes.moved = {old: new for old, new in self.mapping.items() if old != new}
        for source in self.shelf.sources:
            if kind_of(source) in _TEXTS:
                self._follow_in(source, plan)
        self._follow_in_table(plan)
        if any(each.code in ("G809", "G810") for each in plan.findings):
            raise Stop(*plan.findings)
        return plan

    def _refuse_taken(self) -> None:
        taken = set(self.shelf.sources)
        for old, new in self.mapping.items():
            path = self.shelf.content / new
            if new in taken - set(self.mapping) or (path.exists() and old != new and new not in self.mapping):
                raise Stop(finding("G802", "", path=CONTENT + new))
            if kind_of(old) != kind_of(new):
                raise Stop(finding("G805", CONTENT + old, path=CONTENT + old, value=new, suggestion=""))
        others = {told.address: source for source, told in self._beside.items() if source not in self.mapping}
        for old, told in self.after.items():
            if told.address and (other := others.get(told.address)):
                raise Stop(finding("G810", CONTENT + old, address=told.address, other=CONTENT + other))

    # What the moved sources are, before and after

    @cached_property
    def before(self) -> dict[str, Facts]:
        """The facts of each source that moves."""
        return {old: self.shelf.facts(old, self.now) for old in self.mapping if kind_of(old) in _TEXTS}

    @cached_property
    def adapted(self) -> dict[str, bytes]:
        """The bytes of each source that moves, with the date and leaf that its new place wants."""
        return {old: self._adapt(old, self.shelf.data(old)) for old in self.before}

    @cached_property
    def after(self) -> dict[str, Facts]:
        """The facts of each source that moves, by its former path, as they will be."""
        return {old: facts(self.mapping[old], self.adapted[old], self.now) for old in self.before}

    @cached_property
    def _beside(self) -> dict[str, Facts]:
        """The facts of every source in an issue that something leaves or comes to."""
        keys = {told.issue for told in (*self.before.values(), *self.after.values())}
        found = [source for key in keys for source in self.shelf.issues.get(key, ()) if kind_of(source) in _TEXTS]
        return self.before | {source: self.shelf.facts(source, self.now) for source in found}

    @cached_property
    def _stood(self) -> set[str]:
        return standing(self._beside.items())

    @cached_property
    def follow(self) -> dict[str, str]:
        """Each address that stands no longer, and the one that has taken its place."""
        found: dict[str, str] = {}
        for old, was in self.before.items():
            became = self.after[old]
            found[was.address] = became.address
            if was.leaf:
                found.setdefault(leaf_address(was), leaf_address(became))
                found.setdefault(issue_address(was.issue), issue_address(became.issue))
        if self.issue:
            old_key, new_key = self.issue
            for address in [each for each in self._stood if each.startswith(issue_address(old_key))]:
                found.setdefault(address, issue_address(new_key) + address.removeprefix(issue_address(old_key)))
        return {old: new for old, new in sorted(found.items()) if old and old != new and old not in self.stands}

    @cached_property
    def stands(self) -> set[str]:
        """The addresses that stand afterwards."""
        rest = [(source, told) for source, told in self._beside.items() if source not in self.mapping]
        moved = [(self.mapping[old], told) for old, told in self.after.items()]
        return standing([*rest, *moved])

    def _adapt(self, source: str, data: bytes) -> bytes:
        paper, new = read_paper(data), self.mapping[source]
        if paper and kind_of(source) == "issue" and self.issue:
            return paper.encoded(redated(paper.text, *self.issue))
        if paper is None or kind_of(source) != "article":
            return data
        marked = front_matter(source, paper)
        told = marked.value if marked and not marked.problems else None
        if marked is None or not isinstance(told, dict):
            return data
        was, becomes = nearest_issue(source), nearest_issue(new)
        if not becomes and self.issue:
            was, becomes = self.issue
        there = facts(new, b"", "")
        edits = []
        for name, value in told.items():
            if not isinstance(value, str) or not (place := scalar(paper, marked, (name,), value)):
                continue
            if name.strip() in _DATE and was != becomes and becomes and was:
                if (parse_date(value) or "").startswith(issue_date(was)):
                    edits.append(Edit(*place, issue_date(becomes)))
            elif name.strip() in _LEAF and there.leaf and value.strip().lower().lstrip("0") != there.leaf:
                edits.append(Edit(*place, there.leaf))
        return paper.encoded(edited(paper.text, edits)) if edits else data

    # Links

    def leads(self, target: str) -> str:
        """Where a target (a source's path, or an address from “/”) is to be found afterwards."""
        if target.startswith("/"):
            path, mark, rest = target.partition("?")
            for each in (path, path + "/"):
                if each in self.follow:
                    return self.follow[each] + mark + rest
            return target
        if self.issue and basename(target) == self.issue[0] and is_issue_key(basename(target)):
            return refolder(target, *self.issue)
        return self.mapping.get(target, target)

    def _follow_in(self, source: str, plan: Plan) -> None:
        data = self.shelf.data(source)
        if source not in self.mapping and not any(needle in data for needle in self._needles) and b"\0" not in data:
            return
        new = self.mapping.get(source, source)
        told = self.adapted.get(source, data)
        paper = read_paper(told)
        if paper is None:
            plan.findings.append(finding("G809", CONTENT + source))
            return
        text = edited(paper.text, list(self._edits(source, new, paper)))
        result = paper.encoded(text)
        if not self._same(source, new, data, result):
            plan.findings.append(finding("G809", CONTENT + source))
        if result != data:
            plan.changes.written[new] = result
        aliases = facts(new, result, "").aliases
        for address in sorted(self.stands.intersection(aliases) - self._stood):
            plan.findings.append(finding("G810", CONTENT + source, address=address, other=CONTENT + source))

    def _edits(self, source: str, new: str, paper: Paper) -> Iterator[Edit]:
        for target in targets(source, paper):
            leads_to = self.leads(target.source(source))
            if target.source(new) == leads_to:
                continue
            yield Edit(target.start, target.end, rewritten(target, new, leads_to))

    def _same(self, source: str, new: str, before: bytes, after: bytes) -> bool:
        """Whether all that the source names is still named: the engine's own reading is asked."""
        had, has = read_source(source, before), read_source(new, after)
        if had.record is None:
            return True
        wanted = [(each.kind, self.leads(each.target).rstrip("/"), each.fragment) for each in had.references]
        return wanted == [(each.kind, each.target.rstrip("/"), each.fragment) for each in has.references]

    @cached_property
    def _needles(self) -> list[bytes]:
        """What a source that names a moved one must hold, in any encoding."""
        names = {basename(old) for old in self.mapping} | {address.rstrip("/") for address in self.follow}
        names |= set(self.stands - self._stood) | ({self.issue[0]} if self.issue else set())
        encoded = {each.encode(code, "ignore") for each in names for code in ("utf-8", "gb18030")}
        return sorted(encoded | {quote(each).encode() for each in names} - {b""})

    def _follow_in_table(self, plan: Plan) -> None:
        paper = read_table(self.shelf)
        if not plan.rows and paper is None:
            return
        text = table(paper, plan.rows, self.follow, self.stands)
        write_table(plan.changes, paper, text)


def read_table(shelf: Shelf) -> Paper | None:
    """moved.csv; None where there is none."""
    path = shelf.content / MOVED
    return read_paper(path.read_bytes()) if path.is_file() else None


def write_table(changes: Changes, paper: Paper | None, text: str) -> None:
    """Notes the new text of moved.csv, where it is new."""
    if paper is None or text != paper.text:
        changes.written[MOVED] = paper.encoded(text) if paper else text.encode()


def whole_issue(shelf: Shelf, old: str, new: str) -> dict[str, str]:
    """The mapping of every file of an issue to its place under another key."""
    mapping = {}
    for folder in sorted({issue_folder(source, old) for source in shelf.issues[old]}):
        into = refolder(folder, old, new)
        for path in sorted((shelf.content / folder).rglob("*")):
            if path.is_file():
                rest = path.relative_to(shelf.content / folder).as_posix()
                mapping[f"{folder}/{rest}"] = f"{into}/{rest}"
    return mapping | {source: source for source in shelf.loose(old)}
