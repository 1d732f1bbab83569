"""A service in words: what stands around its form, and its values in conflicts and in its history."""

from dimoslive.domain.settings.service import keeps_citizens_out
from dimoslive.domain.settings.typed import hours_text
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import full_day
from dimoslive.services.settings.services.open_service import OpenService
from dimoslive.ui.staff.parts import Choice

HOURS = ("notice_minutes", "move_until_minutes", "cancel_until_minutes")
"""Fields that are kept in minutes and shown in hours."""


def desk_choices(found: OpenService, t: Texts) -> tuple[list[Choice], list[Choice]]:
    """The desks of its department and those that serve it from elsewhere; and all others, with their department.

    Of a new one, whose department is still to be chosen, all are in the first list.
    """
    own_department, serving = found.opened.values["department_id"], found.opened.values["desk_ids"]
    own, others = list[Choice](), list[Choice]()
    is_new = not found.opened.version
    for desk in found.desks:
        is_own = desk.department_id == own_department
        name = desk.name[t.language]
        full = t("services.desk_of", desk=name, department=desk.department[t.language]) if desk.department_id else name
        choice = Choice(str(desk.id), name if is_own and not is_new else full)
        is_near = is_new or is_own or (isinstance(serving, list) and desk.id in serving)
        (own if is_near else others).append(choice)
    return own, others


def sub_title(found: OpenService, t: Texts) -> str:
    """«Τμήμα Δημοτολογίου · 34 ραντεβού μπροστά»."""
    return t(
        "services.sub", department=found.department[t.language], ahead=t.count("services.ahead", found.bookings_ahead)
    )


def pause_words(found: OpenService, t: Texts) -> str:
    """That it is paused, and until when; nothing if it is not."""
    if not found.is_paused:
        return ""
    if found.reopens_on is None:
        return t("services.is_paused")
    return t("services.is_paused_until", day=full_day(found.reopens_on, t.language))


def warnings_of(found: OpenService, t: Texts) -> list[str]:
    """Why nobody can book it though it is in use."""
    desks, reserve = found.opened.values["desk_ids"], found.opened.values["staff_reserve"]
    number = len(desks) if isinstance(desks, list) else 0
    if not found.opened.version or not found.is_active:
        return []
    is_reserved = number > 0 and keeps_citizens_out(int(str(reserve)), number)
    said = {
        "services.warn.no_desk": number == 0,
        "services.warn.reserve": is_reserved,
        "services.warn.no_hours": not found.has_hours,
    }
    return [t(key) for key, is_so in said.items() if is_so]


def reserve_words(found: OpenService, t: Texts) -> str:
    """«Από τις 2 θέσεις, 1 μένει για κρατήσεις υπαλλήλων.»."""
    desks, reserve = found.opened.values["desk_ids"], int(str(found.opened.values["staff_reserve"]))
    number = len(desks) if isinstance(desks, list) else 0
    if not reserve or not number:
        return t("services.hits.reserve")
    return t("services.reserved", desks=number, reserve=min(reserve, number))


def shown(field: str, value: object, departments: dict[int, str], desks: dict[int, str], t: Texts) -> str | None:
    """A value as conflict and history say it, where this page knows it better than others."""
    if field in HOURS and isinstance(value, int):
        return t("services.in_hours", n=hours_text(value))
    if field == "department_id" and isinstance(value, int):
        return departments.get(value, t("services.another_department"))
    if field == "desk_ids" and isinstance(value, list):
        return ", ".join(desks.get(id_, t("services.archived_desk")) for id_ in value) or t("settings.nothing")
    return None
