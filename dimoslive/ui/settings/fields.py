"""Fields of the forms of the set-up: each with label, hint, error, and what a change of it hits."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.shared.components.scripts import SuggestedField
from dimoslive.ui.staff.parts import Choice

State = type[SettingsFormState]


def group(name: str, *rows: rx.Component) -> rx.Component:
    """Fields that belong together, under a name."""
    return rx.el.fieldset(rx.el.legend(name), rx.el.div(*rows, class_name="fgroup__fields"), class_name="fgroup")


def row(*fields: rx.Component, hits: str | rx.Var | rx.Component = "") -> rx.Component:
    """One or more fields in a line, and at the right what a change hits."""
    inner = rx.el.div(*fields, class_name="trio") if len(fields) > 1 else fields[0]
    is_said = not isinstance(hits, str) or hits != ""
    return rx.el.div(inner, rx.el.p(hits, class_name="frow__hits") if is_said else rx.fragment(), class_name="frow")


def text_field(  # noqa: PLR0913  # what fields differ in, each by its name
    t: Texts,
    s: State,
    name: str,
    label: str,
    *,
    hint: str = "",
    lines: int = 0,
    max_length: int = 2000,
    unit: str = "",
    is_short: bool = False,
    **props: Any,
) -> rx.Component:
    """One line, or several ``lines``; with a ``unit`` after it."""
    control = rx.el.textarea if lines else rx.el.input
    shape: dict[str, Any] = {"rows": lines} if lines else {"type": props.pop("type", "text")}
    field = control(
        id=name,
        name=name,
        default_value=s.values[name],
        max_length=max_length,
        class_name="input is-short" if is_short else "input",
        **(shape | _described(s, name, hint) | props),
    )
    return _field(t, s, name, label, hint, rx.el.div(field, rx.el.span(unit), class_name="unit") if unit else field)


def number_field(t: Texts, s: State, name: str, label: str, *, unit: str = "", hint: str = "") -> rx.Component:
    """A whole number. Not the browser's own kind of field, which turns what it cannot read into nothing."""
    return text_field(
        t, s, name, label, hint=hint, unit=unit, max_length=9, is_short=True, input_mode="numeric", auto_complete="off"
    )


def time_field(t: Texts, s: State, name: str, label: str, *, hint: str = "") -> rx.Component:
    """A time of the day, as ``8:30``."""
    return text_field(t, s, name, label, hint=hint, max_length=5, is_short=True, auto_complete="off")


def select_field(
    t: Texts, s: State, name: str, label: str, options: Sequence[Choice] | rx.Var, *, hint: str = "", lang: str = ""
) -> rx.Component:
    """One of several; the options are fixed words, or the state's list of `Choice`.

    ``lang`` is that of names; the option without a value is in the page's.
    """
    shown = (
        rx.foreach(options, lambda one: _option(t, one, lang))
        if isinstance(options, rx.Var)
        else rx.fragment(*[rx.el.option(one.text, value=one.value) for one in options])
    )
    control = rx.el.select(
        shown, id=name, name=name, default_value=s.values[name], class_name="input", **_described(s, name, hint)
    )
    return _field(t, s, name, label, hint, control)


def _option(t: Texts, one: rx.Var[Choice], lang: str) -> rx.Component:
    words = {"lang": rx.cond(one.value != "", lang, t.language)} if lang else {}
    return rx.el.option(one.text, value=one.value, **words)


def check_field(s: State, name: str, label: str) -> rx.Component:
    """A tick."""
    return rx.el.label(
        rx.el.input(type="checkbox", id=name, name=name, default_checked=s.values[name] == "on"),
        rx.el.span(label, custom_attrs={"data-name": ""}),
        class_name="tickbox",
    )


def choices_field(  # what a choice of several differs in, each by its name
    t: Texts, s: State, name: str, label: str, *ticks: rx.Component, hint: str = "", is_column: bool = False
) -> rx.Component:
    """Several ticks under one name, and what is wrong with them together."""
    return rx.el.fieldset(
        rx.el.legend(rx.el.span(label, custom_attrs={"data-name": ""})),
        rx.el.span(hint, id=f"{name}-hint", class_name="hint") if hint else rx.fragment(),
        _wrong(t, s, name),
        rx.el.div(*ticks, class_name="ticks is-col" if is_column else "ticks"),
        # The list of problems leads here.
        id=name,
        tab_index=-1,
        aria_describedby=_described(s, name, hint)["aria_describedby"],
        class_name=rx.cond(s.errors[name], "field ticked is-wrong", "field ticked"),
    )


