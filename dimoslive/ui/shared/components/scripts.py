"""The components that must answer before the server does: the modules of `frontend/components/`."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.i18n.dates import weekday_heads, weekday_name
from dimoslive.ui.shared.frontend import frontend_module
from dimoslive.urls import municipality_path


class PressButton(rx.Component):
    """A button that shows at once that it was pressed and cannot be pressed twice."""

    library = frontend_module("components/press_button.tsx")
    tag = "PressButton"

    ack_count: rx.Var[int]
    busy_label: rx.Var[str]
    type: rx.Var[str]
    disabled: rx.Var[bool]
    on_click: rx.EventHandler[rx.event.no_args_event_spec]


class _DateGrid(rx.Component):
    library = frontend_module("components/date_grid.tsx")
    tag = "DateGrid"

    month: rx.Var[object]
    heads: rx.Var[list[dict[str, str]]]
    labelled_by: rx.Var[str]
    ack_count: rx.Var[int]
    busy_label: rx.Var[str]
    on_month: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_day: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class _MunicipalityPicker(rx.Component):
    library = frontend_module("components/municipality_picker.tsx")
    tag = "MunicipalityPicker"

    language: rx.Var[str]
    target: rx.Var[str]
    public_target: rx.Var[str]
    label: rx.Var[str]
    hint: rx.Var[str]
    texts: rx.Var[dict[str, str]]


class _GreekParts(rx.Component):
    library = frontend_module("components/greek_parts.tsx")
    tag = "GreekParts"

    text: rx.Var[str]


def marked(t: Texts, text: rx.Var) -> rx.Var | rx.Component:
    """What people typed or TAXISnet sent: Greek in it is marked as such on pages in other languages."""
    return text if t.language == "el" else _GreekParts.create(text=text)


class _HoldCountdown(rx.Component):
    library = frontend_module("components/hold_countdown.tsx")
    tag = "HoldCountdown"

    seconds_left: rx.Var[int]
    seconds_in_all: rx.Var[int]
    version: rx.Var[str]
    label: rx.Var[str]
    minute_text: rx.Var[str]
    minutes_text: rx.Var[str]
    on_over: rx.EventHandler[rx.event.no_args_event_spec]


class _FocusKeeper(rx.Component):
    library = frontend_module("components/focus_keeper.tsx")
    tag = "FocusKeeper"

    target: rx.Var[str]
    version: rx.Var[int]


def focus_keeper(target: rx.Var, version: rx.Var) -> rx.Component:
    """Moves the focus to the element named ``target`` whenever ``version`` changes."""
    return _FocusKeeper.create(target=target, version=version)


class _LeftFields(rx.Component):
    library = frontend_module("components/left_fields.tsx")
    tag = "LeftFields"

    on_left: rx.EventHandler[rx.event.passthrough_event_spec(str, str)]


def left_fields(*content: rx.Component, on_left: object) -> rx.Component:
    """Runs a handler with the name and the text of each field that is left."""
    return _LeftFields.create(*content, on_left=on_left)


class RouteFocus(rx.Component):
    """Leads the focus to the heading of a page that a link brought without a new document."""

    library = frontend_module("components/route_focus.tsx")
    tag = "RouteFocus"


class NewDocument(rx.Component):
    """Asks for the page's address once more as a new document: the server answers it with a page of its own."""

    library = frontend_module("components/new_document.tsx")
    tag = "NewDocument"


class _Modal(rx.Component):
    library = frontend_module("components/modal.tsx")
    tag = "Modal"

    labelled_by: rx.Var[str]
    keep_as: rx.Var[str]
    on_leave: rx.EventHandler[rx.event.no_args_event_spec]


def modal(*content: object, labelled_by: str, on_leave: object, keep_as: rx.Var | str = "") -> rx.Component:
    """A dialog over the page while it is there: the focus goes to the element named ``labelled_by``, and back at last.

    What is typed is kept under ``keep_as`` for as long as it is not sent, in this tab.
    """
    return _Modal.create(*content, labelled_by=labelled_by, on_leave=on_leave, keep_as=keep_as)


class _FileField(rx.Component):
    library = frontend_module("components/file_field.tsx")
    tag = "FileField"

    id: rx.Var[str]
    name: rx.Var[str]
    accept: rx.Var[str]
    max_bytes: rx.Var[int]
    too_large: rx.Var[str]
    described_by: rx.Var[str]
    is_invalid: rx.Var[bool]


def file_field(*, max_bytes: int, too_large: str, **props: object) -> rx.Component:
    """A file of at most so many bytes; of a larger one the browser says so before it is sent."""
    return _FileField.create(max_bytes=max_bytes, too_large=too_large, class_name="input", **props)


