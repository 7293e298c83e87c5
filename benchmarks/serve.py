"""How long an editor waits: from the write of a file to its new headline in the browser, in an archive's preview.

`python -m benchmarks.serve --articles 10000 --edits 20`; `--root DIR` takes an archive that is there, `--keep` writes
the figures into docs/performance.md. It needs the browser of the tests. On a machine with other things to do the
figures tell little.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from benchmarks.archive import write_archive
from benchmarks.edits import PROJECT
from benchmarks.keep import keep
from gongbao.text import page_path
from tests import get_browser
from tests.judging import chromium

_PATIENCE = 1800
# In each document: when the headline could be seen for the first time, as the clock of the system tells it.
_SEEN = """
(() => {
  const look = () => {
    const title = document.querySelector("h1");
    if (!title || !title.textContent.trim()) return requestAnimationFrame(look);
    requestAnimationFrame(() => {
      window.seen = { title: title.textContent, at: performance.timeOrigin + performance.now() };
    });
  };
  requestAnimationFrame(look);
})();
"""


@contextmanager
def previewing(root: Path) -> Iterator[str]:
    """The preview of a site, when its first build has ended; gives its address."""
    command = [sys.executable, "-u", str(PROJECT / "build.py"), "serve", "--port", "0", "--now", "2026-11-24"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            found = re.search(r"http://\S+?/", process.stdout.readline())
            assert found
            ends = time.monotonic() + _PATIENCE
            while not _is_there(found[0]) and time.monotonic() < ends:
                time.sleep(0.5)
            process.stdout.readline()  # the figures of the first build
            yield found[0]
        finally:
            process.terminate()


def _is_there(url: str) -> bool:
    try:
        with urlopen(url):
            return True
    except OSError:
        return False


def measure(root: Path, edits: int) -> list[float]:
    """Seconds from the write of an article to its headline in its page, edit by edit."""
    found = sorted((root / "content").rglob("[0-9]*.md"))
    source = found[len(found) // 2]
    leaf, _, slug = source.stem.split("-", 2)
    address = f"issues/{source.parent.name}/{leaf}/{slug}/"
    browser_path = get_browser.find()
    assert browser_path, get_browser.missing()
    seconds = []
    with previewing(root) as url, chromium(browser_path) as browser:
        assert (root / ".gongbao/serve/output" / page_path(f"/{address}")).is_file()
        page = browser.new_page()
        page.add_init_script(_SEEN)
        page.goto(url + address)
        for number in range(edits + 1):
            page.wait_for_function("window.LiveReload && window.LiveReload.connector.protocol === 7")
            time.sleep(0.5)  # an editor's hand: the rest of the last build has ended
            title = f"第{number}次改过的标题{os.getpid()}"
            text = re.sub(r"(?m)^(title|标题):.*$", f"标题: {title}", source.read_text("utf-8"), count=1)
            began = time.time()
            source.write_text(text, "utf-8")
            page.wait_for_function("title => window.seen?.title.includes(title)", arg=title)
            seconds.append(page.evaluate("window.seen.at") / 1000 - began)
    return seconds[1:]  # the first finds the page, and the browser, not warm


def told(articles: int, seconds: list[float]) -> str:
    """The figures in a sentence."""
    middle, worst = statistics.median(seconds), max(seconds)
    return (
        f"In the preview of {articles:,} articles, from the write of a file to its new headline in Chromium:"
        f" {middle:.3f} s, the median of {len(seconds)} edits; the worst took {worst:.3f} s."
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--root", type=Path)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = asked.root or Path(folder) / "archive"
        if not root.exists():
            write_archive(root, asked.articles)
        seconds = measure(root.resolve(), asked.edits)
    print(" ".join(f"{each:.3f}" for each in seconds))
    print(told(asked.articles, seconds))
    if asked.keep:
        keep("preview", "end preview", told(asked.articles, seconds))


if __name__ == "__main__":
    main()
