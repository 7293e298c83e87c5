"""The command: what is asked for, in the site's language, and what is said of the outcome by its exit status.

One module beside this one is a command or a few alike: its `commands` makes them, with their help in a language.
"""

import sys
from itertools import pairwise
from pathlib import Path

import click

from gongbao import __version__
from gongbao.cli import build, check, explain, move, new, search, serve
from gongbao.cli.words import shown, speaking, translate
from gongbao.diagnostics import N_
from gongbao.messages import catalogue
from gongbao.settings import language_of

_MODULES = (build, check, explain, serve, search, new, move)
_BUILD = ("build", "serve")
"""The commands that take up the work where they left it."""


def main() -> None:
    """Runs the command; ends the process with its exit status."""
    arguments = _named(sys.argv[1:])
    language = _language(arguments)
    try:
        with speaking(language):
            sys.exit(_run(language, arguments))
    except (KeyboardInterrupt, click.Abort):
        told = N_("Stopped. The next build goes on from here.") if arguments[0] in _BUILD else N_("Stopped.")
        click.echo(catalogue(language).gettext(told), err=True)
        sys.exit(130)


def _run(language: str, arguments: list[str]) -> int:
    try:
        status: int = command(language).main(arguments, prog_name="gongbao", standalone_mode=False) or 0
    except click.ClickException as error:
        click.echo(shown(error, language), err=True, nl=False)
        return error.exit_code
    return status


def _named(arguments: list[str]) -> list[str]:
    """`arguments` with the command that is meant where none is named, and a leading --root after it."""
    root, rest = list[str](), list(arguments)
    if rest and rest[0].startswith("--root"):
        count = 2 if rest[0] == "--root" else 1
        root, rest = rest[:count], rest[count:]
    if rest and (rest[0] in ("--help", "--version") or not rest[0].startswith("-")):
        return [rest[0], *root, *rest[1:]] if rest[0] in command("en").commands else rest
    return ["build", *root, *rest]


def _language(arguments: list[str]) -> str:
    told = [each.removeprefix("--root=") for each in arguments if each.startswith("--root=")]
    told += [after for flag, after in pairwise(arguments) if flag == "--root"]
    return language_of(Path(told[0] if told else "."))


def command(language: str) -> click.Group:
    """The command, its help in a language."""
    say = catalogue(language).gettext
    group = click.Group(help=say(N_("Makes a newspaper's archive of Markdown. Without a command: build.")))
    group = click.version_option(__version__, message="Gongbao %(version)s", help=say(N_("Show the version.")))(group)
    for module in _MODULES:
        for each in module.commands(say):
            group.add_command(each)
    translate(group, say)
    return group
