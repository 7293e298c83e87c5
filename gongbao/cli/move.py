"""The commands that move and withdraw sources."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from posixpath import dirname
from typing import Any

import click

from gongbao.cli.ask import Asker
from gongbao.cli.options import Say, common, option
from gongbao.desk import history, names
from gongbao.desk.make import UNCHECKED, issue_key, leaf_doubt, leaf_is_new
from gongbao.desk.moves import Move, Plan, whole_issue
from gongbao.desk.shelf import Shelf
from gongbao.desk.undo import FEW, Undo, undoing
from gongbao.desk.withdraw import Withdrawal
from gongbao.diagnostics import N_, Stop, finding
from gongbao.read import kind_of
from gongbao.read.files import CONTENT
from gongbao.report import Report
from gongbao.settings import language_of, need_settings
from gongbao.spoken import Speaker


def commands(say: Say) -> list[click.Command]:
    """mv and rm."""
    reason = option(
        "--reason", say(N_("Why; readers see it at the former address.")), default="", metavar=say(N_("TEXT"))
    )
    trial = option("--dry-run", say(N_("Show what would change, and change nothing.")), is_flag=True)
    shared = [reason, trial, *common(say)]
    source = click.Argument(["source"], metavar=say(N_("FILE|ISSUE|ADDRESS")))
    target = click.Argument(["target"], metavar=say(N_("TO")))
    moves = say(N_("Move or rename an article, a picture or an issue: links follow, former addresses lead on."))
    withdraws = say(N_("Withdraw an article, a picture or an issue: a tombstone with the reason stays."))
    own = [
        option("--unlink", say(N_("Take links to it out of other articles; their words stay.")), is_flag=True),
        option("--keep-pictures", say(N_("Keep the pictures that nothing else shows.")), is_flag=True),
        option("--force", say(N_("Also what is not in Git and would be lost for ever.")), is_flag=True),
    ]
    return [
        click.Command("mv", callback=partial(_mv, say), help=moves, short_help=moves, params=[source, target, *shared]),
        click.Command(
            "rm", callback=partial(_rm, say), help=withdraws, short_help=withdraws, params=[source, *own, *shared]
        ),
    ]


def _mv(say: Say, source: str, target: str, root: Path, **given: Any) -> int:
    return _guarded(root, lambda shelf: _move(_Teller(shelf, say), source, target, **given))


def _rm(say: Say, source: str, root: Path, **given: Any) -> int:
    return _guarded(root, lambda shelf: _withdraw(_Teller(shelf, say), source, **given))


def _guarded(root: Path, run: Callable[[Shelf], None]) -> int:
    """Runs; what stands in the way is told, and then nothing was changed."""
    try:
        run(Shelf(root, need_settings(root)))
    except Stop as stop:
        Report(language_of(root)).findings(stop.findings)
        return 2
    return 0


def _move(teller: "_Teller", source: str, target: str, reason: str, dry_run: bool, now: str) -> None:
    shelf = teller.shelf
    found = names.find(shelf, source)
    if found.issue:
        key = issue_key(Path(target).name)
        if key in shelf.issues:
            raise Stop(finding("G802", "", path=f"{CONTENT}{shelf.folder(key)}"))
        move, back = Move(shelf, whole_issue(shelf, found.issue, key), now, (found.issue, key)), (key, found.issue)
    else:
        place = names.place_for(shelf, found.source, target)
        mapping = {found.source: place} | _with_it(shelf, found.source, place, now)
        move, back = Move(shelf, mapping, now), (CONTENT + place, CONTENT + found.source)
    plan = move.plan(reason)
    unchecked = _check_leaf(shelf, move, plan) if found.source else ""
    teller.act(plan, dry_run, back)
    if unchecked:
        teller.say(UNCHECKED, leaf=Speaker(shelf.settings.language).leaf(unchecked))


def _with_it(shelf: Shelf, source: str, place: str, now: str) -> dict[str, str]:
    """The pictures beside an article that goes to another folder, where nothing else shows them and their place is
    free."""
    old, new = dirname(source), dirname(place)
    if old == new or kind_of(source) != "article":
        return {}
    own = [each for each in Withdrawal(shelf, [source], now).pictures if each.startswith(f"{old}/")]
    places = {each: f"{new}/{each.removeprefix(f'{old}/')}" for each in own}
    return {each: to for each, to in places.items() if not (shelf.content / to).exists()}


def _check_leaf(shelf: Shelf, move: Move, plan: Plan) -> str:
    """Notes where an article comes to a leaf that its issue does not have; the leaf, where nobody knows."""
    for old, is_now in move.after.items():
        was = move.before[old]
        if (was.issue, was.leaf) != (is_now.issue, is_now.leaf) and is_now.leaf:
            doubt = leaf_doubt(shelf, is_now.issue, is_now.leaf, CONTENT + move.mapping[old])
            plan.findings += [doubt] if doubt else []
            if not doubt and leaf_is_new(shelf, is_now.issue, is_now.leaf):
                return is_now.leaf
    return ""


def _withdraw(teller: "_Teller", source: str, reason: str, dry_run: bool, now: str, unlink: bool, **kept: bool) -> None:
    shelf, asker = teller.shelf, teller.asker
    keep_pictures, force = kept["keep_pictures"], kept["force"]
    found = names.find(shelf, source)
    withdrawal = Withdrawal(shelf, _all_of(shelf, found), now)
    if not reason and not asker.present:
        raise Stop(finding("G803", "", missing="--reason"))
    reason = reason or asker.text(N_("Why is it withdrawn? Readers will see this."))
    pictures = [] if keep_pictures else withdrawal.pictures
    if pictures and asker.present and not dry_run:
        teller.list(N_("Nothing else shows these pictures:"), pictures)
        pictures = pictures if asker.sure(N_("Withdraw them, too?"), default=True) else []
    plan = withdrawal.plan(reason, unlink, pictures)
    links = [each for each in plan.findings if each.code == "G812"]
    if links and asker.present and not unlink and not dry_run:
        Report(shelf.settings.language).findings(links)
        if asker.sure(N_("Other articles link to it. Take the links out and leave their words?"), default=True):
            plan = withdrawal.plan(reason, True, pictures)
    lost = [] if force or dry_run else history.unsaved(shelf.content, plan.changes.deleted)
    if lost:
        raise Stop(*(finding("G811", "", path=CONTENT + path) for path in lost))
    teller.act(plan, dry_run)


def _all_of(shelf: Shelf, found: names.Found) -> list[str]:
    return [*shelf.issues[found.issue], *shelf.loose(found.issue)] if found.issue else [found.source]


class _Teller:
    """Says what is done, in the site's language."""

    def __init__(self, shelf: Shelf, say: Say) -> None:
        self.shelf = shelf
        self.asker = Asker(say)
        self._say = say

    def say(self, message: str, **args: object) -> None:
        click.echo(self._say(message).format(**args))

    def list(self, message: str, paths: list[str]) -> None:
        """Some files by name, and how many there are more."""
        self.say(message)
        for path in paths[:FEW]:
            click.echo(f"  {CONTENT}{path}")
        if len(paths) > FEW:
            self.say(N_("  and {count} more"), count=len(paths) - FEW)

    def tell(self, plan: Plan, dry_run: bool) -> bool:
        """Shows or does what is planned; whether anything was done."""
        changes = plan.changes
        if not changes.paths():
            self.say(N_("There is nothing to change."))
            return False
        if dry_run:
            for old, new in sorted(changes.moved.items()):
                self.say(N_("It would be moved: {old} → {new}"), old=CONTENT + old, new=CONTENT + new)
            for path in sorted(changes.deleted):
                self.say(N_("It would be withdrawn: {path}"), path=CONTENT + path)
            for line in changes.difference(self.shelf.content):
                click.echo(line)
            Report(self.shelf.settings.language).findings(plan.findings)
            self.say(N_("Nothing was changed: this was a trial."))
            return False
        changes.apply(self.shelf.content)
        for old, new in list(changes.moved.items())[:FEW]:
            click.echo(f"  {CONTENT}{old} → {CONTENT}{new}")
        if len(changes.moved) > FEW:
            self.say(N_("  and {count} more"), count=len(changes.moved) - FEW)
        if changes.deleted:
            self.list(N_("Withdrawn:"), changes.deleted)
        edited = sorted(set(changes.written) - set(changes.moved.values()))
        if edited:
            self.list(N_("Mended in other files:"), edited)
        if plan.rows:
            self.say(N_("Former addresses noted in content/moved.csv: {count}"), count=len(plan.rows))
        Report(self.shelf.settings.language).findings(plan.findings)
        return True

    def act(self, plan: Plan, dry_run: bool, back: tuple[str, str] | None = None) -> None:
        """Shows or does what is planned, and how it is undone; `back`: what moves it back."""
        undo = None if dry_run else undoing(self.shelf.content, plan, back)
        if self.tell(plan, dry_run) and undo:
            self._undo(undo)

    def _undo(self, undo: Undo) -> None:
        if undo.back:
            old, new = map(_quoted, undo.back)
            self.say(N_("To undo: python build.py mv {old} {new}"), old=old, new=new)
        if undo.restored:
            self.say(N_("To undo (what was committed comes back): git restore {paths}"), paths=_named(undo.restored))
        if undo.restored and undo.deleted:
            self.say(N_("and delete: {paths}"), paths=_named(undo.deleted))
        if undo.by_hand:
            told = N_("These files had edits that are not committed; to undo, change them back yourself: {paths}")
            self.say(told, paths=_named(undo.by_hand))
        if undo.lines:
            told = N_("To undo, also delete from content/moved.csv the lines of these former addresses: {formers}")
            self.say(told, formers=" ".join(undo.lines))
        if undo.below:
            told = N_("To undo, also delete from content/moved.csv the lines that begin with: {formers}")
            self.say(told, formers=undo.below)


def _named(paths: tuple[str, ...]) -> str:
    return " ".join(_quoted(CONTENT + path) for path in paths)


def _quoted(path: str) -> str:
    return f'"{path}"' if set(path) & set(" ()&;'") else path