class _UnsavedForm(rx.Component):
    library = frontend_module("components/unsaved_form.tsx")
    tag = "UnsavedForm"

    keep_as: rx.Var[str]
    version: rx.Var[int]
    saved_count: rx.Var[int]
    question: rx.Var[str]
    unsaved_text: rx.Var[str]


def unsaved_form(  # what it watches, each by its name
    t: Texts, *content: object, keep_as: rx.Var | str, version: rx.Var, saved_count: rx.Var
) -> rx.Component:
    """Around a form: what is typed stays in this tab until it is saved, and leaving asks once.

    An element marked ``data-unsaved`` says which fields are not saved yet.
    """
    return _UnsavedForm.create(
        *content,
        keep_as=keep_as,
        version=version,
        saved_count=saved_count,
        question=t("settings.leave_unsaved"),
        unsaved_text=t("settings.unsaved"),
    )


class SuggestedField(rx.Component):
    """The English of a Greek field, which stands as suggested until somebody types something else."""

    library = frontend_module("components/suggested_field.tsx")
    tag = "SuggestedField"

    name: rx.Var[str]
    value: rx.Var[str]
    is_suggested: rx.Var[bool]
    suggestion: rx.Var[str]
    described_by: rx.Var[str]
    is_invalid: rx.Var[bool]
    max_length: rx.Var[int]
    lines: rx.Var[int]
    remark: rx.Var[str]


class _ArrowList(rx.Component):
    library = frontend_module("components/arrow_list.tsx")
    tag = "ArrowList"


def arrow_list(*content: rx.Component) -> rx.Component:
    """Rows that are one stop of the Tab key together; what is marked by ``data-stop`` is a row's."""
    return _ArrowList.create(*content)


class _Alarm(rx.Component):
    library = frontend_module("components/alarm.tsx")
    tag = "Alarm"

    seconds: rx.Var[int]
    version: rx.Var[int]
    on_ring: rx.EventHandler[rx.event.no_args_event_spec]


def alarm(seconds: rx.Var, version: rx.Var, on_ring: object) -> rx.Component:
    """Runs a handler once, so many seconds after ``version`` changed; never for 0."""
    return _Alarm.create(seconds=seconds, version=version, on_ring=on_ring)


def press_button(t: Texts, *children: object, ack_count: rx.Var, **props: object) -> rx.Component:
    """A `PressButton` with the words that a screen reader hears while it is busy."""
    return PressButton.create(*children, ack_count=ack_count, busy_label=t("press.busy"), **props)


def date_grid(
    t: Texts, month: rx.Var, *, labelled_by: str, ack_count: rx.Var, on_month: object, on_day: object
) -> rx.Component:
    """The days of a month, for mouse and keys; the handlers are told a first day and a day."""
    heads = [
        {"short": short, "name": weekday_name(weekday, t.language)}
        for weekday, short in enumerate(weekday_heads(t.language))
    ]
    return _DateGrid.create(
        month=month,
        heads=heads,
        labelled_by=labelled_by,
        ack_count=ack_count,
        busy_label=t("press.busy"),
        on_month=on_month,
        on_day=on_day,
    )


def municipality_picker(t: Texts, target: str = "") -> rx.Component:
    """The type-ahead; choosing leads to ``target``, a path with ``{slug}`` in it, or to the public page."""
    return _MunicipalityPicker.create(
        language=t.language,
        target=target or municipality_path("{slug}", t.language),
        public_target=municipality_path("{slug}", t.language),
        label=t("picker.label"),
        hint=t("picker.hint"),
        texts={
            "failed": t("picker.failed"),
            "loading": t("picker.loading"),
            "none": t("picker.none"),
            "one": t("picker.one"),
            "many": t("picker.many"),
            "first": t("picker.first"),
            "retry": t("picker.retry"),
            "unit": t("picker.unit"),
            "notJoined": t("picker.not_joined"),
            "paused": t("picker.paused"),
        },
    )


def hold_countdown(
    t: Texts, *, seconds_left: rx.Var, seconds_in_all: rx.Var, version: rx.Var, on_over: object
) -> rx.Component:
    """The ring, the time left in figures, and a spoken word now and then."""
    return _HoldCountdown.create(
        seconds_left=seconds_left,
        seconds_in_all=seconds_in_all,
        version=version,
        label=t("hold.kept_for"),
        minute_text=t("hold.one_minute"),
        minutes_text=t("hold.minutes"),
        on_over=on_over,
    )
