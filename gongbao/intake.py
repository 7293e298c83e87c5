"""Reads what changed in content/ into the catalogue: scan -> map(read) -> take."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from gongbao import execute, records
from gongbao.catalogue import Store, take
from gongbao.diagnostics import N_, Diagnostic
from gongbao.model import Filed
from gongbao.read import files, index
from gongbao.report import Watcher
from gongbao.text import batched

_BATCH = 50
_MANY = 50
"""From how many files that may have changed on Git is asked which did: a fresh clone has new times everywhere."""
_RACY = 2_000_000_000
"""A file changed less than so many ns ago may change again without another mtime."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes in what changed in the folder `content`, as of the day `now` (`take.EVER`: drafts, too).

    `changed` are the files that may have changed, from the root; None: look at all that there are.
    """

    content: Path
    now: str
    jobs: int
    executor: str
    changed: Collection[str] | None = None

    def take(self, store: Store, progress: Watcher, findings: list[Diagnostic]) -> int:
        """Takes in what changed; returns how many sources were read. What cannot be a source, though it looks like
        one, is added to `findings`."""
        total = self._note(store, time.time_ns() - _RACY, findings)
        if total >= _MANY:
            total = take.note_blobs(store, index.blobs(self.content))
        progress.phase(N_("read"), total)
        take.drop_gone(store)
        count = 0
        with execute.pool(execute.enough(self.jobs, total), self.executor) as executor:
            batches = batched(take.changed(store), _BATCH)
            for packed in execute.mapped(files.ReadBatch(self.content), batches, executor, 4 * self.jobs):
                filed = records.unpack(packed, list[Filed])
                count += take.take(store, filed, self.now)
                progress.step(len(filed))
        take.take_due(store, self.now)
        return count

    def _note(self, store: Store, fresh: int, findings: list[Diagnostic]) -> int:
        if self.changed is None:
            return take.note_scan(store, files.scan(self.content, fresh, findings))
        paths = (path.removeprefix(files.CONTENT) for path in self.changed if path.startswith(files.CONTENT))
        return take.note_look(store, files.look(self.content, paths, fresh, findings))
