"""The command that prints the page of a finding: what it means, and a wrong and a right example."""

import sys
from pathlib import Path

import click

from gongbao.cli.options import FOLDER, Say, option
from gongbao.diagnostics import CODES, N_
from gongbao.guide import code_of, near, page, plain
from gongbao.messages import catalogue
from gongbao.report import coloured
from gongbao.settings import language_of


def commands(say: Say) -> list[click.Command]:
    """explain."""
    text = say(N_("Tell what a finding means, and how to mend it."))
    root = option("--root", say(N_("The site's folder, with site.yaml and content/.")), default=Path(), **FOLDER)
    code = click.Argument(["code"], metavar=say(N_("CODE")))
    return [click.Command("explain", callback=_explain, help=text, short_help=text, params=[code, root])]


def _explain(root: Path, code: str) -> int:
    language = language_of(root)
    wanted = code_of(code)
    if wanted not in CODES:
        raise click.UsageError(_unknown(code.strip(), wanted, language))
    click.echo(plain(page(wanted, language), coloured(sys.stdout)), nl=False)
    return 0


def _unknown(told: str, wanted: str, language: str) -> str:
    """That there is no such code, and those that are like it."""
    say = catalogue(language).gettext
    if not any(char.isdecimal() for char in wanted):
        return say(N_("“{code}” is no code of a finding: they look like G704, and check tells them.")).format(code=told)
    found = "\n".join("  " + plain(page(each, language).partition("\n")[0], False).rstrip() for each in near(wanted))
    return say(N_("There is no finding {code}. The nearest:\n{found}")).format(code=told, found=found)
