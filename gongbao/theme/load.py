"""Themes: folders of templates and assets, found, checked, and told apart by digests."""

import re
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2.meta import find_referenced_templates

from gongbao import records
from gongbao.diagnostics import Diagnostic, Stop, finding
from gongbao.forms import Filled, ThemeForm
from gongbao.marked import read_yaml
from gongbao.theme.dialect import dialect

_PACKAGE = Path(__file__).parent.parent
_OWN = _PACKAGE / "templates"
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
    environment = dialect(templates, language)
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
