"""Writes the table of traditional characters for search anew; see README.md beside this file."""

import sys
import unicodedata
from pathlib import Path

from opencc import OpenCC  # type: ignore[import-not-found]  # in a scratch environment only

BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))


def main() -> None:
    """One character at a time; what becomes several, or is written otherwise in Unicode's own folding, is left out."""
    convert = OpenCC("t2s").convert
    characters = [chr(code) for first, last in BLOCKS for code in range(first, last + 1)]
    table = {each: convert(each) for each in characters}
    table = {each: to for each, to in table.items() if to != each and len(to) == 1 and _stable(each) and _stable(to)}
    pairs = sorted(each + _end(table, to) for each, to in table.items())
    Path(sys.argv[1]).write_text("".join(f"{pair}\n" for pair in pairs), "utf-8")


def _stable(character: str) -> bool:
    return unicodedata.normalize("NFKC", character) == character


def _end(table: dict[str, str], to: str) -> str:
    """Folded once is folded for good: 薴 becomes 苎 by way of 苧."""
    return _end(table, table[to]) if to in table else to


if __name__ == "__main__":
    main()
