"""How what was done can be undone, so that nothing is lost by it: worked out before it is done."""

from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname

from gongbao.desk.history import unsaved
from gongbao.desk.moves import Plan
from gongbao.desk.standing import issue_address
from gongbao.read import MOVED
from gongbao.text import is_issue_key

FEW = 6
"""How many files are named one by one."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Paths are from content/."""

    restored: tuple[str, ...] = ()
    """What Git brings back as it was."""
    deleted: tuple[str, ...] = ()
    """What was made and can go: Git has what it was made of."""
    back: tuple[str, str] | None = None
    """What our own command moves back, and where to: Git does not have it as it was."""
    lines: tuple[str, ...] = ()
    """The lines of moved.csv that have to go, by their former addresses."""
    below: str = ""
    """What the former addresses of further such lines begin with."""
    by_hand: tuple[str, ...] = ()
    """What was mended and had other edits that Git does not have."""


def undoing(content: Path, plan: Plan, back: tuple[str, str] | None = None) -> Undo:
    """How `plan`, which is not done yet, can be undone; `back`: what is told to our command to move it back."""
    changes = plan.changes
    arrived = set(changes.moved.values())
    mended = {path for path in changes.written if path not in arrived and (content / path).exists()}
    made = {path for path in changes.written if path not in arrived | mended}
    had = {*changes.moved, *changes.deleted, *mended}
    lost = set(unsaved(content, had)) if had else set()
    if back and lost:
        issue = issue_address(back[0]) if is_issue_key(back[0]) and plan.fresh else ""
        return Undo(back=back, lines=() if issue else tuple(plan.fresh), below=issue)
    lines = tuple(row.former for row in plan.rows) if MOVED in lost else ()
    by_hand = tuple(sorted(lost & mended - {MOVED}))
    restored, deleted = _folded(content, had - lost), _folded(content, arrived | made)
    return Undo(restored, deleted, lines=lines, by_hand=by_hand)


def _folded(content: Path, paths: set[str]) -> tuple[str, ...]:
    """Many paths as folders, where nothing else lies in these."""
    if len(paths) <= FEW:
        return tuple(sorted(paths))
    folders = {dirname(path) for path in paths}
    whole = {folder for folder in folders if folder and _holds_only(content, folder, paths)}
    return tuple(sorted({dirname(path) if dirname(path) in whole else path for path in paths}))


def _holds_only(content: Path, folder: str, paths: set[str]) -> bool:
    files = [each for each in (content / folder).rglob("*") if not each.is_dir()]
    return all(each.relative_to(content).as_posix() in paths for each in files)
