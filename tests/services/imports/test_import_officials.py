"""Officials come into a municipality by a file, and nobody gets hold of somebody else's sign-in by one."""

import pytest

from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.officials import official_by_afm, official_by_email
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import (
    DeskOfficialRow,
    OfficialDepartmentRow,
    OfficialRightRow,
    OfficialRow,
)
from dimoslive.domain.errors import ImportGone, NotFound, RowsAreWrong
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.people.personal_data import Afm
from dimoslive.domain.people.principals import StaffRole
from dimoslive.services.imports.judge_file import judge_file
from tests.support.imports import Importing, importing
from tests.support.meeting import ANNA, PETROS, enter_official
from tests.support.world import Town, a_municipality, rows

NEW_AFM = "135724681"
LINE = f"Νικολαΐδης;Γεώργιος;{NEW_AFM};g@example.com;υπάλληλος;Τμήμα Δημοτολογίου;Θυρίδα 1"


@pytest.fixture
def admin(town: Town) -> Importing:
    """Somebody who may import all."""
    return importing(town)


def found(town: Town, afm: str = NEW_AFM) -> OfficialRow | None:
    with reading(town.context.db) as tx:
        return official_by_afm(tx, town.context.seal.afm_hash(Afm(afm)))


def set_up(town: Town) -> list[object]:
    tables = (OfficialRow, OfficialRightRow, OfficialDepartmentRow, DeskOfficialRow)
    return [one.model_dump() for table in tables for one in rows(town.context.db, table)]


def elsewhere(town: Town) -> MunicipalityRow:
    with transaction(town.context.db) as tx:
        return a_municipality(tx, "Δράμας", slug="drama")


def test_a_new_official_has_the_right_the_department_and_the_desk_of_the_line(town: Town, admin: Importing) -> None:
    assert admin.do(LINE) == {"new": 1}
    row = found(town)
    assert row is not None
    assert (row.last_name, row.first_name, row.email, row.afm_last_digits) == (
        "Νικολαΐδης", "Γεώργιος", "g@example.com", "681",
    )  # fmt: skip
    [right] = [one for one in rows(town.context.db, OfficialRightRow) if one.official_id == row.id]
    assert (right.municipality_id, right.role, right.changed_by) == (
        town.municipality.id, "official", admin.official.id,
    )  # fmt: skip
    assert [one.department_id for one in rows(town.context.db, OfficialDepartmentRow)] == [town.service.department_id]
    [seat] = rows(town.context.db, DeskOfficialRow)
    assert (seat.official_id, seat.is_usual) == (row.id, True)


def test_the_same_file_once_more_changes_nothing(town: Town, admin: Importing) -> None:
    admin.do(LINE)
    before = set_up(town)
    assert admin.do(LINE) == {"same": 1}
    assert set_up(town) == before


def test_a_change_is_made_and_what_the_file_does_not_say_stays(town: Town, admin: Importing) -> None:
    admin.do(LINE)
    [one] = admin.judge(f"Νικολαΐδης;Γεώργιος;{NEW_AFM};;προϊστάμενος;;").rows
    assert (one.verdict.value, one.changes) == ("change", ("role",))
    assert admin.do(f"Νικολαΐδης;Γεώργιος;{NEW_AFM};;προϊστάμενος;;") == {"change": 1}
    row = found(town)
    assert row is not None
    assert row.email == "g@example.com"
    [right] = [one for one in rows(town.context.db, OfficialRightRow) if one.official_id == row.id]
    assert (right.role, right.version) == ("head", 2)
    assert rows(town.context.db, DeskOfficialRow)


def test_an_administrator_loses_the_limits(town: Town, admin: Importing) -> None:
    admin.do(LINE)
    admin.do(f"Νικολαΐδης;Γεώργιος;{NEW_AFM};;διαχειριστής;;")
    assert rows(town.context.db, OfficialDepartmentRow) == []


