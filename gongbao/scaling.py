"""The pictures that came to be shown are made in other widths and formats, each once, side by side."""

from pathlib import Path

from gongbao import execute, records
from gongbao.catalogue import Store, scaled, take
from gongbao.diagnostics import N_
from gongbao.read.variants import Made, MakeVariants, clear, kept
from gongbao.report import Watcher
from gongbao.text import batched

_ENOUGH = 4
"""From how many pictures on processes are worth their start."""


def scale(store: Store, root: Path, jobs: int, executor: str, progress: Watcher) -> None:
    """Makes the variants that are wanted and not kept, and notes all that are wanted. Raises `Stop`."""
    wanted = scaled.waiting(store)
    known: dict[str, tuple[str, ...] | None] = {}
    known |= {digest: names for digest, _ in wanted if (names := kept(root, digest)) is not None}
    unknown = [each for each in wanted if each[0] not in known]
    if unknown:
        clear(root)
        progress.phase(N_("pictures"), len(unknown))
        with execute.pool(jobs if len(unknown) >= _ENOUGH else 1, executor) as workers:
            for packed in execute.mapped(MakeVariants(root.absolute()), batched(unknown, 1), workers, 4 * jobs):
                known |= {each.digest: each.names for each in records.unpack(packed, list[Made])}
                progress.step(1)
        clear(root)
    for digest, sources in wanted:
        scaled.keep(store, digest, known[digest])
        for source in sources if store.touching else ():
            store.cause = take.CONTENT + source
            take.unsettle(store, source)
    scaled.forget_waiting(store)
