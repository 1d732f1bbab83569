"""Names of lines that find no room under their bars are told by their numbers, which the table has too."""

import re

from dimoslive.domain.figures.figure import Chart, Column, Figure, Unit
from dimoslive.i18n import texts_of
from dimoslive.ui.staff.figures.view_models import show_figure_in

T = texts_of("el")


def a_figure(*names: str) -> Figure:
    cells = tuple(range(1, len(names) + 1))
    return Figure(
        heads=tuple({"el": name, "en": name} for name in names),
        columns=(Column("share", Unit.PERCENT, cells),),
        sums=(),
        size=1,
    )


def under(chart: str) -> list[str]:
    """What stands under the bars."""
    return re.findall(r'<text class="is-soft"[^>]*text-anchor="middle">([^<]*)</text>', chart)


def test_names_with_room_stand_under_their_bars() -> None:
    view = show_figure_in("use", Chart.BARS, a_figure("Θυρίδα 1", "Θυρίδα 2"), T)
    assert under(view.wide) == under(view.narrow) == ["Θυρίδα 1", "Θυρίδα 2"]
    assert [line.head for line in view.lines] == ["Θυρίδα 1", "Θυρίδα 2"]


def test_names_without_room_are_numbers_and_the_table_tells_which() -> None:
    names = [f"Υπηρεσία με μακρύ όνομα {number}" for number in range(4)]
    view = show_figure_in("use", Chart.BARS, a_figure(*names), T)
    assert under(view.narrow) == ["1", "2", "3", "4"]
    assert [line.head for line in view.lines] == [f"{number}. {name}" for number, name in enumerate(names, 1)]


def test_what_is_not_drawn_has_no_numbers() -> None:
    view = show_figure_in("use", Chart.NONE, a_figure("Υπηρεσία με μακρύ όνομα" * 4), T)
    assert not view.lines[0].head.startswith("1.")
