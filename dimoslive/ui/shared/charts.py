"""Charts as plain SVG: bars and lines, drawn once for each width and never scaled.

Fill, hatch and dots tell the series apart, and solid and dashed lines, circles and squares: nothing depends on colour.
A chart is hidden from screen readers, because the table beside it says the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from itertools import pairwise

from dimoslive.domain.figures.figure import Chart, Number

_TOP, _FOOT = 20, 24
_LETTER, _LINE = 7.2, 14
"""About how wide a figure of the smallest text is, and how high a line, in pixels."""
_SCALE = 50
"""About how wide the scale is."""
_MIN_MARKED = 9
"""Points nearer to each other have no marks of their own."""


@dataclass(frozen=True, slots=True)
class Paper:
    """How large a chart is drawn, in pixels; on the narrow one only the ends are named."""

    width: int
    height: int
    is_wide: bool


WIDE, NARROW = Paper(776, 290, is_wide=True), Paper(343, 240, is_wide=False)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series: its name, its values, and how they are written."""

    name: str
    values: Sequence[Number | None]
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Plot:
    left: float
    right: float
    top: float
    base: float
    high: float

    def y(self, value: Number | float) -> float:
        return self.base - (self.base - self.top) * float(value) / self.high

    def slot(self, count: int) -> float:
        return (self.right - self.left) / max(count, 1)


def draw(chart: Chart, heads: Sequence[str], series: Sequence[Drawn], paper: Paper, axis: Callable[[int], str]) -> str:
    """The chart as SVG; ``axis`` writes the numbers of the scale."""
    is_stacked, is_line = chart is Chart.STACKED, chart is Chart.LINES
    highest = max((float(v) for one in series for v in one.values if v is not None), default=0)
    marks = [0, 25, 50, 75, 100] if is_stacked else scale(highest)
    names = max((len(_end(one, one.texts[-1])) for one in series if one.texts), default=0)
    margin = (names * _LETTER + 16 if paper.is_wide else 40) if is_line else 2
    left = max(len(axis(mark)) for mark in marks) * _LETTER + 10
    plot = _Plot(left, paper.width - margin, _TOP, paper.height - _FOOT, marks[-1])
    marking = {Chart.BARS: _bars, Chart.STACKED: _stacked, Chart.LINES: _lines}[chart]
    drawn = [*_scale(plot, marks, axis), *marking(plot, series, paper), *_heads(plot, heads)]
    size = "is-wide" if paper.is_wide else "is-narrow"
    return (
        f'<svg class="chart {size}" viewBox="0 0 {paper.width} {paper.height}" width="{paper.width}" '
        f'height="{paper.height}" aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'
    )


def has_room(heads: Sequence[str], paper: Paper) -> bool:
    """Whether each of the names can stand under its bar, beside a scale up to 100 %."""
    return _room_of(heads) * len(heads) <= paper.width - _SCALE


def sample(chart: Chart, number: int) -> str:
    """How a series looks, for the list of their names."""
    kind = min(number, 2) + 1
    if chart is Chart.LINES:
        mark = '<circle class="m1" cx="14" cy="7" r="4"/>' if kind == 1 else _square(14, 7)
        inside = f'<path class="l{min(kind, 2)}" d="M0 7H28"/>{mark}'
    else:
        inside = f'<rect class="s{kind}" x="1" y="1" width="26" height="12"/>'
    return f'<svg class="chart" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">{inside}</svg>'


