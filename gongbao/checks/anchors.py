"""Links to a place in a page that has no such place."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from gongbao.catalogue.facts import Fact
from gongbao.checks.base import Check, Source, at
from gongbao.diagnostics import Diagnostic

_LINK = re.compile(r"\]\((?P<path>[^()\s#:]*)#(?P<name>[^()\s]{1,200})[^()\n]{0,300}\)")
_ID = re.compile(r"\{[^{}\n]{0,80}#([\w:.-]{1,80})[^{}\n]{0,80}\}|\bid=[\"']([\w:.-]+)[\"']")
_THERE, _WANTED = "there", "wanted"


def _facts(source: Source) -> Iterator[Fact]:
    if not source.is_page:
        return
    names = {name for pair in _ID.findall(source.body) for name in pair if name}
    items = source.article.items if source.article else ()
    for name in (*names, *(f"item-{item.id}" for item in items)):
        yield source.fact("anchor", source.file, f"{_THERE} {name}")
    for match in _LINK.finditer(source.body) if "#" in source.body else ():
        path, name = unquote(match["path"]), unquote(match["name"])
        target = normpath(join(dirname(source.file), path)) if path else source.file
        if path.startswith("/") or not target.endswith((".md", ".markdown")):
            continue
        yield source.fact("anchor", target, f"{_WANTED} {name}", source.body_at + match.start())


def _judge(key: str, facts: list[Fact]) -> Iterator[Diagnostic]:
    there = {fact.told.removeprefix(_THERE)[1:] for fact in facts if fact.told.startswith(_THERE)}
    for fact in facts:
        way, _, name = fact.told.partition(" ")
        if way == _WANTED and name not in there and name.removeprefix("t-") not in there:
            known = "、".join(sorted(there)) or "—"
            yield at("G766", fact, name=name, known=known)


CHECK = Check(("G766",), topic="anchor", facts=_facts, judge=_judge)
