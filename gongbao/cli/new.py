"""The command that makes new articles and issues."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from gongbao.cli.ask import Asker
from gongbao.cli.options import FOLDER, Say, option
from gongbao.desk import make
from gongbao.desk.shelf import Shelf
from gongbao.diagnostics import N_, Diagnostic, Stop, finding, has_errors
from gongbao.report import Report
from gongbao.settings import language_of, need_settings
from gongbao.spoken import Speaker
from gongbao.text import is_issue_key, issue_date, nearest, parse_date

_TEXTS = ("column", "kicker", "subtitle", "region", "kind", "tags")
_KINDS = ("article", "issue")
_ISSUES = 9
"""How many issues are offered."""
_AUTHORS = 9
"""How many authors are offered."""
_ASKED = ("G764", "G207")
"""What is asked about on a terminal."""
_CHINESE = {"稿件": "article", "文章": "article", "报纸": "issue", "期": "issue"}


def commands(say: Say) -> list[click.Command]:
    """new."""
    told = {
        "--issue": N_("The issue, for instance 2019-07-02."),
        "--leaf": N_("The leaf, for instance 4; web: never printed."),
        "--title": N_("The headline."),
        "--kicker": N_("The line over the headline."),
        "--subtitle": N_("The line under the headline."),
        "--column": N_("The column, one of those in site.yaml."),
        "--region": N_("The region; several with 、 between them."),
        "--tags": N_("The tags; several with 、 between them."),
        "--kind": N_("What kind of article it is."),
        "--slug": N_("The name of the file in small letters and hyphens; default: the headline in pinyin."),
    }
    options: list[click.Parameter] = [
        click.Argument(["what"], default="article", metavar=say(N_("[article|issue]"))),
        click.Argument(["day"], default="", metavar=say(N_("[DAY]"))),
        option("--root", say(N_("The site's folder, with site.yaml and content/.")), default=Path(), **FOLDER),
        *(option(flag, say(text), default="", metavar=say(N_("TEXT"))) for flag, text in told.items()),
        option(
            "--author",
            say(N_("Who wrote it, a role before the name where there is one; may be repeated.")),
            multiple=True,
            metavar=say(N_("NAME")),
        ),
    ]
    text = say(N_("Make a new article, or a new issue: what is not told is asked."))
    return [click.Command("new", callback=partial(_new, say), help=text, short_help=text, params=options)]


def _new(say: Say, what: str, day: str, root: Path, **given: Any) -> int:
    what = _CHINESE.get(what, what)
    if what not in _KINDS and (is_issue_key(what) or parse_date(what)):
        what, day = "article", what
    if what not in _KINDS:
        raise click.BadParameter(what)
    try:
        shelf = Shelf(root, need_settings(root))
        desk = _Desk(shelf, Asker(say), say)
        if what == "issue":
            desk.issue(day or given["issue"])
        else:
            desk.article(given | {"issue": given["issue"] or day})
    except Stop as stop:
        Report(language_of(root)).findings(stop.findings)
        return 2
    return 0


class _Desk:
    """Asks for what is missing, has it made, and says what comes next."""

    def __init__(self, shelf: Shelf, asker: Asker, say: Say) -> None:
        self.shelf = shelf
        self.asker = asker
        self.say = say
        self.speaker = Speaker(shelf.settings.language)

    def issue(self, told: str) -> str:
        """Makes an issue; returns its key."""
        following = make.next_issue(self.shelf)
        if told:
            key = make.issue_key(told)
        elif self.asker.present:
            label = self.speaker.long_date(following) if following else ""
            options = [(following, label)] if following else []
            question = N_("Of which day is the issue?")
            key = self._until_right(lambda: make.issue_key(self.asker.choice(question, options, following)))
        elif following:
            key = following
        else:
            raise Stop(finding("G803", "", missing="2019-07-02"))
        made = make.new_issue(self.shelf, key)
        self._tell(N_("Made: {path}"), path=made.path.as_posix())
        if made.numbers.number or made.numbers.total:
            self._tell(
                N_("No. {number}, total {total}: {steps} after {before}. Mend them in the file if they are wrong."),
                number=made.numbers.number or "—",
                total=made.numbers.total or "—",
                steps=made.numbers.steps,
                before=made.numbers.before,
            )
        self._report(*made.findings)
        self._tell(N_("Next: look through the file, then make articles with: python build.py new {key}"), key=key)
        return key

    def article(self, given: dict[str, Any]) -> None:
        """Makes an article."""
        self._known_column(given["column"].strip())
        self._complete(given)
        key = make.issue_key(given["issue"])
        texts = {name: given[name].strip() for name in _TEXTS}
        authors = tuple(each for told in given["author"] for each in told.split("、"))
        wanted = make.Wanted(key, given["leaf"], given["title"].strip(), given["slug"], authors, texts)
        made = make.new_article(self.shelf, wanted)
        self._tell(N_("Made: {path}"), path=made.path.as_posix())
        self._doubts(key, make.leaf_name(given["leaf"]), made)
        self._tell(N_("It is a draft. Next:"))
        for number, step in enumerate(_NEXT, 1):
            click.echo(f"  {number}. {self.say(step)}")

    def _complete(self, given: dict[str, Any]) -> None:
        """Asks for what was not told; without a terminal, `Stop` with all that is missing."""
        if not self.asker.present:
            if missing := [f"--{name}" for name in ("issue", "leaf", "title") if not given[name]]:
                raise Stop(finding("G803", "", missing=" ".join(missing)))
            return
        told = all(given[name] for name in ("issue", "leaf", "title"))
        key = make.issue_key(given["issue"]) if given["issue"] else self._ask_issue()
        given["issue"] = self._standing_issue(key)
        given["region"] = self._right_region(given["region"].strip(), key)
        given["leaf"] = self._right_leaf(given["issue"], given["leaf"])
        given["title"] = given["title"] or self.asker.text(N_("The headline"))
        if not told:  # who tells all that is needed is not asked for the rest
            given["column"] = given["column"] or self._ask_column()
            given["author"] = given["author"] or self._ask_authors()

    def _standing_issue(self, key: str) -> str:
        """The issue, made now where it is not there and the editor says so."""
        if key in self.shelf.issues or not self.asker.sure(N_("There is no such issue yet. Make it?"), default=True):
            return key
        self.issue(key)
        self.shelf = Shelf(self.shelf.root, self.shelf.settings)
        return key

    def _until_right(self, ask: Callable[[], str]) -> str:
        """What an editor answers: what cannot be is told, and asked again."""
        while True:
            try:
                return ask()
            except Stop as stop:
                self._report(*stop.findings)

    def _ask_issue(self) -> str:
        default = make.issue_in_work(self.shelf)
        keys = list(reversed(self.shelf.issues))[:_ISSUES]
        keys = keys if default in keys or not default else [default, *keys[: _ISSUES - 1]]
        labels = [(key, self._label(key)) for key in keys]
        return self._until_right(lambda: make.issue_key(self.asker.choice(N_("In which issue?"), labels, default)))

    def _label(self, key: str) -> str:
        record = self.shelf.issue(key)
        return " ".join(filter(None, (self.speaker.long_date(issue_date(key)), record.name if record else "")))

    def _ask_leaf(self, issue: str) -> str:
        leaves = self.shelf.leaves(issue)
        labels = [(leaf, " ".join(filter(None, (self.speaker.leaf(leaf), name)))) for leaf, name in leaves]
        question, only = N_("On which leaf?"), leaves[0][0] if len(leaves) == 1 else ""
        return self._until_right(lambda: make.leaf_name(self.asker.choice(question, labels, only)))

    def _right_leaf(self, issue: str, told: str) -> str:
        """The leaf, asked for until it is one that the issue has, or the editor says that it will have it."""
        leaf = make.leaf_name(told) if told else self._ask_leaf(issue)
        while doubt := make.leaf_doubt(self.shelf, issue, leaf):
            self._report(doubt)
            if self.asker.sure(N_("Put it there all the same?")):
                break
            leaf = self._ask_leaf(issue)
        return leaf

    def _right_region(self, told: str, issue: str) -> str:
        """The region, asked for again while nobody knows it and the editor does not insist."""
        while doubts := make.region_doubts(told, issue):
            self._report(*doubts)
            if not has_errors(doubts) and self.asker.sure(N_("Write it so all the same?")):
                break
            told = self.asker.text(N_("The region (return: none)"), needed=False)
        return told

    def _doubts(self, issue: str, leaf: str, made: make.Made) -> None:
        """What is odd about an article that was made; what was asked about is not told again."""
        doubt = make.leaf_doubt(self.shelf, issue, leaf, made.path.as_posix())
        found = [*([doubt] if doubt else ()), *made.findings]
        self._report(*(each for each in found if not self.asker.present or each.code not in _ASKED))
        if make.leaf_is_new(self.shelf, issue, leaf) and not doubt:
            self._tell(make.UNCHECKED, leaf=self.speaker.leaf(leaf))

    def _report(self, *findings: Diagnostic) -> None:
        Report(self.shelf.settings.language).findings(findings)

    def _ask_column(self) -> str:
        columns = [(each.name, "") for each in self.shelf.settings.columns]
        return self.asker.choice(N_("In which column? (return: none)"), columns, free=False) if columns else ""

    def _ask_authors(self) -> tuple[str, ...]:
        return self.asker.choices(N_("Who wrote it?"), [(name, "") for name in self.shelf.authors()[:_AUTHORS]])

    def _known_column(self, column: str) -> None:
        names = [each.name for each in self.shelf.settings.columns]
        if column and column not in names:
            near = nearest(column, names)
            told = (
                {"near": near, "suggestion": N_("did you mean “{near}”?")}
                if near
                else {"known": self.say(N_(", ")).join(names), "suggestion": N_("the columns in site.yaml: {known}")}
            )
            raise Stop(finding("G206", "", value=column, **told))

    def _tell(self, message: str, **args: object) -> None:
        click.echo(self.say(message).format(**args))


_NEXT = (
    N_("open the file in your editor and write the text"),
    N_("see how it looks: python build.py serve"),
    N_("delete the line that says it is a draft"),
    N_("look for mistakes: python build.py check"),
)
