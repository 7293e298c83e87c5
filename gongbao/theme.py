"""Themes: folders of templates and assets, found, checked and rendered with; the one module that knows Jinja."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import jinja2
from jinja2.ext import InternationalizationExtension
from jinja2.meta import find_referenced_templates
from markupsafe import Markup

from gongbao import records
from gongbao.diagnostics import Diagnostic, Stop, finding
from gongbao.forms import Filled, ThemeForm
from gongbao.marked import read_yaml
from gongbao.messages import catalogue
from gongbao.spoken import Speaker
from gongbao.text import quote_address, relative
from gongbao.views import Page, Site

_PACKAGE = Path(__file__).parent
_OWN = _PACKAGE / "templates"
_NOT_FOUND = "/404.html"
_SETTING = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a theme: where it lies, the digest and address of what is published, its text where that was made."""

    file: str
    digest: str
    address: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with all it inherits. `templates`: name and file; `closures`: name and digest of all that it uses."""

    name: str
    templates: tuple[tuple[str, str], ...]
    assets: tuple[tuple[str, Asset], ...]
    settings: tuple[tuple[str, str], ...]
    closures: tuple[tuple[str, str], ...]


class ThemeFault(Exception):
    """A page could not be rendered: the template, the line in it, and why."""

    def __init__(self, template: str, line: int, problem: str) -> None:
        super().__init__(template, line, problem)
        self.template = template
        self.line = line
        self.problem = problem


def load_theme(root: Path, name: str, chosen: tuple[tuple[str, str], ...], language: str) -> Theme:
    """The theme `name` of the site at `root`, or else of the project. Raises `Stop` with all that is wrong with it."""
    folders, settings = _lineage(root, name)
    settings |= dict(chosen)
    assets = {path: _asset(path, file, settings) for path, file in _files(folders, "assets").items()}
    templates = _files([_OWN, *(folder / "templates" for folder in folders)], "")
    told = records.encode((sorted((path, asset.digest) for path, asset in assets.items()), settings, language))
    closures = _closures(root, templates, language, records.digest(told))
    return Theme(
        name,
        tuple((path, str(file)) for path, file in sorted(templates.items())),
        tuple(sorted(assets.items())),
        tuple(sorted(settings.items())),
        tuple(sorted(closures.items())),
    )


def _lineage(root: Path, name: str) -> tuple[list[Path], dict[str, str]]:
    """The theme's folders, the farthest parent first, and their settings."""
    folders: list[Path] = []
    settings: dict[str, str] = {}
    while name:
        folder = next((place / name for place in _places(root) if (place / name / "theme.yaml").is_file()), None)
        if folder in folders:
            raise Stop(finding("G509", f"themes/{name}/theme.yaml", value=name))
        if folder is None:
            known = sorted({each.parent.name for place in _places(root) for each in place.glob("*/theme.yaml")})
            raise Stop(finding("G503", "site.yaml", value=name, known="、".join(known)))
        folders.insert(0, folder)
        file = f"themes/{name}/theme.yaml"
        filled = Filled(file, read_yaml((folder / "theme.yaml").read_text("utf-8-sig")))
        form = filled.fill(ThemeForm, (1, 1))
        if form is None:
            raise Stop(*filled.findings)
        settings = form.settings | settings
        name = form.parent
    return folders, settings


def _places(root: Path) -> list[Path]:
    return [root / "themes", _PACKAGE.parent / "themes", _PACKAGE / "themes"]


