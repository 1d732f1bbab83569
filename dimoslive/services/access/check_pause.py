"""Whether a service takes new bookings now."""

from datetime import datetime

from dimoslive.db.queries.catalogue import ServiceWithPlace
from dimoslive.db.rows.catalogue import pauses_of
from dimoslive.domain.catalogue.pause import pause_at
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.errors import Paused


def is_offered(place: ServiceWithPlace, now: datetime) -> bool:
    """Whether it can be booked at all: published, neither it nor its department archived."""
    is_open = is_published(place.municipality.joined_at, now)
    return is_open and place.service.is_active and place.department.is_active


def check_pause(place: ServiceWithPlace, now: datetime) -> None:
    """Raises `Paused`, with what citizens read of it, where the municipality or the service takes no new bookings."""
    pause = pause_at(now, *pauses_of(place.municipality, place.service))
    if pause is not None:
        raise Paused(pause.message)
