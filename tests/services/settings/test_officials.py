"""Officials of a municipality: who may enter, change and end whom, and what nobody learns by it."""

import json
from typing import Any

import pytest

from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.officials import official_by_afm, rights_of
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialRightRow, OfficialRow
from dimoslive.db.tables.plan import PlanRow
from dimoslive.domain.errors import (
    ChangedMeanwhile,
    DesksLeftAlone,
    InvalidDetails,
    LastAdministrator,
    NotFound,
    RemovedMeanwhile,
)
from dimoslive.domain.people.personal_data import Afm
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.services.desk.find_workplace import open_frame
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.identity.staff_session import has_lost_rights
from dimoslive.services.settings.officials.end_official import ABSENT, end_official, weigh_ending
from dimoslive.services.settings.officials.list_officials import ListedOfficial, list_officials
from dimoslive.services.settings.officials.open_official import OpenOfficial, open_official
from dimoslive.services.settings.officials.save_official import add_official, save_official
from dimoslive.services.settings.root_change import Saved
from tests.support.meeting import ANNA, NIKOS, PETROS, enter_foreign_official, enter_official, staff_token
from tests.support.settings import a_department, enter_administrator, enter_head
from tests.support.world import Town, a_municipality, rows

NEW_AFM = "135724681"


def enter(town: Town, by: Official, **words: Any) -> int:
    raw = {"afm": NEW_AFM, "last_name": "Παππάς", "first_name": "Ηλίας", "role": "official", **words}
    return add_official(town.context, by, town.municipality.id, raw)


def problems(town: Town, by: Official, **words: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDetails) as refused:
        enter(town, by, **words)
    return [(one.field, one.code) for one in refused.value.problems]


def opened(town: Town, by: Official, official_id: int) -> OpenOfficial:
    return open_official(town.context, by, town.municipality.id, official_id)


def save(town: Town, by: Official, seen: OpenOfficial, official_id: int, **words: Any) -> Saved:
    values: dict[str, Any] = dict(seen.opened.values)
    ticks = {f"{word}_{id_}": "on" for word in ("department", "desk") for id_ in values[f"{word}_ids"]}
    named = {name: values[name] for name in ("last_name", "first_name", "role")}
    raw = {**named, **ticks, **words}
    return save_official(town.context, by, town.municipality.id, official_id, seen.opened, raw)


def listed(town: Town, by: Official) -> list[ListedOfficial]:
    return list(list_officials(town.context, by, town.municipality.id).lines)


def rights(town: Town, official_id: int) -> frozenset[StaffRight]:
    with reading(town.context.db) as tx:
        return rights_of(tx, official_id)


def known_elsewhere(town: Town) -> int:
    """Petros, of another municipality."""
    with transaction(town.context.db) as tx:
        elsewhere = a_municipality(tx, "Δράμας", slug="drama")
    return enter_official(town, PETROS, of=elsewhere).id


def the_desk(town: Town) -> int:
    return next(row.id or 0 for row in rows(town.context.db, DeskRow) if row.overflow_of is None)


def log(town: Town) -> list[AuditEventRow]:
    return [line for line in rows(town.context.db, AuditEventRow) if line.subject_kind == "official"]


