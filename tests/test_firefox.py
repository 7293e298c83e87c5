"""Searching in Firefox: the same queries find the same articles there. Only when proving, for it takes its time."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, ClassVar

from gongbao.catalogue import Reader
from tests import get_browser, scale
from tests.building import PROJECT, build, copy_of, write
from tests.judging import POLICY
from tests.serving import Host, Server
from tests.test_search_page import QUERIES, Told, told_by

FILTERED: dict[str, Callable[[Told], bool]] = {
    "栏目：要闻": lambda each: each.article.column == "要闻",
    "职工 date:2019": lambda each: each.has("职工") and each.article.date.startswith("2019"),
    "date:2019-07-02": lambda each: each.article.date == "2019-07-02",
    "农民工 -服务": lambda each: each.has("农民工") and not each.has("服务"),
    "劳模 OR 工匠": lambda each: each.has("劳模") or each.has("工匠"),
}


def _has(text: str, told: Told) -> bool:
    return told.has(text)


class Ear(Host):
    """A host that listens, too."""

    heard: ClassVar[Queue[Any]] = Queue()

    def do_POST(self) -> None:
        self.heard.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()


# The page that searches in a frame, and tells what is found.
EAR = """const wait = time => new Promise(done => setTimeout(done, time));
const tell = said => fetch("/heard", { method: "POST", body: JSON.stringify(said) });
async function ask(frame, query) {
  const found = [];
  for (let page = 1; page < 9; page += 1) {
    frame.contentWindow.history.pushState(null, "", `/search/?${new URLSearchParams({ q: query, page })}`);
    frame.contentWindow.dispatchEvent(new PopStateEvent("popstate"));
    const { contentDocument } = frame;
    while (contentDocument.querySelector("[aria-busy]")) await wait(5);
    const links = [...contentDocument.querySelectorAll(".entries h2 a")];
    found.push(...links.map(each => decodeURI(new URL(each.href).pathname)));
    const { hidden, lastElementChild } = contentDocument.querySelector(".found-pages");
    if (hidden || lastElementChild.hasAttribute("aria-current")) break;
  }
  return { query, found, said: frame.contentDocument.querySelector(".found-said").textContent };
}
const frame = document.querySelector("iframe");
while (!frame.contentDocument?.querySelector("[role=combobox]")) await wait(20);
for (const query of await (await fetch("/queries.json")).json()) {
  await tell(await ask(frame, query).catch(error => ({ query, said: String(error), found: [] })));
}
frame.src = "/issues/2019-07-02/4/wu-da-fu-wu/?find=%E6%9C%8D%E5%8A%A1";
while (!frame.contentDocument?.querySelector(".find-bar [role=status]")?.textContent) await wait(20);
await tell({ marks: frame.contentDocument.querySelector(".find-bar [role=status]").textContent });
"""


def heard_of_firefox(folder: Path, profile: Path, queries: list[str]) -> list[Any]:
    """What Firefox finds for each query in a built site, and the marks on an article at the end."""
    write(folder / "queries.json", json.dumps(queries))
    write(folder / "ear.js", EAR)
    write(folder / "ear.html", "<!doctype html><script type=module src=ear.js></script><iframe src=/search/></iframe>")
    with Server(("127.0.0.1", 0), partial(Ear, directory=str(folder), under="/", headers=POLICY)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/ear.html"
        command = [get_browser.firefox(), "--headless", "--no-remote", "--profile", str(profile), address]
        home = {"HOME": str(profile)} if os.geteuid() == 0 else {}
        firefox = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | home)
        try:
            return [Ear.heard.get(timeout=120) for _ in range(len(queries) + 1)]
        finally:
            firefox.terminate()
            firefox.wait(30)
            server.shutdown()


if scale.PROVE:

    def test_firefox_finds_what_holds_the_text(tmp_path: Path) -> None:
        root = copy_of(PROJECT, tmp_path / "site")
        build(root)
        reader = Reader(root / ".gongbao" / "catalogue.db")
        truth: dict[str, Told] = told_by(reader)
        reader.close()
        shutil.copytree(root / "output", tmp_path / "output")
        (tmp_path / "profile").mkdir()
        *found, last = heard_of_firefox(tmp_path / "output", tmp_path / "profile", [*QUERIES, *FILTERED])
        for each in found:
            query = each["query"]
            holds = FILTERED.get(query) or partial(_has, query.strip("“”"))
            wanted = sorted(address for address, told in truth.items() if holds(told))
            assert sorted(each["found"]) == wanted, (query, each["said"])
        assert last["marks"].startswith("1 / ")
