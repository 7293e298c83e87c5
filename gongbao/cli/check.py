"""The command that tells what is wrong, and mends what is safe."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from gongbao import checks, pipeline
from gongbao.cli.ask import agreed
from gongbao.cli.options import Say, common, option, processors, telling
from gongbao.diagnostics import N_, Diagnostic, Stop, has_errors
from gongbao.excerpts import BOLD, painted
from gongbao.fixes import difference, mends, write
from gongbao.messages import catalogue
from gongbao.pipeline import Order
from gongbao.report import Outcome, Report, coloured
from gongbao.settings import language_of


def commands(say: Say) -> list[click.Command]:
    """check."""
    mending = [
        option("--fix", say(N_("Mend what is safe; the difference is shown first.")), is_flag=True),
        option("--yes", say(N_("Mend without asking.")), is_flag=True),
        option("--all", say(N_("Tell every place, however many are alike.")), is_flag=True),
    ]
    text = say(N_("Tell what is wrong, and publish nothing."))
    params = [*mending, *common(say), *telling(say)]
    return [click.Command("check", callback=_check, help=text, short_help=text, params=list(params))]


def _check(root: Path, now: str, fix: bool, yes: bool, every: bool, **telling: Any) -> int:
    order = Order(root, root / "output", now, jobs=processors())
    form = "json" if telling["as_json"] else telling["form"]
    report = Report(language_of(root), form)
    outcome = _outcome(order, report)
    if fix and isinstance(outcome, Outcome) and _mend(root, outcome.findings, yes):
        report = Report(language_of(root), form)
        outcome = _outcome(order, report)
    if isinstance(outcome, Stop):
        report.checked(outcome.findings, root, every)
        return 3
    report.checked(outcome.findings, root, every)
    report.figures(outcome.figures, done=False)
    return int(has_errors(outcome.findings) or (telling["strict"] and bool(outcome.findings)))


def _outcome(order: Order, report: Report) -> Outcome | Stop:
    try:
        return pipeline.check(order, report)
    except Stop as stop:
        return stop
    finally:
        report.close()


def _mend(root: Path, findings: tuple[Diagnostic, ...], yes: bool) -> bool:
    """Shows what would be mended, asks, and mends; whether anything was."""
    say = catalogue(language_of(root)).gettext
    found = list(mends(root, findings, checks.again))
    for file, before, after in found:
        _show(say, file, before, after)
    if not found:
        click.echo(say(N_("Nothing here can be mended without an editor.")), err=True)
        return False
    if not yes and not _agreed(say, len(found)):
        return False
    for file, _, after in found:
        write(root / file, after)
    return True


def _show(say: Say, file: str, before: str, after: str) -> None:
    """Tells every change to a file."""
    paints = coloured(sys.stderr)
    click.echo(painted(BOLD, file, paints), err=True)
    for number, text in difference(before, after, paints):
        click.echo(say(N_("  line {number}: {text}")).format(number=number, text=text), err=True)


def _agreed(say: Say, count: int) -> bool:
    """Whether somebody at a terminal says yes; nobody is asked where nobody sits."""
    if os.environ.get("CI") or not sys.stdin.isatty():
        click.echo(say(N_("Nothing was changed: say --yes to mend without being asked.")), err=True)
        return False
    return agreed(say, say(N_("Write these changes into {count} files?")).format(count=count), err=True)
