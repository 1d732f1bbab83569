"""The page of the history: sentences with their details, narrowed by the address."""

from typing import Any

from dimoslive.services.settings.officials.save_official import add_official
from dimoslive.ui.settings.history.state import SetUpHistoryState
from tests.support.meeting import NIKOS, ZOE, enter_foreign_official, staff_token
from tests.support.settings import enter_administrator
from tests.support.world import Town
from tests.ui.opened import a_page, press


async def loaded(town: Town, query: str = "", language: str = "", identity: Any = NIKOS) -> Any:
    path = f"{language}/admin/history?m=kavala{query}"
    page = a_page(SetUpHistoryState, town, path, staff=staff_token(town, identity))
    await press(page, "load")
    return page


def with_lines(town: Town, number: int = 1) -> int:
    nikos = enter_administrator(town)
    for position in range(number):
        raw = {"email": f"a{position}@kavala.example", "last_name": f"Παππάς {position}", "role": "official"}
        entered = add_official(town.context, nikos, town.municipality.id, raw)
    return entered


async def test_a_line_says_who_did_what_to_whom_and_what_exactly(open_town: Town) -> None:
    official_id = with_lines(open_town)
    page = await loaded(open_town)
    [line] = page.lines
    assert (line.day, line.time, line.by, line.what, line.subject) == (
        "20/11/2026", "10:00", "Ν. ΔΗΜΟΥ", "Καταχώριση υπαλλήλου", "Παππάς 0",
    )  # fmt: skip
    assert line.href == f"/admin/officials/{official_id}?m=kavala"
    assert "Ρόλος: Υπάλληλος" in line.changes
    english = await loaded(open_town, language="/en")
    assert (english.lines[0].what, english.kinds[0].text) == ("Official entered", "Official")


async def test_the_address_narrows_and_a_wrong_date_stands_at_its_field(open_town: Town) -> None:
    with_lines(open_town)
    assert (await loaded(open_town, "&kind=department")).lines == []
    assert (await loaded(open_town, "&who=%27x")).lines == []
    page = await loaded(open_town, "&from=x&kind=official")
    assert (page.wrong, page.focus_target, page.first, len(page.lines)) == ("from", "history-problem", "x", 1)
    page = await loaded(open_town, "&from=21/11/2026&until=20/11/2026")
    assert page.wrong == "until"


async def test_there_are_pages_and_none_beyond_the_last(open_town: Town) -> None:
    with_lines(open_town, 51)
    first = await loaded(open_town, "&kind=official")
    assert (len(first.lines), first.newer, first.older) == (
        50, "", "/admin/history?m=kavala&kind=official&page=2",
    )  # fmt: skip
    second = await loaded(open_town, "&kind=official&page=2")
    assert (len(second.lines), second.older, second.found) == (1, "", "51 γραμμές")
    assert (await loaded(open_town, "&page=99999999")).lines == []


async def test_another_municipality_is_a_missing_page(open_town: Town) -> None:
    with_lines(open_town)
    enter_foreign_official(open_town)
    page = await loaded(open_town, identity=ZOE)
    assert page.problem or page.is_missing
