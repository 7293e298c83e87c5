"""What every test may ask for: a browser, a static host, and how much to do."""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page

from tests import get_browser, judging, scale
from tests.serving import serving

# Both profiles try the same examples in every run, so that a red run can be had again by anybody.
for profile in ("quick", "prove"):
    settings.register_profile(
        profile,
        max_examples=scale.EXAMPLES[profile],
        derandomize=True,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("prove" if scale.PROVE else "quick")


MEMORY = Path("/dev/shm")
ROOM = 4 << 30


def pytest_configure(config: pytest.Config) -> None:
    """Puts all that tests write into memory where there is room: they make and delete whole sites by the hundred, for
    which a disk may take several times as long. What a shell starts beside itself ignores Ctrl+C and has all that it
    starts ignore it; here that is heard."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not os.environ.get("TMPDIR") and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"browser", "chromium_path"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def prove() -> bool:
    """Whether this run is at full count (`make prove`)."""
    return scale.PROVE


@pytest.fixture(scope="session")
def accept() -> bool:
    """Whether this run writes the expected files instead of comparing with them (`make accept`)."""
    return scale.ACCEPT


@pytest.fixture(scope="session")
def counts() -> Callable[[int, int], int]:
    """`counts(quick, full)`; decorators import it from tests.scale."""
    return scale.counts


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's path; a machine without browser or Chinese font fails, it never skips."""
    if text := get_browser.missing():
        pytest.fail(text, pytrace=False)
    path = get_browser.find()
    assert path
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Chromium without a window, shared by a process's tests; each opens pages of its own."""
    with judging.chromium(chromium_path) as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a fresh context of a Chinese reader."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def serve_folder() -> Iterator[Callable[..., str]]:
    """`serve_folder(folder, under="/", headers={})`: serves a folder until the test ends; returns its base URL."""
    with ExitStack() as stack:

        def serve(folder: Path, under: str = "/", headers: Mapping[str, str] = MappingProxyType({})) -> str:
            return stack.enter_context(serving(folder, under, headers))

        yield serve