def tick_list(s: State, name: str, options: rx.Var, **words: str) -> rx.Component:
    """A tick for each `Choice` of the state's list, as fields ``<name>-<value>``; ``words`` may name its language."""
    return rx.foreach(options, lambda one: _tick(s, f"{name}-", one, **words))


def _tick(s: State, start: str, one: rx.Var[Choice], **words: str) -> rx.Component:
    field = rx.Var.create(start).to(str) + one.value
    return rx.el.label(
        rx.el.input(type="checkbox", id=field, name=field, default_checked=s.values[field] == "on"),
        rx.el.span(one.text, custom_attrs={"data-name": ""} | words),
        key=one.value,
        class_name="tickbox",
    )


def text_pair(  # noqa: PLR0913  # two fields and what they say
    t: Texts,
    s: State,
    name: str,
    label: str,
    *,
    max_length: int,
    is_suggested: bool = True,
    lines: int = 0,
    hint: str = "",
    hits: str = "",
    hits_en: str = "",
) -> rx.Component:
    """``<name>_el`` and ``<name>_en``; the English is suggested from the Greek until somebody types something else."""
    greek, english = f"{name}_el", f"{name}_en"
    suggest = {"on_blur": lambda text: s.suggest(english, text)} if is_suggested else {}
    return rx.fragment(
        row(
            text_field(
                t, s, greek, label, hint=hint, lines=lines, max_length=max_length,
                custom_attrs={"lang": "el"}, **suggest,
            ),
            hits=hits,
        ),
        row(_english(t, s, english, label, lines, max_length, is_suggested=is_suggested), hits=hits_en),
    )  # fmt: skip


def _english(  # as the pair has it
    t: Texts, s: State, name: str, label: str, lines: int, max_length: int, *, is_suggested: bool
) -> rx.Component:
    words = t("settings.in_english", field=label)
    if not is_suggested:
        return text_field(t, s, name, words, lines=lines, max_length=max_length, custom_attrs={"lang": "en"})
    remark = f"{name}-suggested"
    control = SuggestedField.create(
        name=name,
        value=s.values[name],
        is_suggested=s.values[f"is_{name}_suggested"] == "on",
        suggestion=s.suggestions[name].to(str),
        class_name="input",
        described_by=rx.cond(s.errors[name], f"{name}-error", ""),
        is_invalid=rx.cond(s.errors[name], True, False),  # the two values of an attribute
        max_length=max_length,
        lines=lines,
        remark=remark,
    )
    mark = rx.el.span(t("settings.suggested"), id=remark, class_name="suggest")
    return _field(t, s, name, words, "", control, mark)


def _described(s: State, name: str, hint: str) -> dict[str, Any]:
    own = f"{name}-hint" if hint else ""
    return {
        "aria_invalid": rx.cond(s.errors[name], True, False),  # the two values of an attribute
        "aria_describedby": rx.cond(s.errors[name], f"{name}-error {own}".strip(), own),
    }


def _field(  # the parts of a field
    t: Texts, s: State, name: str, label: str, hint: str, control: rx.Component, mark: rx.Component | None = None
) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.label(rx.el.span(label, custom_attrs={"data-name": ""}), html_for=name),
            mark or rx.fragment(),
        ),
        rx.el.span(hint, id=f"{name}-hint", class_name="hint") if hint else rx.fragment(),
        _wrong(t, s, name),
        control,
        class_name=rx.cond(s.errors[name], "field is-wrong", "field"),
    )


def _wrong(t: Texts, s: State, name: str) -> rx.Component:
    return rx.cond(
        s.errors[name],
        rx.el.p(
            rx.el.span(t("field.error"), class_name="govgr-visually-hidden"),
            s.errors[name],
            id=f"{name}-error",
            class_name="wrong",
        ),
        rx.fragment(),
    )
