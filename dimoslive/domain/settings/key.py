"""A key of the API, as its form has it."""

from collections.abc import Mapping
from datetime import date, timedelta

from dimoslive.domain.desk.typed_times import parse_day
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.keys.lifetime import MAX_DAYS
from dimoslive.domain.keys.networks import parse_networks
from dimoslive.domain.people.principals import Scope
from dimoslive.domain.settings.typed import TypedForm

MIN_NAME_LENGTH, MAX_NAME_LENGTH = 2, 60


def parse_key(raw: Mapping[str, object], today: date) -> dict[str, object]:
    """The columns of a key, in the order of its form; raises `InvalidDetails`."""
    form = TypedForm(raw)
    values: dict[str, object] = {
        "name": form.line("name", min_length=MIN_NAME_LENGTH, max_length=MAX_NAME_LENGTH),
        "scopes": _scopes(form),
        "networks": _networks(form),
        "last_day": _last_day(form, today),
    }
    form.check()
    return values


def field_of(scope: Scope) -> str:
    """The name of its tick in the form."""
    return f"scope_{scope.name.lower()}"


def _scopes(form: TypedForm) -> str:
    # What was merged from two forms says them as the column does.
    whole = set(form.raw("scopes").split())
    chosen = [scope for scope in Scope if scope.value in whole or form.flag(field_of(scope))]
    if not chosen:
        form.refuse("scopes", "no_scope")
    elif Scope.READ_PERSONS in chosen and Scope.READ_BOOKINGS not in chosen:
        form.refuse("scopes", "persons_without_bookings")
    return " ".join(chosen)


def _networks(form: TypedForm) -> str:
    try:
        return "\n".join(parse_networks(form.raw("networks")))
    except InvalidInput as problem:
        form.refuse(problem.field, problem.code, **problem.params)
        return ""


def _last_day(form: TypedForm, today: date) -> str:
    try:
        day = parse_day(form.raw("last_day"))
    except InvalidInput as problem:
        form.refuse("last_day", problem.code)
        return ""
    if day < today:
        form.refuse("last_day", "key_day_past")
    elif day > today + timedelta(days=MAX_DAYS):
        form.refuse("last_day", "key_too_long", days=MAX_DAYS)
    return day.isoformat()
