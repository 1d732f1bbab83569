"""What a webmaster pastes: the choices, the texts by place, the preview, and the lines of a strict host."""

from collections.abc import Sequence

import reflex as rx

from dimoslive.i18n import LANGUAGES, Texts
from dimoslive.ui.settings.embedding.components import embed_preview, tab_list
from dimoslive.ui.settings.embedding.state import EmbeddingState
from dimoslive.ui.shared.components.copy_text import copy_text
from dimoslive.ui.staff.parts import Choice

_TABS = ("script", "frame", "link", "wordpress", "joomla", "drupal")


def maker(t: Texts) -> rx.Component:
    """Choices, and under them the text for each place."""
    s = EmbeddingState
    return rx.el.section(
        rx.el.h2(t("embedding.maker"), id="maker-title"),
        rx.el.p(t("embedding.maker_lead"), class_name="soft"),
        rx.el.div(
            _select(t, "what", s.what, _words(t, "what", ("wizard", "service", "next", "link"))),
            rx.cond(
                s.what != "wizard",
                _select(t, "service", s.service, s.services, is_open=s.what == "link"),
                rx.fragment(),
            ),
            _select(t, "mode", s.mode, s.modes, is_open=True),
            _select(t, "language", s.in_language, _words(t, "language", LANGUAGES)),
            rx.cond(
                (s.what == "wizard") | (s.what == "service"),
                _select(t, "display", s.display, _words(t, "display", ("inline", "dialog"))),
                rx.fragment(),
            ),
            rx.cond(s.what != "link", _accent(t), rx.fragment()),
            class_name="embedding__choices",
        ),
        tab_list(
            [t(f"embedding.tab.{name}") for name in _TABS],
            rx.fragment(_plain(t, "script"), _pinned(t)),
            _frame(t),
            _link(t),
            _wordpress(t),
            _plain(t, "joomla"),
            _plain(t, "drupal"),
            label=t("embedding.tabs"),
        ),
        aria_labelledby="maker-title",
        class_name="embedding__part",
    )


def preview(t: Texts) -> rx.Component:
    """The real element, at three widths."""
    s = EmbeddingState
    return rx.el.section(
        rx.el.h2(t("embedding.preview"), id="preview-title"),
        rx.cond(
            s.listed.length() > 0,
            rx.fragment(rx.el.p(t("embedding.preview_lead"), class_name="soft"), _shown(t)),
            rx.el.p(t("embedding.preview_none"), class_name="soft"),
        ),
        aria_labelledby="preview-title",
        class_name="embedding__part",
    )


def _shown(t: Texts) -> rx.Component:
    s = EmbeddingState
    return embed_preview(
        what=s.what,
        municipality=s.slug,
        service=s.service,
        mode=s.mode,
        lang=s.in_language,
        display=s.display,
        accent=s.accent,
        label=t("embedding.width"),
        widths={name: t(f"embedding.width.{name}") for name in ("320", "768", "full")},
    )


def policy(t: Texts) -> rx.Component:
    """Three lines for a host with a policy of its own."""
    return rx.el.section(
        rx.el.h2(t("embedding.policy"), id="policy-title"),
        rx.el.p(t("embedding.policy_lead"), class_name="soft"),
        _to_copy(t, "policy-text", EmbeddingState.policy.join("\n")),
        aria_labelledby="policy-title",
        class_name="embedding__part",
    )


def _words(t: Texts, field: str, values: Sequence[str]) -> list[Choice]:
    return [Choice(value, t(f"embedding.{field}.{value}")) for value in values]


def _select(
    t: Texts, name: str, value: rx.Var, options: Sequence[Choice] | rx.Var, *, is_open: bool | rx.Var = False
) -> rx.Component:
    """A choice of the maker, which may be left open."""
    any_of_them = rx.el.option(t(f"embedding.any_{name}"), value="") if is_open is not False else rx.fragment()
    shown = (
        rx.foreach(options, lambda one: rx.el.option(one.text, value=one.value))
        if isinstance(options, rx.Var)
        else rx.fragment(*[rx.el.option(one.text, value=one.value) for one in options])
    )
    return rx.el.div(
        rx.el.label(t(f"embedding.field.{name}"), html_for=f"maker-{name}"),
        rx.el.select(
            rx.cond(is_open, any_of_them, rx.fragment()),
            shown,
            id=f"maker-{name}",
            value=value,
            on_change=lambda chosen: EmbeddingState.choose(name, chosen),
            class_name="input",
        ),
        class_name="field",
    )


def _accent(t: Texts) -> rx.Component:
    s = EmbeddingState
    before, _, after = t("embedding.hint.accent", color="\n\n").partition("\n\n")
    return rx.el.div(
        rx.el.label(t("embedding.field.accent"), html_for="maker-accent"),
        rx.el.span(before, s.municipality_color, after, id="maker-accent-hint", class_name="hint"),
        rx.el.input(
            id="maker-accent",
            type="text",
            default_value=s.accent,
            max_length=20,
            auto_complete="off",
            spell_check=False,
            aria_describedby="maker-accent-hint",
            on_blur=lambda typed: s.choose("accent", typed),
            class_name="input is-short",
        ),
        rx.el.p(s.accent_remark, role="status", class_name="soft"),
        class_name="field",
    )


def _to_copy(t: Texts, id_: str, text: rx.Var) -> rx.Component:
    return copy_text(t, id_, t("embedding.text_to_copy"), text)


def _plain(t: Texts, name: str) -> rx.Component:
    return rx.fragment(
        rx.el.p(t(f"embedding.where.{name}")), _to_copy(t, f"text-{name}", EmbeddingState.snippets.script)
    )


def _pinned(t: Texts) -> rx.Component:
    """For a host that lets in nothing unchecked."""
    s = EmbeddingState
    return rx.cond(
        s.snippets.pinned != "",
        rx.el.details(
            rx.el.summary(t("embedding.pinned")),
            rx.el.p(t("embedding.where.pinned")),
            _to_copy(t, "text-pinned", s.snippets.pinned),
            class_name="embedding__more",
        ),
        rx.fragment(),
    )


def _frame(t: Texts) -> rx.Component:
    s = EmbeddingState
    return rx.fragment(
        rx.el.p(t("embedding.where.frame")),
        rx.cond(s.what == "next", rx.el.p(t("embedding.where.frame_next")), rx.fragment()),
        _to_copy(t, "text-frame", s.snippets.frame),
    )


def _link(t: Texts) -> rx.Component:
    s = EmbeddingState
    return rx.fragment(
        rx.el.p(t("embedding.where.link")),
        _to_copy(t, "text-link", s.snippets.link),
        rx.el.h3(t("embedding.address_only"), id="address-title"),
        copy_text(t, "text-address", t("embedding.address_only"), s.snippets.address),
        rx.el.h3(t("embedding.qr")),
        rx.el.img(src=s.snippets.qr, alt=t("embedding.qr_alt"), width=180, height=180),
        rx.el.p(
            rx.el.A.create(t("embedding.qr_file"), href=s.snippets.qr, download="myDIMOSLive.svg", class_name="press")
        ),
    )


def _wordpress(t: Texts) -> rx.Component:
    s = EmbeddingState
    return rx.fragment(
        rx.el.p(t("embedding.where.wordpress")),
        _to_copy(t, "text-wordpress", s.snippets.script),
        rx.cond(
            s.what != "link",
            rx.fragment(
                rx.el.p(t("embedding.where.wordpress_plugin")),
                _to_copy(t, "text-shortcode", s.snippets.shortcode),
            ),
            rx.fragment(),
        ),
    )
