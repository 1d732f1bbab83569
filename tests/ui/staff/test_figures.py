"""The page of figures: what its address may say, and that each figure stands by itself."""

from collections import Counter
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from dimoslive.db.engine import transaction
from dimoslive.domain.figures.figure import Chart, Figure, Summed, Unit
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.figures.kinds import KINDS
from dimoslive.ui.staff.figures.state import PLACES, FiguresState
from dimoslive.ui.staff.figures.view_models import show_figure_in
from tests.support.database import counting
from tests.support.figures import a_row, add_rows, the_worked_day
from tests.support.meeting import enter_official, staff_token
from tests.support.world import Town, on_the_day
from tests.ui.opened import a_page, press

DAY = "/desk/figures?m=kavala&from=24/11/2026&until=24/11/2026"


@pytest.fixture
def official(open_town: Town) -> Official:
    open_town.clock.set(on_the_day("2026-11-25 08:00"))
    return enter_official(open_town)


@pytest.fixture
def town(open_town: Town, official: Official) -> Town:  # whose town it is
    return open_town


async def opened(town: Town, path: str = DAY, name: str = "") -> Any:
    page = a_page(PLACES[name] if name else FiguresState, town, path, staff=staff_token(town))
    await press(page, "load")
    return page


def test_each_figure_has_a_place() -> None:
    assert list(PLACES) == [kind.name for kind in KINDS]
    assert [PLACES[kind.name]()._name() for kind in KINDS] == [kind.name for kind in KINDS]


async def test_a_figure_says_its_numbers_as_sentence_chart_and_table(town: Town) -> None:
    the_worked_day(town)
    page = await opened(town, name="outcomes")
    served = page.view.sums[0]
    assert (served.value, served.name) == ("60\N{NO-BREAK SPACE}%", "εξυπηρετήθηκαν")
    assert page.view.lines[0].cells[-1].text == "1"
    assert "chart is-wide" in page.view.wide
    assert "chart is-narrow" in page.view.narrow
    assert page.is_incomplete


async def test_numbers_are_compared_with_the_days_before_in_words(town: Town) -> None:
    the_worked_day(town)
    add_rows(town, [a_row(town, f"2026-11-23 09:{minute}0") for minute in "01234"])
    page = await opened(town, name="bookings")
    assert page.view.sums[1].change == "+20\N{NO-BREAK SPACE}%"
    assert page.compared == "Σε σύγκριση με την προηγούμενη ημέρα."


@pytest.mark.parametrize(
    ("language", "by", "said"),
    [
        ("el", Decimal("1.0"), "+1 μονάδα"),
        ("el", -2, "\N{MINUS SIGN}2 μονάδες"),
        ("en", Decimal("1.0"), "+1 point"),
        ("en", Decimal("-0.5"), "\N{MINUS SIGN}0.5 points"),
    ],
)
def test_one_point_is_not_called_points(language: str, by: int | Decimal, said: str) -> None:
    figure = Figure(heads=(), columns=(), sums=(Summed("shown", Unit.PERCENT, 50 + by, 50),), size=1)
    assert show_figure_in("identity", Chart.NONE, figure, texts_of(language)).sums[0].change == said


async def test_a_period_without_appointments_says_so(town: Town) -> None:
    for name in PLACES:
        page = await opened(town, name=name)
        assert (page.is_loaded, page.is_empty) == (True, True), name


async def test_what_goes_wrong_in_one_figure_leaves_the_others(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    the_worked_day(town)
    with transaction(town.context.db) as tx:
        tx.execute(text("ALTER TABLE booking_event RENAME TO gone"))
    moves, outcomes = await opened(town, name="moves"), await opened(town, name="outcomes")
    assert "κωδικό" in moves.problem
    assert not moves.is_loaded
    assert (outcomes.problem, outcomes.is_loaded) == ("", True)
    assert "MovesFigure" in caplog.text or "FigureState.load" in caplog.text


@pytest.mark.parametrize("read", dict.fromkeys(kind.read for kind in KINDS), ids=lambda read: read.__name__)
async def test_figures_of_the_same_rows_come_together_and_are_read_once(town: Town, read: object) -> None:
    the_worked_day(town)
    names = [kind.name for kind in KINDS if kind.read is read]
    page = a_page(PLACES[names[0]], town, DAY, staff=staff_token(town))
    with counting(town.context.db) as sent:
        await press(page, "load")
    assert [name for name in names if not (await page.get_state(PLACES[name])).is_loaded] == []
    assert [each for each, times in Counter(map(str, sent)).items() if times > 1] == []


@pytest.mark.parametrize(
    ("words", "wrong", "said"),
    [
        ("from=24/11/2026&until=1/11/2026", "until", "Το τέλος είναι πριν από την αρχή."),
        ("from=αύριο", "from", "Γράψτε ημερομηνία, π.χ. 24/11/2026"),
        ("from=1/1/2020", "until", "Έως 400 ημέρες μαζί."),
        ("until=1/12/2026", "until", "Μόνο οι κρατήσεις φτάνουν ως τότε. Για τα υπόλοιπα γράψτε ημερομηνία ως σήμερα."),
        ("desk=1", "desk", "Ως υπάλληλος βλέπετε μόνο τη δική σας θέση."),
    ],
)
async def test_what_is_wrong_stands_at_its_field(town: Town, words: str, wrong: str, said: str) -> None:
    path = f"/desk/figures?m=kavala&{words}"
    page = await opened(town, path)
    assert (page.wrong, page.refusal, page.focus_target) == (wrong, said, f"figures-{wrong}")
    assert (await opened(town, path, "outcomes")).is_hidden


async def test_the_form_leads_to_an_address_that_says_what_it_said(town: Town) -> None:
    page = await opened(town)
    answer = await press(page, "show", {"from": "1/11/2026", "until": "24/11/2026", "desk": "", "more": "x"})
    [path] = [str(one[1]) for one in answer.args if "figures" in str(one[1])]
    asked = parse_qs(urlsplit(path.strip('"')).query)
    assert asked == {"m": ["kavala"], "from": ["1/11/2026"], "until": ["24/11/2026"]}


async def test_the_buttons_lead_to_their_periods_and_the_open_one_is_known(town: Town) -> None:
    page = await opened(town, "/desk/figures?m=kavala&service=5")
    [week, month, year] = page.periods
    assert page.period == month.value
    assert "from=19%2F11%2F2026" in week.value
    assert "from=1%2F1%2F2026" in year.value
    assert all("service=5" in one.value for one in page.periods)
