"""A served site, a teleconference that begins in five minutes, and its official."""

from collections.abc import AsyncIterator

import pytest

from dimoslive.domain.booking.booking import Booking
from tests.http.meeting.line import Wire, serving
from tests.http.site import Site
from tests.integrations.bus.redis_server import redis_url
from tests.support.meeting import a_meeting, enter_official
from tests.support.world import Town

__all__ = ["redis_url"]


@pytest.fixture
async def wire(site: Site) -> AsyncIterator[Wire]:
    """The town's site, served."""
    async with serving(site) as wire:
        yield wire


@pytest.fixture
def booking(town: Town) -> Booking:
    """Eleni's teleconference in five minutes; Nikos is an official."""
    enter_official(town)
    return a_meeting(town)
