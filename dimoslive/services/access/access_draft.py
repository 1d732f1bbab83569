"""The wizard's draft, as far as whoever asks may know of it."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from dimoslive.db.queries.catalogue import ServiceWithPlace
from dimoslive.db.queries.drafts import DraftWithPlace, draft_of, draft_with_place
from dimoslive.db.queries.holds import hold_of
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows.booking import HeldTime
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Citizen, FramedCitizen


def is_within(principal: Citizen, municipality_id: int | None, moving_id: int | None = None) -> bool:
    """Whether a draft, a hold or a booking is one that the citizen may know of where they are.

    In a frame that is what is new and of the frame's municipality: a booking is not moved there.
    """
    if not isinstance(principal, FramedCitizen):
        return True
    return moving_id is None and municipality_id in (None, principal.municipality_id)


def access_draft(tx: Session, principal: Citizen, now: datetime, *, for_change: bool = False) -> DraftRow:
    """The citizen's draft; raises `NotFound` for one that is out of reach. ``for_change`` locks the citizen."""
    if for_change:
        lock_citizen(tx, principal.id)
    draft = draft_of(tx, principal.id, now)
    _check_within(principal, draft)
    return draft


def access_draft_with_place(tx: Session, principal: Citizen, now: datetime) -> DraftWithPlace:
    """The same, and the service that it has chosen, active or not."""
    found = draft_with_place(tx, principal.id, now)
    _check_within(principal, found.draft)
    return found


def _check_within(principal: Citizen, draft: DraftRow) -> None:
    if not is_within(principal, draft.municipality_id, draft.moving_id):
        raise NotFound()


class SeenDraft(NamedTuple):
    """What a page shows: the draft, the service that it has chosen, and the time that is held, expired or not."""

    citizen: CitizenRow
    draft: DraftRow
    place: ServiceWithPlace | None
    hold: HeldTime | None


def see_draft(tx: Session, principal: Citizen, now: datetime) -> SeenDraft:
    """The draft and the held time to be shown; of what is out of reach, an empty draft that is stored nowhere."""
    (citizen, draft, place), hold = draft_with_place(tx, principal.id, now), hold_of(tx, principal.id)
    if not is_within(principal, draft.municipality_id, draft.moving_id):
        draft, place = DraftRow(citizen_id=principal.id, changed_at=now), None
    if hold is not None and not is_within(principal, hold.municipality_id, hold.moving_id):
        hold = None
    return SeenDraft(citizen, draft, place, hold)
