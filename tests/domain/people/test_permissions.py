"""Who may do what: the whole table, cell by cell, and how far an official's right reaches."""

import pytest

from dimoslive.domain.people.permissions import ALLOWED, Permission, can
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

HERE, ELSEWHERE = 9001, 9002
TAXES, REGISTRY = 7, 8

PRINCIPALS: dict[str, Principal] = {
    "anonymous": Anonymous(),
    "citizen": Citizen(1, "ΕΛΕΝΗ", "ΠΑΠΑΔΟΠΟΥΛΟΥ", session_id=1),
    "framed": FramedCitizen(1, "ΕΛΕΝΗ", "ΠΑΠΑΔΟΠΟΥΛΟΥ", session_id=1, municipality_id=HERE),
    "link": LinkHolder(1),
    "guest": Guest(1, booking_id=1),
    "official": Official(1, "ΝΙΚΟΣ", "ΔΗΜΟΥ", frozenset({StaffRight(HERE)})),
    "head": Official(1, "ΝΙΚΟΣ", "ΔΗΜΟΥ", frozenset({StaffRight(HERE, StaffRole.HEAD)})),
    "admin": Official(1, "ΝΙΚΟΣ", "ΔΗΜΟΥ", frozenset({StaffRight(HERE, StaffRole.ADMINISTRATOR)})),
    "platform": Official(1, "ΝΙΚΟΣ", "ΔΗΜΟΥ", frozenset(), is_platform_admin=True),
    "no_right": Official(1, "ΝΙΚΟΣ", "ΔΗΜΟΥ", frozenset()),
}

