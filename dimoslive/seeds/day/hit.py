"""Those whom the demo's plans hit, as they stand before; and one whose mail bounced."""

from datetime import datetime, time, timedelta

from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.local_time import ATHENS, local_day, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.seeds.day.ahead import working_days_from
from dimoslive.seeds.day.arrangements import Arranged, Arranger
from dimoslive.seeds.day.kavala import SERVICE
from dimoslive.seeds.day.names import chance, somebody
from dimoslive.seeds.day.plan import Place, Plan, Planned

_BOOKED = BookingStatus.BOOKED
_BEFORE = timedelta(days=9)
"""So long ago they booked: before anybody thought of the change."""
BOOKED_LATE = timedelta(minutes=40)
"""So long ago the last two booked whom the absence hits: when it had been looked at, and was not applied yet."""


def plan_hit(plan: Plan, arranger: Arranger) -> None:
    """Plan them, and the one whose mail bounced, who is made with the first of these plans."""
    planned = arranger.planned
    if "maintenance" in planned:
        _plan_maintenance(plan, planned["maintenance"])
        _plan_bounced(plan, arranger)
    if "training" in planned:
        _plan_training(plan, planned["training"])
    if "absence" in planned:
        _plan_absence(plan, planned["absence"])


def plan_late(plan: Plan, absence: Arranged) -> None:
    """Two who booked the second desk's times while its absence was being prepared: somebody has to decide."""
    _at_desk(plan, absence, 1, ("Χαρίκλεια Βογιατζή", "Ζαχαρίας Ξυλούρης"), plan.now - BOOKED_LATE, phone=28)


def _plan_absence(plan: Plan, absence: Arranged) -> None:
    """One, who fits the first desk at the same time."""
    _at_desk(plan, absence, 0, ("Μανόλης Κριτσωτάκης",), plan.now - _BEFORE, phone=27)


def _at_desk(
    plan: Plan, absence: Arranged, first_place: int, names: tuple[str, ...], booked_at: datetime, phone: int
) -> None:
    first, offer = absence.first_start(), absence.offer
    if first is None:
        return
    rng, step = chance("absence", absence.period, *names), timedelta(minutes=offer.calendar.rules.step_minutes)
    for number, name in enumerate(names):
        place = Place(offer, offer.desks[1], first + step * (first_place + number))
        _booked(plan.add(rng, place, Mode.IN_PERSON, _BOOKED, somebody(name, phone + number)), booked_at)


def _plan_maintenance(plan: Plan, closure: Arranged) -> None:
    """Five are hit, the last of whom has no address."""
    rng, offer = chance("maintenance", closure.period), closure.offer
    people = ("Στέλιος Καραμανλής", "Ευτυχία Δούκα", "Τηλέμαχος Ρούσσος", "Ουρανία Βέργου", "Θωμάς Παππάς")
    for number, name in enumerate(people):
        place = Place(offer, offer.desks[0], closure.period.starts_at + timedelta(minutes=30 * number))
        has_email = number < len(people) - 1
        words = {} if has_email else {"source": BookingSource.PHONE.value, "made_by": closure.official_id}
        person = somebody(name, 20 + number, has_email=has_email)
        _booked(plan.add(rng, place, Mode.IN_PERSON, _BOOKED, person, **words), plan.now - _BEFORE)


def _plan_training(plan: Plan, closure: Arranged) -> None:
    """One wedding's papers."""
    day, offer = local_day(closure.period.starts_at, ATHENS), closure.offer
    place = Place(offer, offer.desks[0], to_instant(day, time(10), ATHENS))
    person = somebody("Λουκία Τάτση", 26)
    _booked(plan.add(chance("training", day), place, Mode.IN_PERSON, _BOOKED, person), plan.now - _BEFORE)


def _plan_bounced(plan: Plan, arranger: Arranger) -> None:
    """One whose address was mistyped: to be phoned, too."""
    offer = arranger.towns["kavala"].offers.get(SERVICE)
    if offer is None:
        return
    day = next(working_days_from(arranger.today + timedelta(days=1)))
    rng, place = chance("bounced", day), Place(offer, offer.desks[0], to_instant(day, time(9), ATHENS))
    bounced = plan.add(rng, place, Mode.VIDEO, _BOOKED, somebody("Ευδοκία Λάσκαρη", 25))
    if bounced is not None:
        bounced.bounce()


def _booked(planned: Planned | None, at: datetime) -> None:
    """It was booked then."""
    if planned is None:
        return
    planned.columns.update(created_at=at, booked_at=at)
    if planned.columns["consent_at"] is not None:
        planned.columns["consent_at"] = at
