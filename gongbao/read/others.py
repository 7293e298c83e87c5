"""The other sources: standing pages, issue.yaml, pictures, and the table of moved addresses."""

import csv
from posixpath import basename, dirname

from gongbao import pictures, pinyin, records
from gongbao.diagnostics import Diagnostic, finding, has_errors
from gongbao.forms import Filled, IssueForm, StandingForm, read_typed, values
from gongbao.forms.issue import LeafForm
from gongbao.model import Issue, Leaf, Move, Moves, Picture, Reading, Reference, Spot, Standing
from gongbao.read.article import is_address
from gongbao.read.body import references, rendered, source_path
from gongbao.read.frontmatter import Split
from gongbao.text import SLUG, excerpt, is_issue_key

GONE = "gone"
_COLUMNS = ["former", "new", "date", "reason"]


def read_standing(source: str, split: Split) -> Reading:
    """The reading of a page under pages/: its address is its path without pages/ and ending."""
    filled = Filled(source, split.marked)
    form = filled.fill(StandingForm, (split.line - 1, 1))
    result, findings = rendered(source, split.body, split.line, "t-")
    findings += filled.findings
    for number, alias in enumerate(form.aliases if form else ()):
        if not is_address(alias):
            findings.append(finding("G211", source, *filled.mark("aliases", number), value=alias))
    if form is None or result is None or has_errors(findings):
        return Reading(source, None, findings=tuple(sorted(set(findings))))
    steps = source.removeprefix("pages/").rpartition(".")[0].split("/")
    record = Standing(
        source=source,
        address="/" + "".join(f"{_slug(step)}/" for step in steps),
        title=form.title,
        order=form.order,
        summary=form.summary or excerpt(result.plain),
        aliases=tuple(form.aliases),
        draft=form.draft,
        publish_at=form.publish_at,
        aliases_spot=Spot(*filled.mark("aliases")),
    )
    found = references(source, split.body, split.line, result.targets)
    return Reading(source, record, (result.html,), found, tuple(findings))


def _slug(step: str) -> str:
    return step if SLUG.fullmatch(step) else pinyin.slug(step) or "page"


def read_issue(source: str, text: str) -> Reading:
    """The reading of an issue.yaml: its folder's name is the issue's key."""
    key = basename(dirname(source))
    filled = Filled(source, read_typed(text, IssueForm))
    form = filled.fill(IssueForm, (1, 1))
    if not is_issue_key(key):
        filled.findings.append(finding("G212", source))
    seen: set[str] = set()
    for number, leaf in enumerate(form.leaves if form else ()):
        if leaf.leaf in seen:
            filled.report("G216", ("leaves", number, "leaf"), value=leaf.leaf)
        seen.add(leaf.leaf)
    findings = tuple(sorted(set(filled.findings)))
    if form is None or has_errors(findings):
        return Reading(source, None, findings=findings)
    record = Issue(
        source=source,
        address=f"/issues/{key}/",
        key=key,
        number=form.number,
        total=form.total,
        name=form.name,
        note=form.note,
        status=form.status,
        leaves=tuple(_leaf(source, leaf) for leaf in form.leaves),
    )
    return Reading(source, record, references=_leaf_files(source, form.leaves, filled), findings=findings)


def _leaf(source: str, form: LeafForm) -> Leaf:
    image = source_path(source, form.image) if form.image else ""
    pdf = source_path(source, form.pdf) if form.pdf else ""
    return Leaf(form.leaf, form.name, tuple(form.editors.items()), image, pdf, form.spread)


def _leaf_files(source: str, leaves: list[LeafForm], filled: Filled) -> tuple[Reference, ...]:
    return tuple(
        Reference("picture", source_path(source, target), "", target, Spot(*filled.mark("leaves", number, name)))
        for number, leaf in enumerate(leaves)
        for name, target in (("image", leaf.image), ("pdf", leaf.pdf))
        if target
    )


def read_picture(source: str, data: bytes) -> Reading:
    """The reading of a picture or document."""
    size = pictures.measure(source, data)
    if size is None:
        return Reading(source, None, findings=(finding("G304", source),))
    stem, _, ending = basename(source).rpartition(".")
    name = f"{stem if SLUG.fullmatch(stem) else pinyin.slug(stem) or 'file'}.{ending.lower()}"
    return Reading(source, Picture(source, records.digest(data), name, *size))


def read_moves(source: str, text: str) -> Reading:
    """The reading of moved.csv; rows that cannot be understood are findings, the others stand."""
    rows: list[Move] = []
    findings: list[Diagnostic] = []
    reader = csv.reader(text.split("\n"))
    for fields in reader:
        cells = [cell.strip() for cell in (fields[0].split("，", 3) if len(fields) == 1 else fields)]
        if not any(cells) or cells == _COLUMNS or cells[0].startswith("#"):
            continue
        move = _move(cells, reader.line_num)
        if move:
            rows.append(move)
        else:
            findings.append(finding("G210", source, reader.line_num, 1))
    return Reading(source, Moves(source, tuple(rows)), findings=tuple(findings))


def _move(cells: list[str], line: int) -> Move | None:
    former, new, day, reason = (cells + [""] * 4)[:4]
    gone = new == GONE
    date = values.day(day) if day else ""
    if len(cells) > 4 or not is_address(former) or date is None or not (gone or is_address(new)):
        return None
    return None if gone and not reason else Move(former, "" if gone else new, date, reason, Spot(line, 1))
