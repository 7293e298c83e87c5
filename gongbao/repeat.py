"""One build after another of the same site: what the last one opened and loaded is there for the next."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace

from gongbao import pipeline, worker
from gongbao.catalogue import Damaged, Store, take
from gongbao.diagnostics import Diagnostic
from gongbao.order import Order, context_of, mended, need_folders, opened, tools_of
from gongbao.read.files import CONTENT
from gongbao.report import Outcome, Watcher
from gongbao.settings import Settings
from gongbao.theme import Theme


class Repeated:
    """Builds of one site in one output folder, all in one thread, for the catalogue stays open between them.

    After a build that did not end, the next one looks at everything, whatever it is told.
    """

    def __init__(self) -> None:
        self._held = ExitStack()
        self._store: Store | None = None
        self._tools: tuple[Settings, Theme] | None = None
        self._run: pipeline.Run | None = None
        self._looks = True

    def build(self, order: Order, progress: Watcher) -> Outcome:
        """Builds; `order.changed` tells what changed since the last order. Raises `Stop` where nothing can be built."""
        order = replace(order, changed=None) if self._looks else order
        self._looks = True
        try:
            outcome = mended(order, lambda found: self._build(order, progress, found))
        except BaseException:
            self.close()
            raise
        # What only a look at everything finds would be forgotten by one at a few files.
        self._looks = any(found.code in _OF_SCAN for found in outcome.findings)
        return outcome

    def _build(self, order: Order, progress: Watcher, found: list[Diagnostic]) -> Outcome:
        need_folders(order.root)
        if self._store is None:
            self._store = self._held.enter_context(opened(order))
        else:
            self._store.again()
        if order.changed is None or not all(path.startswith(CONTENT) for path in order.changed):
            self._tools = None
        self._tools = self._tools or tools_of(order, self._store)
        context = context_of(order, self._store, *self._tools)
        self._run = pipeline.Run(order, progress, self._store, context, True, found)
        try:
            return self._run.run("")
        except Damaged:
            self.close()  # it is about to be deleted
            raise

    def warm(self) -> None:
        """Makes ready what the next build may need at once: in the last one, other processes may have rendered."""
        if self._run and self._run.desk:
            worker.renderer(self._run.desk).load()

    def unpublished(self, now: str) -> Mapping[str, str]:
        """The addresses of drafts (empty) and of what is set for a day after `now`."""
        return take.unpublished(self._store, now) if self._store else {}

    def close(self) -> None:
        """Lets go of the catalogue; in the thread of the builds."""
        self._held.close()
        self._store = self._tools = self._run = None


_OF_SCAN = ("G114",)
