"""Sources to readings: pure, one file at a time, so that it runs anywhere."""

from dataclasses import replace
from posixpath import basename

from gongbao.decoding import decode
from gongbao.diagnostics import Diagnostic, has_errors
from gongbao.forms import ArticleForm, StandingForm
from gongbao.model import Reading
from gongbao.pictures import is_media
from gongbao.read import names
from gongbao.read.article import read_article
from gongbao.read.frontmatter import split
from gongbao.read.others import read_issue, read_moves, read_picture, read_standing

MOVED = "moved.csv"
ISSUE = "issue.yaml"


def kind_of(source: str) -> str:
    """What a file in content/ is, by its path: article, standing, issue, moves, picture; empty: not a source."""
    name = basename(source)
    if source == MOVED:
        return "moves"
    if name == ISSUE:
        return "issue"
    if name.startswith("~$"):  # what Word keeps beside a file that is open
        return ""
    if name.lower().endswith((".md", ".markdown")):
        return "standing" if source.startswith("pages/") else "article"
    return "picture" if is_media(name) else ""


def read_source(source: str, data: bytes) -> Reading:
    """The reading of the source at path `source` (from content/) with these bytes. Never raises for bad content."""
    kind = kind_of(source)
    if kind == "picture":
        reading = read_picture(source, data)
        told = tuple(each for each in names.told(source) if each.code == "G119")
        return replace(reading, findings=(*reading.findings, *told)) if told else reading
    text, found = decode(source, data)
    told = (*found, *names.told(source))
    if text is None or has_errors(told):
        return Reading(source, None, findings=told)
    reading = _read_text(source, kind, text)
    return replace(reading, findings=tuple(sorted({*told, *reading.findings}))) if told else reading


def _read_text(source: str, kind: str, text: str) -> Reading:
    if kind == "moves":
        return read_moves(source, text)
    if kind == "issue":
        return read_issue(source, text)
    parts = split(source, text, StandingForm if kind == "standing" else ArticleForm)
    if isinstance(parts, Diagnostic):
        return Reading(source, None, findings=(parts,))
    return read_standing(source, parts) if kind == "standing" else read_article(source, parts)


__all__ = ["ISSUE", "MOVED", "kind_of", "read_source"]
