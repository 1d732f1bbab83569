"""A key, as its form has it."""

from datetime import date
from typing import Any

import pytest

from dimoslive.domain.errors import InvalidDetails
from dimoslive.domain.people.principals import Scope
from dimoslive.domain.settings.key import field_of, parse_key

TODAY = date(2026, 11, 20)


def typed(**words: str) -> dict[str, str]:
    return {"name": "Τηλεφωνικό κέντρο", field_of(Scope.READ_BOOKINGS): "on", "last_day": "2027-11-20"} | words


def test_the_fields_become_columns() -> None:
    ticked = {field_of(Scope.WRITE_BOOKINGS): "on"}
    assert parse_key(typed(networks="192.0.2.7/24 198.51.100.1", **ticked), TODAY) == {
        "name": "Τηλεφωνικό κέντρο",
        "scopes": "bookings:read bookings:write",
        "networks": "192.0.2.0/24\n198.51.100.1/32",
        "last_day": "2027-11-20",
    }


@pytest.mark.parametrize(
    ("words", "field", "code"),
    [
        ({"name": "Α"}, "name", "too_short"),
        ({field_of(Scope.READ_BOOKINGS): ""}, "scopes", "no_scope"),
        (
            {field_of(Scope.READ_BOOKINGS): "", field_of(Scope.READ_PERSONS): "on"},
            "scopes",
            "persons_without_bookings",
        ),
        ({"networks": "dimos.gr"}, "networks", "not_a_network"),
        ({"last_day": "2026-11-19"}, "last_day", "key_day_past"),
        ({"last_day": "2028-11-20"}, "last_day", "key_too_long"),
        ({"last_day": "ποτέ"}, "last_day", "not_a_date"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(words: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(InvalidDetails) as refused:
        parse_key(typed(**words), TODAY)
    assert [(one.field, one.code) for one in refused.value.problems] == [(field, code)]


def test_today_and_two_years_from_it_are_good() -> None:
    assert parse_key(typed(last_day="2026-11-20"), TODAY)["last_day"] == "2026-11-20"
    assert parse_key(typed(last_day="2028-11-19"), TODAY)["last_day"] == "2028-11-19"
