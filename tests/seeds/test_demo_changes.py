"""What the demo changed, planned and set up: in the states in which its tables say it stands."""

import itertools
from collections import Counter
from datetime import datetime, timedelta

from sqlmodel import SQLModel

from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.plans import items_of
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import (
    AbsenceDeskRow,
    AbsenceRow,
    ClosureRow,
    DepartmentRow,
    DeskRow,
    MunicipalityRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.desk import AuditEventRow, CallTaskRow
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.db.tables.settings import DeclarationSupplementRow, FrameOriginRow
from dimoslive.domain.booking.statuses import OPEN
from dimoslive.domain.scheduling.local_time import ATHENS, local_day, to_local
from dimoslive.integrations.identity.persons import (
    ANNA,
    ARGYRO,
    ATHANASIA,
    DESPOINA,
    EMMANOUIL,
    GEORGIOS,
    MARIA,
    SPYRIDON,
    Person,
)
from dimoslive.seeds.day.arrangements import PATRON
from dimoslive.seeds.day.set_up import ACCENT, ORIGIN, SUGGESTED
from dimoslive.seeds.demo import HERAKLION, IOANNINA, KAVALA
from dimoslive.seeds.seed import Wish, seed
from dimoslive.services.desk.find_outlook import find_first_free_day
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.plans.list_plans import count_open_plans
from tests.seeds.demo_day import Made, S, assert_claims_are_right, everything
from tests.support.builders import at
from tests.support.world import rows

DRAMA = 9002


def the_plan(made: Made, municipality_id: int) -> PlanRow:
    [plan] = [plan for plan in rows(made.db, PlanRow) if plan.municipality_id == municipality_id]
    return plan


def decided(made: Made, plan: PlanRow) -> Counter[tuple[str, str]]:
    with reading(made.db) as tx:
        return Counter((item.state, item.decision) for item in items_of(tx, plan.id or 0))


def booking_of(made: Made, item: PlanItemRow) -> BookingRow:
    return next(row for row in rows(made.db, BookingRow) if row.id == item.booking_id)


def test_the_maintenance_is_open_until_somebody_is_reached(made: Made) -> None:
    plan = the_plan(made, KAVALA)
    assert (plan.state, plan.kind) == ("open", "closure")
    assert decided(made, plan) == {("done", "move"): 3, ("done", "cancel"): 2}
    with reading(made.db) as tx:
        items = items_of(tx, plan.id or 0)
    assert Counter(item.contact for item in items) == {"email": 4, "phone": 1}
    assert all(item.event_id for item in items if item.contact == "email")
    [by_phone] = [item for item in items if item.contact == "phone"]
    assert booking_of(made, by_phone).person_name == "Θωμάς Παππάς"
    [call] = [call for call in rows(made.db, CallTaskRow) if call.id == by_phone.call_id]
    assert (call.attempts, call.done_at) == (1, None)


def test_one_of_the_absence_is_handed_over_and_two_wait_for_a_decision(made: Made) -> None:
    plan = the_plan(made, HERAKLION)
    assert (plan.state, plan.kind) == ("open", "absence")
    assert decided(made, plan) == {("done", "move"): 1, ("undecided", ""): 2}
    with reading(made.db) as tx:
        [done, *undecided] = items_of(tx, plan.id or 0)
    handed_over = booking_of(made, done)
    assert handed_over.starts_at == done.was_starts_at
    assert handed_over.desk_id != done.was_desk_id
    assert all(item.proposed_starts_at for item in undecided)
    assert all(booking_of(made, item).desk_id == done.was_desk_id for item in undecided)


def test_the_training_is_over_with(made: Made) -> None:
    plan = the_plan(made, IOANNINA)
    assert (plan.state, decided(made, plan)) == ("finished", {("done", "move"): 1})
    assert plan.closed_at


def test_who_must_decide_is_told_and_nobody_else(made: Made) -> None:
    counted = {}
    with reading(made.db) as tx:
        for person, municipality_id in (
            *((person, KAVALA) for person in (ATHANASIA, MARIA, GEORGIOS)),
            *((person, HERAKLION) for person in (DESPOINA, ARGYRO)),
            (SPYRIDON, IOANNINA),
        ):
            counted[person.key, municipality_id] = count_open_plans(tx, made.official(person), municipality_id)
    assert {who for who, number in counted.items() if number} == {
        ("athanasia", KAVALA),
        ("maria", KAVALA),
        ("despoina", HERAKLION),
    }


def test_what_hits_nobody_has_nobody(made: Made) -> None:
    """The long absence, the hours of one date, and all that is closed."""
    now = made.clock.now()
    desks = {row.desk_id: row.absence_id for row in rows(made.db, AbsenceDeskRow)}
    absences = {row.id: row for row in rows(made.db, AbsenceRow)}
    [dated] = [row for row in rows(made.db, OpeningHoursRow) if row.on_date]
    assert (str(dated.opens), str(dated.closes)) == ("08:30:00", "12:00:00")
    closures = [row for row in rows(made.db, ClosureRow) if row.is_active]
    departments = {row.id: row.department_id for row in rows(made.db, ServiceRow)}
    undecided = {item.booking_id for item in rows(made.db, PlanItemRow) if item.state == "undecided"}
    ahead = [
        row
        for row in rows(made.db, BookingRow)
        if row.status in OPEN and local_day(row.starts_at, ATHENS) > local_day(now, ATHENS)
    ]
    hit = set()
    for row in ahead:
        away = absences.get(desks.get(row.desk_id))
        if away and away.starts_at < row.ends_at and away.ends_at > row.starts_at:
            hit.add(row.id)
        is_of_day = row.municipality_id == KAVALA and local_day(row.starts_at, ATHENS) == dated.on_date
        assert not is_of_day or local_hour(row.ends_at) <= "12:00"
        assert not any(
            closure.municipality_id == row.municipality_id
            and closure.department_id in {None, departments[row.service_id]}
            and closure.starts_at < row.ends_at
            and closure.ends_at > row.starts_at
            for closure in closures
        )
    assert hit == undecided


def local_hour(instant: datetime) -> str:
    return f"{to_local(instant, ATHENS):%H:%M}"


def test_closures_are_active_but_for_kavalas_suggestions(at_ten: Made) -> None:
    found = Counter((row.municipality_id, row.is_active) for row in rows(at_ten.db, ClosureRow))
    assert found == {(KAVALA, False): 2, (KAVALA, True): 1, (HERAKLION, True): 1, (IOANNINA, True): 1}
    [patron] = [row for row in rows(at_ten.db, ClosureRow) if row.reason_el == PATRON]
    assert patron.starts_at == at("2026-11-11 00:00")


def test_each_town_has_its_first_free_time_as_soon_as_told(at_ten: Made) -> None:
    today = local_day(at_ten.clock.now(), ATHENS)

    def days(person: Person, slug: str) -> int:
        official = at_ten.official(person)
        first = find_first_free_day(at_ten.context, find_workplace(at_ten.context, official, slug))
        assert first is not None
        return (first - today).days

    assert days(MARIA, "kavala") <= 1
    assert days(SPYRIDON, "ioannina") <= 1
    assert 2 <= days(EMMANOUIL, "heraklion") <= 3


def test_the_set_up_has_what_there_is_to_look_at(made: Made) -> None:
    town = {row.id: row for row in rows(made.db, MunicipalityRow)}
    assert town[KAVALA].accent_color == ACCENT
    assert [(row.municipality_id, row.origin) for row in rows(made.db, FrameOriginRow)] == [(KAVALA, ORIGIN)]
    supplements = rows(made.db, DeclarationSupplementRow)
    assert [(row.municipality_id, row.number) for row in supplements] == [(KAVALA, 1), (KAVALA, 2)]
    assert all(row.published_at and row.published_at < made.clock.now() and row.text_hash for row in supplements)
    services = rows(made.db, ServiceRow)
    assert tuple(row.slug for row in services if row.is_name_en_suggested) == SUGGESTED
    assert [row.slug for row in services if row.staff_reserve] == ["certificates"]
    [paused] = [row for row in services if row.paused_at]
    assert (paused.slug, paused.pause_message_el) == ("cleansing", "Λόγω βλάβης τηλεφωνικού κέντρου")


def test_drama_is_as_far_as_three_days_go(made: Made) -> None:
    """Contact, departments and services are there; desks serve half of these; nothing has hours, nobody can book."""
    [drama] = [row for row in rows(made.db, MunicipalityRow) if row.id == DRAMA]
    assert drama.joined_at is None
    assert drama.enrolled_at
    assert timedelta(days=2) < made.clock.now() - drama.enrolled_at < timedelta(days=4)
    assert all((drama.address_el, drama.address_en, drama.phone, drama.email))
    departments = {row.id for row in rows(made.db, DepartmentRow) if row.municipality_id == DRAMA}
    services = {row.id for row in rows(made.db, ServiceRow) if row.department_id in departments}
    assert (len(departments), len(services)) == (2, 4)
    served = {row.service_id for row in rows(made.db, ServiceDeskRow)} & services
    assert len(served) == 2
    assert not any(row.service_id in services for row in rows(made.db, OpeningHoursRow))
    assert {right.municipality_id for right in made.official(ANNA).rights} == {DRAMA}


def test_the_history_tells_of_two_weeks_in_their_order(made: Made) -> None:
    lines = rows(made.db, AuditEventRow)
    assert 40 <= len(lines) <= 55
    assert all(one.at <= next_one.at for one, next_one in itertools.pairwise(lines))
    now = made.clock.now()
    assert timedelta(days=12) < now - lines[0].at < timedelta(days=20)
    assert lines[-1].at <= now
    actions = {line.action for line in lines}
    assert actions >= {"official.entered", "official.ended", "bookings.exported", "service.paused", "plan_applied"}
    assert any("friday" in line.after for line in lines)
    # Whose right ended stands in no other table by name.
    [ended] = [line for line in lines if line.action == "official.ended"]
    assert '"last_name": "ΓΕΩΡΓΙΟΥ"' in ended.before


def test_made_anew_there_is_as_much_as_before(fresh: Made) -> None:
    def counts() -> dict[str, int]:
        counted = {name: len(found) for name, found in everything(fresh.db).items()}
        return {name: counted[name] for name in (str(table.__tablename__) for table in MADE_ANEW)}

    before = counts()
    seed(fresh.context, Wish.ANEW, is_production=False)
    after = counts()
    # What was set up stays, and so do its lines.
    assert after == before
    assert_claims_are_right(fresh)


MADE_ANEW: tuple[type[SQLModel], ...] = (
    PlanRow, PlanItemRow, ClosureRow, AbsenceRow, OpeningHoursRow, DeskRow, ServiceRow, DeclarationSupplementRow,
    CallTaskRow, AuditEventRow,
)  # fmt: skip


def test_a_persons_booking_stays_where_a_plan_would_move_it(fresh: Made) -> None:
    """Two are at the second desk when the demo, made anew, closes: nobody asked them."""
    [closure] = [row for row in rows(fresh.db, ClosureRow) if row.reason_el == "Συντήρηση κτιρίου"]
    model = fresh.named("Ηλίας Τσακίρης")
    starts_at = closure.starts_at + timedelta(minutes=10)
    first = int(starts_at.timestamp()) // 300
    columns = model.model_dump(exclude={"id"}) | {
        "reference": "AAAA0002",
        "status": S.BOOKED.value,
        "person_name": "Κάποιος Άλλος",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=10),
        "first_tick": first,
        "end_tick": first + 2,
    }
    with transaction(fresh.db) as tx:
        row = BookingRow(**columns)
        tx.add(row)
        tx.flush()
        tx.add_all(ClaimRow(desk_id=row.desk_id, tick=tick, booking_id=row.id or 0) for tick in (first, first + 1))
    seed(fresh.context, Wish.ANEW, is_production=False)
    [kept] = [row for row in rows(fresh.db, BookingRow) if row.reference == "AAAA0002"]
    assert (kept.starts_at, kept.status, kept.version) == (starts_at, S.BOOKED, 1)
    assert decided(fresh, the_plan(fresh, KAVALA))["done", "keep"] == 1


def test_the_next_day_old_plans_ask_for_nothing(fresh: Made) -> None:
    fresh.clock.set(at("2026-11-26 09:30"))
    seed(fresh.context, Wish.DAY, is_production=False)
    plans = [plan for plan in rows(fresh.db, PlanRow) if plan.municipality_id == HERAKLION]
    waiting = Counter(item.plan_id for item in rows(fresh.db, PlanItemRow) if item.state == "undecided")
    assert waiting == {plans[-1].id: 2}
    assert len(plans) == 2
    assert_claims_are_right(fresh)
