"""What may be done here, and by whom: one table, and one function that reads it."""

from enum import StrEnum

from dimoslive.domain.people.principals import (
    Anonymous,
    Citizen,
    Guest,
    LinkHolder,
    Official,
    Principal,
    StaffRight,
    StaffRole,
)


class Permission(StrEnum):
    """What somebody wants to do. Each handler of a page and each route names one."""

    VIEW_PUBLIC = "view_public"
    """What is nobody's in particular, and what a page does by itself with what it already shows."""
    SIGN_IN = "sign_in"
    """The way to a session and out of it."""
    OPEN_LINK = "open_link"
    """Follow an address that was sent. What it is good for is the right of its holder."""
    MEASURE_CONNECTION = "measure_connection"
    BOOK = "book"
    """The wizard, from the first choice to the last press."""
    VIEW_BOOKING = "view_booking"
    CANCEL_BOOKING = "cancel_booking"
    MOVE_BOOKING = "move_booking"
    MANAGE_OWN_DATA = "manage_own_data"
    JOIN_MEETING = "join_meeting"
    VIEW_DESK = "view_desk"
    """Day, week and bookings of a municipality: who comes, who waits, what became of it."""
    SERVE = "serve"
    """The presses of a day: arrived, started, served, missed; notes, details, and undoing the same day."""
    CORRECT_PAST_DAY = "correct_past_day"
    ARRANGE = "arrange"
    """Book for somebody, move, hand over, cancel, state a delay; with a reason outside hours or over capacity."""
    SEARCH_BOOKINGS = "search_bookings"
    HANDLE_CALLS = "handle_calls"
    EXPORT_OWN_DAY = "export_own_day"
    """The day of one's own desk, as a file."""
    EXPORT_BOOKINGS = "export_bookings"
    VIEW_SEARCH_LOG = "view_search_log"
    MANAGE_OWN_ACCOUNT = "manage_own_account"
    """An official's own page: language, sound, sessions."""
    ADMIT = "admit"
    RECORD_IDENTITY = "record_identity"
    CALL_CITIZEN = "call_citizen"
    """See the number, and go on by telephone."""
    INVITE_GUEST = "invite_guest"
    """Or take the invite back."""
    END_MEETING = "end_meeting"


Role = type[Anonymous] | type[Citizen] | type[LinkHolder] | type[Guest] | StaffRole
"""A column of the table. An official is what a municipality has entered, and may be more than one thing."""

_P = Permission
_STAFF: frozenset[Role] = frozenset({StaffRole.OFFICIAL, StaffRole.HEAD, StaffRole.ADMINISTRATOR})
_HEADS: frozenset[Role] = frozenset({StaffRole.HEAD, StaffRole.ADMINISTRATOR})

ALLOWED: dict[Permission, frozenset[Role]] = {
    _P.VIEW_PUBLIC: frozenset({Anonymous}),
    _P.SIGN_IN: frozenset({Anonymous}),
    _P.OPEN_LINK: frozenset({Anonymous}),
    _P.MEASURE_CONNECTION: frozenset({Anonymous}),
    _P.BOOK: frozenset({Citizen}),
    _P.VIEW_BOOKING: frozenset({Citizen, LinkHolder, *_STAFF}),
    _P.CANCEL_BOOKING: frozenset({Citizen, LinkHolder}),
    _P.MOVE_BOOKING: frozenset({Citizen}),
    _P.MANAGE_OWN_DATA: frozenset({Citizen}),
    _P.JOIN_MEETING: frozenset({Citizen, LinkHolder, Guest, *_STAFF}),
    _P.VIEW_DESK: _STAFF,
    _P.SERVE: _STAFF,
    _P.CORRECT_PAST_DAY: _HEADS,
    _P.ARRANGE: _STAFF,
    _P.SEARCH_BOOKINGS: _STAFF,
    _P.HANDLE_CALLS: _STAFF,
    _P.EXPORT_OWN_DAY: _STAFF,
    _P.EXPORT_BOOKINGS: _HEADS,
    _P.VIEW_SEARCH_LOG: _HEADS,
    _P.MANAGE_OWN_ACCOUNT: frozenset(StaffRole),
    _P.ADMIT: _STAFF,
    _P.RECORD_IDENTITY: _STAFF,
    _P.CALL_CITIZEN: _STAFF,
    _P.INVITE_GUEST: _STAFF,
    _P.END_MEETING: _STAFF,
}
"""What is allowed to `Anonymous` is allowed to all."""


def rights_to(official: Official, permission: Permission) -> list[StaffRight]:
    """Those of an official's rights that allow this."""
    return [right for right in official.rights if right.role in ALLOWED[permission]]


def can(
    principal: Principal, permission: Permission, municipality_id: int | None = None, department_id: int | None = None
) -> bool:
    """Whether somebody may do this; an official, in this municipality and department, where these are named.

    Of the others it says what they may do with what is theirs: which booking that is, the query says.
    """
    allowed = ALLOWED[permission]
    if Anonymous in allowed or type(principal) in allowed:
        return True
    if not isinstance(principal, Official):
        return False
    if principal.is_platform_admin and StaffRole.PLATFORM_ADMINISTRATOR in allowed:
        return True
    return any(right.covers(municipality_id, department_id) for right in rights_to(principal, permission))
