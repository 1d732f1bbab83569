"""The frame of officials' pages: one municipality at a time, named by the address, checked against today's rights."""

from typing import Any

import pytest
from sqlalchemy import select

from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRightRow, StaffSessionRow
from dimoslive.domain.people.principals import StaffRole
from dimoslive.ui.staff.state import StaffFrameState
from tests.support.meeting import enter_foreign_official, enter_official, staff_token
from tests.support.world import Town, a_municipality, rows
from tests.ui.opened import a_page, press


@pytest.fixture
def town(open_town: Town) -> Town:
    """Nikos is an official of it."""
    enter_official(open_town)
    return open_town


def with_thasos(town: Town) -> int:
    """A second municipality, for which Nikos acts too, as a head."""
    with transaction(town.context.db) as tx:
        [right] = tx.scalars(select(OfficialRightRow)).all()
        thasos = a_municipality(tx, "Θάσου", slug="thasos")
        tx.add(OfficialRightRow(official_id=right.official_id, municipality_id=thasos.id, role=StaffRole.HEAD.value))
        return thasos.id


def the_frame(town: Town, path: str, staff: str = "") -> Any:
    return a_page(StaffFrameState, town, path, staff=staff or staff_token(town))


async def test_an_address_with_a_municipality_shows_it(town: Town) -> None:
    page = the_frame(town, "/en/desk?m=kavala&date=2026-11-24")

    assert await press(page, "load") is None
    assert (page.municipality, page.slug, page.is_missing, page.is_loaded) == (
        "Municipality of Kavala",
        "kavala",
        False,
        True,
    )
    assert page.there == "/desk?m=kavala&date=2026-11-24"


async def test_an_address_without_one_gets_the_only_one_there_is_and_keeps_all_else(town: Town) -> None:
    page = the_frame(town, "/desk?date=2026-11-24")

    outcome = await press(page, "load")

    assert "/desk?date=2026-11-24&m=kavala" in str(outcome)
    assert not page.is_loaded


async def test_with_several_and_none_used_they_are_offered_with_the_role(town: Town) -> None:
    with_thasos(town)
    page = the_frame(town, "/desk")

    assert await press(page, "load") is None
    assert (page.slug, page.is_loaded) == ("", True)
    assert [(one.slug, one.role, one.href) for one in page.choices] == [
        ("thasos", "προϊστάμενος", "/desk?m=thasos"),
        ("kavala", "υπάλληλος", "/desk?m=kavala"),
    ]


async def test_the_one_used_last_in_this_session_is_opened_again(town: Town) -> None:
    thasos, token = with_thasos(town), staff_token(town)
    await press(the_frame(town, "/desk?m=thasos", token), "load")

    outcome = await press(the_frame(town, "/desk", token), "load")

    assert "m=thasos" in str(outcome)
    assert [row.municipality_id for row in rows(town.context.db, StaffSessionRow)] == [thasos]


@pytest.mark.parametrize("slug", ["drama", "nowhere", "x" * 500, "' OR 1=1 --"])
async def test_a_foreign_municipality_is_a_missing_page(town: Town, slug: str) -> None:
    enter_foreign_official(town)
    page = the_frame(town, f"/desk?m={slug}")

    await press(page, "load")

    assert (page.is_missing, page.slug, page.municipality) == (True, "", "")
    assert [row.municipality_id for row in rows(town.context.db, StaffSessionRow)] == [None]


async def test_without_a_session_the_frame_leads_to_the_sign_in(town: Town) -> None:
    outcome = await press(a_page(StaffFrameState, town, "/desk?m=kavala"), "load")

    assert "/desk/sign-in?next=%2Fdesk%3Fm%3Dkavala" in str(outcome)
