"""Pages to bytes with one theme: where links lead from the page at hand, and what is wrong where a template fails."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import jinja2

from gongbao.text import quote_address, relative
from gongbao.theme.dialect import dialect
from gongbao.theme.load import Theme
from gongbao.views import Page, Site

_NOT_FOUND = "/404.html"


class ThemeFault(Exception):
    """A page could not be rendered: the template, the line in it, and why."""

    def __init__(self, template: str, line: int, problem: str) -> None:
        super().__init__(template, line, problem)
        self.template = template
        self.line = line
        self.problem = problem


class Renderer:
    """Renders pages with one theme; one a process, for making its environment costs more than rendering a page."""

    def __init__(self, theme: Theme, site: Site) -> None:
        self._site = site
        self._templates = [name for name, _ in theme.templates]
        self._assets = {name: asset.address for name, asset in theme.assets}
        self._environment = dialect({name: Path(file) for name, file in theme.templates}, site.language)
        self._prefix = quote_address(urlsplit(site.base_url).path.rstrip("/"))
        self._base, self._root, self._up = "/", "/", ""
        # Globals rather than data of a page, so that a template of macros is imported once and not for every page.
        self._environment.globals |= {
            "absolute": self._absolute, "asset": self._asset, "href": self._href, "site": self._site,
        }  # fmt: skip

    def render(self, page: Page) -> bytes:
        """The page as UTF-8. Raises `ThemeFault`."""
        self._stand_at(page.address)
        context = {
            "page": page.view, "address": page.address, "title": page.title, "crumbs": page.crumbs, "scope": page.scope,
        }  # fmt: skip
        try:
            return self._environment.get_template(page.template).render(context).encode()
        except jinja2.TemplateNotFound as error:
            raise ThemeFault(page.template, 0, f"{error.name} is not there") from error
        except Exception as error:
            template, line = _place(error, page.template)
            raise ThemeFault(template, line, f"{type(error).__name__}: {error}") from error

    def load(self) -> None:
        """Makes all templates ready."""
        for name in self._templates:
            self._environment.get_template(name)

    def _stand_at(self, base: str) -> None:
        """Links are seen from the page at `base` from now on: its first step, and the way up from it to the root."""
        self._base = base
        self._root = base[: base.find("/", 1) + 1]
        self._up = "../" * base.count("/", 1)

    def _asset(self, name: str) -> str:
        return self._href(self._assets[name])

    def _href(self, address: str) -> str:
        """`address` as a link on the page at hand; a host shows the page for what is not found at any depth."""
        if self._root and not address.startswith(self._root):  # nothing in common: what most links of a page are
            return self._up + _quoted(address)[1:]
        return self._prefix + _quoted(address) if self._base == _NOT_FOUND else relative(address, self._base)

    def _absolute(self, address: str) -> str:
        return self._site.base_url + _quoted(address)


# The same few thousand columns, regions, authors and tags stand on all pages.
_quoted = lru_cache(maxsize=16384)(quote_address)


def _place(error: Exception, template: str) -> tuple[str, int]:
    """The innermost template, by its path in the theme, and line in which an error arose."""
    found = (template, 0)
    for file, line in _frames(error):
        if "/templates/" in file:
            found = (file.rpartition("/templates/")[2], line)
    return found


def _frames(error: Exception) -> Iterator[tuple[str, int]]:
    trace = error.__traceback__
    while trace:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