def _files(folders: list[Path], below: str) -> dict[str, Path]:
    """Every file in the folders by its path there; later folders win."""
    found: dict[str, Path] = {}
    for folder in folders:
        top = folder / below
        for file in sorted(top.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                found[file.relative_to(top).as_posix()] = file
    return found


def _asset(path: str, file: Path, settings: dict[str, str]) -> Asset:
    data, text = file.read_bytes(), ""
    if path.endswith(".css"):
        text = _SETTING.sub(lambda found: settings.get(found[1], found[0]), data.decode())
        data = text.encode()
    digest = records.digest(data)
    stem, _, ending = path.rpartition(".")
    return Asset(str(file), digest, f"/assets/{stem}-{digest[:10]}.{ending}", text)


def _closures(root: Path, templates: dict[str, Path], language: str, basis: str) -> dict[str, str]:
    """The digest of each template with all that it extends, includes and imports."""
    environment = _environment(_loader(templates), language)
    sources = {name: file.read_text("utf-8-sig") for name, file in templates.items()}
    faults: list[Diagnostic] = []
    used: dict[str, set[str]] = {}
    for name, source in sources.items():
        try:
            used[name] = {each for each in find_referenced_templates(environment.parse(source)) if each}
            environment.compile(source, name)
        except jinja2.TemplateSyntaxError as error:
            place = _spoken_path(root, templates[name])
            problem = error.message or ""
            faults.append(finding("G504", place, error.lineno, 1, template=name, problem=problem))
    if faults:
        raise Stop(*faults)
    return {name: _closure(name, sources, used, basis) for name in sources}


def _closure(name: str, sources: dict[str, str], used: dict[str, set[str]], basis: str) -> str:
    reached, pending = set[str](), {name}
    while pending:
        each = pending.pop()
        if each not in reached:
            reached.add(each)
            pending |= used.get(each, set())
    return records.digest(records.encode((basis, [(each, sources.get(each, "")) for each in sorted(reached)])))


def _spoken_path(root: Path, file: Path) -> str:
    for place, spoken in ((root, ""), (_PACKAGE.parent, ""), (_PACKAGE, "")):
        if file.is_relative_to(place):
            return spoken + file.relative_to(place).as_posix()
    return file.name


def _loader(templates: dict[str, Path]) -> jinja2.BaseLoader:
    def load(name: str) -> tuple[str, str, None] | None:
        file = templates.get(name)
        return (file.read_text("utf-8-sig"), str(file), None) if file else None

    return jinja2.FunctionLoader(load)


def _environment(loader: jinja2.BaseLoader, language: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        auto_reload=False,
        extensions=[InternationalizationExtension],
    )
    speaker, words = Speaker(language), _Words(language)
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals |= {"_": words.say, "gettext": words.say, "ngettext": words.say_many}
    # Pages of one issue say the same few dates and leaves thousands of times.
    environment.filters |= {
        "longdate": lru_cache(1024)(speaker.long_date),
        "plaindate": lru_cache(1024)(speaker.plain_date),
        "shortdate": lru_cache(1024)(speaker.short_date),
        "monthname": lru_cache(1024)(speaker.month_name),
        "leafname": lru_cache(1024)(speaker.leaf),
        "issuename": lru_cache(1024)(speaker.issue),
        "number": "{:,}".format,
    }
    return environment


class _Words:
    """A theme's words in one language, as safe HTML: what is filled in is escaped."""

    def __init__(self, language: str) -> None:
        self._catalogue = catalogue(language)
        self._plain: dict[str, Markup] = {}

    def say(self, message: str, /, **values: object) -> Markup:
        """A message with its %(named)s places filled."""
        if values:
            return Markup(self._catalogue.gettext(message)) % values
        said = self._plain.get(message)
        if said is None:
            said = self._plain[message] = Markup(self._catalogue.gettext(message)) % {}
        return said

    def say_many(self, one: str, many: str, n: int, /, **values: object) -> Markup:
        """The message for `n` things; %(num)s is the number where nothing else is said."""
        return Markup(self._catalogue.ngettext(one, many, n)) % ({"num": n} | values)


class Renderer:
    """Renders pages with one theme; one a process, for making its environment costs more than rendering a page."""

    def __init__(self, theme: Theme, site: Site) -> None:
        self._site = site
        self._assets = {name: asset.address for name, asset in theme.assets}
        self._environment = _environment(_loader({name: Path(file) for name, file in theme.templates}), site.language)
        self._prefix = quote_address(urlsplit(site.base_url).path.rstrip("/"))
        self._base, self._root, self._up = "/", "/", ""
        # Globals rather than data of a page, so that a template of macros is imported once and not for every page.
        self._environment.globals |= {
            "absolute": self._absolute, "asset": self._asset, "href": self._href, "site": self._site,
        }  # fmt: skip

    def render(self, page: Page) -> bytes:
        """The page as UTF-8. Raises `ThemeFault`."""
        self._stand_at(page.address)
        context = {"page": page.view, "address": page.address, "title": page.title, "crumbs": page.crumbs}
        try:
            return self._environment.get_template(page.template).render(context).encode()
        except jinja2.TemplateNotFound as error:
            raise ThemeFault(page.template, 0, f"{error.name} is not there") from error
        except Exception as error:
            template, line = _place(error, page.template)
            raise ThemeFault(template, line, f"{type(error).__name__}: {error}") from error

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
