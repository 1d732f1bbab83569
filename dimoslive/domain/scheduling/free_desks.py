"""Which desks are free at each of many starts: the innermost question of the engine.

Of each desk there is a row of bytes, one for each tick: whether an appointment that starts there would meet something.
A row is made for all starts at once, by shifting it over itself, and the starts of an opening are read by one slice.
All numbers are ticks.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extent:
    """What an appointment takes: ``before`` and ``after`` of its desk alone, ``serves`` of desk and opening hours."""

    before: int
    serves: int
    after: int


class FreeDesks:
    """The desks that an appointment could have which starts in one of ``ticks``."""

    def __init__(
        self,
        busy: Mapping[int, AbstractSet[int]],
        closed: AbstractSet[int],
        extent: Extent,
        staff_reserve: int,
        ticks: range,
    ) -> None:
        self._busy, self._closed, self._extent, self._ticks = busy, closed, extent, ticks
        self._offered = _Offered(tuple(busy), staff_reserve)
        self._rows: dict[bool, list[bytes]] = {}

    def at(self, starts: range, *, is_between: bool = False) -> Iterator[tuple[int, ...]]:
        """For each start, the desks that could serve it; none where no more are free than are kept for staff.

        ``is_between``: they start within their ticks, not with them, and so touch one more.
        """
        if not self._busy:
            return iter([()] * len(starts))
        if is_between not in self._rows:
            self._rows[is_between] = self._blocked(self._extent.serves + is_between)
        begins = self._ticks.start
        part = slice(starts.start - begins, starts.stop - begins, starts.step)
        return map(self._offered.__getitem__, zip(*[row[part] for row in self._rows[is_between]], strict=True))

    def _blocked(self, serves: int) -> list[bytes]:
        before, width = self._extent.before, self._extent.before + serves + self._extent.after
        closed = _blocked(self._closed, self._ticks, 0, serves)
        return [
            (closed | _blocked(taken, self._ticks, before, width)).to_bytes(len(self._ticks) + width, "little")
            for taken in self._busy.values()
        ]


class _Offered(dict[tuple[int, ...], tuple[int, ...]]):
    """The desks that are offered, by what each desk's row says: many starts are few such cases."""

    def __init__(self, desk_ids: tuple[int, ...], staff_reserve: int) -> None:
        super().__init__()
        self._desk_ids, self._staff_reserve = desk_ids, staff_reserve

    def __missing__(self, blocked: tuple[int, ...]) -> tuple[int, ...]:
        free = tuple([id_ for id_, is_blocked in zip(self._desk_ids, blocked, strict=True) if not is_blocked])
        self[blocked] = free if len(free) > self._staff_reserve else ()
        return self[blocked]


def _blocked(taken: AbstractSet[int], starts: range, before: int, width: int) -> int:
    """The starts that meet something taken, a byte each, if one takes ``width``, ``before`` of them before it."""
    begin, end = starts.start - before, starts.stop - before + width
    row = bytearray(end - begin)
    for tick in taken:
        if begin <= tick < end:
            row[tick - begin] = 1
    # Whoever starts this much before something taken meets it, too.
    blocked, reach = int.from_bytes(row, "little"), 1
    while reach < width:
        further = min(reach, width - reach)
        blocked |= blocked >> 8 * further
        reach += further
    return blocked
