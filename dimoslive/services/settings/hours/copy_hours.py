"""«Αντιγραφή σε…» other services: the hours of one weekday as they are being written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.rows.roots import values_of
from dimoslive.domain.errors import DomainError, NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.settings.hours import WEEKDAYS, TypedInterval, rows_of
from dimoslive.services.settings.hours.access_hours import access_hours
from dimoslive.services.settings.hours.kind import weekly_kind
from dimoslive.services.settings.hours.save_hours import save_week
from dimoslive.services.settings.root_change import Opened

MAX_SERVICES = 100


@dataclass(frozen=True, slots=True)
class Copied:
    """One of the services, and why it kept its hours, if it did."""

    service_id: int
    refusal: DomainError | None = None


def copy_hours(
    context: AppContext,
    official: Official,
    municipality_id: int,
    service_ids: Sequence[int],
    weekday: int,
    rows: Sequence[TypedInterval],
) -> tuple[Copied, ...]:
    """Each in a transaction of its own: one that refuses them does not keep them from the others.

    Raises `NotFound` if one is not there or not theirs.
    """
    found = []
    for service_id in service_ids[:MAX_SERVICES]:
        with transaction(context.db) as tx:
            row, zone = access_hours(tx, official, municipality_id, service_id)
            now = values_of(tx, weekly_kind(local_day(context.clock.now(), zone)), row)
            opened = Opened(row.version, now)
        others = rows_of({**now, WEEKDAYS[weekday]: []})
        own = [replace(one, weekday=weekday, key=f"copied-{place}") for place, one in enumerate(rows)]
        try:
            save_week(context, official, municipality_id, service_id, opened, [*others, *own])
        except NotFound:
            raise
        except DomainError as refusal:
            found.append(Copied(service_id, refusal))
        else:
            found.append(Copied(service_id))
    return tuple(found)
