"""The command that prints the page of a finding: what it means, and a wrong and a right example."""

from pathlib import Path

import click

from gongbao.cli.options import FOLDER, Say, option
from gongbao.diagnostics import CODES, N_
from gongbao.guide import page
from gongbao.messages import catalogue
from gongbao.settings import language_of


def commands(say: Say) -> list[click.Command]:
    """explain."""
    text = say(N_("Tell what a finding means, and how to mend it."))
    root = option("--root", say(N_("The site's folder, with site.yaml and content/.")), default=Path(), **FOLDER)
    code = click.Argument(["code"], metavar=say(N_("CODE")))
    return [click.Command("explain", callback=_explain, help=text, short_help=text, params=[code, root])]


def _explain(root: Path, code: str) -> int:
    language = language_of(root)
    wanted = code.strip().upper()
    if wanted not in CODES:
        say = catalogue(language).gettext
        told = say(N_("There is no finding {code}. Known: {known}.")).format(code=code, known=", ".join(sorted(CODES)))
        raise click.UsageError(told)
    click.echo(page(wanted, language), nl=False)
    return 0
