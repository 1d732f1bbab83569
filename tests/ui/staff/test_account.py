"""The page of an official's own account, and the bar that says when the session ends."""

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.ui.staff.account.state import AccountState
from dimoslive.ui.staff.session_bar import SessionBarState
from dimoslive.ui.staff.state import StaffFrameState
from tests.support.meeting import enter_official, staff_token
from tests.support.world import Town, rows
from tests.ui.opened import a_page, press


@pytest.fixture
def town(open_town: Town) -> Town:
    """Nikos is an official of it."""
    official = enter_official(open_town)
    with transaction(open_town.context.db) as tx:
        tx.get_one(OfficialRow, official.id).afm_last_digits = "783"
    return open_town


async def test_it_shows_the_last_digits_of_the_afm_alone(town: Town) -> None:
    page = a_page(AccountState, town, "/desk/me?m=kavala", staff=staff_token(town))
    await press(page, "load")
    assert (page.name, page.afm, page.email) == ("ΝΙΚΟΣ ΔΗΜΟΥ", "******783", "")
    [place] = page.places
    assert (place.name, place.role, place.departments) == ("Δήμος Καβάλας", "υπάλληλος", "όλα τα τμήματα")
    [session] = page.sessions
    assert session.is_this
    assert "10:00" in session.words


async def test_what_is_chosen_is_saved_and_said(town: Town) -> None:
    page = a_page(AccountState, town, "/desk/me?m=kavala", staff=staff_token(town))
    await press(page, "load")
    [desk, *_] = rows(town.context.db, DeskRow)
    await press(page, "save", {"language": "en", "sound": "on", page.places[0].field: str(desk.id)})
    assert (page.language, page.has_sound, page.places[0].usual) == ("en", True, str(desk.id))
    assert (page.is_saved, page.focus_target) == (True, "account-saved")


@pytest.mark.parametrize(
    "form",
    [
        {"desk-x": "1", "language": "xx"},
        {"desk-1": "1; DROP TABLE desk"},
        {"desk-99999999999": "1"},
        {"desk-1": "٣"},
        {"language": "e" * 5000},
        {},
    ],
)
async def test_a_forged_form_changes_nothing(town: Town, form: dict[str, str]) -> None:
    page = a_page(AccountState, town, "/desk/me?m=kavala", staff=staff_token(town))
    await press(page, "save", form)
    assert (page.problem, page.language, page.places[0].usual) == ("", "el", "")


async def test_signing_out_everywhere_leads_to_the_sign_in(town: Town) -> None:
    page = a_page(AccountState, town, "/en/desk/me?m=kavala", staff=staff_token(town))
    assert "/en/desk/sign-in" in str(await press(page, "sign_out_everywhere"))
    assert "problem=session_over" in str(await press(page, "load"))


async def test_the_bar_is_silent_until_ten_minutes_before_the_end(town: Town) -> None:
    bar = a_page(SessionBarState, town, "/desk?m=kavala", staff=staff_token(town))
    await press(bar, "load")
    assert (bar.ends_at, bar.seconds) == ("", 11 * 3600 + 50 * 60 + 1)
    town.clock.advance(hours=11, minutes=50)
    await press(bar, "load")
    assert (bar.ends_at, bar.can_extend, bar.seconds) == ("22:00", True, 0)
    await press(bar, "extend")
    assert (bar.ends_at, bar.can_extend, bar.is_extended) == ("2:00", False, True)
    assert bar.seconds > 0
    await press(bar, "load")
    assert bar.ends_at == ""
    town.clock.advance(hours=4)
    await press(bar, "load")
    assert (bar.ends_at, bar.can_extend, bar.is_extended) == ("2:00", False, False)


async def test_rights_taken_away_lead_to_the_sign_in_with_the_reason(town: Town) -> None:
    page = a_page(StaffFrameState, town, "/desk?m=kavala", staff=staff_token(town))
    assert await press(page, "load") is None
    with transaction(town.context.db) as tx:
        for right in rows(town.context.db, OfficialRightRow):
            tx.delete(tx.get_one(OfficialRightRow, (right.official_id, right.municipality_id)))
    outcome = str(await press(page, "load"))
    assert "/desk/sign-in?next=%2Fdesk%3Fm%3Dkavala&problem=rights_changed" in outcome


async def test_a_session_that_ended_is_not_taken_for_rights_taken_away(town: Town) -> None:
    page = a_page(StaffFrameState, town, "/desk?m=kavala", staff=staff_token(town))
    town.clock.advance(hours=12)
    assert "problem=session_over" in str(await press(page, "load"))


async def test_a_platform_administrator_is_led_to_the_platform(town: Town) -> None:
    with transaction(town.context.db) as tx:
        for row in rows(town.context.db, OfficialRow):
            tx.get_one(OfficialRow, row.id).is_platform_admin = True
        for right in rows(town.context.db, OfficialRightRow):
            tx.delete(tx.get_one(OfficialRightRow, (right.official_id, right.municipality_id)))
    token = staff_token(town)
    outcome = await press(a_page(StaffFrameState, town, "/en/desk", staff=token), "load")
    assert "/en/platform" in str(outcome)
    account = a_page(AccountState, town, "/en/desk/me", staff=token)
    assert await press(a_page(StaffFrameState, town, "/en/desk/me", staff=token), "load") is None
    await press(account, "load")
    assert (account.is_platform_admin, account.places, account.problem) == (True, [], "")
