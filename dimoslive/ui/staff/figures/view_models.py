"""Figures in words: what a table, a legend and a sentence say of the same numbers."""

from dataclasses import dataclass
from decimal import Decimal

from dimoslive.domain.figures.figure import Chart, Column, Figure, Number, Summed, Unit
from dimoslive.i18n import Texts
from dimoslive.i18n.figure_words import column_text, corner_text, head_text
from dimoslive.i18n.numbers import number_text, percent_text
from dimoslive.ui.shared.charts import NARROW, WIDE, Drawn, Paper, draw, has_room, sample

_OF_PERSONS = {Unit.DAYS, Unit.MINUTES}
_MEASURED = _OF_PERSONS | {Unit.DAYS_TO_NEXT}


@dataclass(frozen=True)
class SumView:
    """A number of the whole period, what it is of, and how it was before."""

    value: str
    name: str
    change: str


@dataclass(frozen=True)
class SeriesView:
    """A series by name, and a sample of how it is drawn."""

    name: str
    sample: str


@dataclass(frozen=True)
class CellView:
    """A cell, and what its column is called: on a phone a wide table is a list of both."""

    label: str
    text: str


@dataclass(frozen=True)
class LineView:
    """A line of the table."""

    head: str
    cells: list[CellView]
    key: str


@dataclass(frozen=True)
class FigureView:
    """A figure as its place shows it; the charts are empty for one that is not drawn."""

    sums: list[SumView]
    series: list[SeriesView]
    wide: str
    narrow: str
    corner: str
    """What the lines of the table are about."""
    columns: list[str]
    lines: list[LineView]
    totals: list[CellView]
    is_wide: bool = False
    """Too wide a table for a phone."""
    is_open: bool = True


EMPTY = FigureView([], [], "", "", "", [], [], [])
MAX_COLUMNS, MAX_OPEN_LINES = 3, 31
"""Of a table on a phone, its heads aside; and of one that is not folded."""


def show_figure_in(name: str, chart: Chart, figure: Figure, t: Texts) -> FigureView:
    """All that its place shows."""
    heads = [head_text(head, figure.per, t) for head in figure.heads]
    drawn = [column for column in figure.columns if column.is_drawn]
    names = [column_text(column, name, t) for column in figure.columns]

    def cells(*texts: str) -> list[CellView]:
        return [CellView(*pair) for pair in zip(names, texts, strict=True)]

    is_numbered = chart is not Chart.NONE and any(_under(heads, figure, paper) != heads for paper in (WIDE, NARROW))
    has_totals = any(column.total is not None for column in figure.columns)
    return FigureView(
        sums=[_sum(name, one, t) for one in figure.sums],
        series=[
            SeriesView(column_text(column, name, t), sample(chart, number))
            for number, column in enumerate(drawn)
            if chart is not Chart.NONE
        ],
        wide=_drawn(name, chart, _under(heads, figure, WIDE), drawn, WIDE, t),
        narrow=_drawn(name, chart, _under(heads, figure, NARROW), drawn, NARROW, t),
        corner=corner_text(figure, name, t),
        columns=names,
        lines=[
            LineView(
                f"{number + 1}. {head}" if is_numbered else head,
                cells(*(_cell(column.cells[number], column.unit, t) for column in figure.columns)),
                str(number),
            )
            for number, head in enumerate(heads)
        ],
        totals=cells(*(_total(column, t) for column in figure.columns)) if has_totals else [],
        is_wide=len(names) > MAX_COLUMNS,
        is_open=len(heads) <= MAX_OPEN_LINES,
    )


def _under(heads: list[str], figure: Figure, paper: Paper) -> list[str]:
    """What stands under the bars: the names, or where there is no room for all of them their numbers in the table.

    Of days some are enough.
    """
    return heads if figure.per or has_room(heads, paper) else [str(number + 1) for number in range(len(heads))]


def _drawn(name: str, chart: Chart, heads: list[str], columns: list[Column], paper: Paper, t: Texts) -> str:
    if chart is Chart.NONE or not columns:
        return ""
    series = [
        Drawn(
            column_text(column, name, t),
            column.cells,
            ["" if value is None else number_text(value, t.language) for value in column.cells],
        )
        for column in columns
    ]
    is_share = columns[0].unit is Unit.PERCENT
    return draw(chart, heads, series, paper, lambda mark: (percent_text if is_share else number_text)(mark, t.language))


def _sum(name: str, one: Summed, t: Texts) -> SumView:
    return SumView(_said(one.value, one.unit, t), t(f"figures.{name}.sum.{one.name}"), _change(one, t))


def _said(value: Number | None, unit: Unit, t: Texts) -> str:
    """With its unit, in a sentence."""
    if value is None:
        return t("figures.too_few" if unit in _OF_PERSONS else "figures.none")
    if unit in _MEASURED:
        return t.count(f"figures.{unit}", int(value))
    return _cell(value, unit, t)


def _cell(value: Number | None, unit: Unit, t: Texts) -> str:
    """Without its unit, which the head of the column names."""
    if value is None:
        return t("figures.too_few" if unit in _OF_PERSONS else "figures.none")
    if unit is Unit.PERCENT:
        return percent_text(value, t.language)
    return number_text(value, t.language)


def _total(column: Column, t: Texts) -> str:
    return "" if column.total is None else _cell(column.total, column.unit, t)


def _change(one: Summed, t: Texts) -> str:
    """Against the days before: a share of a count, points of a share, a difference of a length."""
    if one.value is None or one.before is None or (one.unit is Unit.COUNT and not one.before):
        return ""
    by = one.value - one.before
    if not by:
        return t("figures.same")
    sign = "+" if by > 0 else "\N{MINUS SIGN}"
    if one.unit is Unit.COUNT:
        return sign + percent_text(round(Decimal(abs(by) * 100) / Decimal(one.before)), t.language)
    if one.unit is Unit.PERCENT:
        # 1.0 is one, too.
        points = int(by) if by == int(by) else by
        return t.count("figures.points", abs(points), change=sign + number_text(abs(points), t.language))
    return sign + t.count(f"figures.{one.unit}", int(abs(by)))
