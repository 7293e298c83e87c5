"""New sources as an editor finds them: the keys of the site's language, each explained by a comment."""

import json
from collections.abc import Iterable

from gongbao import bylines
from gongbao.diagnostics import N_
from gongbao.forms import ArticleForm, IssueForm, PersonForm, twins
from gongbao.forms.base import Form
from gongbao.forms.issue import LeafForm
from gongbao.marked import read_yaml
from gongbao.messages import LANGUAGES
from gongbao.model import Leaf
from gongbao.read.unwritten import PLACEHOLDER
from gongbao.spoken import EDITED, Speaker
from gongbao.text import issue_date, leaf_order

_OPTIONAL = {
    "kicker": N_("the line over the headline"),
    "subtitle": N_("the line under the headline"),
    "column": N_("one of: {columns}"),
    "author": N_("a name, or {{name, role, unit}}; several in a list"),
    "dateline": N_("as printed, for instance: our report (from Xi'an)"),
    "region": N_("province/city/county, for instance 陕西省/西安市/莲湖区"),
    "kind": N_("news, feature, comment, picture, letter, brief…"),
    "tags": N_("a list in brackets: [one, two]"),
    "photos": N_("a picture beside this file: [{{file: a.jpg, caption: …, credit: …}}]"),
}
"""The keys that a new article offers, with what is said of those that are left empty."""


def quoted(value: str) -> str:
    """A text as a YAML value: plain where that reads as the same text, else in double quotes."""
    plain = value and read_yaml(f"k: {value}\n").value == {"k": value} and not read_yaml(f"k: {value}\n").problems
    return value if plain and "\n" not in value else json.dumps(value, ensure_ascii=False)


def listed(values: list[str]) -> str:
    """Texts as a YAML value: one alone, several as a list."""
    return quoted(values[0]) if len(values) == 1 else f"[{', '.join(map(_inline, values))}]"


def redated(text: str, old: str, new: str) -> str:
    """An issue.yaml whose first line, where it is our own comment, names the day of another issue."""
    for speaker in map(Speaker, LANGUAGES):
        first = f"# {speaker.long_date(issue_date(old))}"
        if text.startswith((first + "\n", first + "\r")):
            return f"# {speaker.long_date(issue_date(new))}" + text.removeprefix(first)
    return text


def _inline(value: str) -> str:
    """A value inside brackets, where commas part."""
    return json.dumps(value, ensure_ascii=False) if set(value) & set(",[]{}") else quoted(value)


class Sheets:
    """Writes new sources in one language."""

    def __init__(self, language: str) -> None:
        self._speaker = Speaker(language)
        self._say = self._speaker.say
        self._chinese = language.startswith("zh")

    def key(self, form: type[Form], name: str) -> str:
        """How a key is called in the site's language."""
        spellings = [each for each, field in twins(form).items() if field == name and each.isascii() != self._chinese]
        return spellings[0] if spellings else name

    def people(self, told: Iterable[str]) -> str:
        """Authors as a YAML value: “记者 贺兰舟” is a role and a name."""
        found = [one for each in told for one in self._named(each.strip())]
        return found[0] if len(found) == 1 else f"[{', '.join(found)}]"

    def _named(self, told: str) -> list[str]:
        """Those who are named in one text; as it is typed where that is not certain, for the check tells of it."""
        byline = bylines.read(told)
        return [_inline(told)] if byline.doubts else [self._person(each) for each in byline.people]

    def _person(self, told: bylines.Named) -> str:
        if not told.role and not told.unit:
            return _inline(told.name)
        values = (("name", told.name), ("role", told.role), ("unit", told.unit))
        pairs = (f"{self.key(PersonForm, name)}: {_inline(value)}" for name, value in values if value)
        return f"{{{', '.join(pairs)}}}"

    def article(self, values: dict[str, str], columns: list[str]) -> str:
        """The source of a new article. `values`: YAML by English key."""
        explained = self._say(N_("After # stand explanations, which are not published. Delete what you do not need."))
        lines = ["---", f"# {explained}"]
        for name in ("kicker", "title", "subtitle", *list(_OPTIONAL)[2:]):
            told = self.key(ArticleForm, name)
            if name in values:
                lines.append(f"{told}: {values[name]}")
            else:
                lines.append(f"# {told}: " + self._say(_OPTIONAL[name], columns=self._say(N_(", ")).join(columns)))
        draft = self._say(N_("delete this line when the article is ready: then it is published"))
        lines += [f"{self.key(ArticleForm, 'draft')}: yes  # {draft}", "---", ""]
        lines += [self._say(PLACEHOLDER), ""]
        return "\n".join(lines)

    def issue(self, key: str, number: str, total: str, leaves: Iterable[Leaf]) -> str:
        """A new issue.yaml; the numbers may be empty."""
        say = self._say
        keys = {name: self.key(ArticleForm, name) for name in ("draft", "publish_at")}
        until = say(
            N_("With a status it is not the newest issue on the front page: delete it on the day of publication.")
        )
        held = say(
            N_("All else is published with it: to hold an article back, write {draft} or {publish_at} in it."), **keys
        )
        same = say(N_("The leaves are those of the issue before: mend names and editors."))
        lines = [
            f"# {self._speaker.long_date(issue_date(key))}",
            self._line("number", number, say(N_("the number of the issue"))),
            self._line("total", total, say(N_("the number since the first issue"))),
            self._line("name", "", say(N_("a special name, if it has one"))),
            self._line("note", "", say(N_("a note for readers"))),
            f"# {until}",
            f"# {held}",
            self._line("status", say(EDITED), ""),
            f"# {same}",
            f"{self.key(IssueForm, 'leaves')}:",
        ]
        told = sorted(leaves, key=lambda leaf: leaf_order(leaf.leaf)) or [Leaf("1")]
        lines += [f"  - {{{', '.join(self._leaf(leaf))}}}" for leaf in told]
        return "\n".join(lines) + "\n"

    def _line(self, name: str, value: str, hint: str) -> str:
        told = self.key(IssueForm, name)
        return f"{told}: {quoted(value)}" if value else f"# {told}: {hint}"

    def _leaf(self, leaf: Leaf) -> Iterable[str]:
        yield f"{self.key(LeafForm, 'leaf')}: {leaf.leaf}"
        if leaf.name:
            yield f"{self.key(LeafForm, 'name')}: {_inline(leaf.name)}"
        duties = [f"{_inline(duty)}: {_inline(name)}" for duty, name in leaf.editors if duty]
        plain = [_inline(name) for duty, name in leaf.editors if not duty]
        if plain or duties:
            yield f"{self.key(LeafForm, 'editors')}: " + (plain[0] if plain else f"{{{', '.join(duties)}}}")
