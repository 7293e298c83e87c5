"""What changed below the site's folder: told by the system as it happens, as paths from the root."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

from watchfiles import Change, watch

Told = Callable[[frozenset[str] | None], None]

FOLDERS = ("content", "themes")
FILES = ("site.yaml",)
_MANY = 500
"""From how many changed paths on the system may have lost count of them: everything is to be looked at."""
_UNSURE = 2.0
"""For how many seconds after that."""
_AGAIN = 0.3
"""How many seconds to wait where nothing can be watched."""
_FAILURES = 3
"""After how many of them files are looked at one by one instead."""


class Changes:
    """Tells `told` of changes, from threads of its own; None: anything may have changed, as at first.

    The folders are watched as they are found, and the root for them and for site.yaml, which editors replace by
    another file: so whatever is renamed, deleted or made again is followed.
    """

    def __init__(self, root: Path, told: Told) -> None:
        self._root = root.absolute()
        self._told = told
        self._ends = Event()
        self._begun = Event()
        self._renewed = Event()
        self._storm = -_UNSURE
        self._threads = [Thread(target=run, daemon=True) for run in (self._follow_root, self._follow_folders)]

    def start(self) -> None:
        """Begins."""
        for each in self._threads:
            each.start()

    def stop(self) -> None:
        """Ends, soon."""
        for each in (self._ends, self._begun, self._renewed):
            each.set()

    def _follow_root(self) -> None:
        for changes in self._watched((self._root,), self._ends, recursive=False):
            if changes is None:
                if self._begun.is_set():
                    self._renewed.set()  # a folder may have come while nobody looked
                self._begun.set()
                continue
            names = {Path(path).name for change, path in changes if self._matters(change, path)}
            if names & {*FOLDERS}:
                self._renewed.set()
            if names:
                self._told(frozenset(names))

    @staticmethod
    def _matters(change: Change, path: str) -> bool:
        name = Path(path).name
        return name in FILES or (name in FOLDERS and change is not Change.modified)

    def _follow_folders(self) -> None:
        self._begun.wait()
        while not self._ends.is_set():
            self._renewed.clear()
            there = tuple(place for name in FOLDERS if (place := self._root / name).is_dir())
            if not there:
                self._told(None)
                self._renewed.wait()
            for changes in self._watched(there, self._renewed) if there else ():
                self._told(self.paths(changes))

    def paths(self, changes: set[tuple[Change, str]] | None) -> frozenset[str] | None:
        """What the library told (None: it began to watch), as paths from the root; None: anything."""
        now = time.monotonic()
        if changes is not None and len(changes) >= _MANY:
            self._storm = now
        if changes is None or now - self._storm < _UNSURE:
            return None
        try:
            paths = {Path(path).relative_to(self._root).as_posix() for _, path in changes}
        except ValueError:  # told by another name of the same folder
            return None
        return frozenset(path for path in paths if "/." not in path)

    def _watched(
        self, places: tuple[Path, ...], end: Event, recursive: bool = True
    ) -> Iterator[set[tuple[Change, str]] | None]:
        """Changes below some places until the end; None where it begins, and where it had to begin again."""
        failures = 0
        while not end.is_set():
            begins = True
            try:
                for changes in watch(
                    *places,
                    watch_filter=None,
                    debounce=50,
                    step=20,
                    rust_timeout=100,
                    yield_on_timeout=True,
                    stop_event=end,
                    recursive=recursive,
                    force_polling=True if failures >= _FAILURES else None,
                    raise_interrupt=False,
                ):
                    if begins:
                        yield None
                    elif changes:
                        yield changes
                    begins, failures = False, 0
            # What is watched is gone, or the system watches no more files: the library tells that in many ways.
            except Exception:
                failures += 1
                end.wait(_AGAIN)
