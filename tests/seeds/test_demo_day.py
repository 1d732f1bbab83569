"""The demo's living town hall: at any hour, also in the nights of the clock changes, as its tables say."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median, quantiles

import pytest
from sqlalchemy import select
from sqlmodel import col

from dimoslive.db.engine import reading
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.capacity import CapacityDayRow
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, ServiceRow
from dimoslive.db.tables.desk import BookingEventRow, CallTaskRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.db.tables.search_tally import SearchTallyRow
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.errors import NotAnOfficial
from dimoslive.domain.scheduling.local_time import ATHENS, day_period, local_day
from dimoslive.integrations.identity.persons import (
    ANNA,
    ARGYRO,
    ATHANASIA,
    CHRISTINA,
    DESPOINA,
    EMMANOUIL,
    GEORGIOS,
    IOANNIS,
    MARIA,
    OFFICIALS,
    PETROS,
    SPYRIDON,
    VASILIKI,
    Person,
)
from dimoslive.seeds.demo import HERAKLION, IOANNINA, KAVALA
from dimoslive.seeds.seed import Wish, seed
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import open_session
from tests.seeds.demo_day import (
    HOURS,
    TEN,
    Made,
    S,
    assert_claims_are_right,
    counted,
    counts,
    everything,
    make,
)
from tests.support.builders import at
from tests.support.database import SqliteFiles
from tests.support.world import rows


def test_every_open_booking_has_its_claims_and_no_tick_has_two(made: Made) -> None:
    assert_claims_are_right(made)


def test_the_day_has_what_lies_wholly_on_it(made: Made) -> None:
    assert len([row for row in made.of_today() if row.municipality_id == KAVALA]) == HOURS[made.hour]
    today = day_period(local_day(made.clock.now(), ATHENS), ATHENS)
    for row in made.of_today():
        assert row.ends_at <= today.ends_at
        assert row.arrived_at is None or row.arrived_at >= today.starts_at


def test_each_desk_keeps_its_order(made: Made) -> None:
    rank = {S.IN_SERVICE: 1, S.WAITING: 2, S.BOOKED: 3}
    desks: dict[int, list[BookingRow]] = {}
    for row in made.of_today():
        if row.status not in CANCELLED:
            desks.setdefault(row.desk_id, []).append(row)
    assert desks
    for at_desk in desks.values():
        for one, next_one in itertools.pairwise(at_desk):
            assert one.ends_at <= next_one.starts_at
            assert rank.get(S(one.status), 0) <= rank.get(S(next_one.status), 0)
            if one.ended_at and one.started_at and next_one.started_at:
                assert one.ended_at <= next_one.started_at


def test_nobody_was_served_who_is_still_to_come_and_nothing_happens_after_now(made: Made) -> None:
    now = made.clock.now()
    for row in rows(made.db, BookingRow):
        happened = [row.booked_at, row.arrived_at, row.started_at, row.ended_at, row.cancelled_at]
        assert all(instant <= now for instant in happened if instant)
        assert (row.started_at is not None) <= (row.served_by is not None)
    assert all(event.at <= now for event in rows(made.db, BookingEventRow))


def test_what_lies_outside_the_hours_says_so(made: Made) -> None:
    """In the night and on a Sunday all of today's; on the other days nothing."""
    is_night = made.hour != TEN
    for row in made.of_today():
        if is_night:
            assert row.is_outside_hours
            assert "Επίδειξη" in row.staff_reason
    last = made.of_today()[-1].ends_at
    ahead = [row for row in rows(made.db, BookingRow) if row.starts_at > last]
    assert len(ahead) > 500
    assert not any(row.is_outside_hours for row in ahead)


def test_a_second_run_on_the_same_day_changes_nothing(made: Made) -> None:
    before = everything(made.db)
    seed(made.context, Wish.DAY, is_production=False)
    assert everything(made.db) == before


def test_nobody_can_be_reached(made: Made) -> None:
    found = rows(made.db, BookingRow)
    assert len({row.email for row in found}) > 300
    assert all(row.email == "" or row.email.endswith("@example.com") for row in found)
    assert all(re.fullmatch(r"(\+3021000000\d\d)?", row.phone) for row in found)


def test_all_mails_of_the_past_were_sent_and_nothing_waits_to_leave(made: Made) -> None:
    mails = rows(made.db, DeliveryRow)
    assert len(mails) > 500
    assert all(mail.done_at for mail in mails)
    assert 1 <= len([mail for mail in mails if mail.failed_at]) <= 2


