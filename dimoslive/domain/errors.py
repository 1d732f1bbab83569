"""What can go wrong, as types with a code.

The sentence a person reads comes from the catalogue, under the key ``error.<code>``, with ``params`` filled in.
"""

from collections.abc import Mapping
from datetime import datetime


class DomainError(Exception):
    """An expected refusal. ``params`` are plain values for the sentence; they are never secrets."""

    code: str = "unexpected"

    def __init__(self, **params: str | int) -> None:
        super().__init__(self.code)
        self.params = params


class InvalidInput(DomainError):
    """A typed value has the wrong form. ``field`` names the control it stands at."""

    code = "invalid_input"

    def __init__(self, field: str, code: str, **params: str | int) -> None:
        # One class for all fields; the code tells which rule was broken.
        self.code = code
        self.field = field
        super().__init__(**params)


class InvalidDetails(DomainError):
    """Several fields at once; ``problems`` are in the order of the page."""

    code = "invalid_details"

    def __init__(self, problems: tuple[InvalidInput, ...]) -> None:
        super().__init__(number=len(problems))
        self.problems = problems


class SlotTaken(DomainError):
    """Somebody else has the time, or it is no longer offered."""

    code = "slot_taken"


class HoldExpired(DomainError):
    """The time is no longer held for this person."""

    code = "hold_expired"


class NoMoreExtensions(DomainError):
    """A hold can be extended once."""

    code = "no_more_extensions"


class HeldTooLong(DomainError):
    """The person has held times for as long as one may without booking; ``at`` says when one may again."""

    code = "held_too_long"

    def __init__(self, at: datetime, *, minutes: int) -> None:
        super().__init__(minutes=minutes)
        self.at = at


class TooManyOpenBookings(DomainError):
    """The person has as many open bookings as allowed; ``reference`` names one that could be moved instead."""

    code = "too_many_open_bookings"


class BookingAhead(DomainError):
    """The person has a booking that is still to come, or is being served."""

    code = "booking_ahead"


class TooLate(DomainError):
    """The booking can no longer be moved or cancelled by the citizen."""

    code = "too_late"


class TooManyMoves(DomainError):
    """The booking has been moved as often as allowed."""

    code = "too_many_moves"


class NotFound(DomainError):
    """There is no such thing, or it is somebody else's: the same answer for both."""

    code = "not_found"


class NotOffered(DomainError):
    """The municipality, service or mode cannot be booked."""

    code = "not_offered"


class Paused(DomainError):
    """The municipality or the service takes no new bookings for now; ``messages`` say why, by language."""

    code = "paused"

    def __init__(self, messages: dict[str, str]) -> None:
        super().__init__()
        self.messages = messages


class DeclarationChanged(DomainError):
    """Another wording of the declaration was published since the page showed one; it must be read again."""

    code = "declaration_changed"


class IncompleteDraft(DomainError):
    """A step before this one is not complete."""

    code = "incomplete_draft"


class ChangedElsewhere(DomainError):
    """The same booking was changed in another window."""

    code = "changed_elsewhere"


class ChangedByOther(DomainError):
    """The booking is not as the official saw it any more; ``by`` and ``at`` say who changed it, and when."""

    code = "changed_by_other"


class ChangedMeanwhile(DomainError):
    """Somebody else saved the same thing while it was being changed, and both changed ``conflicts``.

    ``theirs`` is how it is now, in its ``version``, saved ``at`` an instant; ``mine`` is what was sent; ``merged`` has
    all that needs no choice, and theirs where one is needed. The params say ``by`` whom.
    """

    code = "changed_meanwhile"

    def __init__(  # what a page needs to ask, each by its name
        self,
        *,
        version: int,
        theirs: Mapping[str, object],
        merged: Mapping[str, object],
        mine: Mapping[str, object],
        conflicts: tuple[str, ...],
        by: str,
        at: datetime | None,
    ) -> None:
        super().__init__(by=by)
        self.version, self.theirs, self.merged, self.mine = version, theirs, merged, mine
        self.conflicts, self.at = conflicts, at


class RemovedMeanwhile(DomainError):
    """Somebody archived or deleted what was being changed; the params say ``by`` whom, ``at`` tells when."""

    code = "removed_meanwhile"

    def __init__(self, *, by: str, at: datetime | None, can_restore: bool) -> None:
        super().__init__(by=by)
        self.at, self.can_restore = at, can_restore


class StillNeeded(DomainError):
    """Something cannot be archived while others need it; ``names`` are theirs, ids to names by language."""

    code = "still_needed"

    def __init__(self, names: Mapping[int, Mapping[str, str]]) -> None:
        super().__init__(number=len(names))
        self.names = names


