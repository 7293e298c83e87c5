"""Themes: folders of templates and assets, found, checked and rendered with; the one module that knows Jinja."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import jinja2
from jinja2.ext import InternationalizationExtension
from jinja2.meta import find_referenced_templates

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
    speaker = Speaker(language)
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "longdate": speaker.long_date,
        "plaindate": speaker.plain_date,
        "shortdate": speaker.short_date,
        "monthname": speaker.month_name,
        "leafname": speaker.leaf,
        "issuename": speaker.issue,
        "number": "{:,}".format,
    }
    return environment


class Renderer:
    """Renders pages with one theme; one a process, for making its environment costs more than rendering a page."""

    def __init__(self, theme: Theme, site: Site) -> None:
        self._site = site
        self._assets = dict(theme.assets)
        self._environment = _environment(_loader({name: Path(file) for name, file in theme.templates}), site.language)
        self._prefix = quote_address(urlsplit(site.base_url).path.rstrip("/"))
        self._environment.globals |= {"absolute": self._absolute, "site": self._site}

    def render(self, page: Page) -> bytes:
        """The page as UTF-8. Raises `ThemeFault`."""
        href = partial(self._href, base=page.address)
        context = {
            "page": page.view,
            "address": page.address,
            "title": page.title,
            "crumbs": page.crumbs,
            "href": href,
            "asset": lambda name: href(self._assets[name].address),
        }
        try:
            return self._environment.get_template(page.template).render(context).encode()
        except jinja2.TemplateNotFound as error:
            raise ThemeFault(page.template, 0, f"{error.name} is not there") from error
        except Exception as error:
            template, line = _place(error, page.template)
            raise ThemeFault(template, line, f"{type(error).__name__}: {error}") from error

    def _href(self, address: str, base: str) -> str:
        """`address` as a link on the page at `base`; a host shows the page for what is not found at any depth."""
        return self._prefix + quote_address(address) if base == _NOT_FOUND else relative(address, base)

    def _absolute(self, address: str) -> str:
        return self._site.base_url + quote_address(address)


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
