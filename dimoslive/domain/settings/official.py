"""An official, as a municipality enters one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.personal_data import MAX_NAME_LENGTH, Afm, EmailAddress
from dimoslive.domain.people.principals import StaffRole
from dimoslive.domain.settings.three_way import Values
from dimoslive.domain.settings.typed import TypedForm

MAX_FIRST_NAME = MAX_NAME_LENGTH // 2 - 1
MAX_LAST_NAME = MAX_NAME_LENGTH // 2


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody may give: roles, departments, desks. What an official has beyond that stays theirs."""

    roles: tuple[StaffRole, ...]
    department_ids: frozenset[int]
    desk_ids: frozenset[int]
    needs_department: bool = False
    """Whoever is limited to departments gives no right to all of them."""


@dataclass(frozen=True, slots=True, repr=False)
class NewOfficial:
    """By what the person is recognised, one of both at least, and the fields of the right."""

    afm: Afm | None
    email: EmailAddress | None
    values: dict[str, object]


def parse_new_official(raw: Mapping[str, object], choices: Choices) -> NewOfficial:
    """Raises `InvalidDetails` with all problems, in the order of the form."""
    form = TypedForm(raw)
    afm, email = _afm(form), form.email("email").lower()
    if not (form.raw("afm").strip() or email or form.problems):
        form.refuse("afm", "afm_or_email_required")
    values = _right(form, raw, choices, {})
    form.check()
    return NewOfficial(afm, EmailAddress(email) if email else None, values)


def parse_official(raw: Mapping[str, object], choices: Choices, stands: Values) -> dict[str, object]:
    """The fields of a right that there is already; what nobody offered to change stays as it ``stands``."""
    form = TypedForm(raw)
    values = _right(form, raw, choices, stands)
    form.check()
    return values


def problem_of_right(values: Values) -> InvalidInput | None:
    """Why role and departments do not go together."""
    if values["role"] == StaffRole.HEAD and not values["department_ids"]:
        return InvalidInput("department_ids", "head_of_no_department")
    if values["role"] == StaffRole.ADMINISTRATOR and values["department_ids"]:
        return InvalidInput("department_ids", "administrator_has_all_departments")
    return None


def _right(form: TypedForm, raw: Mapping[str, object], choices: Choices, stands: Values) -> dict[str, object]:
    values: dict[str, object] = {
        "last_name": form.line("last_name", max_length=MAX_LAST_NAME),
        "first_name": form.line("first_name", max_length=MAX_FIRST_NAME, required=False),
        "role": form.choice("role", [role.value for role in choices.roles]),
        "department_ids": _ids(form, raw, "department", choices.department_ids, stands),
        "desk_ids": _ids(form, raw, "desk", choices.desk_ids, stands),
    }
    problem = problem_of_right(values)
    if problem is None and choices.needs_department and not values["department_ids"]:
        problem = InvalidInput("department_ids", "own_department_required")
    if problem:
        form.refuse(problem.field, problem.code)
    return values


def _ids(form: TypedForm, raw: Mapping[str, object], word: str, offered: Collection[int], stands: Values) -> list[int]:
    """Ticks ``department_3``, or the list that a choice between two changes gave."""
    name, has = f"{word}_ids", stands.get(f"{word}_ids", ())
    listed = raw.get(name)
    ticked = listed if isinstance(listed, list) else [id_ for id_ in offered if form.flag(f"{word}_{id_}")]
    kept = {id_ for id_ in has if id_ not in offered} if isinstance(has, Collection) else set[int]()
    return sorted({id_ for id_ in ticked if isinstance(id_, int) and id_ in offered} | kept)


def _afm(form: TypedForm) -> Afm | None:
    text = form.raw("afm")
    if not text.strip():
        return None
    try:
        return Afm.of_person(text)
    except InvalidInput as problem:
        form.refuse("afm", problem.code)
        return None
