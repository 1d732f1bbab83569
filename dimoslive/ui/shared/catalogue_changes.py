"""What anybody may see is kept for some seconds, but not when a municipality has changed it, in whichever process."""

import logging
from collections.abc import Callable

from dimoslive.context import AppContext
from dimoslive.domain.desk.live import CATALOGUE_ROOM
from dimoslive.ui.shared.call import forget_public

PAUSE = 1.0
"""Seconds until a bus that does not answer is asked again; until then answers are as old as they may be anyway."""
_log = logging.getLogger(__name__)


async def hear_catalogue_changes(context: AppContext, forget: Callable[[], None] = lambda: None) -> None:
    """Forget what is kept with each change that is announced, until cancelled; and have others ``forget`` theirs."""
    while True:
        try:
            async with context.room_bus.subscribe(CATALOGUE_ROOM) as said:
                # What was said before, nobody heard.
                forget_public()
                forget()
                async for _message in said:
                    forget_public()
                    forget()
        except Exception:  # noqa: BLE001  # whatever it was, the next change must be heard
            _log.exception("changes of the catalogue are not heard")
        await context.clock.sleep(PAUSE)
