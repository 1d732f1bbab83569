"""A meeting as the adapters receive it."""

from dimoslive.ports import RoomParticipant
from tests.support.builders import a_period, at

PERIOD = a_period("2026-11-24 09:10", "09:20")
NOW = at("2026-11-24 09:08")
CLOSES_AT = at("2026-11-24 10:20")
CITIZEN = RoomParticipant("Ελένη Παπαδοπούλου", is_official=False)
OFFICIAL = RoomParticipant("Νίκος Δήμου", is_official=True)
