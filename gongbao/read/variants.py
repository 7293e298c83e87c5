"""Variants of pictures: made once, kept by content below .gongbao/pictures/, where any later build finds them."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gongbao import pictures, records
from gongbao.diagnostics import Stop, finding

_MAKING = f"{pictures.KEPT}/making"


@dataclass(frozen=True, slots=True)
class Made:
    """A picture's digest, and the names of its variants; None where it is damaged or not there."""

    digest: str
    names: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class MakeVariants:
    """Makes the variants of a batch of pictures: the digest of each, and the sources that may have its bytes; the
    answer is packed, as `Made` each."""

    root: Path

    def __call__(self, batch: tuple[tuple[str, tuple[str, ...]], ...]) -> bytes:
        return records.pack([Made(digest, make(self.root, digest, sources)) for digest, sources in batch])


def kept(root: Path, digest: str) -> tuple[str, ...] | None:
    """The names of the variants that are kept of a picture; None where it is not known whether there are any."""
    try:
        return tuple(sorted(os.listdir(root / pictures.kept_at(digest))))  # noqa: PTH208 - one call, for many folders
    except OSError:
        return None


def make(root: Path, digest: str, sources: tuple[str, ...]) -> tuple[str, ...] | None:
    """The names of the variants of a picture, which are kept from now on. Raises `Stop` where that cannot be."""
    known = kept(root, digest)
    if known is not None:
        return known
    for source in sources:
        with suppress(OSError):
            data = (root / "content" / source).read_bytes()
            if records.digest(data) == digest:
                return _keep(root, digest, pictures.variants(source, data))
    return None


def _keep(root: Path, digest: str, found: dict[str, bytes] | None) -> tuple[str, ...] | None:
    """All of them at once: a folder that is there is whole."""
    if found is None:
        return None
    making, target = root / _MAKING / f"{digest}-{os.getpid()}", root / pictures.kept_at(digest)
    try:
        making.mkdir(parents=True, exist_ok=True)
        for name, data in found.items():
            (making / name).write_bytes(data)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_dir():
            making.rename(target)
    except OSError as error:
        if not target.is_dir():  # another process may have been first
            raise Stop(finding("G601", pictures.KEPT, path=pictures.KEPT, problem=error.strerror or "")) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return tuple(sorted(found))


def clear(root: Path) -> None:
    """Deletes what a killed build was making, and what another recipe made."""
    with suppress(OSError):
        for folder in (root / pictures.KEPT).iterdir():
            if folder.name != pictures.recipe():
                shutil.rmtree(folder, ignore_errors=True)
