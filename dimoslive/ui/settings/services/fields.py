"""The fields of a service, in the order of its form."""

import reflex as rx

from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.settings.service import (
    MAX_NAME_LENGTH,
    MAX_NOTE_LENGTH,
    MAX_SHORT_NAME_LENGTH,
    MAX_SLUG_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_URL_LENGTH,
)
from dimoslive.i18n import Texts
from dimoslive.ui.settings.fields import (
    check_field,
    choices_field,
    group,
    number_field,
    row,
    select_field,
    text_field,
    text_pair,
    tick_list,
    time_field,
)
from dimoslive.ui.settings.services.state import ServiceState

_MODES = (Mode.IN_PERSON, Mode.VIDEO, Mode.PHONE)


def service_fields(t: Texts) -> list[rx.Component]:
    """Six groups; at the right of a field what a change of it hits."""
    return [_names(t), _modes_and_lengths(t), _booking_rules(t), _desks(t), _texts(t), _messages(t)]


def _names(t: Texts) -> rx.Component:
    s = ServiceState
    return group(
        t("services.group.name"),
        row(
            select_field(t, s, "department_id", _label(t, "department_id"), s.departments),
            hits=t("services.hits.department"),
        ),
        text_pair(t, s, "name", _label(t, "name_el"), max_length=MAX_NAME_LENGTH, hits_en=t("settings.until_touched")),
        text_pair(
            t,
            s,
            "short_name",
            _label(t, "short_name_el"),
            max_length=MAX_SHORT_NAME_LENGTH,
            is_suggested=False,
            hits=t("services.hits.short_name"),
        ),
        row(
            text_field(
                t, s, "slug", _label(t, "slug"), max_length=MAX_SLUG_LENGTH, auto_complete="off", spell_check=False
            ),
            hits=rx.cond(s.is_new, t("services.hits.new_slug"), t("services.hits.slug")),
        ),
        row(_number(t, "position"), hits=t("services.hits.position")),
    )


def _modes_and_lengths(t: Texts) -> rx.Component:
    s = ServiceState
    return group(
        t("services.group.modes"),
        row(
            choices_field(
                t,
                s,
                "modes",
                _label(t, "modes"),
                *[check_field(s, f"offers_{mode}", t(f"mode.{mode}")) for mode in _MODES],
            ),
            hits=t("services.hits.modes"),
        ),
        row(
            _number(t, "duration_minutes", "minutes"),
            _number(t, "step_minutes", "minutes"),
            hits=t("services.hits.duration"),
        ),
        row(
            _number(t, "buffer_before_minutes", "minutes"),
            _number(t, "buffer_after_minutes", "minutes"),
            hits=t("services.hits.buffers"),
        ),
    )


def _booking_rules(t: Texts) -> rx.Component:
    s = ServiceState
    return group(
        t("services.group.booking"),
        row(
            _number(t, "notice_minutes", "hours"),
            _number(t, "notice_working_days", "working_days"),
            hits=t("services.hits.notice"),
        ),
        row(
            _number(t, "horizon_days", "days"),
            time_field(t, s, "release_at", _label(t, "release_at")),
            hits=t("services.hits.horizon"),
        ),
        row(_number(t, "staff_reserve", "places"), hits=s.reserve),
        row(_number(t, "max_open_bookings", "open"), hits=t("services.hits.max_open")),
        row(
            _number(t, "move_until_minutes", "hours_before"),
            _number(t, "cancel_until_minutes", "hours_before"),
            _number(t, "max_moves", "times"),
            hits=t("services.hits.changes"),
        ),
    )


def _desks(t: Texts) -> rx.Component:
    s = ServiceState
    others = rx.cond(
        s.other_desks.length() > 0,
        rx.el.details(
            rx.el.summary(t("services.others_too")),
            rx.el.div(tick_list(s, "desk_ids", s.other_desks), class_name="ticks is-col"),
        ),
        rx.fragment(),
    )
    return rx.cond(
        s.can_manage,
        group(
            t("services.group.desks"),
            row(
                choices_field(
                    t,
                    s,
                    "desk_ids",
                    _label(t, "desk_ids"),
                    rx.cond(
                        s.own_desks.length() > 0,
                        tick_list(s, "desk_ids", s.own_desks),
                        rx.el.p(t("services.no_own_desk"), class_name="hint"),
                    ),
                    others,
                    is_column=True,
                ),
                hits=rx.cond(s.is_new, t("services.hits.new_desks"), t("services.hits.desks")),
            ),
        ),
        rx.fragment(),
    )


def _texts(t: Texts) -> rx.Component:
    s = ServiceState
    return group(
        t("services.group.texts"),
        _long_pair(t, "documents", MAX_TEXT_LENGTH, t("services.hits.documents")),
        _long_pair(t, "instructions", MAX_TEXT_LENGTH),
        row(
            text_field(t, s, "online_url", _label(t, "online_url"), max_length=MAX_URL_LENGTH, input_mode="url"),
            hits=t("services.hits.online"),
        ),
    )


def _messages(t: Texts) -> rx.Component:
    s = ServiceState
    names = ("has_waiting_list", "has_reminders", "is_sensitive")
    return group(
        t("services.group.messages"),
        row(
            choices_field(
                t,
                s,
                "messages",
                t("services.group.messages"),
                *[check_field(s, name, _label(t, name)) for name in names],
                is_column=True,
            ),
            hits=t("services.hits.messages"),
        ),
        _long_pair(t, "mail_note", MAX_NOTE_LENGTH, t("services.hits.mail_note"), lines=2),
    )


def _long_pair(t: Texts, name: str, max_length: int, hits: str = "", lines: int = 3) -> rx.Component:
    """A text in both languages. Letters of another alphabet are no translation of it: none is suggested."""
    return text_pair(
        t,
        ServiceState,
        name,
        _label(t, f"{name}_el"),
        max_length=max_length,
        lines=lines,
        is_suggested=False,
        hits=hits,
        hits_en=t("services.hits.english_text"),
    )


def _number(t: Texts, name: str, unit: str = "") -> rx.Component:
    return number_field(t, ServiceState, name, _label(t, name), unit=t(f"services.unit.{unit}") if unit else "")


def _label(t: Texts, name: str) -> str:
    return t(f"services.field.{name}")