class LastAdministrator(DomainError):
    """Whoever sets a municipality up alone can neither leave nor be made less."""

    code = "last_administrator"


class DesksLeftAlone(DomainError):
    """Bookings would wait for nobody; ``names`` are those of the desks, ids to names by language."""

    code = "desks_left_alone"

    def __init__(self, names: Mapping[int, Mapping[str, str]]) -> None:
        super().__init__(number=len(names))
        self.names = names


class InUse(DomainError):
    """Something that was ever used cannot be deleted; it can be archived."""

    code = "in_use"


class LastService(DomainError):
    """The only service of a municipality is not taken out of use: nothing would be left to book."""

    code = "last_service"


class LastDesk(DomainError):
    """The only desk of a service is not taken out of use; ``names`` are the services', ids to names by language."""

    code = "last_desk"

    def __init__(self, names: Mapping[int, Mapping[str, str]]) -> None:
        super().__init__(number=len(names))
        self.names = names


class DepartmentArchived(DomainError):
    """What belongs to an archived department does not come back before it."""

    code = "department_archived"


class UnansweredWarnings(DomainError):
    """``warnings`` stand against a time or a second booking, and the official has not said "all the same"."""

    code = "unanswered_warnings"

    def __init__(self, warnings: tuple[str, ...]) -> None:
        super().__init__(number=len(warnings))
        self.warnings = warnings


class LanesFull(DomainError):
    """A desk has as many bookings over capacity at that time as it may have."""

    code = "lanes_full"


class NotMovable(DomainError):
    """A booking that is being served, or over, gets no other time."""

    code = "not_movable"


class DeclarationNeeded(DomainError):
    """Whoever an official booked for accepts the declaration before the meeting."""

    code = "declaration_needed"


class NotPossibleNow(DomainError):
    """A press that the booking's status, mode or day does not allow."""

    code = "not_possible_now"


class NotReady(DomainError):
    """A municipality is published when all other tasks are done."""

    code = "not_ready"


class TooManyRows(DomainError):
    """A file would have more lines than is allowed; ``found`` says how many there would be, ``limit`` how many may."""

    code = "too_many_rows"


class OwnAbsenceHits(DomainError):
    """Whoever may state no more than their own absence would move people; ``number`` says how many."""

    code = "own_absence_hits"


class ImportGone(DomainError):
    """A file that was sent for an import is not kept any more."""

    code = "import_gone"


class RowsAreWrong(DomainError):
    """A file has rows that cannot be imported, and the official has not asked for the good ones alone."""

    code = "rows_are_wrong"


class AlreadyTold(DomainError):
    """The message is on its way, or the person was phoned: it cannot be taken back any more."""

    code = "already_told"


class TooManyAttempts(DomainError):
    """A rate limit was reached; ``minutes`` says when to try again."""

    code = "too_many_attempts"


class NotSignedIn(DomainError):
    """The press needs a person who is signed in."""

    code = "not_signed_in"


class SignInRefused(DomainError):
    """The person, or the provider, refused the sign-in."""

    code = "sign_in_refused"


class SignInUnavailable(DomainError):
    """The identity provider does not answer."""

    code = "sign_in_unavailable"


class SignInUnreadable(DomainError):
    """The identity provider's answer names no natural person that we can serve."""

    code = "sign_in_unreadable"


class SignInForged(DomainError):
    """The answer does not belong to a sign-in that this browser began, or was used before."""

    code = "sign_in_forged"


class NotAnOfficial(DomainError):
    """The person is not on any municipality's list of officials."""

    code = "not_an_official"


class NotAMeeting(DomainError):
    """The booking is not a teleconference."""

    code = "not_a_meeting"


class TooEarly(DomainError):
    """The meeting is not open yet."""

    code = "too_early"


class MeetingOver(DomainError):
    """The meeting has ended, or its time is over."""

    code = "meeting_over"


class MeetingCancelled(DomainError):
    """The booking was cancelled."""

    code = "meeting_cancelled"


class TooManyPeople(DomainError):
    """The meeting is full."""

    code = "too_many_people"


class TooManyGuests(DomainError):
    """As many third persons are invited to the meeting as allowed; ``limit`` says how many."""

    code = "too_many_guests"


class AlreadyAdmitted(DomainError):
    """Another official let the citizen in first."""

    code = "already_admitted"


class NobodyWaits(DomainError):
    """The citizen is not in the waiting room."""

    code = "nobody_waits"


class VideoUnavailable(DomainError):
    """The provider of the video room does not answer, or not as it should."""

    code = "video_unavailable"


class WouldUnseat(DomainError):
    """Hours that ``number`` of bookings would not fit any more are not simply saved."""

    code = "would_unseat"
