"""What is known of the preview: which files are new since when, what is wrong, what is not published yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gongbao.diagnostics import Diagnostic

ANY = "*"
"""In place of a path: whatever a build did."""


@dataclass(frozen=True, slots=True)
class State:
    """What came of the last build."""

    language: str
    findings: tuple[Diagnostic, ...] = ()
    built: bool = True
    """Whether it could build; otherwise all pages are the last good ones."""
    ended: bool = False
    """Whether there was a build at all."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """The addresses of drafts (empty) and of what is to come, with its day."""
    base: str = ""
    """The path under which the site will stand on its host, without the last “/”."""


class Numbers:
    """When each file was published last: a page knows the number it was served at, and so whether it is old."""

    def __init__(self) -> None:
        self.now = 1
        self._published: dict[str, int] = {}

    def published(self, paths: Iterable[str]) -> None:
        """These files have new bytes, or are gone."""
        self.now += 1
        self._published |= dict.fromkeys(paths, self.now)

    def is_old(self, number: int, paths: Iterable[str]) -> bool:
        """Whether what was served at `number` of some paths is not what is there now."""
        return any(self._published.get(path, 0) > number for path in paths)
