"""What the library of commands and the system say by themselves, so that the catalogues have it in the site's language.

The library asks gettext for its texts; `speaking` makes it ask our catalogues. A test holds the texts to the library's.
"""

import gettext
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import click

from gongbao.cli.options import Say
from gongbao.diagnostics import N_
from gongbao.messages import FOLDER, LANGUAGES


def P_(one: str, many: str) -> tuple[str, str]:
    """Marks a message id and its plural for the catalogues."""
    return one, many


LIBRARY = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Positional arguments"),
    N_("Show this message and exit."),
    N_("default: {default}"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Choose from:\n\t{choices}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("Option {name!r} does not take a value."),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("Error: invalid input"),
    N_("Aborted!"),
)
PLURALS = (
    P_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    P_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    P_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    P_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
)
SYSTEM = (
    N_("Permission denied"),
    N_("No such file or directory"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("Input/output error"),
    N_("File name too long"),
    N_("Too many open files"),
    N_("Device or resource busy"),
    N_("symbolic link"),
    N_("database or disk is full"),
    N_("Address already in use"),
)
"""What the system says of a file that it cannot open or write."""
_QUOTED = re.compile(r"(?<!\w)'([^'\n]*)'(?!\w)")
_SPACED = re.compile(r" ?(“[^”\n]*”) ?")
_PLACES = {
    "DIR": N_("DIR"),
    "FILE": N_("FILE"),
    "THEME": N_("THEME"),
    "HOST": N_("HOST"),
    "N": N_("N"),
    "DATE": N_("DATE"),
    "[OPTIONS]": N_("[OPTIONS]"),
    "COMMAND [ARGS]...": N_("COMMAND [ARGS]..."),
}


def translate(command: click.Command, say: Say) -> None:
    """The places that a command's usage names, in a language; those of a group's commands, too."""
    command.options_metavar = say(_PLACES["[OPTIONS]"])
    for each in command.params:
        each.metavar = say(_PLACES[each.metavar]) if each.metavar in _PLACES else each.metavar
        if isinstance(each.type, click.Path):  # it names itself as it is made, before the language is known
            each.type.name = say(N_("directory")) if each.type.dir_okay else say(N_("file"))
    if isinstance(command, click.Group):
        command.subcommand_metavar = say(_PLACES["COMMAND [ARGS]..."])
        for inner in command.commands.values():
            translate(inner, say)


def shown(error: click.ClickException, language: str) -> str:
    """What the library says of an error, in Chinese with quotes and spaces as they are there."""
    told = StringIO()
    error.show(told)
    if not language.startswith("zh"):
        return told.getvalue()
    quoted = _QUOTED.sub(r"“\1”", told.getvalue()).replace("”, “", "”、“").replace("。 ", "。")
    return _SPACED.sub(r"\1", quoted)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What the library says is said in a language."""
    domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain("gongbao", str(FOLDER))
    gettext.textdomain("gongbao")
    os.environ["LANGUAGE"] = LANGUAGES[language]
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
