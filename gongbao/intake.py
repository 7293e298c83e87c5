"""Reads what changed in content/ into the catalogue: scan -> map(read) -> take."""

import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path

from gongbao import execute, records
from gongbao.catalogue import Store, take
from gongbao.diagnostics import N_, Diagnostic
from gongbao.model import Filed
from gongbao.read import files, index
from gongbao.report import Watcher
from gongbao.text import batched

_BATCH = 50
_WINDOW = 16
"""How many batches are under way at a time."""
_MANY = 50
"""From how many files that may have changed on Git is asked which did: a fresh clone has new times everywhere."""
_RACY = 2_000_000_000
"""A file changed less than so many ns ago may change again without another mtime."""

Workers = Callable[[int], AbstractContextManager[Executor | None]]
"""The executor for as many pieces of work."""


def take_in(
    store: Store, content: Path, now: str, workers: Workers, progress: Watcher, findings: list[Diagnostic]
) -> int:
    """Takes in what changed, as of the day `now`; returns how many sources were read. What cannot be a source, though
    it looks like one, is added to `findings`."""
    count = 0
    total = take.note_scan(store, files.scan(content, time.time_ns() - _RACY, findings))
    if total >= _MANY:
        total = take.note_blobs(store, index.blobs(content))
    progress.phase(N_("read"), total)
    take.drop_gone(store)
    batches = batched(take.changed(store), _BATCH)
    with workers(total) as executor:
        for packed in execute.mapped(files.ReadBatch(content), batches, executor, _WINDOW):
            filed = records.unpack(packed, list[Filed])
            count += take.take(store, filed, now)
            progress.step(len(filed))
    take.take_due(store, now)
    return count
