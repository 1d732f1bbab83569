"""The first free time."""

from dimoslive.context import AppContext
from dimoslive.domain.catalogue.mode import Mode
from dimoslive.domain.scheduling.slots import Slot
from dimoslive.services.catalogue.find_slots import find_slots


def find_first_free(context: AppContext, service_id: int, modes: tuple[Mode, ...]) -> Slot | None:
    """The first time that can be booked, in whichever mode comes first."""
    firsts = [slots[0] for mode in modes if (slots := find_slots(context, service_id, mode).slots)]
    return min(firsts, default=None)
