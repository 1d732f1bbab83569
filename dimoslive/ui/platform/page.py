"""One municipality on the platform."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.services.platform.choose_public_figures import REASON
from dimoslive.ui.platform.frame import platform_page
from dimoslive.ui.platform.state import EnrolmentPageState, NumberView, PlatformPauseState, PublicFiguresState
from dimoslive.ui.settings.fields import group, row, text_field
from dimoslive.ui.settings.form import settings_form
from dimoslive.ui.settings.frame import head
from dimoslive.ui.shared.components.scripts import marked


def platform_municipality(t: Texts) -> rx.Component:
    """Enrol it, or add an administrator; pause it, or reopen it; what happened."""
    s = EnrolmentPageState
    return platform_page(
        t,
        s,
        head(
            t,
            s.name,
            back=(t("platform.title"), "/platform"),
            action=rx.el.span(s.state, class_name=s.tag),
        ),
        rx.cond(s.is_enrolled, rx.el.dl(rx.foreach(s.numbers, _number), class_name="facts numbers"), rx.fragment()),
        rx.el.section(
            rx.el.h2(rx.cond(s.is_enrolled, t("enrol.more"), t("enrol.title")), id="enrol-title"),
            rx.el.p(rx.cond(s.is_enrolled, t("enrol.more_text"), t("enrol.text"))),
            settings_form(
                t,
                s,
                _who(t),
                on_submit=s.submit,
                cancel="/platform",
                keep_as=s.keep_as,
                submit=t("enrol.press"),
                note=t("enrol.note"),
            ),
            aria_labelledby="enrol-title",
            class_name="chapter",
        ),
        rx.cond(s.can_pause, _pause(t), rx.fragment()),
        rx.cond(s.is_enrolled, _public_figures(t), rx.fragment()),
        _history(t),
        is_missing=s.is_missing,
    )


def _number(one: rx.Var[NumberView]) -> rx.Component:
    return rx.el.div(rx.el.dt(one.name), rx.el.dd(one.value))


def _who(t: Texts) -> rx.Component:
    s = EnrolmentPageState

    def field(name: str, max_length: int, hint: str = "", **props: object) -> rx.Component:
        return text_field(
            t, s, name, t(f"enrol.field.{name}"), max_length=max_length, hint=hint, auto_complete="off", **props
        )

    return rx.fragment(
        group(
            t("enrol.who"),
            row(field("first_name", 60)),
            row(field("last_name", 60)),
            row(
                field("afm", 20, input_mode="numeric"),
                field("email", 254, type="email"),
                hits=t("enrol.hits.either"),
            ),
        ),
        rx.cond(
            s.is_enrolled & ~s.needs_contact,
            rx.fragment(),
            group(
                t("enrol.contact"),
                row(field("contact_email", 254, type="email"), hits=t("enrol.hits.contact")),
            ),
        ),
    )


def _pause(t: Texts) -> rx.Component:
    s = EnrolmentPageState
    return rx.el.section(
        rx.el.h2(rx.cond(s.is_paused, t("platform_pause.reopen"), t("platform_pause.title")), id="pause-title"),
        rx.el.p(rx.cond(s.is_paused, t("platform_pause.reopen_text"), t("platform_pause.text"))),
        rx.cond(s.is_paused, _reopening(t), _pausing(t)),
        aria_labelledby="pause-title",
        class_name="chapter",
    )


def _pausing(t: Texts) -> rx.Component:
    s = PlatformPauseState
    messages = [
        row(
            text_field(
                t,
                s,
                f"pause_message_{language}",
                t(f"platform_pause.field.pause_message_{language}"),
                max_length=500,
                lines=2,
                custom_attrs={"lang": language},
            )
        )
        for language in ("el", "en")
    ]
    return settings_form(
        t,
        s,
        group(t("platform_pause.why"), _reason(t)),
        group(t("platform_pause.citizens"), *messages),
        on_submit=s.submit,
        cancel="/platform",
        keep_as=s.keep_as + "#pause",
        submit=t("platform_pause.press"),
    )


def _reopening(t: Texts) -> rx.Component:
    s = PlatformPauseState
    return settings_form(
        t,
        s,
        group(t("platform_pause.why"), _reason(t)),
        on_submit=s.reopen,
        cancel="/platform",
        keep_as=s.keep_as + "#reopen",
        submit=t("platform_pause.reopen"),
    )


def _reason(t: Texts) -> rx.Component:
    s = PlatformPauseState
    return row(
        text_field(t, s, "reason", t("platform_pause.field.reason"), max_length=500, lines=2),
        hits=t("platform_pause.hits.reason"),
    )


def _public_figures(t: Texts) -> rx.Component:
    s, form = EnrolmentPageState, PublicFiguresState

    def choice(on_submit: object, kept: str, submit: str) -> rx.Component:
        reason = text_field(t, form, REASON, t("platform_figures.field.figures_reason"), max_length=500, lines=2)
        return settings_form(
            t,
            form,
            group(t("platform_pause.why"), row(reason, hits=t("platform_pause.hits.reason"))),
            on_submit=on_submit,
            cancel="/platform",
            keep_as=form.keep_as + kept,
            submit=submit,
        )

    return rx.el.section(
        rx.el.h2(t("platform_figures.title"), id="figures-title"),
        rx.el.p(rx.cond(s.has_public_figures, t("platform_figures.shown"), t("platform_figures.hidden"))),
        rx.cond(
            s.has_public_figures,
            choice(form.leave, "#leave", t("platform_figures.leave")),
            choice(form.come_back, "#return", t("platform_figures.return")),
        ),
        aria_labelledby="figures-title",
        class_name="chapter",
    )


def _history(t: Texts) -> rx.Component:
    s = EnrolmentPageState
    return rx.cond(
        s.lines.length() > 0,
        rx.el.section(
            rx.el.h2(t("settings.history"), id="history-title"),
            rx.el.ul(rx.foreach(s.lines, lambda line: rx.el.li(marked(t, line))), class_name="happened"),
            aria_labelledby="history-title",
            class_name="chapter",
        ),
        rx.fragment(),
    )