def test_counts_are_those_of_the_tables(at_ten: Made) -> None:
    assert counts(at_ten, KAVALA) == counted(4, 2, 1, 1, 2, 5, 1)
    assert counts(at_ten, HERAKLION, "certificates", "transfer", "registry") == counted(11, 2, 1, 2, 2, 8, 2)
    assert counts(at_ten, HERAKLION, "debts") == counted(6, 1, 0, 1, 1, 7, 1)
    assert counts(at_ten, HERAKLION, "building") == counted(2, 0, 0, 0, 0, 2, 0)
    assert counts(at_ten, IOANNINA, "benefits") == counted(3, 1, 1, 1, 0, 2, 1)
    assert counts(at_ten, IOANNINA, "nursery") == counted(2, 0, 0, 0, 1, 2, 0)
    assert counts(at_ten, IOANNINA, "cleansing") == counted(2, 1, 0, 0, 0, 2, 0)
    assert counts(at_ten, IOANNINA, "marriage") == counted(1, 0, 0, 0, 0, 1, 0)


def test_who_is_told_of_stands_where_the_table_says(at_ten: Made) -> None:
    lanes = {row.id for row in rows(at_ten.db, DeskRow) if row.overflow_of}
    savvidis = at_ten.named("Κώστας Σαββίδης")
    assert (savvidis.desk_id in lanes, savvidis.staff_reason) == (True, "Επείγον, λήγει αύριο")
    assert at_ten.named("Παύλος Λαζαρίδης").started_at == at("2026-11-24 09:48")
    assert at_ten.named("Ειρήνη Κοσμίδου").help_needed == "αναπηρικό αμαξίδιο"
    assert at_ten.named("Όλγα Ρήγα").first_starts_at == at("2026-11-23 11:00")
    assert at_ten.named("Ανδρέας Μελάς").cancelled_at == at("2026-11-24 09:56")
    assert at_ten.named("Ελένη Παπαδοπούλου").citizen_id is not None
    assert len([row for row in at_ten.of_today() if row.help_needed == "νοηματική γλώσσα"]) == 2
    assert len([row for row in at_ten.of_today() if row.mode == "phone"]) == 5


def test_who_must_be_phoned_is_on_the_list(at_ten: Made) -> None:
    calls = Counter((call.municipality_id, call.kind, call.attempts) for call in rows(at_ten.db, CallTaskRow))
    assert calls == {(KAVALA, "moved", 1): 1, (KAVALA, "not_delivered", 0): 1, (HERAKLION, "not_delivered", 0): 1}


@pytest.mark.parametrize(
    ("person", "in_kavala", "in_heraklion", "in_ioannina"),
    [
        (GEORGIOS, 15, 0, 0),
        (ATHANASIA, 15, 0, 0),
        (MARIA, 15, 26, 20),
        (EMMANOUIL, 0, 46, 0),
        (DESPOINA, 0, 16, 0),
        (ARGYRO, 0, 16, 0),
        (IOANNIS, 0, 16, 0),
        (SPYRIDON, 0, 0, 20),
        (VASILIKI, 0, 0, 13),
        (CHRISTINA, 0, 0, 0),
        (ANNA, 0, 0, 0),
    ],
    ids=lambda value: value.key if isinstance(value, Person) else "",
)
def test_each_official_signs_in_and_sees_what_is_theirs(
    at_ten: Made, person: Person, in_kavala: int, in_heraklion: int, in_ioannina: int
) -> None:
    assert open_session(at_ten.context, STAFF, person.identity, "")
    seen = Counter(row.municipality_id for row in at_ten.seen_by(person))
    assert (seen[KAVALA], seen[HERAKLION], seen[IOANNINA]) == (in_kavala, in_heraklion, in_ioannina)


def test_whose_rights_ended_is_known_and_refused(at_ten: Made) -> None:
    with pytest.raises(NotAnOfficial):
        open_session(at_ten.context, STAFF, PETROS.identity, "")
    served = {row.served_by for row in rows(at_ten.db, BookingRow)}
    assert at_ten.official(PETROS).id in served
    assert len({person.key for person in OFFICIALS}) == 12


