"""A theme's assets: style sheets made of parts, settings put in, each named by the digest of what is published."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gongbao import records
from gongbao.theme.settings import Value

_SETTING = re.compile(r"\$(\w+)")
_PART = re.compile(r'^@import "(_[\w./-]+\.css)";$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a theme: where it lies, the digest and address of what is published, its text where that was made."""

    file: str
    digest: str
    address: str
    text: str = ""


def assets(files: Mapping[str, Path], settings: Mapping[str, Value]) -> dict[str, Asset]:
    """The assets to be published, by their paths. A file whose name begins with “_” is a part of style sheets: it
    stands where `@import "_part.css";` names it. Raises `MissingPart`."""
    return {path: _asset(path, file, files, settings) for path, file in files.items() if not file.name.startswith("_")}


class MissingPart(Exception):
    """A style sheet names a part that is not there: the sheet, the line in it, and the part."""

    def __init__(self, file: Path, line: int, part: str) -> None:
        super().__init__(file, line, part)
        self.file = file
        self.line = line
        self.part = part


def _asset(path: str, file: Path, files: Mapping[str, Path], settings: Mapping[str, Value]) -> Asset:
    data, text = file.read_bytes(), ""
    if path.endswith((".css", ".svg")):
        text = _SETTING.sub(lambda found: _put(settings.get(found[1], found[0])), _whole(file, data.decode(), files))
        data = text.encode()
    digest = records.digest(data)
    stem, _, ending = path.rpartition(".")
    return Asset(str(file), digest, f"/assets/{stem}-{digest[:10]}.{ending}", text)


def _whole(file: Path, text: str, files: Mapping[str, Path]) -> str:
    """A style sheet with its parts in it: a child theme that replaces one part inherits the others."""

    def part(found: re.Match[str]) -> str:
        if found[1] not in files:
            raise MissingPart(file, text.count("\n", 0, found.start()) + 1, found[1])
        return files[found[1]].read_text("utf-8-sig").rstrip("\n")

    return _PART.sub(part, text)


def _put(value: Value) -> str:
    """A setting in a style sheet or a drawing; yes and no are numbers there."""
    return str(int(value)) if isinstance(value, bool) else str(value)
