"""The demo's living town hall: at any hour, also in the nights of the clock changes, as its tables say."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median, quantiles

import pytest
from sqlalchemy import Engine, select
from sqlmodel import SQLModel, col

from dimoslive.context import AppContext
from dimoslive.db.engine import make_engine, reading, transaction
from dimoslive.db.queries.officials import official_by_afm, rights_of
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import DeskRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.desk import BookingEventRow, CallTaskRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.booking.statuses import CANCELLED, OPEN, BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import NotAnOfficial
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.holidays import is_working_day
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
from dimoslive.seeds.day.settle import LEFT_OPEN
from dimoslive.seeds.demo import HERAKLION, IOANNINA, KAVALA
from dimoslive.seeds.seed import Wish, seed
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import open_session
from tests.support.builders import at
from tests.support.clock import FrozenClock
from tests.support.database import PostgresqlServer, SqliteFiles, context_for
from tests.support.world import rows

S = BookingStatus
TEN = "2026-11-24 10:00"
HOURS = {TEN: 16, "2026-11-24 23:50": 10, "2026-11-24 00:10": 7, "2026-03-29 03:30": 16, "2026-10-25 03:30": 16}
"""And how many of Kavala's sixteen lines lie wholly on the day."""


@dataclass
class Made:
    """A database in which the demo was made at an hour."""

    context: AppContext
    hour: str
    clock: FrozenClock

    @property
    def db(self) -> Engine:
        return self.context.db

    def of_today(self) -> list[BookingRow]:
        """In the order of their starts."""
        today = day_period(local_day(self.clock.now(), ATHENS), ATHENS)
        query = select(BookingRow).where(
            col(BookingRow.starts_at) >= today.starts_at, col(BookingRow.starts_at) < today.ends_at
        )
        with reading(self.db) as tx:
            return list(tx.scalars(query.order_by(col(BookingRow.starts_at), col(BookingRow.id))))

    def named(self, name: str) -> BookingRow:
        [row] = [row for row in self.of_today() if row.person_name == name]
        return row

    def official(self, person: Person) -> Official:
        with reading(self.db) as tx:
            row = official_by_afm(tx, self.context.seal.afm_hash(person.afm))
            assert row is not None
            return Official(
                row.id or 0, row.first_name, row.last_name, rights_of(tx, row.id or 0), row.is_platform_admin
            )

    def seen_by(self, person: Person) -> list[BookingRow]:
        """Of today, without those that were cancelled."""
        scope = bookings_within(self.official(person), Permission.VIEW_DESK)
        with reading(self.db) as tx:
            ids = set(tx.scalars(select(col(BookingRow.id)).where(scope)))
        return [row for row in self.of_today() if row.id in ids and row.status not in CANCELLED]


def make(url: str, hour: str, wish: Wish = Wish.DAY) -> Made:
    clock = FrozenClock(at(hour))
    context = context_for(make_engine(url), clock)
    seed(context, wish, is_production=False)
    return Made(context, hour, clock)


@pytest.fixture(scope="module", params=list(HOURS))
def made(request: pytest.FixtureRequest, sqlite_files: SqliteFiles) -> Iterator[Made]:
    """Made once for all that only look at it."""
    url = sqlite_files.migrated()
    made = make(url, request.param)
    yield made
    made.db.dispose()
    sqlite_files.drop(url)


@pytest.fixture(scope="module")
def at_ten(sqlite_files: SqliteFiles) -> Iterator[Made]:
    """The same, at ten in the morning."""
    url = sqlite_files.migrated()
    made = make(url, TEN)
    yield made
    made.db.dispose()
    sqlite_files.drop(url)


@pytest.fixture
def fresh(sqlite_files: SqliteFiles) -> Iterator[Made]:
    """One that a test may change."""
    url = sqlite_files.migrated()
    made = make(url, TEN)
    yield made
    made.db.dispose()
    sqlite_files.drop(url)


def everything(db: Engine) -> dict[str, list[str]]:
    """All rows of all tables."""
    with reading(db) as tx:
        return {
            name: sorted(repr(tuple(row)) for row in tx.execute(select(table)))
            for name, table in SQLModel.metadata.tables.items()
        }


