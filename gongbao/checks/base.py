"""What every check is made of: the source that it looks at, what it finds there, what it compares between sources."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from gongbao.catalogue.facts import Fact
from gongbao.diagnostics import Diagnostic, finding
from gongbao.forms import ArticleForm, Form, StandingForm
from gongbao.model import Article, Issue, Picture, Standing
from gongbao.read.frontmatter import body_at
from gongbao.text import HAN

CONTENT = "content/"

_FORMS: dict[str, type[Form]] = {"article": ArticleForm, "standing": StandingForm}
# What Markdown and HTML keep for themselves: code, links' targets, tags, addresses, attributes.
_SYNTAX = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|<[a-zA-Z/!][^<>]*>"
    r"|https?://[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+|\{[:#.][^{}\n]*\}"
    r"|^[ \t]*\[[^\]\n]+\]:.*$",
    re.DOTALL | re.MULTILINE | re.ASCII,
)
_ANY_SYNTAX = re.compile(r"[`~\]<{@]|://")
_INK = re.compile(r"[^\n]")


class Source:
    """A source as checks see it: its text with plain line ends, and its record where it could be read."""

    def __init__(self, file: str, kind: str, text: str, record: object = None, size: int = 0) -> None:
        self.file = file
        self.kind = kind
        self.text = text
        self.record = record
        self.size = size

    @property
    def article(self) -> Article | None:
        """The article's record, if this is a sound article."""
        return self.record if isinstance(self.record, Article) else None

    @property
    def issue(self) -> Issue | None:
        """The issue's record, if this is a sound issue.yaml."""
        return self.record if isinstance(self.record, Issue) else None

    @property
    def picture(self) -> Picture | None:
        """The picture's record, if this is a sound picture."""
        return self.record if isinstance(self.record, Picture) else None

    @property
    def is_page(self) -> bool:
        """Whether it is a sound source with a text of its own."""
        return isinstance(self.record, Article | Standing)

    @cached_property
    def body_at(self) -> int:
        """Where the text below the front matter begins; the end where there is none."""
        form = _FORMS.get(self.kind)
        return body_at(self.text, form) if form else len(self.text)

    @property
    def head(self) -> str:
        """The front matter, or the whole of an issue.yaml."""
        return self.text[: self.body_at]

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.text[self.body_at :]

    @cached_property
    def prose(self) -> str:
        """The body, as long as it is, with blanks for code, tags, targets of links and addresses."""
        body = self.body
        return _SYNTAX.sub(lambda found: _INK.sub(" ", found[0]), body) if _ANY_SYNTAX.search(body) else body

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def spot(self, at: int) -> tuple[int, int]:
        """Line and column, from 1, of the character at `at` of the text."""
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1

    def found(self, code: str, at: int | None = None, /, **args: object) -> Diagnostic:
        """A finding at a character of the text; without one, on the whole file."""
        place = (0, 0) if at is None else self.spot(at)
        return finding(code, CONTENT + self.file, *place, **args)

    def in_body(self, code: str, at: int, /, **args: object) -> Diagnostic:
        """A finding at a character of the body."""
        return self.found(code, self.body_at + at, **args)

    def fact(self, topic: str, key: str, told: str = "", at: int | None = None) -> Fact:
        """What this source says on a topic, under a key; `at`: a character of the text."""
        return Fact(self.file, topic, key, told, *(self.spot(at) if at is not None else (0, 0)))

    def where(self, value: str) -> int:
        """Where a value stands in the front matter; its beginning where it is written otherwise there."""
        at = self.head.find(value.partition("\n")[0]) if value else -1
        return max(at, 0)


def nothing(source: Source) -> Iterable[Diagnostic]:
    """For checks that say nothing of a single source."""
    return ()


def silent(source: Source) -> Iterable[Fact]:
    """For checks that compare nothing."""
    return ()


def unjudged(key: str, facts: list[Fact]) -> Iterable[Diagnostic]:
    """For checks that compare nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Check:
    """A check. `look`: what is wrong with one source. `facts`: what it says that is compared, on the check's `topics`;
    `judge`: what is wrong between the facts under one key. All are pure.

    A finding with the arguments `old` and `new` tells its own mend: at its place `old` is to be `new`.
    """

    codes: tuple[str, ...]
    look: Callable[[Source], Iterable[Diagnostic]] = nothing
    topic: str = ""
    facts: Callable[[Source], Iterable[Fact]] = silent
    judge: Callable[[str, list[Fact]], Iterable[Diagnostic]] = unjudged


def at(code: str, fact: Fact, /, **args: object) -> Diagnostic:
    """A finding where a fact stands."""
    return finding(code, CONTENT + fact.source, fact.line, fact.column, **args)


SPACED_NAME = re.compile(rf"(?<![{HAN}])[{HAN}]{{1,2}}[ \u3000\u00a0]+[{HAN}]{{1,2}}(?![{HAN}])")
"""A name with the space that print sets between its characters."""
