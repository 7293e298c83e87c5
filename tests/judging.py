"""Looking at pages of a built site in a browser, and saying what is wrong with them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Request, sync_playwright

POLICY = {"Content-Security-Policy": "default-src 'self'"}
"""What hosts are told to send; no page may need an exception."""


# Chromium talks to nobody but the test's own host.
CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Chromium without a window."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root a sandbox
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS + sandbox)
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Screen:
    """What a reader looks at."""

    width: int
    height: int
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


SCREENS = [
    Screen(width, height, scheme)
    for width, height in ((360, 780), (768, 1024), (1440, 900))
    for scheme in ("light", "dark")
]


@dataclass(slots=True)
class Visitor:
    """A browser's page that goes from one page of the site to the next, with what each says and asks for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"exception: {error}"))
        self.page.on("requestfailed", lambda request: self.said.extend(_failure(request)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def visit(self, url: str, read: bool = True) -> Page:
        """Loads a page, and reads it to its end."""
        self.said.clear()
        self.asked.clear()
        self.page.goto(url, wait_until="load")
        if read:
            self.page.evaluate(READ)
        return self.page


def _failure(request: Request) -> list[str]:
    """What failed; a request that ended because the visitor went on to the next page did not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}"]


@contextmanager
def visiting(browser: Browser, screen: Screen, scripts: bool = True) -> Iterator[Visitor]:
    """A visitor with a screen, and with scripts or without."""
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": screen.width, "height": screen.height},
        color_scheme=screen.scheme,
        java_script_enabled=scripts,
    )
    try:
        yield Visitor(context.new_page())
    finally:
        context.close()


# Reads down to the end, so that lazy pictures come, and back, and waits until two frames are drawn.
READ = """async () => {
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const end = document.documentElement.scrollHeight;
  for (let at = 0; at < end; at += innerHeight) { scrollTo({top: at, behavior: "instant"}); await drawn(); }
  await Promise.all([...document.images].map(image => image.complete || new Promise(done => image.onload = done)));
  scrollTo({top: 0, behavior: "instant"});
  await drawn();
}"""

SHIFT = """() => new Promise(done => {
  let sum = 0;
  const observer = new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value));
  observer.observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 50);
})"""

WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

AXE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
  const {violations} = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  const tell = (id, node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`;
  return violations.flatMap(({id, nodes}) => nodes.map(node => tell(id, node)));
}"""

# What stands in the text and is not shown; what a reader opens, and what needs a script, is hidden rightly.
UNSEEN = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, td, th, dd, figcaption)")]
  .filter(node => node.textContent.trim() && !node.closest("details, [hidden], .hidden, svg"))
  .filter(node => !node.getClientRects().length || getComputedStyle(node).visibility === "hidden")
  .map(node => `unseen: <${node.localName}> ${node.textContent.trim().slice(0, 40)}`)"""


def faults(visitor: Visitor, base: str, axe: str) -> list[str]:
    """What is wrong with a page; axe is put in last, past the page's policy, so that it disturbs no other judge."""
    page = visitor.page
    wide, shift = page.evaluate(WIDE), page.evaluate(SHIFT)
    found = list(visitor.said)
    found += [f"asks another host: {url}" for url in visitor.asked if not url.startswith(base)]
    found += [f"scrolls sideways by {wide} pixels"] if wide > 0 else []
    found += [f"layout shift of {shift:.3f}"] if shift > 0.02 else []
    page.evaluate(axe)
    told: list[Any] = page.evaluate(AXE)
    return found + [" ".join(str(each).split()) for each in told]
