"""The line that a new article begins with in place of its text: an article that still has it is not written yet."""

from functools import lru_cache

from gongbao.diagnostics import N_, Diagnostic, finding
from gongbao.messages import LANGUAGES, catalogue

PLACEHOLDER = N_("(Write the text here, an empty line between paragraphs, and delete this line.)")


@lru_cache(maxsize=1)
def _said() -> tuple[str, ...]:
    """The line in each language: a site may have had another when the article was begun."""
    return tuple(catalogue(language).gettext(PLACEHOLDER) for language in LANGUAGES)


def told(source: str, body: str, line: int) -> tuple[Diagnostic, ...]:
    """The error that the placeholder still stands in a text which begins on `line`."""
    for said in _said():
        at = body.find(said)
        if at >= 0:
            column = at - body.rfind("\n", 0, at)
            return (finding("G318", source, line + body.count("\n", 0, at), column, text=said),)
    return ()
