"""Pages to bytes, knowing nothing of sources or the catalogue."""

from pathlib import Path

from gongbao.diagnostics import Diagnostic, finding
from gongbao.theme import Renderer, ThemeFault
from gongbao.views import FilePage, Page


class Fault(Exception):
    """A page could not be rendered: the finding that says why."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found)
        self.found = found


def render(page: Page, path: str, renderer: Renderer, root: Path) -> bytes:
    """The bytes of the page at `path` in output/; of a file below `root` its own. Raises `Fault`."""
    if isinstance(page.view, FilePage):
        return page.view.text.encode() if page.view.text else (root / page.view.file).read_bytes()
    try:
        return renderer.render(page)
    except ThemeFault as fault:
        raise Fault(finding("G505", fault.template, fault.line, 0, path=path, problem=fault.problem)) from fault