def test_an_official_is_entered_with_departments_and_desks_and_the_log_knows_no_afm(town: Town) -> None:
    nikos, department, desk = enter_administrator(town), town.service.department_id, the_desk(town)
    entered = enter(
        town, nikos, **{f"department_{department}": "on", f"desk_{desk}": "on", "email": "E@Kavala.example"}
    )
    assert rights(town, entered) == {StaffRight(town.municipality.id, StaffRole.OFFICIAL, frozenset({department}))}
    [line] = [one for one in listed(town, nikos) if one.id == entered]
    assert (line.last_name, line.afm_last_digits, line.email) == ("Παππάς", "681", "e@kavala.example")
    assert (line.since, line.departments[0]["el"]) == (town.clock.now(), "Τμήμα Δημοτολογίου")
    assert [(seat.desk_id, seat.is_usual) for seat in rows(town.context.db, DeskOfficialRow)] == [(desk, True)]
    [told] = log(town)
    assert (told.action, told.subject_id, told.official_id) == ("official.entered", entered, nikos.id)
    assert json.loads(told.after)["afm"] == "******681"
    assert NEW_AFM not in str(told)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"afm": "135724682"}, [("afm", "invalid_afm")]),
        ({"afm": "000000000"}, [("afm", "invalid_afm")]),
        ({"afm": "094014201"}, [("afm", "company_afm")]),
        ({"afm": "", "email": ""}, [("afm", "afm_or_email_required")]),
        ({"afm": "", "email": "at"}, [("email", "invalid_email")]),
        ({"last_name": "", "role": "platform_administrator"}, [("last_name", "required"), ("role", "not_a_choice")]),
        ({"role": "head"}, [("department_ids", "head_of_no_department")]),
        ({"last_name": "a\x00b"}, [("last_name", "control_characters")]),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nobody_is_entered(
    town: Town, words: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    nikos = enter_administrator(town)
    before = rows(town.context.db, OfficialRow)
    assert problems(town, nikos, **words) == expected
    assert (len(rows(town.context.db, OfficialRow)), log(town)) == (len(before), [])


def test_whoever_is_here_already_is_not_entered_again(town: Town) -> None:
    nikos = enter_administrator(town)
    enter(town, nikos, email="e@kavala.example")
    assert problems(town, nikos) == [("afm", "already_entered")]
    assert problems(town, nikos, afm="", email="E@KAVALA.example") == [("email", "already_entered")]
    # Another AFM with the same address is another person.
    assert problems(town, nikos, afm="148362574", email="e@kavala.example") == [
        ("email", "belongs_to_another_official")
    ]


def test_whom_another_municipality_has_gets_one_more_right_and_nothing_else_is_learned(town: Town) -> None:
    nikos = enter_administrator(town)
    foreign_id = known_elsewhere(town)
    with transaction(town.context.db) as tx:
        foreign = tx.get_one(OfficialRow, foreign_id)
        foreign.first_name, foreign.last_name, foreign.email = "Πέτρος", "Μακρής", "petros@drama.example"
    entered = enter(town, nikos, afm=PETROS.afm.digits, last_name="Χ", first_name="", email="x@kavala.example")
    assert entered == foreign_id
    assert len(rights(town, entered)) == 2
    [line] = [one for one in listed(town, nikos) if one.id == entered]
    form = opened(town, nikos, entered)
    shown = (line, form, log(town))
    assert (line.last_name, line.first_name, line.email) == ("Χ", "", "x@kavala.example")
    assert not any(word in str(shown) for word in ("Μακρής", "Πέτρος", "drama"))
    # Nor does it decide how they sign in.
    with reading(town.context.db) as tx:
        row = tx.get_one(OfficialRow, entered)
        assert (row.last_name, row.email) == ("Μακρής", "petros@drama.example")
    save(town, nikos, form, entered, last_name="Ψ")
    assert [one.last_name for one in listed(town, nikos) if one.id == entered] == ["Ψ"]


def test_whoever_comes_to_work_is_called_as_at_the_sign_in(town: Town) -> None:
    nikos = enter_administrator(town)
    entered = enter(town, nikos, afm=PETROS.afm.digits, last_name="Μακρης", first_name="Π")
    token = staff_token(town, PETROS)
    assert [one.last_name for one in listed(town, nikos) if one.id == entered] == ["Μακρης"]
    petros = find_principal(town.context, STAFF, token)
    assert petros is not None
    open_frame(town.context, petros, "")
    assert [(one.last_name, one.first_name) for one in listed(town, nikos) if one.id == entered] == [
        ("ΜΑΚΡΗΣ", "ΠΕΤΡΟΣ")
    ]


def test_an_address_does_not_lead_a_stranger_into_rights_that_others_gave(town: Town) -> None:
    nikos, foreign = enter_administrator(town), enter_foreign_official(town)
    with transaction(town.context.db) as tx:
        row = OfficialRow(email="boss@drama.example", first_name="Α", last_name="Β")
        tx.add(row)
        tx.flush()
        tx.add(OfficialRightRow(official_id=row.id or 0, municipality_id=next(iter(foreign.rights)).municipality_id))
    assert problems(town, nikos, email="boss@drama.example") == [("email", "belongs_to_another_official")]
    with reading(town.context.db) as tx:
        assert official_by_afm(tx, town.context.seal.afm_hash(Afm(NEW_AFM))) is None


def test_a_head_enters_officials_of_the_own_departments_alone_and_no_head(town: Town) -> None:
    own, other = town.service.department_id, a_department(town)
    head = enter_head(town, own)
    assert problems(town, head) == [("department_ids", "own_department_required")]
    assert problems(town, head, **{f"department_{own}": "on", "role": "head"}) == [("role", "not_a_choice")]
    assert problems(town, head, **{f"department_{other.id}": "on"}) == [("department_ids", "own_department_required")]
    entered = enter(town, head, **{f"department_{own}": "on"})
    assert [one.id for one in listed(town, head)] == [entered]
    seen = opened(town, head, entered)
    with pytest.raises(InvalidDetails):
        save(town, head, seen, entered, role="administrator")
    with pytest.raises(InvalidDetails):
        save(town, head, seen, entered, **{f"department_{own}": ""})


def test_a_head_reaches_no_head_no_administrator_and_nobody_of_other_departments(town: Town) -> None:
    own, other = town.service.department_id, a_department(town)
    anna, petros = enter_administrator(town, ANNA), enter_head(town, own, identity=PETROS)
    of_all = enter(town, anna)
    of_both = enter(town, anna, afm="148362574", **{f"department_{own}": "on", f"department_{other.id}": "on"})
    head = enter_head(town, own)
    for official_id in (anna.id, petros.id, of_all, of_both, head.id):
        with pytest.raises(NotFound):
            opened(town, head, official_id)
        with pytest.raises(NotFound):
            save(town, head, opened(town, anna, official_id), official_id, first_name="Χ")
        with pytest.raises(NotFound):
            end_official(town.context, head, town.municipality.id, official_id, {})
    assert listed(town, head) == []
    # Entering somebody who is here already gives a head nothing.
    assert problems(town, head, **{f"department_{own}": "on"}) == [("afm", "already_entered")]


def test_nobody_sets_up_another_municipality(town: Town) -> None:
    enter_administrator(town)
    foreign = enter_foreign_official(town)
    with transaction(town.context.db) as tx:
        here = next(iter(foreign.rights)).municipality_id
        tx.get_one(OfficialRightRow, (foreign.id, here)).role = "administrator"
    boss = Official(foreign.id, "Ζ", "Α", frozenset({StaffRight(here, StaffRole.ADMINISTRATOR)}))
    nikos_id = rows(town.context.db, OfficialRow)[0].id or 0
    with pytest.raises(NotFound):
        enter(town, boss)
    for municipality_id in (town.municipality.id, here):
        with pytest.raises(NotFound):
            open_official(town.context, boss, municipality_id, nikos_id)
        with pytest.raises(NotFound):
            end_official(town.context, boss, municipality_id, nikos_id, {})
    assert listed(town, boss) == []


def test_an_official_who_is_no_head_enters_nobody(town: Town) -> None:
    official = enter_official(town)
    with pytest.raises(NotFound):
        enter(town, official)
    with pytest.raises(NotFound):
        open_official(town.context, official, town.municipality.id, None)


def test_the_last_administrator_is_neither_made_less_nor_ended(town: Town) -> None:
    nikos = enter_administrator(town)
    with pytest.raises(InvalidDetails) as refused:
        save(town, nikos, opened(town, nikos, nikos.id), nikos.id, role="official")
    assert [(one.field, one.code) for one in refused.value.problems] == [("role", "last_administrator")]
    with pytest.raises(LastAdministrator):
        weigh_ending(town.context, nikos, town.municipality.id, nikos.id)
    with pytest.raises(LastAdministrator):
        end_official(town.context, nikos, town.municipality.id, nikos.id, {})
    anna = enter_administrator(town, ANNA)
    with transaction(town.context.db) as tx:
        tx.get_one(OfficialRow, anna.id).is_active = False
    with pytest.raises(LastAdministrator):
        end_official(town.context, nikos, town.municipality.id, nikos.id, {})
    with transaction(town.context.db) as tx:
        tx.get_one(OfficialRow, anna.id).is_active = True
    save(town, nikos, opened(town, nikos, nikos.id), nikos.id, role="official")
    with pytest.raises(LastAdministrator):
        end_official(town.context, anna, town.municipality.id, anna.id, {})


def test_two_who_change_one_official_are_compared_field_by_field(town: Town) -> None:
    nikos, anna, department = enter_administrator(town), enter_administrator(town, ANNA), town.service.department_id
    entered = enter(town, nikos)
    seen = opened(town, nikos, entered)
    save(town, anna, seen, entered, **{f"department_{department}": "on"})
    result = save(town, nikos, seen, entered, first_name="Ηλιάννα")
    assert (result.version, [change.field for change in result.taken_over]) == (3, ["department_ids"])
    save(town, anna, opened(town, anna, entered), entered, role="head")
    with pytest.raises(ChangedMeanwhile) as refused:
        save(town, nikos, seen, entered, role="administrator")
    assert refused.value.conflicts == ("role",)


def test_two_changes_that_are_wrong_together_are_refused(town: Town) -> None:
    nikos, department = enter_administrator(town), town.service.department_id
    entered = enter(town, nikos, **{f"department_{department}": "on"})
    seen = opened(town, nikos, entered)
    save(town, nikos, seen, entered, **{f"department_{department}": ""})
    with pytest.raises(InvalidDetails) as refused:
        save(town, nikos, seen, entered, role="head")
    assert [one.code for one in refused.value.problems] == ["head_of_no_department"]


def test_whoever_is_limited_to_departments_gets_no_desk_of_others(town: Town) -> None:
    nikos, other, desk = enter_administrator(town), a_department(town), the_desk(town)
    assert problems(town, nikos, **{f"department_{other.id}": "on", f"desk_{desk}": "on"}) == [
        ("desk_ids", "desk_of_other_department")
    ]


def test_a_desk_that_gets_or_loses_an_official_has_another_version(town: Town) -> None:
    nikos, desk = enter_administrator(town), the_desk(town)
    entered = enter(town, nikos, **{f"desk_{desk}": "on"})
    save(town, nikos, opened(town, nikos, entered), entered, **{f"desk_{desk}": ""})
    [version] = [row.version for row in rows(town.context.db, DeskRow) if row.id == desk]
    assert version == 3


def test_an_end_ends_the_sessions_at_once_and_says_why_and_the_name_stays(town: Town) -> None:
    nikos = enter_administrator(town)
    entered = enter(town, nikos, afm=PETROS.afm.digits)
    token = staff_token(town, PETROS)
    assert find_principal(town.context, STAFF, token) is not None
    seen = opened(town, nikos, entered)
    assert end_official(town.context, nikos, town.municipality.id, entered, {}) == 0
    assert find_principal(town.context, STAFF, token) is None
    assert has_lost_rights(town.context, token)
    assert rows(town.context.db, OfficialRow)[-1].last_name == "ΜΑΚΡΗΣ"
    told = log(town)[-1]
    assert (told.action, json.loads(told.before)["last_name"]) == ("official.ended", "Παππάς")
    with pytest.raises(RemovedMeanwhile):
        save(town, nikos, seen, entered, first_name="Χ")
    # Who is entered again signs in again.
    enter(town, nikos, afm=PETROS.afm.digits)
    assert find_principal(town.context, STAFF, token) is None
    assert find_principal(town.context, STAFF, staff_token(town, PETROS)) is not None


def test_whoever_has_another_right_stays_signed_in_by_it(town: Town) -> None:
    nikos = enter_administrator(town)
    known_elsewhere(town)
    token = staff_token(town, PETROS)
    entered = enter(town, nikos, afm=PETROS.afm.digits)
    end_official(town.context, nikos, town.municipality.id, entered, {})
    principal = find_principal(town.context, STAFF, token)
    assert principal is not None
    assert {right.municipality_id for right in principal.rights} != {town.municipality.id}
    assert not has_lost_rights(town.context, token)


def test_a_desk_left_alone_with_bookings_asks_for_another_official_or_an_absence(town: Town) -> None:
    nikos, desk = enter_administrator(town), the_desk(town)
    entered = enter(town, nikos, **{f"desk_{desk}": "on"})
    booking = town.a_booking("09:10")
    [left] = weigh_ending(town.context, nikos, town.municipality.id, entered).desks
    assert (left.id, left.bookings, left.ends_at, list(left.successors)) == (
        desk,
        1,
        booking.period.ends_at,
        [nikos.id],
    )
    for unsaid in ({}, {desk: entered}, {desk: 999}):
        with pytest.raises(DesksLeftAlone) as refused:
            end_official(town.context, nikos, town.municipality.id, entered, unsaid)
        assert list(refused.value.names) == [desk]
    assert rights(town, entered)
    assert end_official(town.context, nikos, town.municipality.id, entered, {desk: nikos.id}) == 0
    assert [seat.official_id for seat in rows(town.context.db, DeskOfficialRow)] == [nikos.id]


def test_an_absence_after_an_end_is_a_plan_for_the_bookings_ahead(town: Town) -> None:
    nikos, desk = enter_administrator(town), the_desk(town)
    entered = enter(town, nikos, **{f"desk_{desk}": "on"})
    town.a_booking("09:10")
    plan_id = end_official(town.context, nikos, town.municipality.id, entered, {desk: ABSENT})
    [plan] = rows(town.context.db, PlanRow)
    assert (plan.id, plan.kind, plan.state) == (plan_id, "absence", "ready")
    assert not rights(town, entered)
    assert rows(town.context.db, DeskOfficialRow) == []


def test_a_desk_without_bookings_or_with_another_official_asks_for_nothing(town: Town) -> None:
    nikos, desk = enter_administrator(town), the_desk(town)
    entered = enter(town, nikos, **{f"desk_{desk}": "on"})
    [left] = weigh_ending(town.context, nikos, town.municipality.id, entered).desks
    assert (left.bookings, left.successors) == (0, {})
    town.a_booking("09:10")
    save(town, nikos, opened(town, nikos, nikos.id), nikos.id, **{f"desk_{desk}": "on"})
    assert weigh_ending(town.context, nikos, town.municipality.id, entered).desks == ()
    end_official(town.context, nikos, town.municipality.id, entered, {})
    assert [seat.official_id for seat in rows(town.context.db, DeskOfficialRow)] == [nikos.id]


def test_the_history_of_an_official_is_on_the_own_page(town: Town) -> None:
    nikos = enter_administrator(town, NIKOS)
    entered = enter(town, nikos)
    save(town, nikos, opened(town, nikos, entered), entered, role="administrator")
    changed, added = opened(town, nikos, entered).history
    assert (changed.action, added.action, changed.by) == ("official.changed", "official.entered", "Ν. ΔΗΜΟΥ")
    assert [(one.field, one.before, one.after) for one in changed.changes] == [("role", "official", "administrator")]
