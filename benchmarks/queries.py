"""What a query costs a reader's browser: `python -m benchmarks.queries ROOT ...`, of sites whose index is built.

The client's own modules ask the index over loopback, in Chromium, each query of tests/cases/search/truth.txt once with
nothing at hand but the manifest and once more with what the first time read. Measured is the answer: how many articles,
and which are the first twenty; their pages, against which the reader's page holds them, are not read.
"""

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.bench import hardware
from benchmarks.edits import PROJECT
from benchmarks.keep import keep
from benchmarks.search import queries
from tests import get_browser
from tests.judging import chromium
from tests.serving import serving

_CLIENT = PROJECT / "gongbao" / "client"
_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><script type="module">
import * as archive from "./client/archive.js";
import { find, ordered } from "./client/find.js";
import { learn } from "./client/fold.js";
import { parse } from "./client/query.js";
const base = new URL("search/", location.href).href;
const answer = async typed => {
  const began = performance.now();
  const found = await find(parse(typed), await archive.open(base));
  ordered(found, "best", 0, 20);
  return performance.now() - began;
};
addEventListener("load", async () => { learn((await archive.open(base)).pairs); window.answer = answer; });
</script></html>
"""
_ASK = """async query => {
  performance.clearResourceTimings();
  const cold = await answer(query);
  const read = performance.getEntriesByType("resource");
  const warm = await answer(query);
  return { cold, warm, requests: read.length, bytes: read.reduce((sum, each) => sum + each.encodedBodySize, 0) };
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What queries cost: milliseconds cold and warm, requests and bytes."""

    docs: int
    cold: list[float]
    warm: list[float]
    requests: list[float]
    bytes: list[float]

    def row(self) -> str:
        """A row of the table: of each the median and the most."""
        kilobytes = [each / 1000 for each in self.bytes]
        told = [f"{median(each):,.0f}; {max(each):,.0f}" for each in (self.requests, kilobytes, self.cold, self.warm)]
        return f"| {self.docs:,} | " + " | ".join(told) + " |"


def measure(root: Path) -> Asked:
    """All queries, each in a page of its own."""
    manifest = json.loads((root / "output/search/manifest.json").read_text("utf-8"))
    path = get_browser.find()
    assert path, get_browser.missing()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "client").symlink_to(_CLIENT)
        (folder / "search").symlink_to((root / "output/search").resolve())
        (folder / "index.html").write_text(_PAGE, "utf-8")
        told = []
        with serving(folder) as url, chromium(path) as browser:
            page = browser.new_page()
            page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
            for query in queries():
                page.goto(url)
                page.wait_for_function("() => window.answer")
                told.append(page.evaluate(_ASK, query))
    cold, warm, requests, sizes = ([each[key] for each in told] for key in ("cold", "warm", "requests", "bytes"))
    return Asked(manifest["docs"], cold, warm, requests, sizes)


def main() -> None:
    """Measures and prints the table, and writes it into docs/performance.md."""
    parser = argparse.ArgumentParser(description="Measures queries in a browser.")
    parser.add_argument("roots", type=Path, nargs="+", help="folders of sites whose index is built")
    parser.add_argument("--keep", action="store_true", help="write docs/performance.md anew")
    given = parser.parse_args()
    lines = ["| articles | requests | KB | cold, ms | warm, ms |", "|" + " --- |" * 5]
    table = "\n".join([*lines, *(measure(root).row() for root in given.roots)])
    print(hardware(), table, sep="\n\n")
    if given.keep:
        keep("queries", "end of queries", table)


if __name__ == "__main__":
    main()
