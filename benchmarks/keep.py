"""What was measured, written into docs/performance.md."""

from benchmarks.edits import PROJECT

PAGE = PROJECT / "docs" / "performance.md"


def keep(begin: str, end: str, text: str) -> None:
    """Puts `text` between two marks, each a comment on a line of its own, in place of what stands there."""
    before, mark, rest = PAGE.read_text("utf-8").partition(f"<!-- {begin} -->\n")
    _, close, after = rest.partition(f"<!-- {end} -->")
    assert mark, begin
    assert close, end
    PAGE.write_text(f"{before}{mark}{text}\n{close}{after}", "utf-8")
