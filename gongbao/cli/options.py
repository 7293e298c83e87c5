"""Options that several commands have."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from gongbao.diagnostics import N_
from gongbao.report import FORMS
from gongbao.text import parse_date

Say = Callable[[str], str]

FILE: dict[str, Any] = {"type": click.Path(dir_okay=False, path_type=Path), "metavar": "FILE"}
FOLDER: dict[str, Any] = {"type": click.Path(file_okay=False, path_type=Path), "metavar": "DIR"}
_HIDING = {"--all": "every", "--json": "as_json", "--format": "form"}
"""Options whose own names would hide other things."""


def common(say: Say) -> list[click.Option]:
    """Which site, and as of which day."""
    return [
        option("--root", say(N_("The site's folder, with site.yaml and content/.")), default=Path(), **FOLDER),
        option("--now", say(N_("Build as of this day (YYYY-MM-DD); default: today.")), callback=_day, metavar="DATE"),
    ]


def telling(say: Say) -> list[click.Option]:
    """How findings are told."""
    return [
        option("--json", say(N_("Findings and figures as JSON lines; the same as --format json.")), is_flag=True),
        option("--format", say(N_("How findings are told.")), type=click.Choice(FORMS), default="text"),
        option("--strict", say(N_("Warnings fail, too.")), is_flag=True),
    ]


def option(flag: str, told: str, **given: Any) -> click.Option:
    """An option of a command; `given` is click's."""
    names = [flag, _HIDING[flag]] if flag in _HIDING else [flag]
    return click.Option(names, help=told, **given)


def _day(context: click.Context, option: click.Parameter, told: str | None) -> str:
    """YYYY-MM-DD. What is due is decided by this day alone: the one place where the clock is asked."""
    if not told:
        return date.today().isoformat()  # noqa: TID251
    day = parse_date(told)
    if day is None or len(day) < 10:
        raise click.BadParameter(told)
    return day


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
