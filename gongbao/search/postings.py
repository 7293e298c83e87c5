"""Lists of articles as bytes and back: differences as varints, or a bitmap where that is smaller."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Coded:
    """Lists as bytes, one after the other: where each begins and where the last ends; which are bitmaps."""

    data: NDArray[np.uint8]
    bounds: Numbers
    bitmap: NDArray[np.bool_]


def code(values: Numbers, counts: Numbers) -> Coded:
    """Many lists at once: `values` of all, each list ascending, and how many each has."""
    ends = np.cumsum(counts)
    starts = ends - counts
    some = counts > 0
    steps = np.diff(values, prepend=0)
    steps[starts[some]] = values[starts[some]]
    widths = _widths(steps)
    before = _bounds(widths)
    sizes = before[ends] - before[starts]
    whole = np.zeros_like(counts)
    whole[some] = values[ends[some] - 1] // 8 + 1
    bitmap = some & (whole < sizes)
    bounds = _bounds(np.where(bitmap, whole, sizes))
    data = np.zeros(bounds[-1], np.uint8)
    shift = np.repeat(bounds[:-1] - before[starts], counts)
    varint = ~np.repeat(bitmap, counts)
    _write(data, steps[varint], widths[varint], (before[:-1] + shift)[varint])
    for each in np.flatnonzero(bitmap).tolist():
        bits = np.zeros(whole[each] * 8, np.uint8)
        bits[values[starts[each] : ends[each]]] = 1
        data[bounds[each] : bounds[each + 1]] = np.packbits(bits, bitorder="little")
    return Coded(data, bounds, bitmap)


def varints(values: Numbers) -> tuple[NDArray[np.uint8], Numbers]:
    """Each number as a varint; the bytes, and where each begins and the last ends."""
    widths = _widths(values)
    bounds = _bounds(widths)
    data = np.zeros(bounds[-1], np.uint8)
    _write(data, values, widths, bounds[:-1])
    return data, bounds


def _widths(values: Numbers) -> Numbers:
    widths = np.ones(len(values), np.int64)
    for bits in (7, 14, 21, 28):
        widths += values >= 1 << bits
    return widths


def _bounds(sizes: Numbers) -> Numbers:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))


def _write(data: NDArray[np.uint8], values: Numbers, widths: Numbers, places: Numbers) -> None:
    for at in range(int(widths.max(initial=0))):
        some = widths > at
        more = np.where(widths[some] > at + 1, 128, 0)
        data[places[some] + at] = (values[some] >> 7 * at) & 127 | more


def decode(data: bytes, is_bitmap: bool) -> list[int]:
    """One list of the bytes that `code` wrote."""
    if is_bitmap:
        return np.flatnonzero(np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")).tolist()
    found: list[int] = []
    last = value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            last += value
            found.append(last)
            value = shift = 0
    return found