def test_a_name_that_the_provider_writes_in_capitals_is_the_same(town: Town, admin: Importing) -> None:
    admin.do(LINE)
    with transaction(town.context.db) as tx:
        row = official_by_email(tx, "g@example.com")
        assert row is not None
        row.last_name, row.first_name = "ΝΙΚΟΛΑΪΔΗΣ", "ΓΕΩΡΓΙΟΣ"
    assert admin.verdicts(LINE) == ["same"]
    admin.do(LINE.replace("υπάλληλος", "προϊστάμενος"))
    row = found(town)
    assert row is not None
    assert row.last_name == "ΝΙΚΟΛΑΪΔΗΣ"


def test_nothing_is_imported_if_one_row_is_wrong(town: Town, admin: Importing) -> None:
    wrong = "Άλλος;Ένας;123456789;;υπάλληλος;;"
    with pytest.raises(RowsAreWrong) as caught:
        admin.do(LINE, wrong)
    assert caught.value.params == {"number": 1}
    assert found(town) is None
    assert admin.do(LINE, wrong, is_good_only=True) == {"new": 1, "wrong": 1}
    assert found(town) is not None


def test_whoever_has_a_right_elsewhere_gets_one_more_and_stays_who_they_are(town: Town, admin: Importing) -> None:
    enter_official(town, ANNA, of=elsewhere(town))
    line = f"Ξένη;Άννα;{ANNA.afm.digits};takeover@example.com;υπάλληλος;;"
    assert admin.verdicts(line) == ["new"]
    admin.do(line)
    row = found(town, ANNA.afm.digits)
    assert row is not None
    assert (row.email, row.last_name) == (None, "")
    assert admin.verdicts(line) == ["same"]


def test_an_address_never_leads_to_another_afm(town: Town, admin: Importing) -> None:
    enter_official(town, ANNA, of=elsewhere(town))
    with transaction(town.context.db) as tx:
        row = official_by_afm(tx, town.context.seal.afm_hash(ANNA.afm))
        assert row is not None
        row.email = "anna@example.com"
    assert admin.problems(f"Ξένη;Άννα;{NEW_AFM};anna@example.com;υπάλληλος;;") == [
        ("email", "belongs_to_another_official")
    ]
    # By the address alone it is her.
    admin.do("Λογοθέτη;Άννα;;Anna@Example.com;υπάλληλος;;")
    assert len([one for one in rows(town.context.db, OfficialRightRow) if one.official_id == row.id]) == 2


def test_one_s_own_role_is_not_imported(admin: Importing) -> None:
    line = "Δήμου;Νίκος;123456783;;{role};;"
    assert admin.problems(line.format(role="υπάλληλος")) == [("role", "own_role")]
    assert admin.problems(line.format(role="διαχειριστής")) == []


def test_a_head_has_a_department(admin: Importing) -> None:
    assert admin.problems(f"Ένας;Νέος;{NEW_AFM};;προϊστάμενος;;") == [("departments", "head_of_no_department")]


def test_two_lines_about_one_person_are_found_though_they_name_them_differently(town: Town, admin: Importing) -> None:
    admin.do(LINE)
    both = (f"Νικολαΐδης;Γεώργιος;{NEW_AFM};;;;", "Νικολαΐδης;Γεώργιος;;g@example.com;;;")
    assert admin.problems(*both) == [("row", "twice_in_file")]


def test_a_head_imports_no_officials(town: Town) -> None:
    head = importing(town, StaffRole.HEAD, identity=PETROS)
    with pytest.raises(NotFound):
        head.send(LINE)
    assert head.of(ImportKind.SERVICES).send() > 0


def test_a_file_is_whoever_s_sent_it_and_for_an_hour(town: Town, admin: Importing) -> None:
    draft = admin.send(LINE)
    other = importing(town, identity=PETROS)
    with pytest.raises(ImportGone):
        judge_file(town.context, other.official, other.place, draft)
    assert judge_file(town.context, admin.official, admin.place, draft).rows
    town.clock.advance(minutes=60)
    with pytest.raises(ImportGone):
        judge_file(town.context, admin.official, admin.place, draft)


def test_the_log_has_each_person_and_the_file_and_no_afm(town: Town, admin: Importing) -> None:
    admin.do(LINE)
    events = [(one.action, one.after) for one in rows(town.context.db, AuditEventRow)]
    assert [action for action, _ in events] == ["official.entered", "officials.imported"]
    assert not any(NEW_AFM in after for _, after in events)
