"""An official's own account: what is shown, and that only what is offered can be chosen."""

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow
from dimoslive.db.tables.official import (
    DeskOfficialRow,
    OfficialDepartmentRow,
    OfficialRightRow,
    OfficialRow,
    StaffSessionRow,
)
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.own_account import OwnAccount, change_account, show_account, sign_out_everywhere
from dimoslive.services.identity.sessions import find_principal
from tests.support.meeting import ANNA, enter_official, staff_token
from tests.support.world import Town, a_municipality, a_town, rows


@pytest.fixture
def town(db: Engine) -> Town:
    return a_town(db, desks=2)


def signed_in(town: Town, token: str = "") -> Official:
    official = find_principal(town.context, STAFF, token or staff_token(town))
    assert official is not None
    return official


def shown(town: Town) -> OwnAccount:
    return show_account(town.context, signed_in(town))


def usual(town: Town) -> list[int]:
    return [row.desk_id for row in rows(town.context.db, DeskOfficialRow) if row.is_usual]


def test_it_shows_name_municipalities_roles_and_departments(town: Town) -> None:
    official = enter_official(town)
    with transaction(town.context.db) as tx:
        row = tx.get_one(OfficialRow, official.id)
        row.afm_last_digits, row.email = "783", "nikos@kavala.example"
        thasos = a_municipality(tx, "Θάσου", slug="thasos")
        tx.add(OfficialRightRow(official_id=official.id, municipality_id=thasos.id, role=StaffRole.HEAD.value))
        department = DepartmentRow(municipality_id=thasos.id, name_el="Ταμείο", name_en="Treasury")
        tx.add(department)
        tx.flush()
        tx.add(OfficialDepartmentRow(official_id=official.id, department_id=department.id or 0))
    account = shown(town)
    assert (account.name, account.afm_last_digits, account.email) == ("ΝΙΚΟΣ ΔΗΜΟΥ", "783", "nikos@kavala.example")
    assert [(place.name["en"], place.role, len(place.desks)) for place in account.places] == [
        ("Municipality of Thasos", StaffRole.HEAD, 0),
        ("Municipality of Kavala", StaffRole.OFFICIAL, 2),
    ]
    assert [place.departments for place in account.places] == [({"el": "Ταμείο", "en": "Treasury"},), ()]


def test_language_sound_and_usual_desk_are_kept(town: Town) -> None:
    enter_official(town)
    [first, second] = rows(town.context.db, DeskRow)
    place = town.municipality.id
    for desk in (first, second):
        change_account(town.context, signed_in(town), language="en", has_sound=True, desk_of={place: desk.id})
        assert usual(town) == [desk.id]
    account = shown(town)
    assert (account.language, account.has_sound, account.places[0].usual_desk_id) == ("en", True, second.id)
    change_account(town.context, signed_in(town), language="el", has_sound=False, desk_of={place: None})
    assert (shown(town).language, shown(town).has_sound, usual(town)) == ("el", False, [])


def test_what_is_not_offered_is_kept_as_it_was(town: Town) -> None:
    official = enter_official(town)
    [first, second] = rows(town.context.db, DeskRow)
    place = town.municipality.id
    with transaction(town.context.db) as tx:
        drama = a_municipality(tx, "Δράμας", slug="drama")
        foreign = DeskRow(municipality_id=drama.id, name_el="Θ")
        tx.add(foreign)
        tx.get_one(DeskRow, second.id).is_active = False
    change_account(town.context, signed_in(town), language="en", has_sound=False, desk_of={place: first.id})
    for desk_id in (foreign.id, second.id, 999_999):
        change_account(town.context, signed_in(town), language="xx", has_sound=False, desk_of={place: desk_id})
    change_account(town.context, signed_in(town), language="", has_sound=False, desk_of={drama.id: foreign.id})
    assert (shown(town).language, usual(town)) == ("en", [first.id])
    # Desks of other departments are not offered either.
    with transaction(town.context.db) as tx:
        department = DepartmentRow(municipality_id=place, name_el="Ταμείο", name_en="Treasury")
        tx.add(department)
        tx.flush()
        tx.add(OfficialDepartmentRow(official_id=official.id, department_id=department.id or 0))
    assert shown(town).places[0].desks == ()


def test_sessions_are_listed_and_end_everywhere_at_once(town: Town) -> None:
    enter_official(town)
    enter_official(town, ANNA)
    mine, elsewhere, annas = staff_token(town), staff_token(town), staff_token(town, ANNA)
    town.clock.advance(minutes=5)
    official = signed_in(town, mine)
    sessions = show_account(town.context, official).sessions
    assert sorted(session.is_this for session in sessions) == [False, True]
    assert [session.is_by_openid for session in sessions] == [False, False]
    sign_out_everywhere(town.context, official)
    assert find_principal(town.context, STAFF, mine) is None
    assert find_principal(town.context, STAFF, elsewhere) is None
    assert find_principal(town.context, STAFF, annas)
    assert len(rows(town.context.db, StaffSessionRow)) == 1


def test_sessions_that_are_over_are_not_listed(town: Town) -> None:
    enter_official(town)
    staff_token(town)
    town.clock.advance(hours=12)
    assert len(shown(town).sessions) == 1
