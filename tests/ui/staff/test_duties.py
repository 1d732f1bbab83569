"""Before anything else of the desk an official reads the duties, once for each version."""

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.people.duties import DUTIES, DUTIES_VERSION
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.ui.staff.duties.state import DutiesState
from dimoslive.ui.staff.state import StaffFrameState
from tests.support.meeting import enter_official, staff_token
from tests.support.world import NOW, Town, rows
from tests.ui.opened import a_page, press


@pytest.fixture
def official(open_town: Town) -> Official:
    """Who has read nothing yet."""
    official = enter_official(open_town)
    has_read(open_town, official, None)
    return official


def has_read(town: Town, official: Official, version: str | None) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(OfficialRow, official.id).duties_version = version


@pytest.mark.parametrize("version", [None, "2020-01"])
async def test_every_page_leads_to_the_duties_and_they_lead_back(
    open_town: Town, official: Official, version: str | None
) -> None:
    has_read(open_town, official, version)
    token = staff_token(open_town)
    frame = a_page(StaffFrameState, open_town, "/en/desk/search?m=kavala&a=1", staff=token)
    there = str(await press(frame, "load"))
    assert "/en/desk/duties?next=%2Fen%2Fdesk%2Fsearch%3Fm%3Dkavala%26a%3D1" in there
    assert not frame.is_loaded
    page = a_page(DutiesState, open_town, "/en/desk/duties?next=%2Fen%2Fdesk%2Fsearch%3Fm%3Dkavala", staff=token)
    await press(page, "load")
    assert page.read == ""
    assert "/en/desk/search?m=kavala" in str(await press(page, "understand"))
    [row] = rows(open_town.context.db, OfficialRow)
    assert (row.duties_version, row.duties_at) == (DUTIES_VERSION, NOW)
    frame = a_page(StaffFrameState, open_town, "/en/desk/search?m=kavala", staff=token)
    assert await press(frame, "load") is None
    assert frame.is_loaded


async def test_their_own_page_leads_nowhere(open_town: Town, official: Official) -> None:
    frame = a_page(StaffFrameState, open_town, "/desk/duties", staff=staff_token(open_town))
    assert await press(frame, "load") is None
    assert frame.is_loaded


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "", "x" * 5000])
async def test_the_way_on_stays_on_this_site(open_town: Town, official: Official, there: str) -> None:
    page = a_page(DutiesState, open_town, f"/desk/duties?next={there}", staff=staff_token(open_town))
    await press(page, "load")
    assert "evil" not in str(await press(page, "understand"))


async def test_read_once_it_says_when_and_stays_so(open_town: Town, official: Official) -> None:
    page = a_page(DutiesState, open_town, "/desk/duties", staff=staff_token(open_town))
    await press(page, "load")
    await press(page, "understand")
    open_town.clock.advance(hours=2)
    await press(page, "understand")
    await press(page, "load")
    assert page.read == "Τα διαβάσατε: Παρασκευή 20 Νοεμβρίου 2026."
    [row] = rows(open_town.context.db, OfficialRow)
    assert row.duties_at == NOW


async def test_a_press_before_they_are_shown_counts_for_nothing(open_town: Town, official: Official) -> None:
    page = a_page(DutiesState, open_town, "/desk/duties", staff=staff_token(open_town))
    await press(page, "understand")
    assert page.problem
    [row] = rows(open_town.context.db, OfficialRow)
    assert row.duties_version is None


def test_each_duty_has_its_words() -> None:
    for language in LANGUAGES:
        assert all(texts_of(language)(f"duties.{name}.text") for name in DUTIES)
