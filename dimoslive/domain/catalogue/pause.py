"""A municipality or a service takes no new bookings for a while; those that it has stay."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """From when on, until when if that is known, and what citizens read of it, by language."""

    since: datetime | None
    until: datetime | None
    message: dict[str, str]

    def holds_at(self, now: datetime) -> bool:
        """Whether it is so at this instant."""
        return self.since is not None and self.since <= now and (self.until is None or now < self.until)


NO_PAUSE = Pause(None, None, {"el": "", "en": ""})


def pause_at(now: datetime, *pauses: Pause) -> Pause | None:
    """The first of these that holds; none if bookings are taken."""
    return next((pause for pause in pauses if pause.holds_at(now)), None)