# Written out once more: whoever changes the code's table changes what people may do, and says so here.
TABLE = """
                        anonymous citizen framed link guest official head admin platform no_right
view_public             yes       yes     yes    yes  yes   yes      yes  yes   yes      yes
sign_in                 yes       yes     yes    yes  yes   yes      yes  yes   yes      yes
open_link               yes       yes     yes    yes  yes   yes      yes  yes   yes      yes
measure_connection      yes       yes     yes    yes  yes   yes      yes  yes   yes      yes
book                    -         yes     yes    -    -     -        -    -     -        -
view_confirmation       -         yes     yes    -    -     -        -    -     -        -
view_booking            -         yes     -      yes  -     yes      yes  yes   -        -
cancel_booking          -         yes     -      yes  -     -        -    -     -        -
move_booking            -         yes     -      -    -     -        -    -     -        -
wait_for_earlier        -         yes     -      yes  -     -        -    -     -        -
manage_own_data         -         yes     -      -    -     -        -    -     -        -
join_meeting            -         yes     -      yes  yes   yes      yes  yes   -        -
view_desk               -         -       -      -    -     yes      yes  yes   -        -
serve                   -         -       -      -    -     yes      yes  yes   -        -
correct_past_day        -         -       -      -    -     -        yes  yes   -        -
arrange                 -         -       -      -    -     yes      yes  yes   -        -
search_bookings         -         -       -      -    -     yes      yes  yes   -        -
handle_calls            -         -       -      -    -     yes      yes  yes   -        -
export_own_day          -         -       -      -    -     yes      yes  yes   -        -
export_bookings         -         -       -      -    -     -        yes  yes   -        -
view_search_log         -         -       -      -    -     -        yes  yes   -        -
view_figures            -         -       -      -    -     yes      yes  yes   -        -
view_figures_by_desk    -         -       -      -    -     -        yes  yes   -        -
manage_own_account      -         -       -      -    -     yes      yes  yes   yes      -
admit                   -         -       -      -    -     yes      yes  yes   -        -
record_identity         -         -       -      -    -     yes      yes  yes   -        -
call_citizen            -         -       -      -    -     yes      yes  yes   -        -
invite_guest            -         -       -      -    -     yes      yes  yes   -        -
end_meeting             -         -       -      -    -     yes      yes  yes   -        -
view_settings           -         -       -      -    -     -        yes  yes   -        -
state_own_absence       -         -       -      -    -     yes      yes  yes   -        -
manage_absences         -         -       -      -    -     -        yes  yes   -        -
close_department        -         -       -      -    -     -        yes  yes   -        -
close_municipality      -         -       -      -    -     -        -    yes   -        -
edit_services           -         -       -      -    -     -        yes  yes   -        -
manage_services         -         -       -      -    -     -        yes  yes   -        -
manage_desks            -         -       -      -    -     -        yes  yes   -        -
edit_department         -         -       -      -    -     -        yes  yes   -        -
manage_departments      -         -       -      -    -     -        -    yes   -        -
manage_officials        -         -       -      -    -     -        yes  yes   -        -
manage_all_officials    -         -       -      -    -     -        -    yes   -        -
manage_municipality     -         -       -      -    -     -        -    yes   -        -
manage_webhooks         -         -       -      -    -     -        -    yes   -        -
manage_keys             -         -       -      -    -     -        -    yes   -        -
import_services         -         -       -      -    -     -        yes  yes   -        -
import_all              -         -       -      -    -     -        -    yes   -        -
view_settings_history   -         -       -      -    -     -        yes  yes   -        -
enrol_municipalities    -         -       -      -    -     -        -    -     yes      -
pause_any_municipality  -         -       -      -    -     -        -    -     yes      -
choose_public_figures   -         -       -      -    -     -        -    -     yes      -
view_platform_history   -         -       -      -    -     -        -    -     yes      -
use_key                 -         -       -      -    -     -        -    -     -        -
view_person             -         -       -      -    -     -        -    -     -        -
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (who, Permission(permission), cell == "yes")
    for permission, *cells in LINES
    for who, cell in zip(HEAD, cells, strict=True)
]
OF_SCOPES = {
    Scope.READ_BOOKINGS: {"view_booking"},
    Scope.READ_PERSONS: {"view_person"},
    Scope.WRITE_BOOKINGS: {"arrange"},
    Scope.READ_SET_UP: {"view_settings"},
}
"""What a program may do by each scope of its key, beside asking about the key and what anybody may."""
OF_STAFF = [permission for permission, roles in ALLOWED.items() if StaffRole.OFFICIAL in roles]


@pytest.mark.parametrize(("who", "permission", "may"), CELLS)
def test_a_principal_may_do_what_the_table_says(who: str, permission: Permission, may: bool) -> None:
    assert can(PRINCIPALS[who], permission) is may


def test_no_permission_and_no_kind_of_principal_is_left_out() -> None:
    assert [Permission(line[0]) for line in LINES] == list(Permission) == list(ALLOWED)
    assert {type(principal) for principal in PRINCIPALS.values()} | {ApiKey} == set(Principal.__args__)


@pytest.mark.parametrize("scope", list(Scope))
def test_a_program_may_do_what_its_scope_says_in_its_own_municipality(scope: Scope) -> None:
    key = ApiKey(1, HERE, frozenset({scope}))
    own = {Permission.USE_KEY, *map(Permission, OF_SCOPES[scope])}
    for_anybody = {permission for permission, roles in ALLOWED.items() if Anonymous in roles}
    assert {permission for permission in Permission if can(key, permission)} == own | for_anybody
    assert not any(can(key, permission, ELSEWHERE) for permission in own)


def test_a_key_without_scopes_is_good_for_nothing() -> None:
    key = ApiKey(1, HERE, frozenset())
    assert not any(can(key, permission) for permission, roles in ALLOWED.items() if Anonymous not in roles)


@pytest.mark.parametrize("permission", OF_STAFF)
def test_an_officials_right_ends_at_the_municipality(permission: Permission) -> None:
    official = PRINCIPALS["official"]
    assert can(official, permission, HERE)
    assert can(official, permission, HERE, TAXES)
    assert not can(official, permission, ELSEWHERE)
    assert not can(official, permission, ELSEWHERE, TAXES)


@pytest.mark.parametrize("permission", OF_STAFF)
def test_where_departments_are_named_it_ends_at_these(permission: Permission) -> None:
    official = Official(1, "", "", frozenset({StaffRight(HERE, department_ids=frozenset({TAXES}))}))
    assert can(official, permission, HERE, TAXES)
    assert not can(official, permission, HERE, REGISTRY)
    assert not can(official, permission, ELSEWHERE, TAXES)


def test_rights_in_two_municipalities_are_not_mixed() -> None:
    rights = frozenset({StaffRight(HERE, department_ids=frozenset({TAXES})), StaffRight(ELSEWHERE)})
    official = Official(1, "", "", rights)
    assert can(official, Permission.VIEW_DESK, ELSEWHERE, REGISTRY)
    assert not can(official, Permission.VIEW_DESK, HERE, REGISTRY)


@pytest.mark.parametrize("permission", [p for p, roles in ALLOWED.items() if StaffRole.HEAD in roles])
def test_a_heads_right_ends_at_the_own_departments(permission: Permission) -> None:
    head = Official(1, "", "", frozenset({StaffRight(HERE, StaffRole.HEAD, frozenset({TAXES}))}))
    assert can(head, permission, HERE, TAXES)
    assert not can(head, permission, HERE, REGISTRY)


@pytest.mark.parametrize("permission", [p for p, roles in ALLOWED.items() if StaffRole.PLATFORM_ADMINISTRATOR in roles])
def test_what_the_platform_may_do_holds_for_every_municipality(permission: Permission) -> None:
    assert can(PRINCIPALS["platform"], permission, HERE)
    assert can(PRINCIPALS["platform"], permission, ELSEWHERE)
