"""Questions on a terminal: a text, a numbered choice, yes or no. Without a terminal nothing is asked."""

import sys
from collections.abc import Sequence

import click

from gongbao.cli.options import Say
from gongbao.diagnostics import N_
from gongbao.text import parts

Option = tuple[str, str]
"""What is chosen, and what is said of it."""
_ANSWERS = dict.fromkeys(("y", "yes", "ｙ", "是", "是的", "好", "对"), True) | dict.fromkeys(
    ("n", "no", "ｎ", "否", "不", "不是", "不要"), False
)
_MANY = 20
"""How many choices are shown."""


class Asker:
    """Asks the editor, in the site's language."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.present = sys.stdin.isatty() and sys.stdout.isatty()

    def text(self, question: str, needed: bool = True) -> str:
        """A text; empty where it is not needed and nothing was typed."""
        while True:
            told = str(click.prompt(self._say(question), default="", show_default=False)).strip()
            if told or not needed:
                return told

    def choice(self, question: str, options: Sequence[Option], default: str = "", free: bool = True) -> str:
        """One of `options` by its number or itself, or another text where that is `free`; `default` is what the return
        key alone means. Options that are numbers themselves get no others."""
        shown = options[:_MANY]
        self._show(question, shown)
        prompt = self._say(N_("Number, or the name itself"))
        if default:
            prompt += self._say(N_(" (return: {default})")).format(default=default)
        while True:
            told = str(click.prompt(prompt, default=default, show_default=False)).strip()
            chosen = _chosen(told, shown)
            if free or not told or chosen in [value for value, _ in options]:
                return chosen
            click.echo(self._say(N_("That is none of them.")))

    def choices(self, question: str, options: Sequence[Option]) -> tuple[str, ...]:
        """Some of `options`, or other texts, parted by 、 or a comma; none where nothing was typed."""
        shown = options[:_MANY]
        self._show(question, shown)
        prompt = self._say(N_("Numbers or names, several with 、 between them (return: none)"))
        told = str(click.prompt(prompt, default="", show_default=False)).strip()
        return tuple(_chosen(each, shown) for each in parts(told))

    def _show(self, question: str, options: Sequence[Option]) -> None:
        click.echo(self._say(question))
        numbered = not _numbers(options)
        for number, (value, label) in enumerate(options, 1):
            click.echo(f"  {number:2}  {value}  {label}".rstrip() if numbered else f"  {value:>4}  {label}".rstrip())

    def sure(self, question: str, default: bool = False) -> bool:
        """Whether the editor says yes."""
        return agreed(self._say, self._say(question), default)


def agreed(say: Say, question: str, default: bool = False, err: bool = False) -> bool:
    """Whether the answer to a question is yes, in any language."""
    shown = say(N_("[yes/no; return: yes]")) if default else say(N_("[yes/no; return: no]"))
    while True:
        told = str(click.prompt(f"{question} {shown}", default="", show_default=False, err=err)).strip().lower()
        if not told or told in _ANSWERS:
            return _ANSWERS.get(told, default)
        click.echo(say(N_("Please answer yes or no.")), err=err)


def _numbers(options: Sequence[Option]) -> bool:
    return any(value.isdigit() for value, _ in options)


def _chosen(told: str, options: Sequence[Option]) -> str:
    if told.isdigit() and not _numbers(options) and 1 <= int(told) <= len(options):
        return options[int(told) - 1][0]
    return told
