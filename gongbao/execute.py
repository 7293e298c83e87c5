"""The seam between the sentence and the processors: a map over batches, here or in any executor."""

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

from gongbao.diagnostics import Stop, finding

if sys.platform != "win32":
    from multiprocessing import forkserver

_ENOUGH = 200
"""From how many pieces of work on processes are worth their start."""
A = TypeVar("A")
B = TypeVar("B")


def mapped(work: Callable[[A], B], batches: Iterable[A], executor: Executor | None, window: int) -> Iterator[B]:
    """`work` of each batch, in order; at most `window` are under way. Raises `Stop` where a worker ended by itself."""
    if executor is None:
        yield from map(work, batches)
        return
    under_way: deque[Future[B]] = deque()
    source = iter(batches)
    try:
        for batch in source:
            under_way.append(executor.submit(work, batch))
            if len(under_way) >= window:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool as error:
        raise Stop(finding("G606", "")) from error


def enough(jobs: int, count: int) -> int:
    """How many processes so many pieces of work are worth, of the `jobs` that there may be."""
    return jobs if count >= _ENOUGH else 1


@contextmanager
def pool(
    jobs: int,
    executor: str = "processes",
    start: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
    stop: Callable[[], None] | None = None,
) -> Iterator[Executor | None]:
    """An executor of EXECUTORS, each of its workers begun by `start(*args)`; none where `jobs` is 1 or `executor` is
    serial: the work is then done here, between `start(*args)` and `stop()`."""
    if jobs < 2 or executor == SERIAL:
        with ExitStack() as at_end:
            if stop:
                at_end.callback(stop)
            if start:
                start(*args)
            yield None
        return
    with _without_main(), EXECUTORS[executor](jobs, _begin, (start, args)) as made:
        try:
            yield made
        finally:
            made.shutdown(cancel_futures=True)


def warm(jobs: int, executor: str = "processes") -> None:
    """Lets the process that workers are copies of load what they need while the build does other things."""
    if sys.platform != "win32" and jobs > 1 and executor == "processes" and _can_fork():
        forkserver.set_forkserver_preload(_LOADED)
        forkserver.ensure_running()


def _can_fork() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _begin(start: Callable[..., None] | None, args: tuple[Any, ...]) -> None:
    # The parent alone answers Ctrl+C: it stops handing out work, and what is under way is finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if start:
        start(*args)


_LOADED = ["gongbao.worker", "gongbao.read.files"]
"""What is loaded once, by the process that the workers are copies of."""


def _processes(jobs: int, start: Callable[..., None], args: tuple[Any, ...]) -> Executor:
    if not _can_fork():
        return _spawned(jobs, start, args)
    warm(jobs)
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("forkserver"), start, args)


def _spawned(jobs: int, start: Callable[..., None], args: tuple[Any, ...]) -> Executor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), start, args)


SERIAL = "serial"
EXECUTORS: dict[str, Callable[[int, Callable[..., None], tuple[Any, ...]], Executor]] = {
    "processes": _processes,
    "spawn": _spawned,
}
"""What makes an executor of a number of workers, each begun by a function with arguments: any `Executor` whose workers
are processes that see the site's folder will do."""


@contextmanager
def _without_main() -> Iterator[None]:
    """Workers would import the main module, and with it the catalogue, which they must not know."""
    main = sys.modules["__main__"]
    kept = {name: getattr(main, name) for name in ("__file__", "__spec__") if hasattr(main, name)}
    main.__spec__ = None
    main.__dict__.pop("__file__", None)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(main, name, value)