def assert_claims_are_right(made: Made) -> None:
    """Every open row has its claims, and there are no others; those of days long past a job forgets."""
    kept_from = made.clock.now() - timedelta(days=2)
    first = int(kept_from.timestamp()) // 300
    wanted = [
        (row.desk_id, tick, row.id)
        for row in rows(made.db, BookingRow)
        if row.status in OPEN and row.first_tick >= first
        for tick in range(row.first_tick, row.end_tick)
    ]
    claims = [(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(made.db, ClaimRow) if claim.tick >= first]
    assert sorted(wanted) == sorted(claims)
    assert len({place[:2] for place in wanted}) == len(wanted)


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


def counts(made: Made, municipality_id: int, *services: str) -> Counter[str]:
    with reading(made.db) as tx:
        slugs = {row.id: row.slug for row in tx.scalars(select(ServiceRow))}
    of_today = [row for row in made.of_today() if row.municipality_id == municipality_id]
    found = Counter(row.status for row in of_today if not services or slugs[row.service_id] in services)
    return Counter({status: found[status] for status in (*ORDER, "cancelled_by_citizen") if found[status]})


ORDER = ("served", "no_show", "not_served", "in_service", "waiting", "booked")


def counted(*numbers: int) -> Counter[str]:
    named = zip((*ORDER, "cancelled_by_citizen"), numbers, strict=True)
    return Counter({status: number for status, number in named if number})


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
    shares = {status: sum(row.status == status for row in past) / len(past) for status in S}
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


def test_a_press_of_the_day_can_be_made_and_undone(fresh: Made) -> None:
    official, row = fresh.official(GEORGIOS), fresh.named("Παύλος Λαζαρίδης")
    pressed = press_booking(fresh.context, official, Press.SERVED, SeenBooking(row.reference, S.IN_SERVICE))
    assert undo_press(fresh.context, official, row.reference, pressed.event_id).status is S.IN_SERVICE
    referred = fresh.named("Μιχαήλ Γεωργιάδης")
    last = [event for event in rows(fresh.db, BookingEventRow) if event.booking_id == referred.id][-1]
    assert undo_press(fresh.context, official, referred.reference, last.id or 0).status is S.IN_SERVICE


def test_the_next_day_is_fresh_and_yesterday_is_settled(fresh: Made) -> None:
    yesterday = [row.id for row in fresh.of_today()]
    fresh.clock.set(at("2026-11-25 11:30"))
    assert "a demo day made" in seed(fresh.context, Wish.DAY, is_production=False)
    assert counts(fresh, KAVALA) == counted(4, 2, 1, 1, 2, 5, 1)
    found = {row.id: row for row in rows(fresh.db, BookingRow)}
    left = [found[id_] for id_ in yesterday if found[id_].status in OPEN]
    assert [row.municipality_id for row in left] == [KAVALA] * LEFT_OPEN
    assert_claims_are_right(fresh)
    waiting = [call for call in rows(fresh.db, CallTaskRow) if call.done_at is None]
    assert Counter(call.municipality_id for call in waiting) == {KAVALA: 1, HERAKLION: 1}
    fresh.clock.set(at("2026-11-30 09:00"))
    seed(fresh.context, Wish.DAY, is_production=False)
    assert not [row for row in rows(fresh.db, BookingRow) if row.id in yesterday and row.status in OPEN]
    assert_claims_are_right(fresh)
    days = {local_day(row.starts_at, ATHENS) for row in rows(fresh.db, BookingRow)}
    assert len([day for day in days if day > local_day(fresh.clock.now(), ATHENS) and is_working_day(day)]) >= 10


def test_what_a_person_made_stays(fresh: Made) -> None:
    names = a_booking_of_a_person(fresh)
    before = set(everything(fresh.db)["booking_event"])
    fresh.clock.set(at("2026-11-24 14:00"))
    seed(fresh.context, Wish.ANEW, is_production=False)
    assert [row.person_name for row in rows(fresh.db, BookingRow) if row.reference in names] == ["Κάποιος Άλλος"]
    assert_claims_are_right(fresh)
    assert before != set(everything(fresh.db)["booking_event"])
    assert fresh.named("Παύλος Λαζαρίδης").started_at == at("2026-11-24 13:48")


def a_booking_of_a_person(made: Made) -> set[str]:
    """At a time that the demo would take, made again at two o'clock: the one in service."""
    row = made.named("Παύλος Λαζαρίδης")
    starts_at = at("2026-11-24 14:30")
    columns = row.model_dump(exclude={"id"}) | {
        "reference": "AAAA0001",
        "status": "booked",
        "person_name": "Κάποιος Άλλος",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=10),
        "first_tick": int(starts_at.timestamp()) // 300,
        "end_tick": int(starts_at.timestamp()) // 300 + 2,
    }
    with transaction(made.db) as tx:
        mine = BookingRow(**columns)
        tx.add(mine)
        tx.flush()
        tx.add_all(
            ClaimRow(desk_id=mine.desk_id, tick=tick, booking_id=mine.id or 0)
            for tick in range(mine.first_tick, mine.end_tick)
        )
    return {"AAAA0001"}


def test_the_same_hour_makes_the_same_rows(at_ten: Made, fresh: Made) -> None:
    def said(made: Made) -> Sequence[object]:
        return [(r.reference, r.desk_id, r.person_name, r.starts_at, r.status) for r in rows(made.db, BookingRow)]

    assert said(at_ten) == said(fresh)


def test_an_empty_town_has_officials_and_no_booking(sqlite_db: Engine) -> None:
    clock = FrozenClock(at(TEN))
    seed(context_for(sqlite_db, clock), Wish.TOWN, is_production=False)
    assert not rows(sqlite_db, BookingRow)
    assert len(rows(sqlite_db, OfficialRow)) == 12


@pytest.mark.parametrize("wish", list(Wish))
def test_production_gets_the_municipalities_alone(sqlite_db: Engine, wish: Wish) -> None:
    seed(context_for(sqlite_db, FrozenClock(at(TEN))), wish, is_production=True)
    filled = {name for name, found in everything(sqlite_db).items() if found}
    assert filled == {"municipality"}
    assert not any(row.joined_at for row in rows(sqlite_db, MunicipalityRow))


@pytest.mark.slow
def test_it_is_the_same_on_postgresql(postgresql_server: PostgresqlServer) -> None:
    url = postgresql_server.migrated()
    made = make(url, TEN)
    try:
        assert counts(made, KAVALA) == counted(4, 2, 1, 1, 2, 5, 1)
        assert_claims_are_right(made)
        made.clock.set(at("2026-11-25 11:30"))
        seed(made.context, Wish.ANEW, is_production=False)
        assert counts(made, KAVALA) == counted(4, 2, 1, 1, 2, 5, 1)
        assert_claims_are_right(made)
    finally:
        made.db.dispose()
        postgresql_server.drop(url)
