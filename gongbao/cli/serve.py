"""The command that shows the site while it is written."""

from pathlib import Path
from typing import Any

import click

from gongbao.cli.options import Say, common, option, processors
from gongbao.diagnostics import N_, finding
from gongbao.messages import DEFAULT, catalogue
from gongbao.report import Report
from gongbao.settings import FILE, language_of

_DEFAULT_HOST = "127.0.0.1"


def commands(say: Say) -> list[click.Command]:
    """serve."""
    text = say(N_("Show the site on this machine, with drafts, and build it anew on every change."))
    ports: dict[str, Any] = {"type": click.IntRange(0, 65535), "default": 8000, "metavar": "N"}
    options: list[click.Parameter] = [
        option("--port", say(N_("The port; 0: any free one.")), **ports),
        option(
            "--host", say(N_("Where to listen; default: on this machine only.")), default=_DEFAULT_HOST, metavar="HOST"
        ),
        option("--lan", say(N_("Let a phone in the same network look, too, and tell its address.")), is_flag=True),
        option("--open", say(N_("Open the browser.")), is_flag=True),
        option("--theme", say(N_("The theme; default: as site.yaml says.")), default="", metavar="THEME"),
        *common(say),
    ]
    return [click.Command("serve", callback=_serve, help=text, short_help=text, params=options)]


def _serve(root: Path, now: str, theme: str, port: int, host: str, lan: bool, open: bool) -> int:
    from gongbao import serve  # a web server, which no other command needs

    if not (root / FILE).exists():  # the wrong folder: nothing is made in it
        Report(DEFAULT).findings([finding("G501", FILE)])
        return 3
    say = catalogue(language_of(root)).gettext
    host = serve.ANYWHERE if lan and host == _DEFAULT_HOST else host
    port = _free(serve, say, host, port)
    seen = _DEFAULT_HOST if host == serve.ANYWHERE else host
    page = serve.url(seen, port)

    def ready() -> None:
        click.echo(say(N_("{address} (stop with Ctrl+C)")).format(address=page))
        if lan:
            click.echo(
                say(N_("On a phone in the same network: {address}")).format(
                    address=serve.url(serve.near_address(), port)
                )
            )
            click.echo(say(N_("Everybody in this network can see it, drafts as well.")))

    serve.serve(serve.Preview(root, now, theme, processors()), host, port, ready, page if open else "")
    click.echo(say(N_("The preview has ended.")))
    return 0


def _free(serve: Any, say: Say, host: str, port: int) -> int:
    try:
        return int(serve.free_port(host, port))
    except OSError as error:
        try:
            other = serve.next_free_port(host, port)
        except OSError:
            told = say(N_("“{host}” is no name of this machine")).format(host=host)
            raise click.BadParameter(told, param_hint="--host") from error
        said = say(N_("{port} cannot be used ({problem}); this one can: --port {other}"))
        problem = say(error.strerror or str(error))
        raise click.BadParameter(said.format(port=port, problem=problem, other=other), param_hint="--port") from error
