"""What the forms of the week and of one date have in common."""

from collections.abc import Sequence
from datetime import date

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.impact import Impact
from dimoslive.domain.settings.hours import DATE_PREFIX, WEEKDAYS
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import day_of_month, weekday_name
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.staff.parts import read_id
from dimoslive.urls import settings_path

CHANGES = "what-changes"
"""The id of the answer to «Δείτε τι αλλάζει»."""
MAX_TYPED = 20


def label_of_hours(field: str, t: Texts) -> str:
    """Of a weekday or a date whose hours are kept; nothing for another field."""
    if field in WEEKDAYS:
        return weekday_name(WEEKDAYS.index(field), t.language)
    if field.startswith(DATE_PREFIX):
        return day_of_month(date.fromisoformat(field.removeprefix(DATE_PREFIX)), t.language)
    return ""


def hours_shown(value: object, t: Texts) -> str:
    """The hours of a weekday or of a date."""
    if value is None:
        return t("hours.as_every_week")
    spans = [_span(one) for one in value if isinstance(one, list)] if isinstance(value, list) else []
    return ", ".join(spans) or t("hours.closed")


class HoursFormState(SettingsFormState, mixin=True):
    """A draft of hours lives in the state: each field tells it what was typed when it is left."""

    title: str = ""
    thing: str = ""
    """The service's id, as addresses have it."""
    lead: str = ""
    changes: list[str] = []
    """What the draft would do, until it is saved or written on."""

    def _topic(self) -> str:
        return "hours"

    def _service_id(self) -> int:
        """The service that the address names, 0 for what is no id."""
        words = self.router.url.path.removeprefix("/en").strip("/").split("/")
        return (read_id(words[2][:20]) or 0) if len(words) > 2 else 0

    async def _hours_of(self, official: Official) -> tuple[Workplace, int]:
        return await self._workplace(official, Permission.EDIT_SERVICES), self._service_id()

    def _label(self, field: str, t: Texts) -> str:
        return label_of_hours(field, t) or self._control_label(field, t)

    def _control_label(self, field: str, t: Texts) -> str:
        """Of a control of the list."""
        key = f"hours.field.{field.partition('-')[0]}"
        return t(key) if t.has(key) else field

    def _shown(self, field: str, value: object, t: Texts) -> str:  # noqa: ARG002  # all fields are hours
        return hours_shown(value, t)

    def _show_changes(self, impact: Impact, t: Texts) -> None:
        """Of a draft that hits no booking."""
        self.changes = [
            t("hours.hits_none"),
            *([t.count("hours.healed", len(impact.healed))] if impact.healed else []),
            _times(impact, t),
        ]
        self._focus(CHANGES)

    def _plan_href(self, slug: str, plan_id: int) -> str:
        return settings_path(f"plan/{plan_id}", slug, self._language())


def _times(impact: Impact, t: Texts) -> str:
    """Such as «Χάνονται 5 ελεύθερες ώρες, προστίθενται 0»."""
    if not impact.lost and not impact.gained:
        return t("hours.times_same")
    lost = t.count("hours.lost", len(impact.lost))
    if impact.modes_lost > 1:
        lost = t("hours.in_modes", text=lost, modes=t.count("hours.modes", impact.modes_lost))
    return t("hours.lost_and_gained", lost=lost, gained=len(impact.gained))


def _span(texts: Sequence[object]) -> str:
    words = [str(one) for one in texts]
    wall = "–".join(one.removeprefix("0") for one in words[:2])
    valid = [one for one in words[2:] if one]
    return f"{wall} ({' – '.join(valid)})" if valid else wall
