"""The commands that build the site and explain what they do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from gongbao import pipeline
from gongbao.cli.options import FILE, FOLDER, Say, common, option, processors, telling
from gongbao.diagnostics import N_, Stop, finding, has_errors
from gongbao.execute import EXECUTORS, SERIAL
from gongbao.pipeline import Order
from gongbao.report import Outcome, Report
from gongbao.settings import language_of

_NEVER = ("content", "themes", ".gongbao", ".git")


def commands(say: Say) -> list[click.Command]:
    """build and why."""
    where = [
        option("--output", say(N_("Where the site goes; default: output/ in the site's folder.")), **FOLDER),
        option("--theme", say(N_("The theme; default: as site.yaml says.")), default="", metavar="THEME"),
    ]
    jobs = say(N_("How many processes work; default: as many as there are processors."))
    executors = click.Choice([SERIAL, *EXECUTORS])
    how = [
        option("--jobs", jobs, type=click.IntRange(1, 256), default=processors, show_default=False, metavar="N"),
        option("--executor", say(N_("Where the work is done.")), type=executors, default="processes"),
        option("--clean", say(N_("Forget what is known and do everything anew.")), is_flag=True),
        option("--dry-run", say(N_("Tell what would be done, and do nothing.")), is_flag=True),
        option("--changes", say(N_("Write into this file which files were written and deleted.")), **FILE),
        option("--verify", say(N_("Look at every page and file, whatever changed.")), is_flag=True),
    ]
    path = click.Argument(["path"], metavar=say(N_("ADDRESS")))
    asked, told = common(say), telling(say)
    explains = say(N_("Tell why a page would be rendered, or why it was."))
    return [
        _command("build", _build, say(N_("Build the site into output/.")), [*where, *how, *asked, *told]),
        _command("why", _why, explains, [path, *where, *asked, told[0]]),
    ]


def _command(name: str, call: Callable[..., int], text: str, options: list[Any]) -> click.Command:
    return click.Command(name, callback=call, help=text, short_help=text, params=options)


def _build(
    root: Path, output: Path | None, form: str = "text", as_json: bool = False, strict: bool = False, **given: Any
) -> int:
    order = Order(root, output or root / "output", **given)
    return _run(order, "json" if as_json else form, strict, pipeline.build)


def _why(root: Path, output: Path | None, path: str, as_json: bool = False, **given: Any) -> int:
    order = Order(root, output or root / "output", **given)
    return _run(order, "json" if as_json else "text", False, lambda order, report: pipeline.why(order, report, path))


def _run(order: Order, form: str, strict: bool, run: Callable[[Order, Report], Outcome]) -> int:
    """Runs and tells; returns the exit status: 0 clean, 1 with findings, 3 not built."""
    report = Report(language_of(order.root), form)
    try:
        _guard(order)
        outcome = run(order, report)
    except Stop as stop:
        report.close()
        report.findings(stop.findings)
        return 3
    finally:
        report.close()
    report.findings(outcome.findings)
    report.planned(outcome.planned)
    report.figures(outcome.figures, done=run is pipeline.build and not outcome.planned)
    return int(has_errors(outcome.findings) or (strict and bool(outcome.findings)))


def _guard(order: Order) -> None:
    """Raises `Stop` where the output folder is not one that a build may fill."""
    root, output = order.root.resolve(), order.output.resolve()
    never = [(root / name).resolve() for name in _NEVER]  # each may be a link to elsewhere
    inside = any(output.is_relative_to(each) for each in never)
    around = any(each.is_relative_to(output) for each in (root, *never))
    if inside or around or output.is_file():
        raise Stop(finding("G607", order.output.as_posix(), path=order.output.as_posix()))
