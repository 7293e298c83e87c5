"""Builds beside the server: in one thread, one at a time; all that changes meanwhile makes one more."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from gongbao.serve.preview import Preview, Stopped
from gongbao.serve.told import State

Later = Callable[..., None]
"""Has a function called, with arguments, in the server's own thread."""


class Builder:
    """All its methods belong to the server's thread; what it calls, it calls there."""

    def __init__(
        self,
        preview: Preview,
        later: Later,
        first: Callable[[], frozenset[str]],
        published: Callable[[list[str]], None],
        ended: Callable[[State], None],
    ) -> None:
        self._preview, self._later = preview, later
        self._first, self._published, self._ended = first, published, ended
        self._thread = ThreadPoolExecutor(1, "build")
        self._building = False
        self._waiting: frozenset[str] | None = frozenset()

    def changed(self, paths: frozenset[str] | None) -> None:
        """These paths changed (None: anything)."""
        self._waiting = None if paths is None or self._waiting is None else self._waiting | paths
        if not self._building:
            self._begin()

    def _begin(self) -> None:
        paths, self._waiting = self._waiting, frozenset()
        if paths is None or paths:
            self._building = True
            told = lambda files: self._later(self._published, files)  # noqa: E731
            self._thread.submit(self._preview.build, paths, self._first(), told).add_done_callback(self._end)

    def _end(self, done: "Future[State]") -> None:
        if not isinstance(done.exception(), Stopped):
            self._later(self._take, done.result())

    def _take(self, state: State) -> None:
        self._building = False
        self._ended(state)
        self._begin()
        if not self._building:
            self._thread.submit(self._preview.warm)

    def stop(self) -> None:
        """Ends what is under way and waits for it; no more is built."""
        self._preview.ends = True
        self._thread.submit(self._preview.close)
        self._thread.shutdown()
