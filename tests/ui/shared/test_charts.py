"""Charts are drawn for a width, stay within it, and say nothing that is not escaped."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimoslive.domain.figures.figure import Chart, Number
from dimoslive.ui.shared.charts import NARROW, WIDE, Drawn, Paper, draw, sample, scale

DRAWN = [chart for chart in Chart if chart is not Chart.NONE]


def series(name: str, *values: Number | None) -> Drawn:
    return Drawn(name, values, ["" if value is None else str(value) for value in values])


def drawn(chart: Chart, paper: Paper, *all_: Drawn) -> ET.Element:
    heads = [f"{number}/11" for number in range(len(all_[0].values))]
    return ET.fromstring(draw(chart, heads, all_, paper, str))  # noqa: S314  # of our own making


@pytest.mark.parametrize("paper", [WIDE, NARROW])
@pytest.mark.parametrize("chart", DRAWN)
@given(
    values=st.lists(
        st.tuples(*[st.one_of(st.none(), st.integers(0, 100), st.decimals(0, 50, places=1))] * 2),
        min_size=1,
        max_size=60,
    )
)
def test_bars_and_points_stay_on_the_paper(
    chart: Chart, paper: Paper, values: list[tuple[Number | None, Number | None]]
) -> None:
    svg = drawn(chart, paper, *(series(name, *of) for name, of in zip("ab", zip(*values, strict=True), strict=True)))
    assert svg.get("aria-hidden") == "true"
    for one in svg.iter("rect"):
        x, y, width, height = (float(one.attrib[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + width <= paper.width
        assert 0 <= y <= y + height <= paper.height + 1
    for text in svg.iter("text"):
        assert 0 <= float(text.attrib["x"]) <= paper.width


def test_what_a_municipality_writes_is_text_and_no_markup() -> None:
    svg = draw(Chart.LINES, ["<b>"], [series("<script>alert(1)</script>", 1)], WIDE, str)
    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg


def test_a_line_is_broken_where_there_is_no_value() -> None:
    [line] = [
        one.attrib["d"]
        for one in drawn(Chart.LINES, WIDE, series("a", 1, None, 2, 3)).iter("path")
        if one.get("class") == "l1"
    ]
    assert re.sub(r"[\d. ]", "", line) == "MML"


def test_series_differ_by_more_than_colour() -> None:
    classes = {
        one.get("class") for one in drawn(Chart.STACKED, WIDE, *(series(n, Decimal(30)) for n in "abc")).iter("rect")
    }
    assert classes == {"s1", "s2", "s3"}
    assert len({sample(chart, number) for chart in (Chart.BARS, Chart.LINES) for number in (0, 1)}) == 4


@given(st.integers(0, 10**7))
def test_a_scale_has_three_to_six_round_marks_and_reaches_the_highest(highest: int) -> None:
    marks = scale(highest)
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert 3 <= len(marks) <= 6


def test_a_half_is_rounded_up() -> None:
    svg = drawn(Chart.STACKED, WIDE, series("a", Decimal("82.5")), series("b", Decimal("17.5")))
    assert [text.text for text in svg.iter("text")][-3:-1] == ["83", "18"]


@pytest.mark.parametrize("paper", [WIDE, NARROW])
def test_the_last_of_many_days_is_not_cut_off_at_the_edge(paper: Paper) -> None:
    heads = [f"{number}/11" for number in range(1, 31)] * 12
    svg = ET.fromstring(draw(Chart.BARS, heads, [series("a", *range(360))], paper, str))  # noqa: S314  # of our own making
    [last] = [text for text in svg.iter("text") if text.text == "30/11" and text.get("class") == "is-soft"][-1:]
    assert float(last.attrib["x"]) + 5 * 7.2 / 2 <= paper.width