def test_days_ahead_are_booked_to_their_share(at_ten: Made) -> None:
    days: dict[int, Counter[object]] = {}
    for row in rows(at_ten.db, BookingRow):
        if row.starts_at > at("2026-11-25 00:00") and row.status not in CANCELLED:
            days.setdefault(row.municipality_id, Counter())[local_day(row.starts_at, ATHENS)] += 1
    # Twenty-six places, and on the second day fourteen, because it ends at noon.
    assert [days[KAVALA][day] for day in sorted(days[KAVALA], key=str)][:4] == [15, 8, 15, 15]
    heraklion = [days[HERAKLION][day] for day in sorted(days[HERAKLION], key=str)]
    assert min(heraklion[:2]) > max(heraklion[4:])
    assert len(days[IOANNINA]) == 10


def test_past_weeks_are_there_for_figures_and_name_nobody_after_thirty_days(at_ten: Made) -> None:
    past = [row for row in rows(at_ten.db, BookingRow) if row.starts_at < at("2026-11-24 00:00")]
    found = Counter(row.municipality_id for row in past)
    assert 630 < found[KAVALA] < 770
    assert 2250 < found[HERAKLION] < 2750
    assert 990 < found[IOANNINA] < 1210
    for row in past:
        is_old = row.ends_at < at_ten.clock.now() - timedelta(days=30)
        assert (row.erased_at is not None) == is_old
        assert not (is_old and (row.person_name or row.name_key or row.email or row.phone or row.subject))
    due = [row for row in past if row.status not in CANCELLED]
    shares = {status: sum(row.status == status for row in due) / len(due) for status in S}
    assert shares[S.NO_SHOW] == pytest.approx(0.09, abs=0.005)
    assert shares[S.NOT_SERVED] == pytest.approx(0.04, abs=0.005)
    assert shares[S.BOOKED] == pytest.approx(0.02, abs=0.005)
    waits = [
        (row.started_at - max(row.arrived_at, row.starts_at)).total_seconds() / 60
        for row in past
        if row.started_at and row.arrived_at
    ]
    assert median(waits) == pytest.approx(3, abs=1)
    assert quantiles(waits, n=10)[-1] == pytest.approx(14, abs=4)


def test_past_weeks_have_cancellations_moves_and_all_sources(at_ten: Made) -> None:
    past = [row for row in rows(at_ten.db, BookingRow) if row.starts_at < at("2026-11-24 00:00")]
    gone = [row for row in past if row.status in CANCELLED]
    assert len(gone) / len(past) == pytest.approx(0.07, abs=0.02)
    assert {row.status for row in gone} == {S.CANCELLED_BY_CITIZEN, S.CANCELLED_BY_MUNICIPALITY}
    assert all(row.booked_at and row.cancelled_at and row.booked_at < row.cancelled_at < row.starts_at for row in gone)
    moved = {event.booking_id for event in rows(at_ten.db, BookingEventRow) if event.action == "moved"}
    of_past = [row for row in past if row.id in moved]
    assert len(of_past) / len(past) == pytest.approx(0.08, abs=0.02)
    assert {row.source for row in past} == {"citizen", "phone", "counter"}


def test_past_weeks_have_open_minutes_and_searches_every_day(at_ten: Made) -> None:
    capacity = rows(at_ten.db, CapacityDayRow)
    days = {row.day for row in capacity}
    assert (min(days), max(days), len(days)) == (date(2026, 9, 1), date(2026, 11, 23), 84)
    assert {row.municipality_id for row in capacity} == {KAVALA, HERAKLION, IOANNINA}
    assert {row.open_minutes for row in capacity if row.municipality_id == KAVALA} == {0, 390}
    searches = rows(at_ten.db, SearchTallyRow)
    assert {row.day for row in searches} == days
    of_heraklion = [row for row in searches if row.service_id in services_of(at_ten, HERAKLION)]
    found = Counter[str]()
    for row in of_heraklion:
        found[row.kind] += row.searches
    assert 0.08 < found["none"] / found["all"] < 0.16


def services_of(made: Made, municipality_id: int) -> set[int]:
    query = select(col(ServiceRow.id)).join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
    with reading(made.db) as tx:
        return set(tx.scalars(query.where(col(DepartmentRow.municipality_id) == municipality_id)))


def test_the_same_hour_makes_the_same_rows(at_ten: Made, sqlite_files: SqliteFiles) -> None:
    def said(made: Made) -> Sequence[object]:
        return [(r.reference, r.desk_id, r.person_name, r.starts_at, r.status) for r in rows(made.db, BookingRow)]

    url = sqlite_files.migrated()
    again = make(url, TEN)
    assert said(at_ten) == said(again)
    again.db.dispose()
    sqlite_files.drop(url)
