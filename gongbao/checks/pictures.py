"""Pictures that are too large for readers or that say nothing of themselves."""

import re
from collections.abc import Iterator

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic

LARGEST = 5 * 1024 * 1024
WIDEST = 8000
_BARE = re.compile(r"!\[[ \u3000]*\](?=[(\[])")
_CREDITED = re.compile(r"摄|供图|图片来源|制图|绘|作$|漫画|图[/／：]")


def _look(source: Source) -> Iterator[Diagnostic]:
    picture, article = source.picture, source.article
    if picture and picture.width and (source.size > LARGEST or max(picture.width, picture.height) > WIDEST):
        size = f"{picture.width}×{picture.height}, {source.size / 1048576:.1f} MiB"
        yield source.found("G732", size=size)
    for match in _BARE.finditer(source.body) if source.is_page else ():
        yield source.in_body("G733", match.start())
    for photo in article.photos if article else ():
        place = source.where(photo.file.rpartition("/")[2])
        if not photo.caption:
            yield source.found("G733", place)
        if not photo.credit and not (article and article.photographers) and not _CREDITED.search(photo.caption):
            yield source.found("G734", place)


CHECK = Check(("G732", "G733", "G734"), _look)
