"""Who works at the desk, and what they press."""

from typing import Any

from sqlmodel import col, select

from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, ServiceDeskRow, ServiceRow
from dimoslive.db.tables.official import OfficialDepartmentRow
from dimoslive.domain.booking.booking import Booking, BookingSource
from dimoslive.domain.desk.person import TypedPerson
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.desk.book_for_person import NewBooking, book_for_person, new_key
from dimoslive.services.desk.move_booking_at_desk import SeenPlace, Telling, move_booking_at_desk, place_of
from dimoslive.services.desk.take_place import WantedPlace
from tests.support.world import Town, desk_ids, on_the_day


def desks_of(town: Town, service: ServiceRow | None = None) -> list[int]:
    """The desks that serve a service, the town's own by default."""
    with reading(town.context.db) as tx:
        return desk_ids(tx, service or town.service)


def another_desk(town: Town, **words: Any) -> int:
    """One more desk of the town's service."""
    with transaction(town.context.db) as tx:
        desk = DeskRow(municipality_id=town.municipality.id, name_el="Θυρίδα 2", name_en="Counter 2", position=2)
        for name, value in words.items():
            setattr(desk, name, value)
        tx.add(desk)
        tx.flush()
        tx.add(ServiceDeskRow(service_id=town.service.id or 0, desk_id=desk.id or 0))
        return desk.id or 0


def limit_to_departments(town: Town, official: Official, *services: ServiceRow) -> None:
    """The right reaches the departments of these services alone; sign in again to see it."""
    with transaction(town.context.db) as tx:
        for service in services:
            department = tx.scalars(select(DepartmentRow).where(col(DepartmentRow.id) == service.department_id)).one()
            tx.add(OfficialDepartmentRow(official_id=official.id, department_id=department.id or 0))


def stefanos(**words: Any) -> TypedPerson:
    """A caller whom nobody knows yet."""
    usual = {"name": "Στέφανος Μανωλάκης", "phone": "210 000 0031", "subject": "Βεβαίωση εγγραφής"}
    return TypedPerson(**(usual | words))


def at_desk(town: Town, wall: str | None, **words: Any) -> WantedPlace:
    """A time of the day, picked from the free ones unless words say otherwise; without one, now."""
    usual: dict[str, Any] = {"desk_id": desks_of(town)[0], "is_offered": wall is not None}
    return WantedPlace(starts_at=on_the_day(wall) if wall else None, **(usual | words))


def free_hand(town: Town, wall: str | None, **words: Any) -> WantedPlace:
    """«Άλλη ώρα»: a time that need not be free."""
    return at_desk(town, wall, is_offered=False, **words)


def a_new_booking(town: Town, place: WantedPlace, **words: Any) -> NewBooking:
    """What the last press says; in person, by telephone, told."""
    usual: dict[str, Any] = {
        "key": new_key(),
        "source": BookingSource.PHONE,
        "service_id": town.service.id,
        "mode": Mode.IN_PERSON,
        "person": stefanos(),
        "is_told": True,
    }
    return NewBooking(place=place, **(usual | words))


def book_at_desk(town: Town, official: Official, wall: str, **words: Any) -> Booking:
    """Stefanos gets a free time."""
    return book_for_person(town.context, official, a_new_booking(town, at_desk(town, wall), **words))


def seen(town: Town, booking: Booking) -> SeenPlace:
    """The booking as it stands now, seen by an official."""
    return place_of(town.row(booking))


def move_at_desk(
    town: Town,
    official: Official,
    booking: Booking,
    place: WantedPlace,
    telling: Telling = Telling.NONE,
    mode: Mode | None = None,
) -> Booking:
    """The official moves it, as it stands now."""
    return move_booking_at_desk(town.context, official, seen(town, booking), place, telling, mode)
