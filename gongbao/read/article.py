"""An article's source to its record: what the path says, what the front matter says, and where they disagree."""

import re
from dataclasses import dataclass
from posixpath import basename, dirname

from gongbao import bylines, pinyin, regions
from gongbao.characters import clean
from gongbao.diagnostics import N_, finding, has_errors
from gongbao.flows import plain_key
from gongbao.forms import ArticleForm, Filled, ItemForm, PersonForm
from gongbao.markdown import Rendered
from gongbao.model import Article, Edit, Item, Part, Person, Photo, Place, Reading, Reference, Spot
from gongbao.read import names, unwritten
from gongbao.read.body import references, rendered, source_path
from gongbao.read.frontmatter import Split
from gongbao.text import SLUG, WEB, excerpt, is_issue_key, issue_date, person_name

_ADDRESS = re.compile(r"/[^\s\\<>\"]*")
_SEVERAL = N_("part people with “、”, and role and name with a space, as in {line}")
_SIGNS = N_("a name has no “{signs}”; role and name are typed as in “记者 王震” or {{姓名: 王震, 身份: 记者}}")


@dataclass(frozen=True, slots=True)
class _Path:
    """What an article's path says; empty where it says nothing."""

    issue: str
    leaf: str
    number: str
    slug: str


def read_article(source: str, split: Split) -> Reading:
    """The reading of an article's source."""
    filled = Filled(source, split.marked)
    form = filled.fill(ArticleForm, (split.line - 1, 1))
    if form is None:
        return Reading(source, None, findings=tuple(filled.findings))
    reader = _Reader(source, split, filled, form)
    return reader.read()


