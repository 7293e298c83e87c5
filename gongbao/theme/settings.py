"""What may be set in a theme: types, defaults, what site.yaml chose, and what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gongbao.diagnostics import N_, Diagnostic, Stop, finding
from gongbao.forms import Filled, SettingForm, SiteForm
from gongbao.marked import read_yaml
from gongbao.settings import FILE
from gongbao.text import nearest

Value = str | bool | int | float

READABLE = 4.5
"""The contrast that text needs (WCAG 2.2, AA)."""

_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_WHOLE = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_YES, _NO = {"yes", "true", "on", "是", "开"}, {"no", "false", "off", "否", "关"}
_EXPECTED = {
    "color": N_("a colour such as #a4161a"),
    "number": N_("a number"),
    "boolean": N_("yes or no"),
    "choice": N_("one of its choices"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What may be set: its type, the value that it has, and the file and place that say so."""

    name: str
    type: str
    text: str
    note: tuple[tuple[str, str], ...]
    choices: tuple[str, ...]
    ground: str
    file: str
    place: tuple[int, int]

    def value(self) -> Value | None:
        """The value as its type has it; None where it is none of that type."""
        return _READ[self.type](self)


def settings_of(
    form: Mapping[str, SettingForm], filled: Filled, inherited: Mapping[str, Setting]
) -> dict[str, Setting]:
    """The settings of a theme: what its parent has, and over it what it says itself, key by key."""
    found = dict(inherited)
    for name, each in form.items():
        found[name] = _over(found.get(name), name, each, filled)
    return found


def _over(parent: Setting | None, name: str, form: SettingForm, filled: Filled) -> Setting:
    said = form.model_fields_set
    base = parent or Setting(name, "", "", (), (), "", "", (1, 1))
    place = filled.mark("settings", name, "default") if "default" in said else base.place
    text = form.default if "default" in said else base.text
    return Setting(
        name,
        form.type or base.type or _guessed(text),
        text,
        tuple(form.note.items()) if "note" in said else base.note,
        tuple(form.choices) if "choices" in said else base.choices,
        form.ground if "ground" in said else base.ground,
        filled.file if "default" in said or not parent else base.file,
        place,
    )


def _guessed(text: str) -> str:
    """The type of a value that says no type."""
    return "color" if _COLOUR.fullmatch(text) else "number" if _NUMBER.fullmatch(text) else "text"


def chosen_by(root: Path, theme: str, settings: dict[str, Setting], chosen: Mapping[str, str]) -> list[Diagnostic]:
    """Puts what site.yaml chose in the place of the defaults; what the theme does not know is told and left out."""
    if not chosen:
        return []
    # Only here, for their places are no part of the settings: an empty line put in above must not touch a page.
    filled = Filled(FILE, read_yaml((root / FILE).read_bytes().decode("utf-8-sig")))
    filled.fill(SiteForm, (1, 1))
    unknown: list[Diagnostic] = []
    for name, text in chosen.items():
        if name in settings:
            place = filled.mark("theme_settings", name)
            settings[name] = replace(settings[name], text=text, file=FILE, place=place)
        else:
            unknown.append(_unknown(theme, name, list(settings), filled))
    return unknown


def _unknown(theme: str, name: str, known: list[str], filled: Filled) -> Diagnostic:
    if near := nearest(name, known):
        told = {"near": near, "suggestion": N_("did you mean “{near}”?")}
    elif known:
        told = {"known": ", ".join(known), "suggestion": N_("its settings: {known}")}
    else:
        told = {"suggestion": N_("it has no settings; delete the line")}
    return finding("G511", FILE, *filled.key_mark("theme_settings", name), theme=theme, value=name, **told)


def values(settings: Mapping[str, Setting], language: str, found: list[Diagnostic]) -> dict[str, Value]:
    """The value of every setting; warnings are added to what was found. Raises `Stop` with all where one is not of its
    type."""
    read = {name: each.value() for name, each in settings.items()}
    if wrong := [_wrong(settings[name], language) for name, value in read.items() if value is None]:
        raise Stop(*found, *wrong)
    found += _unreadable(settings.values())
    return {name: value for name, value in read.items() if value is not None}


def _wrong(setting: Setting, language: str) -> Diagnostic:
    notes = dict(setting.note)
    note = notes.get(language) or notes.get("") or next(iter(notes.values()), "")
    if setting.type == "choice":
        told = {"known": ", ".join(setting.choices), "suggestion": N_("write one of these: {known}")}
    elif note:
        told = {"note": note, "suggestion": N_("the theme says of it: {note}")}
    else:
        told = {"suggestion": N_("mend it, or delete the line: then the theme's own value holds")}
    said = {"key": setting.name, "expected": _EXPECTED[setting.type], "value": setting.text, **told}
    return finding("G512", setting.file, *setting.place, **said)


def _unreadable(settings: Iterable[Setting]) -> Iterator[Diagnostic]:
    for each in settings:
        if each.type == "color" and _COLOUR.fullmatch(each.ground) and contrast(each.text, each.ground) < READABLE:
            told = f"{contrast(each.text, each.ground):.1f}"
            said = {"key": each.name, "value": each.text, "ground": each.ground, "contrast": told}
            yield finding("G513", each.file, *each.place, **said)


def contrast(one: str, other: str) -> float:
    """How much two colours differ in lightness, from 1 to 21."""
    darker, lighter = sorted((_lightness(one), _lightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _lightness(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _colour(setting: Setting) -> Value | None:
    return setting.text if _COLOUR.fullmatch(setting.text) else None


def _number(setting: Setting) -> Value | None:
    if _WHOLE.fullmatch(setting.text):
        return int(setting.text)
    return float(setting.text) if _NUMBER.fullmatch(setting.text) else None


def _boolean(setting: Setting) -> Value | None:
    said = setting.text.lower()
    return True if said in _YES else False if said in _NO else None


_READ: dict[str, Callable[[Setting], Value | None]] = {
    "color": _colour,
    "text": lambda setting: setting.text,
    "number": _number,
    "boolean": _boolean,
    "choice": lambda setting: setting.text if setting.text in setting.choices else None,
}
