"""Services come into a municipality by a file, with hours and desks, and leave nobody's booking without a place."""

from datetime import time

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.queries.places import desks_serving
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, OpeningHoursRow, ServiceRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.settings import ServiceSlugRow
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.people.principals import StaffRole
from dimoslive.services.catalogue.show_municipality import show_municipality
from tests.support.imports import Importing, importing
from tests.support.meeting import PETROS
from tests.support.world import Town, rows

LINE = "Τμήμα Δημοτολογίου;Βεβαιώσεις;;Φ Τ;15;30;Δε-Πα;8:30;14:00;3;"


@pytest.fixture
def admin(town: Town) -> Importing:
    """Somebody who may import services everywhere."""
    return importing(town).of(ImportKind.SERVICES)


def imported(town: Town, name: str = "Βεβαιώσεις") -> ServiceRow:
    [row] = [one for one in rows(town.context.db, ServiceRow) if one.name_el == name]
    return row


def hours(town: Town, service: ServiceRow) -> list[tuple[int | None, time | None, time | None]]:
    found = [one for one in rows(town.context.db, OpeningHoursRow) if one.service_id == service.id]
    return sorted((one.weekday, one.opens, one.closes) for one in found)


def existing(town: Town, **cells: str) -> str:
    """A line about the town's own service."""
    usual = {
        "slug": town.service.slug,
        "modes": "",
        "hours": ";;",
        "duration": "",
        "desks": "",
        "name": "Πιστοποιητικό",
    }
    told = usual | cells
    return (
        f"Τμήμα Δημοτολογίου;{told['name']};{told['slug']};{told['modes']};{told['duration']};;{told['hours']};"
        f"{told['desks']};"
    )


def test_a_new_service_can_be_booked_at_once(town: Town, admin: Importing) -> None:
    assert admin.do(LINE) == {"new": 1}
    row = imported(town)
    assert (row.slug, row.name_en, row.is_name_en_suggested) == ("vevaioseis", "Vevaioseis", True)
    assert (row.offers_in_person, row.offers_video, row.offers_phone) == (True, True, False)
    assert (row.duration_minutes, row.step_minutes, row.version) == (15, 30, 1)
    assert hours(town, row) == [(day, time(8, 30), time(14)) for day in range(5)]
    offered = show_municipality(town.context, town.municipality.slug).services
    assert "Βεβαιώσεις" in {one.name["el"] for one in offered}


def test_desks_that_are_missing_are_made(town: Town, admin: Importing) -> None:
    admin.do(LINE)
    desks = [one.name_el for one in rows(town.context.db, DeskRow)]
    assert desks == ["Θυρίδα 1", "Θέση 2", "Θέση 3"]
    with transaction(town.context.db) as tx:
        assert len(desks_serving(tx, [imported(town).id or 0])[imported(town).id or 0]) == 3


def test_the_same_file_once_more_changes_nothing(town: Town, admin: Importing) -> None:
    second = LINE.replace("Βεβαιώσεις", "Αντίγραφα").replace(";;Φ", ";copies;Φ")
    admin.do(LINE, second)
    before = [
        one.model_dump() for table in (ServiceRow, DeskRow, OpeningHoursRow) for one in rows(town.context.db, table)
    ]
    assert admin.do(LINE, second) == {"same": 2}
    assert [
        one.model_dump() for table in (ServiceRow, DeskRow, OpeningHoursRow) for one in rows(town.context.db, table)
    ] == before


def test_a_change_raises_the_version_and_is_logged_with_what_was(town: Town, admin: Importing) -> None:
    assert admin.do(existing(town, duration="20", hours="Δε;9:00;12:00")) == {"change": 1}
    row = imported(town, "Πιστοποιητικό")
    assert (row.duration_minutes, row.version, row.changed_by) == (20, 2, admin.official.id)
    assert hours(town, row) == [(0, time(9), time(12))]
    changed, _ = rows(town.context.db, AuditEventRow)
    assert changed.action == "service.changed"
    assert '"duration_minutes": 10' in changed.before
    assert '"duration_minutes": 20' in changed.after
    assert '"opens": "08:30"' in changed.before


def test_an_address_that_a_service_had_still_means_it(town: Town, admin: Importing) -> None:
    admin.do(LINE)
    admin.do(LINE.replace(";;Φ", ";confirmations;Φ"))
    assert imported(town).slug == "confirmations"
    assert [one.slug for one in rows(town.context.db, ServiceSlugRow)] == ["vevaioseis"]
    assert admin.verdicts(LINE.replace(";;Φ", ";vevaioseis;Φ")) == ["same"]
    # Another of the same name has another address.
    admin.do(LINE.replace("Τμήμα Δημοτολογίου", "Τμήμα Δημοτολογίου").replace("Βεβαιώσεις", "Βεβαίωσεις μόνο"))
    assert imported(town, "Βεβαίωσεις μόνο").slug == "vevaioseis-mono"


def test_an_english_name_that_somebody_wrote_stays(town: Town, admin: Importing) -> None:
    admin.do(existing(town, name="Πιστοποιητικά"))
    assert imported(town, "Πιστοποιητικά").name_en == "Certificate"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"hours": "Δε;9:00;12:00"}, ("weekdays", "unseats_bookings")),
        ({"modes": "Φ Κ"}, ("modes", "unseats_bookings")),
    ],
)
def test_what_would_leave_a_booking_without_a_place_is_not_imported(
    town: Town, admin: Importing, cells: dict[str, str], problem: tuple[str, str]
) -> None:
    assert admin.verdicts(existing(town, **cells)) == ["change"]
    town.a_booking("09:00")
    assert admin.problems(existing(town, **cells)) == [problem]
    assert admin.verdicts(existing(town, hours="Δε-Πα;8:00;15:00")) == ["change"]


def test_fewer_desks_are_not_imported(town: Town, admin: Importing) -> None:
    admin.do(LINE)
    assert admin.problems(LINE.replace(";3;", ";2;")) == [("desks", "fewer_desks")]
    assert admin.verdicts(LINE.replace(";3;", ";4;")) == ["change"]


def test_hours_are_as_long_as_an_appointment_whichever_of_both_changes(town: Town, admin: Importing) -> None:
    assert admin.problems(existing(town, hours="Δε;9:00;9:05")) == [("closes", "open_shorter_than_duration")]
    admin.do(existing(town, hours="Δε;9:00;10:00"))
    assert admin.problems(existing(town, duration="90")) == [("closes", "open_shorter_than_duration")]


def test_an_archived_service_is_brought_back_first(town: Town, admin: Importing) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).is_active = False
    assert admin.problems(existing(town)) == [("name_el", "service_archived")]


def test_a_head_imports_into_the_own_departments_alone(town: Town) -> None:
    with transaction(town.context.db) as tx:
        other = DepartmentRow(municipality_id=town.municipality.id, name_el="Ταμείο", name_en="Treasury")
        tx.add(other)
        tx.flush()
        own = other.id or 0
    head = importing(town, StaffRole.HEAD, frozenset({own}), identity=PETROS).of(ImportKind.SERVICES)
    assert head.problems(LINE) == [("department", "unknown_name")]
    taken = LINE.replace("Τμήμα Δημοτολογίου", "Ταμείο").replace(";;Φ", f";{town.service.slug};Φ")
    assert head.problems(taken) == [("slug", "slug_taken")]
    assert head.do(LINE.replace("Τμήμα Δημοτολογίου", "Ταμείο")) == {"new": 1}