def scale(highest: float) -> list[int]:
    """Three to six round marks from 0 to at least the highest value."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * 5 >= highest:
                count = max(-(-int(highest) // step), -(-highest // step), 2)
                return [step * number for number in range(int(count) + 1)]
        size *= 10


def _scale(plot: _Plot, marks: Sequence[int], axis: Callable[[int], str]) -> list[str]:
    drawn = []
    for mark in marks:
        y = plot.y(mark)
        drawn.append(
            f'<path class="{"is-grid" if mark else "is-base"}" d="M{_n(plot.left)} {_n(y)}H{_n(plot.right)}"/>'
        )
        drawn.append(_text(plot.left - 6, y + 4, axis(mark), "is-soft", "end"))
    return drawn


def _heads(plot: _Plot, heads: Sequence[str]) -> list[str]:
    """As many as there is room for, the last one among them."""
    slot = plot.slot(len(heads))
    every = max(1, int(-(-_room_of(heads) // slot)))
    y, at_most = plot.base + 17, plot.right - _room_of(heads[-1:]) / 2 + 4
    return [
        _text(min(plot.left + (number + 0.5) * slot, at_most), y, head, "is-soft")
        for number, head in enumerate(heads)
        if (len(heads) - 1 - number) % every == 0
    ]


def _room_of(heads: Sequence[str]) -> float:
    return max((len(head) for head in heads), default=1) * _LETTER + 8


def _bars(plot: _Plot, series: Sequence[Drawn], _paper: Paper) -> list[str]:
    drawn, count = [], len(series)
    slot = plot.slot(len(series[0].values)) if series else 0
    gap = 2 if slot > 12 else 0
    bar = max((min(slot * 0.86, 120) - gap * (count - 1)) / max(count, 1), 1)
    room = bar + gap
    longest = max((len(text) for one in series for text in one.texts), default=0)
    is_written = longest * _LETTER <= room + 4
    for place, one in enumerate(series):
        for number, (value, text) in enumerate(zip(one.values, one.texts, strict=True)):
            middle = plot.left + (number + 0.5) * slot
            x = middle - (count * bar + (count - 1) * gap) / 2 + place * room
            y = plot.y(value or 0)
            if value:
                drawn.append(_bar(place, x, y, bar, plot.base - y))
            is_end = number == len(one.values) - 1 and place == count - 1
            if value is not None and (is_written or is_end):
                anchor = "middle" if is_written else "end"
                at = x + bar / 2 if is_written else x + bar
                drawn.append(_text(at, y - 5, text, "is-value" if is_end and not is_written else "", anchor))
    return drawn


def _stacked(plot: _Plot, series: Sequence[Drawn], _paper: Paper) -> list[str]:
    """The first one's number stands in its part, the last one's above the bar."""
    drawn = []
    slot = plot.slot(len(series[0].values)) if series else 0
    bar = max(min(slot * 0.8, 60), 1)
    for number in range(len(series[0].values) if series else 0):
        x, reached = plot.left + (number + 0.5) * slot - bar / 2, 0.0
        for place, one in enumerate(series):
            value = one.values[number]
            if not value:
                continue
            top, bottom = plot.y(min(reached + float(value), 100)), plot.y(reached)
            drawn.append(_bar(place, x, top, bar, bottom - top))
            if place == 0 and bar >= 24 and bottom - top > 20:
                drawn.append(_text(x + bar / 2, top + 15, _whole(value), "is-rev"))
            if place == len(series) - 1 and bar >= 20:
                drawn.append(_text(x + bar / 2, plot.y(100) - 5, _whole(value)))
            reached += float(value)
    return drawn


def _lines(plot: _Plot, series: Sequence[Drawn], paper: Paper) -> list[str]:
    drawn: list[str] = []
    slot = plot.slot(len(series[0].values)) if series else 0
    ends: list[tuple[float, float, str]] = []
    for place, one in enumerate(series):
        points = [
            None if value is None else (plot.left + (number + 0.5) * slot, plot.y(value))
            for number, value in enumerate(one.values)
        ]
        drawn.append(f'<path class="l{min(place, 1) + 1}" d="{_path(points)}"/>')
        known = [(point, text) for point, text in zip(points, one.texts, strict=True) if point]
        if slot >= _MIN_MARKED or len(known) == 1:
            mark = _circle if place == 0 else _square
            drawn += [mark(x, y) for (x, y), _ in known]
        if known:
            (x, y), text = known[-1]
            ends.append((x, y, _end(one, text) if paper.is_wide else text))
            (peak_x, peak_y), peak = min(known, key=lambda found: found[0][1])
            if peak_x < x:
                drawn.append(_text(peak_x, peak_y - 9, peak))
    # None of them on the line at the foot.
    return drawn + [_text(x + 12, min(y + 4, plot.base - 6), text, "is-value", "start") for x, y, text in _apart(ends)]


def _apart(ends: Sequence[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """Texts at the ends of lines, none on top of another."""
    placed = sorted(ends, key=lambda end: -end[1])
    for number, (above, below) in enumerate(pairwise(range(len(placed)))):
        x, y, text = placed[below]
        placed[number + 1] = (x, min(y, placed[above][1] - _LINE), text)
    return placed


def _end(one: Drawn, text: str) -> str:
    """What stands at the end of a line."""
    return f"{one.name}: {text}"


def _whole(value: Number) -> str:
    """Rounded as people do it: 82.5 is 83."""
    return str(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """Broken where there is no value."""
    steps, is_down = [], False
    for point in points:
        if point:
            steps.append(f"{'L' if is_down else 'M'}{_n(point[0])} {_n(point[1])}")
        is_down = point is not None
    return "".join(steps)


def _bar(place: int, x: float, y: float, width: float, height: float) -> str:
    kind = min(place, 2) + 1
    return f'<rect class="s{kind}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(max(height, 0.8))}"/>'


def _circle(x: float, y: float) -> str:
    return f'<circle class="m1" cx="{_n(x)}" cy="{_n(y)}" r="4"/>'


def _square(x: float, y: float) -> str:
    return f'<rect class="m2" x="{_n(x - 3.5)}" y="{_n(y - 3.5)}" width="7" height="7"/>'


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "middle") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{escape(text)}</text>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
