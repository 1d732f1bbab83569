"""What may be done here, and by whom: one table, and one function that reads it."""

from enum import StrEnum

from dimoslive.domain.people.principals import (
    Anonymous,
    ApiKey,
    Citizen,
    FramedCitizen,
    Guest,
    LinkHolder,
    Official,
    Principal,
    Scope,
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
    VIEW_CONFIRMATION = "view_confirmation"
    """What was just booked, at the end of the wizard in a frame."""
    VIEW_BOOKING = "view_booking"
    CANCEL_BOOKING = "cancel_booking"
    MOVE_BOOKING = "move_booking"
    WAIT_FOR_EARLIER = "wait_for_earlier"
    """Be on the waiting list for an earlier time, answer what is offered, and leave."""
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
    VIEW_FIGURES = "view_figures"
    """Counts and times of bookings, without a person."""
    VIEW_FIGURES_BY_DESK = "view_figures_by_desk"
    """Of each desk; an official without it sees the own ones."""
    MANAGE_OWN_ACCOUNT = "manage_own_account"
    """An official's own page: language, sound, sessions."""
    ADMIT = "admit"
    RECORD_IDENTITY = "record_identity"
    CALL_CITIZEN = "call_citizen"
    """See the number, and go on by telephone."""
    INVITE_GUEST = "invite_guest"
    """Or take the invite back."""
    END_MEETING = "end_meeting"
    VIEW_SETTINGS = "view_settings"
    """How the municipality is set up, and what is left to do."""
    STATE_OWN_ABSENCE = "state_own_absence"
    """Of one's own desk, as long as nobody is hit or all fit another desk at the same time."""
    MANAGE_ABSENCES = "manage_absences"
    CLOSE_DEPARTMENT = "close_department"
    CLOSE_MUNICIPALITY = "close_municipality"
    """And confirm a local holiday."""
    EDIT_SERVICES = "edit_services"
    """Hours, rules and texts of a service; pause it."""
    MANAGE_SERVICES = "manage_services"
    """Add and archive them; say which desks serve one."""
    MANAGE_DESKS = "manage_desks"
    """Add and archive them; say who works one."""
    EDIT_DEPARTMENT = "edit_department"
    """Its texts: names, address, how to reach it."""
    MANAGE_DEPARTMENTS = "manage_departments"
    """Add, order, archive and delete them."""
    MANAGE_OFFICIALS = "manage_officials"
    """Those of one's own departments who are no heads."""
    MANAGE_ALL_OFFICIALS = "manage_all_officials"
    """Heads and administrators too."""
    MANAGE_MUNICIPALITY = "manage_municipality"
    """Contact, crest, colour, limits, retention, sites that frame it, declarations, pause, publishing."""
    MANAGE_WEBHOOKS = "manage_webhooks"
    """Programs that are told of bookings: their addresses, secrets and answers."""
    MANAGE_KEYS = "manage_keys"
    """The keys with which the municipality's programs use the API."""
    IMPORT_SERVICES = "import_services"
    IMPORT_ALL = "import_all"
    VIEW_SETTINGS_HISTORY = "view_settings_history"
    ENROL_MUNICIPALITIES = "enrol_municipalities"
    """With the first administrator of each; the list of all, and the state of the installation."""
    PAUSE_ANY_MUNICIPALITY = "pause_any_municipality"
    """And reopen it, with a reason."""
    CHOOSE_PUBLIC_FIGURES = "choose_public_figures"
    """Whether a municipality stands on the public page of figures, with a reason."""
    VIEW_PLATFORM_HISTORY = "view_platform_history"
    """Enrolments, rights and pauses of all municipalities."""
    USE_KEY = "use_key"
    """Ask what the key itself is good for."""
    VIEW_PERSON = "view_person"
    """Whom a booking is for, where a program reads it."""


Role = type[Anonymous] | type[Citizen] | type[FramedCitizen] | type[LinkHolder] | type[Guest] | StaffRole | Scope
"""A column of the table. An official is what a municipality has entered, and may be more than one thing; a program has
the scopes of its key."""

_P = Permission
_STAFF: frozenset[Role] = frozenset({StaffRole.OFFICIAL, StaffRole.HEAD, StaffRole.ADMINISTRATOR})
_HEADS: frozenset[Role] = frozenset({StaffRole.HEAD, StaffRole.ADMINISTRATOR})
_ADMINISTRATORS: frozenset[Role] = frozenset({StaffRole.ADMINISTRATOR})
_PLATFORM: frozenset[Role] = frozenset({StaffRole.PLATFORM_ADMINISTRATOR})

ALLOWED: dict[Permission, frozenset[Role]] = {
    _P.VIEW_PUBLIC: frozenset({Anonymous}),
    _P.SIGN_IN: frozenset({Anonymous}),
    _P.OPEN_LINK: frozenset({Anonymous}),
    _P.MEASURE_CONNECTION: frozenset({Anonymous}),
    _P.BOOK: frozenset({Citizen, FramedCitizen}),
    _P.VIEW_CONFIRMATION: frozenset({Citizen, FramedCitizen}),
    _P.VIEW_BOOKING: frozenset({Citizen, LinkHolder, *_STAFF, Scope.READ_BOOKINGS}),
    _P.CANCEL_BOOKING: frozenset({Citizen, LinkHolder}),
    _P.MOVE_BOOKING: frozenset({Citizen}),
    _P.WAIT_FOR_EARLIER: frozenset({Citizen, LinkHolder}),
    _P.MANAGE_OWN_DATA: frozenset({Citizen}),
    _P.JOIN_MEETING: frozenset({Citizen, LinkHolder, Guest, *_STAFF}),
    _P.VIEW_DESK: _STAFF,
    _P.SERVE: _STAFF,
    _P.CORRECT_PAST_DAY: _HEADS,
    _P.ARRANGE: _STAFF | {Scope.WRITE_BOOKINGS},
    _P.SEARCH_BOOKINGS: _STAFF,
    _P.HANDLE_CALLS: _STAFF,
    _P.EXPORT_OWN_DAY: _STAFF,
    _P.EXPORT_BOOKINGS: _HEADS,
    _P.VIEW_SEARCH_LOG: _HEADS,
    _P.VIEW_FIGURES: _STAFF,
    _P.VIEW_FIGURES_BY_DESK: _HEADS,
    _P.MANAGE_OWN_ACCOUNT: frozenset(StaffRole),
    _P.ADMIT: _STAFF,
    _P.RECORD_IDENTITY: _STAFF,
    _P.CALL_CITIZEN: _STAFF,
    _P.INVITE_GUEST: _STAFF,
    _P.END_MEETING: _STAFF,
    _P.VIEW_SETTINGS: _HEADS | {Scope.READ_SET_UP},
    _P.STATE_OWN_ABSENCE: _STAFF,
    _P.MANAGE_ABSENCES: _HEADS,
    _P.CLOSE_DEPARTMENT: _HEADS,
    _P.CLOSE_MUNICIPALITY: _ADMINISTRATORS,
    _P.EDIT_SERVICES: _HEADS,
    _P.MANAGE_SERVICES: _HEADS,
    _P.MANAGE_DESKS: _HEADS,
    _P.EDIT_DEPARTMENT: _HEADS,
    _P.MANAGE_DEPARTMENTS: _ADMINISTRATORS,
    _P.MANAGE_OFFICIALS: _HEADS,
    _P.MANAGE_ALL_OFFICIALS: _ADMINISTRATORS,
    _P.MANAGE_MUNICIPALITY: _ADMINISTRATORS,
    _P.MANAGE_WEBHOOKS: _ADMINISTRATORS,
    _P.MANAGE_KEYS: _ADMINISTRATORS,
    _P.IMPORT_SERVICES: _HEADS,
    _P.IMPORT_ALL: _ADMINISTRATORS,
    _P.VIEW_SETTINGS_HISTORY: _HEADS,
    _P.ENROL_MUNICIPALITIES: _PLATFORM,
    _P.PAUSE_ANY_MUNICIPALITY: _PLATFORM,
    _P.CHOOSE_PUBLIC_FIGURES: _PLATFORM,
    _P.VIEW_PLATFORM_HISTORY: _PLATFORM,
    _P.USE_KEY: frozenset(Scope),
    _P.VIEW_PERSON: frozenset({Scope.READ_PERSONS}),
}
"""What is allowed to `Anonymous` is allowed to all."""


def rights_to(official: Official, permission: Permission) -> list[StaffRight]:
    """Those of an official's rights that allow this."""
    return [right for right in official.rights if right.role in ALLOWED[permission]]


def can(
    principal: Principal, permission: Permission, municipality_id: int | None = None, department_id: int | None = None
) -> bool:
    """Whether somebody may do this; an official or a program, in this municipality and department, if they are named.

    Of the others it says what they may do with what is theirs: which booking that is, the query says.
    """
    allowed = ALLOWED[permission]
    if Anonymous in allowed or type(principal) in allowed:
        return True
    if isinstance(principal, ApiKey):
        return bool(principal.scopes & allowed) and municipality_id in (None, principal.municipality_id)
    if not isinstance(principal, Official):
        return False
    if principal.is_platform_admin and StaffRole.PLATFORM_ADMINISTRATOR in allowed:
        return True
    return any(right.covers(municipality_id, department_id) for right in rights_to(principal, permission))
