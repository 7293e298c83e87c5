"""content/moved.csv: new lines at its end, targets that follow, no line where a page stands again."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from gongbao.desk.papers import Paper

HEADER = "former,new,date,reason"


@dataclass(frozen=True, slots=True)
class Row:
    """A line: a former address, where it leads (an address, or “gone”), since when, why."""

    former: str
    new: str
    date: str
    reason: str


def table(paper: Paper | None, rows: Iterable[Row], follow: dict[str, str], standing: set[str]) -> str:
    """The text of moved.csv. `follow`: addresses that are others now; `standing`: where a page stands (again)."""
    end = paper.line_end() if paper else "\n"
    lines = paper.text.splitlines(keepends=True) if paper else [HEADER + end]
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    kept, formers = [], set()
    for line in lines:
        cells = _cells(line)
        former = cells[0] if cells else ""
        if former in standing:
            continue
        formers.add(former)
        if len(cells) > 1 and cells[1] in follow:
            ending = line[len(line.rstrip("\r\n")) :]
            kept.append(_line([cells[0], follow[cells[1]], *cells[2:]]) + ending)
        else:
            kept.append(line)
    added = [row for row in rows if row.former not in formers]
    kept += [_line([row.former, row.new, row.date, row.reason]) + end for row in added]
    return "".join(kept)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line]), [])]


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([" ".join(cell.split()) for cell in cells])
    return out.getvalue()
