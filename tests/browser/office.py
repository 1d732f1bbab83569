"""A service of the seeds, and what happens there while a story is told: other people book, time passes."""

from dataclasses import dataclass
from datetime import date, timedelta
from time import sleep
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.people import add_citizen, citizen_by_afm
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.citizen import CitizenRow, SessionRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.draft import Hold
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.people.personal_data import Afm
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import Slot
from dimoslive.i18n.declarations import declaration_of
from dimoslive.i18n.search_key import upper_greek
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.draft.choose_service import choose_service
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.draft.open_draft import open_draft
from tests.browser.people import Person, a_person
from tests.support.world import confirmation, typed


@dataclass(frozen=True)
class Office:
    """One service, in the database of the running site."""

    context: AppContext
    service_id: int

    @classmethod
    def of(cls, context: AppContext, municipality: str, service: str) -> "Office":
        """By the slugs of both."""
        query = select(col(ServiceRow.id)).join(DepartmentRow).join(MunicipalityRow)
        with reading(context.db) as tx:
            found = tx.execute(query.where(col(MunicipalityRow.slug) == municipality, col(ServiceRow.slug) == service))
            return cls(context, found.scalar_one())

    def free_days(self, mode: Mode = Mode.VIDEO) -> dict[date, list[Slot]]:
        """The free times, by the day in Greece."""
        days: dict[date, list[Slot]] = {}
        for slot in find_slots(self.context, self.service_id, mode).slots:
            days.setdefault(local_day(slot.starts_at, ATHENS), []).append(slot)
        return days

    def quiet_times(self, day: int, mode: Mode = Mode.VIDEO) -> list[Slot]:
        """Times at which all desks are free, of a day that has some: 0 is the first such day, -1 the last."""
        days = self.free_days(mode).values()
        most = max(len(slot.desk_ids) for slots in days for slot in slots)
        quiet = [[slot for slot in slots if len(slot.desk_ids) == most] for slots in days]
        return [slots for slots in quiet if len(slots) > 5][day]

    def today(self) -> date:
        """The day in Greece."""
        return local_day(self.context.clock.now(), ATHENS)

    def hold(self, person: Person, slot: Slot, mode: Mode = Mode.VIDEO) -> Hold:
        """Somebody has this time kept."""
        choose_service(self.context, self.principal(person), self.service_id, mode)
        return hold_slot(self.context, self.principal(person), slot.starts_at)

    def fill(self, slot: Slot, mode: Mode = Mode.VIDEO) -> None:
        """Others have the last desks of this time kept."""
        for _ in slot.desk_ids:
            self.hold(a_person("Νίκος Γεωργίου"), slot, mode)

    def book(
        self,
        person: Person,
        slot: Slot | None = None,
        mode: Mode = Mode.VIDEO,
        language: str = "el",
        **words: Any,
    ) -> Booking:
        """A booking, made the way people make one; without a time, on the last day."""
        hold = self.hold(person, slot or self.quiet_times(-1, mode)[0], mode)
        give_details(self.context, self.principal(person), typed(email=person.email, **words))
        pressed = confirmation(hold, declaration=declaration_of(mode, language), language=language)
        return confirm_booking(self.context, self.principal(person), pressed)

    def cancel(self, person: Person, booking: Booking) -> None:
        """It is called off, and its time comes back late."""
        cancel_booking(self.context, self.principal(person), booking.reference)

    def bookings_of(self, person: Person) -> list[BookingRow]:
        """What the database has of this person, holds left out."""
        kinds = (BookingStatus.HELD.value, BookingStatus.EXPIRED.value)
        query = select(BookingRow).where(col(BookingRow.citizen_id) == self.principal(person).id)
        with reading(self.context.db) as tx:
            return list(tx.scalars(query.where(col(BookingRow.status).not_in(kinds)).order_by(col(BookingRow.id))))

    def hold_of(self, person: Person) -> BookingRow | None:
        """The time that is kept for this person."""
        query = select(BookingRow).where(col(BookingRow.citizen_id) == self.principal(person).id)
        with reading(self.context.db) as tx:
            return tx.scalars(query.where(col(BookingRow.status) == BookingStatus.HELD.value)).one_or_none()

    def wait_until_kept(self, person: Person, **typed: str) -> None:
        """Until the draft holds what was typed a moment ago."""
        principal = self.principal(person)
        for _ in range(50):
            kept = open_draft(self.context, principal).typed
            if all(getattr(kept, name) == text for name, text in typed.items()):
                return
            sleep(0.1)
        raise AssertionError(f"not kept: {typed}")

    def end_sessions(self, person: Person) -> None:
        """As if the person had been signed in for too long."""
        citizen_id = self.principal(person).id
        with transaction(self.context.db) as tx:
            tx.execute(delete(SessionRow).where(col(SessionRow.citizen_id) == citizen_id))

    def put_in_the_past(self, booking: Booking) -> None:
        """As if the appointment had been last week."""
        with reading(self.context.db) as tx:
            row = tx.get_one(BookingRow, booking.id)
        now = self.context.clock.now()
        self._change(row, starts_at=now - timedelta(days=7), ends_at=now - timedelta(days=7, minutes=-10))

    def begins_in(self, booking: Booking, minutes: int) -> None:
        """As if the appointment were in so many minutes from now."""
        starts_at = self.context.clock.now() + timedelta(minutes=minutes)
        with reading(self.context.db) as tx:
            row = tx.get_one(BookingRow, booking.id)
        self._change(row, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=10))

    def meeting_of(self, booking: Booking) -> MeetingRow | None:
        """What is kept of the booking's meeting."""
        with reading(self.context.db) as tx:
            return tx.get(MeetingRow, booking.id)

    def principal(self, person: Person) -> Citizen:
        """The person as the services know them, whether they have signed in or not."""
        now, afm_hash = self.context.clock.now(), self.context.seal.afm_hash(Afm.parse(person.afm))
        with transaction(self.context.db) as tx:
            citizen = citizen_by_afm(tx, afm_hash) or add_citizen(
                tx,
                CitizenRow(
                    afm_hash=afm_hash,
                    afm_sealed=self.context.seal.encrypt(person.afm),
                    first_name=upper_greek(person.first_name),
                    last_name=upper_greek(person.last_name),
                    created_at=now,
                    signed_in_at=now,
                ),
            )
            tx.flush()
            return Citizen(citizen.id or 0, citizen.first_name, citizen.last_name, session_id=0)

    def _change(self, row: BookingRow | None, **values: object) -> None:
        assert row is not None
        with transaction(self.context.db) as tx:
            live = tx.get_one(BookingRow, row.id)
            for name, value in values.items():
                setattr(live, name, value)