class _Reader:
    def __init__(self, source: str, split: Split, filled: Filled, form: ArticleForm) -> None:
        self.source = source
        self.split = split
        self.filled = filled
        self.form = form
        self.path = _path(source)
        self.texts: list[str] = []
        self.references: list[Reference] = []

    def read(self) -> Reading:
        issue = self._issue()
        leaf, tail = self._leaf(), self._tail()
        body = self._render(self.split.body, self.split.line, "t-")
        items = self._items()
        places = self._places(self.form.region, ("region",), issue)
        self._aliases()
        photos = self._photos()
        corrects = self._corrects()
        self._doubt_names()
        if not self.form.draft:
            self.filled.findings += unwritten.told(self.source, self.split.body, self.split.line)
        findings = tuple(sorted(set(self.filled.findings)))
        if has_errors(findings) or body is None:
            return Reading(self.source, None, findings=findings)
        record = self._record(issue, leaf, f"/issues/{issue}/{leaf}/{tail}/", items, places, photos, body)
        return Reading(self.source, record, tuple(self.texts), (*self.references, *corrects), findings)

    def _record(
        self,
        issue: str,
        leaf: str,
        address: str,
        items: tuple[Item, ...],
        places: tuple[Place, ...],
        photos: tuple[Photo, ...],
        body: Rendered,
    ) -> Article:
        form = self.form
        words = body.plain or " ".join(item.title for item in items)
        return Article(
            source=self.source,
            address=address,
            issue=issue,
            leaf=leaf,
            order=form.order if form.order is not None else int(self.path.number or 0),
            date=form.date if len(form.date) > len(issue_date(issue)) else issue_date(issue),
            title=_lines(form.title),
            kicker=_lines(form.kicker),
            subtitle=_lines(form.subtitle),
            column=form.column,
            series=form.series,
            byline=form.byline(),
            authors=_people(form.author),
            photographers=_people(form.photographer),
            origin=form.source,
            dateline=form.dateline,
            places=places,
            kind=form.kind,
            tags=tuple(dict.fromkeys(form.tags)),
            summary=form.summary,
            excerpt=excerpt(form.summary or words),
            photos=photos,
            items=items,
            areas=tuple(tuple(area) for area in form.areas),
            continued=tuple(Part(each.leaf, tuple(tuple(area) for area in each.areas)) for each in form.continued),
            edits=tuple(Edit(each.date, each.printed, each.now, each.why) for each in form.edits),
            rights=form.rights,
            digitised=form.digitised,
            ocr=form.ocr,
            aliases=tuple(form.aliases),
            draft=form.draft,
            publish_at=form.publish_at,
            unchecked=tuple(form.unchecked),
            column_spot=Spot(*self.filled.mark("column")),
            aliases_spot=Spot(*self.filled.mark("aliases")),
        )

    def _issue(self) -> str:
        """The key of the article's issue; an error is reported where path and front matter give none."""
        date = self.form.date
        if not self.path.issue:
            if not date:
                self.filled.findings.append(finding("G201", self.source, self.split.line - 1, 1))
            return date or "0000-00"
        printed = issue_date(self.path.issue)
        if date and not date.startswith(printed):
            self.filled.report("G202", ("date",), value=date, issue=self.path.issue)
        return self.path.issue

    def _leaf(self) -> str:
        told, path = self.form.leaf, self.path.leaf
        if told and path and told != path:
            self.filled.report("G203", ("leaf",), value=told, leaf=path)
        if not told and not path:
            self.filled.findings.append(finding("G205", self.source))
        return told or path or WEB

    def _tail(self) -> str:
        """The last step of the address: the slug, else the number, else the file's stem."""
        tail = self.path.slug or self.path.number
        if not tail:
            self.filled.findings.append(finding("G209", self.source, value=basename(self.source)))
        return tail

    def _items(self) -> tuple[Item, ...]:
        found: dict[str, Item] = {}
        for number, item in enumerate(self.form.items):
            if item.id in found:
                self.filled.report("G214", ("items", number, "id"), value=item.id)
            found[item.id] = self._item(number, item)
        return tuple(found.values())

    def _item(self, number: int, item: ItemForm) -> Item:
        line = self.filled.mark("items", number, "body")[0]
        self._render(item.body, line, f"item-{item.id}-t-")
        places = self._places(item.region, ("items", number, "region"), self.path.issue or self.form.date)
        return Item(item.id, _lines(item.title), _people(item.author), places)

    def _render(self, text: str, line: int, prefix: str) -> Rendered | None:
        result, findings = rendered(self.source, text, line, prefix, len(self.references))
        self.filled.findings += findings
        if result is None:
            return None
        self.texts.append(result.html)
        self.references += references(self.source, text, line, result.targets)
        return result

    def _places(self, wanted: list[str], loc: tuple[str | int, ...], issue: str) -> tuple[Place, ...]:
        year = int(issue[:4]) if issue[:4].isdigit() else None
        places = []
        for number, text in enumerate(wanted):
            answer = regions.resolve(text, year)
            if answer.candidates:
                candidates = "、".join("".join(place.names) for place in answer.candidates)
                self.filled.report("G208", (*loc, number), value=text, candidates=candidates)
            elif not answer.place and not regions.is_whole(text):
                self._unknown_region(text, (*loc, number), answer.suggestions)
            places.append(answer.place or Place((text,)))
        return tuple(dict.fromkeys(places))

    def _unknown_region(self, text: str, loc: tuple[str | int, ...], near: tuple[str, ...]) -> None:
        if near:
            self.filled.report("G207", loc, value=text, near="、".join(near), suggestion=N_("did you mean “{near}”?"))
        else:
            self.filled.report("G207", loc, value=text, suggestion=N_("write it as 陕西省/西安市/莲湖区"))

    def _aliases(self) -> None:
        for number, alias in enumerate(self.form.aliases):
            if not is_address(alias):
                self.filled.report("G211", ("aliases", number), value=alias)

    def _doubt_names(self) -> None:
        """Names of which it is not certain whether they are one."""
        items = [("items", number, "author") for number in range(len(self.form.items))]
        for loc in (("author",), ("photographer",), *items):
            self._doubt(loc, self.filled.typed(*loc))

    def _doubt(self, loc: tuple[str | int, ...], typed: object) -> None:
        if isinstance(typed, list):
            for number, each in enumerate(typed):
                self._doubt((*loc, number), each)
        elif isinstance(typed, dict):
            told = {plain_key(key): each for key, each in typed.items() if isinstance(each, str)}
            self._doubt_filled((*loc, "name"), told.get("姓名") or told.get("name") or "", told.get("身份", ""))
        elif isinstance(typed, str):
            byline = bylines.read(clean(typed))
            if byline.doubts:
                self._doubtful(loc, typed, byline.signs, byline.spoken())

    def _doubt_filled(self, loc: tuple[str | int, ...], typed: str, role: str) -> None:
        """A name in a mapping, beside which role and unit have places of their own."""
        name = person_name(clean(typed))
        byline = bylines.read(name)
        if name and (byline.doubts or byline.people != (bylines.Named(name),)):
            self._doubtful(loc, typed, byline.signs, byline.filled(role))

    def _doubtful(self, loc: tuple[str | int, ...], typed: str, signs: str, line: str) -> None:
        said = _SIGNS if signs else _SEVERAL
        value = " ".join(typed.split())
        self.filled.report("G123", loc, value=value, suggestion=said, signs=signs, line=line)

    def _photos(self) -> tuple[Photo, ...]:
        photos = []
        for number, photo in enumerate(self.form.photos):
            file = source_path(self.source, photo.file)
            spot = Spot(*self.filled.mark("photos", number, "file"))
            self.references.append(Reference("picture", file, "", photo.file, spot))
            photos.append(Photo(file, photo.caption, photo.credit))
        return tuple(photos)

    def _corrects(self) -> tuple[Reference, ...]:
        return tuple(
            Reference("corrects", source_path(self.source, target), "", target, Spot(*self.filled.mark("corrects", n)))
            for n, target in enumerate(self.form.corrects)
        )


def is_address(text: str) -> bool:
    """Whether `text` can be a former address of this site."""
    return bool(_ADDRESS.fullmatch(text)) and not text.startswith("//") and "/../" not in text + "/"


def nearest_issue(source: str) -> str:
    """The key of the nearest folder above `source` that is named as an issue; empty where there is none."""
    folder = dirname(source)
    while folder:
        if is_issue_key(basename(folder)):
            return basename(folder)
        folder = dirname(folder)
    return ""


def _path(source: str) -> _Path:
    stem = basename(source).rpartition(".")[0]
    if told := names.parts(stem):
        leaf, number, slug = told
        return _Path(nearest_issue(source), leaf, number, _slug(slug))
    return _Path(nearest_issue(source), "", "", _slug(stem.lower()))


def _slug(text: str) -> str:
    return text if not text or SLUG.fullmatch(text) else pinyin.slug(text)


def _lines(text: str) -> str:
    return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))


def _people(forms: list[PersonForm]) -> tuple[Person, ...]:
    people = (Person(each.name or person_name(each.unit), each.role, each.unit if each.name else "") for each in forms)
    return tuple(dict.fromkeys(person for person in people if person.name))
