"""A pause: no new holds, moves stay possible, bookings stay; and what is archived offers nothing."""

from datetime import date, timedelta

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, MunicipalityRow, ServiceRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import NotOffered, Paused, SlotTaken
from dimoslive.services.catalogue.show_municipality import show_municipality, show_municipality_with_times
from dimoslive.services.draft.open_calendar import open_calendar
from tests.support.world import NOW, Town, desk_ids

MESSAGE = {"el": "Μετακόμιση.", "en": "We are moving."}


def pause(town: Town, table: type[MunicipalityRow | ServiceRow], **until: object) -> None:
    with transaction(town.context.db) as tx:
        key = town.municipality.id if table is MunicipalityRow else town.service.id
        row = tx.get_one(table, key)
        row.paused_at, row.pause_message_el, row.pause_message_en = NOW, MESSAGE["el"], MESSAGE["en"]
        for name, value in until.items():
            setattr(row, name, value)


@pytest.mark.parametrize("table", [MunicipalityRow, ServiceRow])
def test_a_pause_takes_no_new_holds_and_says_why(town: Town, table: type[MunicipalityRow | ServiceRow]) -> None:
    town.choose()
    pause(town, table)
    with pytest.raises(Paused) as refused:
        town.hold("09:00")
    assert refused.value.messages == MESSAGE
    with pytest.raises(Paused):
        open_calendar(town.context, town.eleni)
    page, firsts = show_municipality_with_times(town.context, "kavala")
    assert ([service.id for service in page.services], firsts) == ([town.service.id], {})


@pytest.mark.parametrize("table", [MunicipalityRow, ServiceRow])
def test_what_is_booked_stays_and_can_be_moved(town: Town, table: type[MunicipalityRow | ServiceRow]) -> None:
    booking = town.a_booking("09:00")
    pause(town, table)
    moved = town.move(booking, "10:00")
    assert town.row(moved).status == BookingStatus.BOOKED.value


def test_who_holds_a_time_already_may_book_it(town: Town) -> None:
    hold = town.hold("09:00")
    pause(town, ServiceRow)
    assert open_calendar(town.context, town.eleni).times is not None
    assert town.row(town.confirm(hold)).status == BookingStatus.BOOKED.value


def test_a_pause_ends_by_itself(town: Town) -> None:
    pause(town, MunicipalityRow, pause_until=NOW + timedelta(hours=1))
    pause(town, ServiceRow, reopens_on=date(2026, 11, 21))
    with pytest.raises(Paused):
        town.hold("09:00")
    town.clock.advance(hours=14)
    assert town.hold("09:00").reference


def test_a_service_of_an_archived_department_is_offered_nowhere(town: Town) -> None:
    town.choose()
    with transaction(town.context.db) as tx:
        tx.get_one(DepartmentRow, town.service.department_id).is_active = False
    with pytest.raises(NotOffered):
        town.choose()
    assert show_municipality(town.context, "kavala").services == ()


def test_an_archived_desk_gets_no_booking(town: Town) -> None:
    town.choose()
    with transaction(town.context.db) as tx:
        for desk_id in desk_ids(tx, town.service):
            tx.get_one(DeskRow, desk_id).is_active = False
    with pytest.raises(SlotTaken):
        town.hold("09:00")
