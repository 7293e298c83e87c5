"""The command: what is asked for, in the site's language, and what is said of the outcome by its exit status."""

import os
import sys
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from gongbao import __version__, pipeline
from gongbao.diagnostics import N_, Stop, finding, has_errors
from gongbao.execute import EXECUTORS, SERIAL
from gongbao.messages import catalogue
from gongbao.pipeline import Order
from gongbao.report import FORMS, Outcome, Report
from gongbao.settings import language_of
from gongbao.text import parse_date

_COMMANDS = ("build", "check", "serve", "why")
_HIDING = {"--json": "as_json", "--format": "form"}
"""Options whose own names would hide other things."""
_NEVER = ("content", "themes", ".gongbao", ".git")


def main() -> None:
    """Runs the command; ends the process with its exit status."""
    arguments = _named(sys.argv[1:])
    language = _language(arguments)
    try:
        sys.exit(command(language).main(arguments, prog_name="gongbao", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo(catalogue(language).gettext(N_("Stopped. The next build goes on from here.")), err=True)
        sys.exit(130)


def _named(arguments: list[str]) -> list[str]:
    """`arguments` with the command that is meant where none is named, and a leading --root after it."""
    root, rest = list[str](), list(arguments)
    if rest and rest[0].startswith("--root"):
        count = 2 if rest[0] == "--root" else 1
        root, rest = rest[:count], rest[count:]
    if rest and (rest[0] in ("--help", "--version") or not rest[0].startswith("-")):
        return [rest[0], *root, *rest[1:]] if rest[0] in _COMMANDS else rest
    return ["build", *root, *rest]


def _language(arguments: list[str]) -> str:
    told = [each.removeprefix("--root=") for each in arguments if each.startswith("--root=")]
    told += [after for flag, after in pairwise(arguments) if flag == "--root"]
    return language_of(Path(told[0] if told else "."))


def command(language: str) -> click.Group:
    """The command, its help in a language."""
    say = catalogue(language).gettext
    file = {"type": click.Path(dir_okay=False, path_type=Path), "metavar": "FILE"}
    folder = {"type": click.Path(file_okay=False, path_type=Path), "metavar": "DIR"}
    common = [
        _option("--root", say(N_("The site's folder, with site.yaml and content/.")), default=Path(), **folder),
        _option("--now", say(N_("Build as of this day (YYYY-MM-DD); default: today.")), callback=_day, metavar="DATE"),
    ]
    telling = [
        _option("--json", say(N_("Findings and figures as JSON lines; the same as --format json.")), is_flag=True),
        _option("--format", say(N_("How findings are told.")), type=click.Choice(FORMS), default="text"),
        _option("--strict", say(N_("Warnings fail, too.")), is_flag=True),
    ]
    where = [
        _option("--output", say(N_("Where the site goes; default: output/ in the site's folder.")), **folder),
        _option("--theme", say(N_("The theme; default: as site.yaml says.")), default="", metavar="NAME"),
    ]
    jobs = say(N_("How many processes work; default: as many as there are processors."))
    executors = click.Choice([SERIAL, *EXECUTORS])
    how = [
        _option("--jobs", jobs, type=click.IntRange(1, 256), default=_processors, show_default=False, metavar="N"),
        _option("--executor", say(N_("Where the work is done.")), type=executors, default="processes"),
        _option("--clean", say(N_("Forget what is known and do everything anew.")), is_flag=True),
        _option("--dry-run", say(N_("Tell what would be done, and do nothing.")), is_flag=True),
        _option("--changes", say(N_("Write into this file which files were written and deleted.")), **file),
        _option("--verify", say(N_("Look at every page and file, whatever changed.")), is_flag=True),
    ]
    ports = {"type": click.IntRange(0, 65535), "default": 8000, "callback": _port, "metavar": "N"}
    port = _option("--port", say(N_("The port; 0: any free one.")), **ports)
    group = click.Group(help=say(N_("Makes a newspaper's archive of Markdown. Without a command: build.")))
    group = click.version_option(__version__, message="Gongbao %(version)s", help=say(N_("Show the version.")))(group)
    told = say(N_("Show the site on this machine, and build it anew on every change."))
    path = click.Argument(["path"], metavar=say(N_("ADDRESS")))
    for name, call, text, options in (
        ("build", _build, say(N_("Build the site into output/.")), [*where, *how, *common, *telling]),
        ("check", _check, say(N_("Tell what is wrong, and publish nothing.")), [*common, *telling]),
        ("serve", _serve, told, [port, *where, *common]),
        (
            "why",
            _why,
            say(N_("Tell why a page would be rendered, or why it was.")),
            [path, *where, *common, telling[0]],
        ),
    ):
        group.add_command(click.Command(name, callback=call, help=text, short_help=text, params=options))  # type: ignore[arg-type]
    return group


def _option(flag: str, told: str, **given: Any) -> click.Option:
    names = [flag, _HIDING[flag]] if flag in _HIDING else [flag]
    return click.Option(names, help=told, **given)


def _build(
    root: Path, output: Path | None, form: str = "text", as_json: bool = False, strict: bool = False, **given: Any
) -> int:
    order = Order(root, output or root / "output", **given)
    return _run(order, "json" if as_json else form, strict, pipeline.build)


def _check(root: Path, now: str, form: str = "text", as_json: bool = False, strict: bool = False) -> int:
    order = Order(root, root / "output", now, jobs=_processors())
    return _run(order, "json" if as_json else form, strict, pipeline.check)


def _serve(root: Path, output: Path | None, port: int, **given: Any) -> int:
    from gongbao.serve import serve  # a web server, which no other command needs

    order = Order(root, output or root / "output", jobs=_processors(), **given)
    return serve(root, order.output, port, lambda: _run(order, "text", False, pipeline.build), click.echo)


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


def _day(context: click.Context, option: click.Parameter, told: str | None) -> str:
    """YYYY-MM-DD. What is due is decided by this day alone: the one place where the clock is asked."""
    if not told:
        return date.today().isoformat()  # noqa: TID251
    day = parse_date(told)
    if day is None or len(day) < 10:
        raise click.BadParameter(told)
    return day


def _port(context: click.Context, option: click.Parameter, told: int) -> int:
    from gongbao.serve import free_port

    try:
        return free_port(told)
    except OSError as error:
        raise click.BadParameter(f"{told}: {error.strerror}") from error


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
