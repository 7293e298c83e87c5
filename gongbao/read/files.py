"""Files to what the catalogue takes in: what a worker process does, knowing nothing of the catalogue."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from gongbao import records
from gongbao.diagnostics import Diagnostic, finding
from gongbao.model import Article, Filed, Moves, Picture, Reading, Standing
from gongbao.read import kind_of, names, read_source
from gongbao.read.index import blob_id

CONTENT = "content/"


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """Reads a batch of (path from `content`, known digest); the answer is packed, as `Filed` each."""

    content: Path

    def __call__(self, batch: tuple[tuple[str, str], ...]) -> bytes:
        return records.pack([self._read(source, known) for source, known in batch])

    def _read(self, source: str, known: str) -> Filed:
        path = self.content / source
        try:
            if path.is_symlink():
                raise OSError(0, "symbolic link")
            data = path.read_bytes()
        except OSError as error:
            found = finding("G112", source, problem=error.strerror or "")
            return filed(Reading(source, None, findings=(found,)), "")
        digest = blob_id(data)
        return (
            Filed(source, kind_of(source), digest, True)
            if digest == known
            else filed(read_source(source, data), digest)
        )


def filed(reading: Reading, digest: str) -> Filed:
    """A reading as the catalogue takes it in. `digest`: of the source's bytes."""
    record, source = reading.record, reading.source
    findings = tuple(replace(each, file=CONTENT + each.file) for each in reading.findings)
    if record is None:
        return Filed(source, kind_of(source), digest, findings=findings)
    draft, publish_at = (record.draft, record.publish_at) if isinstance(record, Article | Standing) else (False, "")
    return Filed(
        source=source,
        kind=kind_of(source),
        digest=digest,
        record=records.encode(record),
        texts=records.encode(reading.texts),
        good=record.digest if isinstance(record, Picture) else digest,
        address="" if isinstance(record, Picture | Moves) else record.address,
        draft=draft,
        publish_at=publish_at,
        references=tuple(
            (source, number, ref.kind, ref.target, ref.fragment, ref.text, ref.spot.line, ref.spot.column)
            for number, ref in enumerate(reading.references)
        ),
        findings=findings,
    )


def scan(content: Path, fresh: int, findings: list[Diagnostic], below: str = "") -> Iterator[tuple[str, int, int]]:
    """Path, size and mtime in ns of every source, or of those `below` a folder (“a/b/”), in the order of paths; 0 for
    an mtime not before `fresh` (ns), in which more may be written. What cannot be a source, though it looks like one,
    is a finding."""
    pending: list[tuple[str, os.DirEntry[str] | None]] = [(below, None)]
    while pending:
        path, file = pending.pop()
        found = [(path, file)] if file else sorted(_entries(content, path, findings), key=itemgetter(0))
        folders = [at for at, (_, entry) in enumerate(found) if entry is None]
        if folders:  # what comes after the first of them waits until all in it was seen
            pending += reversed(found[folders[0] :])
            del found[folders[0] :]
        for name, entry in found:
            yield _seen(name, entry, fresh)  # type: ignore[arg-type]


def _seen(name: str, entry: "os.DirEntry[str]", fresh: int) -> tuple[str, int, int]:
    told = entry.stat(follow_symlinks=False)
    mtime = told.st_mtime_ns
    return name, told.st_size, mtime if mtime < fresh else 0


def look(
    content: Path, told: Iterable[str], fresh: int, findings: list[Diagnostic]
) -> Iterator[tuple[str, list[tuple[str, int, int]]]]:
    """As `scan`, at some paths only, each a file or a folder, or no more: the places that were looked at, none in
    another, with what is there."""
    for place in _outermost(_surely(path) for path in told if not path.startswith(".") and "/." not in path):
        yield place, sorted(_at(content, place, fresh, findings))


def _surely(path: str) -> str:
    """The place to look at for a path that was told. File systems spell a name that is not ASCII in more than one way:
    there the folder around tells how."""
    steps = path.split("/")
    doubtful = next((at for at, step in enumerate(steps) if not step.isascii()), len(steps))
    return "/".join(steps[:doubtful])


def _outermost(places: Iterable[str]) -> list[str]:
    found: list[str] = []
    for place in sorted(set(places), key=lambda path: path.split("/")):
        if not (found and f"{place}/".startswith(f"{found[-1]}/".lstrip("/"))):
            found.append(place)
    return found


def _at(content: Path, place: str, fresh: int, findings: list[Diagnostic]) -> Iterator[tuple[str, int, int]]:
    """What `scan` would see at a place: only the folder knows how the name is written, and whether it is a link."""
    folder, _, name = place.rpartition("/")
    steps = folder.split("/") if folder else []
    if any(content.joinpath(*steps[: at + 1]).is_symlink() for at in range(len(steps))):
        return
    if not place:
        yield from scan(content, fresh, findings)
        return
    within = f"{folder}/" if folder else ""
    if not (content / within).is_dir():
        return
    for path, entry in _entries(content, within, []):
        if path == f"{within}{name}/":
            yield from scan(content, fresh, findings, path)
        elif path == place and entry:
            yield _seen(path, entry, fresh)


def _entries(content: Path, path: str, findings: list[Diagnostic]) -> list[tuple[str, "os.DirEntry[str] | None"]]:
    """Path of each source in a folder with its entry, and of each folder in it, ending in “/”, with None."""
    found: list[tuple[str, os.DirEntry[str] | None]] = []
    with os.scandir(content / path) as entries:
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            if not name.isascii() and not _is_text(name):
                findings.append(finding("G114", f"{CONTENT}{path}{_guessed(name)}"))
                continue
            if entry.is_dir(follow_symlinks=False):
                found.append((f"{path}{name}/", None))
            elif kind_of(path + name):
                found.append((path + name, entry))
            elif told := names.unread(name):
                findings.append(finding("G117", f"{CONTENT}{path}{name}", value=name, suggestion=told))
    return found


def _is_text(name: str) -> bool:
    """Whether a name is UTF-8; archives that were packed on Windows leave names behind that are not."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _guessed(name: str) -> str:
    return os.fsencode(name).decode("gb18030", "replace")
