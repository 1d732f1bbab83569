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
    """The day of a municipality: who comes and who waits."""
    ADMIT = "admit"
    RECORD_IDENTITY = "record_identity"
    CALL_CITIZEN = "call_citizen"
    """See the number, and go on by telephone."""
    INVITE_GUEST = "invite_guest"
    """Or take the invite back."""
    END_MEETING = "end_meeting"


Role = type[Anonymous] | type[Citizen] | type[LinkHolder] | type[Guest] | StaffRole
"""A column of the table. An official is what a municipality has entered, and may be more than one thing."""

_P, _OFFICIAL = Permission, StaffRole.OFFICIAL

ALLOWED: dict[Permission, frozenset[Role]] = {
    _P.VIEW_PUBLIC: frozenset({Anonymous}),
    _P.SIGN_IN: frozenset({Anonymous}),
    _P.OPEN_LINK: frozenset({Anonymous}),
    _P.MEASURE_CONNECTION: frozenset({Anonymous}),
    _P.BOOK: frozenset({Citizen}),
    _P.VIEW_BOOKING: frozenset({Citizen, LinkHolder, _OFFICIAL}),
    _P.CANCEL_BOOKING: frozenset({Citizen, LinkHolder}),
    _P.MOVE_BOOKING: frozenset({Citizen}),
    _P.MANAGE_OWN_DATA: frozenset({Citizen}),
    _P.JOIN_MEETING: frozenset({Citizen, LinkHolder, Guest, _OFFICIAL}),
    _P.VIEW_DESK: frozenset({_OFFICIAL}),
    _P.ADMIT: frozenset({_OFFICIAL}),
    _P.RECORD_IDENTITY: frozenset({_OFFICIAL}),
    _P.CALL_CITIZEN: frozenset({_OFFICIAL}),
    _P.INVITE_GUEST: frozenset({_OFFICIAL}),
    _P.END_MEETING: frozenset({_OFFICIAL}),
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
    return isinstance(principal, Official) and any(
        right.covers(municipality_id, department_id) for right in rights_to(principal, permission)
    )
