"""site.yaml as a frozen record: the newspaper, its columns, names and gaps."""

from dataclasses import dataclass
from pathlib import Path

from gongbao import pinyin
from gongbao.decoding import decode
from gongbao.diagnostics import Diagnostic, Stop, finding, has_errors
from gongbao.forms import Filled, SiteForm, read_typed
from gongbao.marked import read_yaml
from gongbao.messages import DEFAULT, LANGUAGES

FILE = "site.yaml"


@dataclass(frozen=True, slots=True)
class Column:
    """A column (栏目) of the newspaper."""

    name: str
    slug: str
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A time from a day to a day (an end may be missing) and its name: a title, or why nothing appeared."""

    name: str
    since: str
    to: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The newspaper's settings."""

    title: str
    base_url: str
    language: str = DEFAULT
    theme: str = "classic"
    theme_settings: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    publisher: tuple[tuple[str, str], ...] = ()
    footer: tuple[tuple[str, str], ...] = ()
    titles: tuple[Period, ...] = ()
    gaps: tuple[Period, ...] = ()
    weekdays: tuple[int, ...] = ()
    slugs: tuple[tuple[str, str], ...] = ()
    features: tuple[tuple[str, bool], ...] = ()
    unchecked: tuple[str, ...] = ()
    """Codes of the checks that are off."""

    def has(self, feature: str) -> bool:
        """Whether the site has a part of it: on where nothing else is said."""
        return dict(self.features).get(feature, True)


def language_of(root: Path) -> str:
    """The language of the site at `root`, whatever else is wrong with its settings."""
    try:
        text, _ = decode(FILE, (root / FILE).read_bytes())
    except OSError:
        return DEFAULT
    return DEFAULT if text is None else _language(read_yaml(text).value)


def load_settings(root: Path) -> tuple[Settings | None, list[Diagnostic], str]:
    """The settings of the site at `root` (None where broken), the findings, and the language to say them in."""
    try:
        text, found = decode(FILE, (root / FILE).read_bytes())
    except FileNotFoundError:
        return None, [finding("G501", FILE)], DEFAULT
    except OSError as error:
        return None, [finding("G112", FILE, problem=error.strerror or "")], DEFAULT
    if text is None:
        return None, list(found), DEFAULT
    marked = read_typed(text, SiteForm)
    filled = Filled(FILE, marked)
    form = filled.fill(SiteForm, (1, 1))
    language = _language(marked.value)
    filled.findings += found
    if form is None:
        return None, filled.findings, language
    settings = _settings(form)
    filled.findings += _clashes(settings, filled)
    return (None if has_errors(filled.findings) else settings), filled.findings, language


def need_settings(root: Path) -> Settings:
    """The settings, or `Stop`."""
    settings, findings, _ = load_settings(root)
    if settings is None:
        raise Stop(*findings)
    return settings


def _language(value: object) -> str:
    told = value.get("language", value.get("语言")) if isinstance(value, dict) else None
    return told if isinstance(told, str) and told in LANGUAGES else DEFAULT


def _settings(form: SiteForm) -> Settings:
    ordered = sorted(form.columns, key=lambda column: column.order)
    return Settings(
        title=form.title,
        base_url=form.base_url,
        language=form.language,
        theme=form.theme,
        theme_settings=_pairs(form.theme_settings),
        columns=tuple(Column(each.name, each.slug or pinyin.slug(each.name), each.intro) for each in ordered),
        publisher=_pairs(form.publisher.model_dump()),
        footer=_pairs(form.footer.model_dump()),
        titles=tuple(Period(each.name, each.since, each.to, each.numbering) for each in form.titles),
        gaps=tuple(Period(each.reason, each.since, each.to) for each in form.gaps),
        weekdays=tuple(form.weekdays),
        slugs=tuple(sorted(form.slugs.items())),
        unchecked=tuple(sorted(code for code, on in form.checks.items() if not on)),
        features=tuple(sorted(form.features.items())),
    )


def _pairs(values: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in values.items() if value)


def _clashes(settings: Settings, filled: Filled) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    names: set[str] = set()
    slugs: dict[str, str] = {}
    for column in settings.columns:
        if column.name in names:
            found.append(finding("G218", FILE, *filled.mark("columns"), value=column.name))
        elif column.slug in slugs or not column.slug:
            both = f"{slugs.get(column.slug, '')} {column.name}".strip()
            found.append(finding("G506", FILE, *filled.mark("columns"), names=both, slug=column.slug))
        names.add(column.name)
        slugs[column.slug] = column.name
    return found
