"""What editors do between two builds of the benchmark's archive."""

from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def _article(root: Path) -> Path:
    """An article from the middle of the archive."""
    found = sorted((root / "content").rglob("[0-9]*.md"))
    return found[len(found) // 2]


def nothing(root: Path) -> None:
    """No edit."""


def body(root: Path) -> None:
    """A sentence at the end of a text."""
    path = _article(root)
    path.write_text(path.read_text("utf-8").rstrip() + "\n\n末尾又添一句。\n", "utf-8")


def title(root: Path) -> None:
    """Another headline."""
    path = _article(root)
    lines = path.read_text("utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(("title:", "标题:")))
    lines[at] += "（续）"
    path.write_text("\n".join(lines), "utf-8")


def new(root: Path) -> None:
    """One article more, like one that is there."""
    path = _article(root)
    leaf = path.name.partition("-")[0]
    path.with_name(f"{leaf}-99.md").write_text(path.read_text("utf-8"), "utf-8")


def template(root: Path) -> None:
    """The template of leaves changes: the site takes a theme of its own that is like plain but for it."""
    folder = root / "themes" / "bench"
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yaml").write_text("name: bench\nparent: plain\n", "utf-8")
    leaf = (PROJECT / "themes" / "plain" / "templates" / "leaf.html").read_text("utf-8")
    (folder / "templates" / "leaf.html").write_text(leaf.replace("<h1>", '<h1 class="leaf">'), "utf-8")


EDITS: dict[str, Callable[[Path], None]] = {
    "nothing changed": nothing,
    "one body edited": body,
    "one headline edited": title,
    "one new article": new,
    "one template edited": template,
}
