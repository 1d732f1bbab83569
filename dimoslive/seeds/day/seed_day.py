"""The living town hall: today as it goes on at this hour, the days ahead, and at first the weeks behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.crypto import Seal
from dimoslive.db.queries.people import add_citizen, citizen_by_afm
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.local_time import ATHENS, day_period, local_day, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK_SECONDS
from dimoslive.integrations.identity.persons import ELENI, NIKOLAOS, Person
from dimoslive.seeds.day.ahead import SHARES, days_ahead, plan_day, working_days_from
from dimoslive.seeds.day.arrangements import Arranged, Arranger
from dimoslive.seeds.day.counts import count_searches_past, remember_capacity_past
from dimoslive.seeds.day.forget import FILLED, TODAY, first_marked, forget_all, forget_untouched, is_marked, mark_day
from dimoslive.seeds.day.history import steps_of_history, tell
from dimoslive.seeds.day.hit import plan_hit
from dimoslive.seeds.day.kavala import plan_kavala
from dimoslive.seeds.day.names import chance, somebody
from dimoslive.seeds.day.others import plan_others
from dimoslive.seeds.day.past import WEEKS, past_days, plan_past
from dimoslive.seeds.day.plan import Place, Plan
from dimoslive.seeds.day.set_up import steps_of_set_up
from dimoslive.seeds.day.settle import settle_days_past
from dimoslive.seeds.day.town import Town, load_officials, load_town
from dimoslive.seeds.day.waiting import make_waiting
from dimoslive.seeds.day.write import taken_from, write_plan

SLUGS = ("kavala", "heraklion", "ioannina")
_BOOKS_FOR_OTHERS = {"kavala": "athanasia", "heraklion": "argyro", "ioannina": "vasiliki"}
_SERVED_BEFORE = {
    "kavala": ("georgios", "athanasia", "petros"),
    "heraklion": ("maria", "argyro", "ioannis", "emmanouil"),
    "ioannina": ("vasiliki", "spyridon"),
}
_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class DayMade:
    """The instant for which it was made, and which changes plans are still to make."""

    now: datetime
    planned: Mapping[str, Arranged]


def seed_day(tx: Session, now: datetime, seal: Seal) -> DayMade | None:
    """Make today and what days ahead are not made yet; none, and nothing is changed, if today was made already."""
    now = datetime.fromtimestamp(now.timestamp() // TICK_SECONDS * TICK_SECONDS, UTC)
    today = local_day(now, ATHENS)
    if is_marked(tx, TODAY, today):
        return None
    midnights = day_period(today, ATHENS)
    is_first = first_marked(tx) is None
    kavala = tx.scalars(select(MunicipalityRow).where(col(MunicipalityRow.slug) == "kavala")).one()
    settle_days_past(tx, midnights.starts_at, now, kavala.id)
    forget_untouched(tx, midnights.starts_at, midnights.ends_at)
    officials = load_officials(tx, seal)
    tell([*steps_of_set_up(tx, now, officials), *(steps_of_history(tx, now, officials) if is_first else ())])
    arranger = Arranger(tx, now, _towns(tx, now), officials)
    arranger.arrange()
    # Once more: what was arranged decides what is free.
    towns = arranger.towns = _towns(tx, now)
    plan = Plan(now, taken_from(tx, midnights.starts_at), kept=arranger.kept())
    citizens = {person.key: _citizen(tx, seal, person, now) for person in (ELENI, NIKOLAOS)}
    plan_kavala(tx, plan, towns["kavala"], officials, citizens)
    for slug in SLUGS[1:]:
        plan_others(tx, plan, towns[slug], officials)
    plan_hit(plan, arranger)
    if is_first:
        _plan_citizens_ahead(plan, towns["heraklion"], citizens)
    _plan_days_ahead(tx, plan, towns, officials)
    if is_first:
        for slug in SLUGS:
            served = [officials[key] for key in _SERVED_BEFORE[slug] if key in officials]
            plan_past(plan, towns[slug], served)
        mark_day(tx, FILLED, past_days(now, ATHENS)[-1])
        remember_capacity_past(tx, towns.values(), now)
    count_searches_past(tx, towns.values(), now)
    write_plan(tx, plan)
    make_waiting(tx, towns["heraklion"], citizens[NIKOLAOS.key], now)
    mark_day(tx, TODAY, today)
    return DayMade(now, arranger.planned)


def seed_day_anew(tx: Session, now: datetime, seal: Seal) -> DayMade | None:
    """Remove all that the demo made, and make it for this hour."""
    forget_all(tx)
    return seed_day(tx, now, seal)


def _towns(tx: Session, now: datetime) -> dict[str, Town]:
    window = Period(now - timedelta(weeks=WEEKS, days=1), now + _AHEAD)
    return {slug: load_town(tx, slug, window, now) for slug in SLUGS}


def _citizen(tx: Session, seal: Seal, person: Person, now: datetime) -> int:
    """Somebody who can sign in at the simulator, whether they have or not."""
    identity = person.identity
    hashed = seal.afm_hash(identity.afm)
    row = citizen_by_afm(tx, hashed)
    if row is None:
        sealed = seal.encrypt(identity.afm.digits)
        row = add_citizen(
            tx,
            CitizenRow(
                afm_hash=hashed, afm_sealed=sealed, first_name=identity.first_name, last_name=identity.last_name,
                created_at=now, signed_in_at=now,
            ),
        )  # fmt: skip
        tx.flush()
    return row.id or 0


def _plan_citizens_ahead(plan: Plan, heraklion: Town, citizens: dict[str, int]) -> None:
    """Eleni and Nikolaos have each a booking next week; a service takes one of a citizen, so hers is not in Kavala.

    His is three working days after hers: also at a weekend it is far enough away to wait for an earlier time.
    """
    offer = heraklion.offers.get("transfer")
    if offer is None:
        return
    rng = chance("citizens", plan.now)
    today = local_day(plan.now, ATHENS)
    days = [*islice(working_days_from(today + timedelta(days=7 - today.weekday())), 4)]
    for number, (person, name) in enumerate(((ELENI, "Ελένη Παπαδοπούλου"), (NIKOLAOS, "Νικόλαος Καραγιάννης"))):
        place = Place(offer, offer.desks[0], to_instant(days[3 * number], time(10 + number), ATHENS))
        plan.add(
            rng, place, Mode.IN_PERSON, BookingStatus.BOOKED, somebody(name, 11 + 19 * number),
            citizen_id=citizens[person.key],
        )  # fmt: skip


def _plan_days_ahead(tx: Session, plan: Plan, towns: dict[str, Town], officials: dict[str, int]) -> None:
    for number, day in enumerate(days_ahead(plan.now, ATHENS)):
        if is_marked(tx, FILLED, day):
            continue
        for slug in SLUGS:
            plan_day(plan, towns[slug], day, SHARES[slug][number], officials.get(_BOOKS_FOR_OTHERS[slug]))
        mark_day(tx, FILLED, day)
