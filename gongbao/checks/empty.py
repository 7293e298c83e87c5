"""Articles without a text."""

import re
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic

_INK = re.compile(r"\w")


def _look(source: Source) -> Iterator[Diagnostic]:
    article = source.article
    if article and not (article.items or article.photos) and not _INK.search(source.body):
        yield source.found("G731")


CHECK = Check(("G731",), _look)
