"""Themes: folders of templates and assets, found, checked, and told apart by digests."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import jinja2

from gongbao import records
from gongbao.diagnostics import Diagnostic, Stop, finding
from gongbao.forms import Filled, ThemeForm
from gongbao.marked import read_yaml
from gongbao.theme.assets import Asset, MissingPart, assets
from gongbao.theme.dialect import compiled
from gongbao.theme.settings import Setting, Value, chosen_by, settings_of, values

_PACKAGE = Path(__file__).parent.parent
_OWN = _PACKAGE / "templates"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with all it inherits. `templates`: name and file; `closures`: name and digest of all that it uses."""

    name: str
    templates: tuple[tuple[str, str], ...]
    assets: tuple[tuple[str, Asset], ...]
    settings: tuple[tuple[str, Value], ...]
    closures: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What templates say, each with all that it uses; one that is missing here may say anything."""
    warnings: tuple[Diagnostic, ...] = ()
    """What is wrong with its settings and stops nothing."""

    def shows(self, template: str, field: str) -> bool:
        """Whether pages of a template may show a field of their view; what none shows need not be looked for."""
        said = dict(self.names).get(template)
        return said is None or field in said


def load_theme(
    root: Path, name: str, chosen: tuple[tuple[str, str], ...], language: str, memory: "Memory | None" = None
) -> Theme:
    """The theme `name` of the site at `root`, or else of the project. Raises `Stop` with all that is wrong with it."""
    folders, known = _lineage(root, name)
    warnings = chosen_by(root, name, known, dict(chosen))
    settings = values(known, language, warnings)
    published = _assets(root, _files([_PACKAGE, *folders], "assets"), settings)
    templates = _files([_OWN, *(folder / "templates" for folder in folders)], "")
    told = records.encode((sorted((path, asset.digest) for path, asset in published.items()), settings, language))
    parsed = _parsed(root, templates, language, memory)
    closures = _closures(templates, parsed, records.digest(told))
    return Theme(
        name,
        tuple((path, str(file)) for path, file in sorted(templates.items())),
        tuple(sorted(published.items())),
        tuple(sorted(settings.items())),
        tuple(sorted(closures.items())),
        tuple((name, tuple(sorted(each.says))) for name, each in sorted(parsed.items()) if each.says),
        tuple(warnings),
    )


def _lineage(root: Path, name: str) -> tuple[list[Path], dict[str, Setting]]:
    """The theme's folders, the farthest parent first, and their settings."""
    folders: list[Path] = []
    told: list[tuple[ThemeForm, Filled]] = []
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
        told.insert(0, (form, filled))
        name = form.parent
    settings: dict[str, Setting] = {}
    for form, filled in told:
        settings = settings_of(form.settings, filled, settings)
    return folders, settings


def _places(root: Path) -> list[Path]:
    return [root / "themes", _PACKAGE.parent / "themes", _PACKAGE / "themes"]


def _assets(root: Path, files: dict[str, Path], settings: dict[str, Value]) -> dict[str, Asset]:
    try:
        return assets(files, settings)
    except MissingPart as error:
        place = _spoken_path(root, error.file)
        known = ", ".join(sorted(path for path in files if path.startswith("_")))
        raise Stop(finding("G514", place, error.line, 1, value=error.part, known=known)) from error


def _files(folders: list[Path], below: str) -> dict[str, Path]:
    """Every file in the folders by its path there; later folders win."""
    found: dict[str, Path] = {}
    for folder in folders:
        top = folder / below
        for file in sorted(top.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                found[file.relative_to(top).as_posix()] = file
    return found


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A template: its source, the templates that it extends, includes or imports, and the names that it and they say
    (none: it may say any, for which templates it uses only a page knows)."""

    source: str
    used: frozenset[str]
    says: frozenset[str]


class Memory(Protocol):
    """What remembers facts from one build to the next."""

    def meta(self, name: str) -> str: ...

    def set_meta(self, name: str, value: str) -> None: ...


_Facts = dict[str, tuple[str, list[str], list[str]]]
"""Of each template the digest of its source in a language, what it uses and what it says."""


def _parsed(root: Path, templates: dict[str, Path], language: str, memory: Memory | None) -> dict[str, _Parsed]:
    """Every template; what is remembered of one is not found out again, for to compile all takes longer than a build of
    a few pages. Raises `Stop` with all that is wrong with them."""
    known = _recalled(memory)
    found: dict[str, _Parsed] = {}
    facts: _Facts = {}
    faults: list[Diagnostic] = []
    for name, file in templates.items():
        source = file.read_text("utf-8-sig")
        mark = records.digest(f"{language} {source}".encode())
        try:
            fact = known[name] if known.get(name, ("",))[0] == mark else (mark, *_facts(language, name, file, source))
        except jinja2.TemplateSyntaxError as error:
            place = _spoken_path(root, file)
            faults.append(finding("G504", place, error.lineno, 1, template=name, problem=error.message or ""))
            continue
        facts[name] = fact
        found[name] = _Parsed(source, frozenset(fact[1]), frozenset(fact[2]))
    if faults:
        raise Stop(*faults)
    if memory and facts != known:
        memory.set_meta(_REMEMBERED, records.encode(facts).decode())
    return {name: replace(each, says=_said(name, found)) for name, each in found.items()}


def _said(name: str, found: dict[str, _Parsed]) -> frozenset[str]:
    """What a template and all that it uses say; none where one of them may say anything."""
    said = [found[each].says for each in _reached({name}, found) if each in found]
    return frozenset().union(*said) if all(said) else frozenset()


_REMEMBERED = "templates"


def _recalled(memory: Memory | None) -> _Facts:
    told = memory.meta(_REMEMBERED) if memory else ""
    return records.decode(told.encode(), _Facts) if told else {}


def _facts(language: str, name: str, file: Path, source: str) -> tuple[list[str], list[str]]:
    made = compiled(language, name, str(file), source)
    return sorted(filter(None, made.used)), [] if None in made.used else sorted(made.says)


def _reached(names: Iterable[str], templates: dict[str, _Parsed]) -> set[str]:
    """`names` with all that these templates use."""
    reached, pending = set[str](), set(names)
    while pending:
        each = pending.pop()
        if each not in reached:
            reached.add(each)
            pending |= templates[each].used if each in templates else set()
    return reached


def _closures(templates: dict[str, Path], parsed: dict[str, _Parsed], basis: str) -> dict[str, str]:
    """The digest of each template with all that it extends, includes and imports."""
    return {
        name: records.digest(
            records.encode(
                (basis, [(e, parsed[e].source if e in parsed else "") for e in sorted(_reached({name}, parsed))])
            )
        )
        for name in templates
    }


def _spoken_path(root: Path, file: Path) -> str:
    for place, spoken in ((root, ""), (_PACKAGE.parent, ""), (_PACKAGE, "")):
        if file.is_relative_to(place):
            return spoken + file.relative_to(place).as_posix()
    return file.name
