"""«Εισαγωγή»: a file is sent, looked at, and imported."""

import reflex as rx

from dimoslive.domain.imports.encodings import Encoding
from dimoslive.domain.imports.kinds import COLUMNS, ImportKind
from dimoslive.domain.imports.rows import MAX_BYTES, MAX_ROWS
from dimoslive.i18n import Texts
from dimoslive.settings import Settings
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.imports.rows_page import judged_rows
from dimoslive.ui.settings.imports.state import ImportState
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.components.scripts import file_field, press_button
from dimoslive.ui.staff.frame import staff_href
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.urls import IMPORT_FILE, IMPORT_TEMPLATE, import_path

PATH = import_path("el")


def import_page(t: Texts, settings: Settings) -> rx.Component:
    """One of the steps; in development with two files to try it."""
    s = ImportState
    return settings_page(
        t,
        s,
        rx.match(
            s.step,
            ("read", _read(t)),
            ("rows", judged_rows(t, PATH)),
            ("done", _done(t)),
            _send(t, has_examples=not settings.is_production),
        ),
        current="import",
        styles=("lists", "imports"),
    )


def _send(t: Texts, *, has_examples: bool) -> rx.Component:
    s = ImportState
    problem = rx.cond(s.is_gone, t("error.import_gone"), s.sent_problem)
    return rx.fragment(
        head(t, t("settings.nav.import"), lead=t("imports.lead")),
        rx.el.div(
            rx.cond(
                problem != "",
                rx.el.p(problem, id="import-problem", tab_index=-1, class_name="wrong"),
                rx.fragment(),
            ),
            role="alert",
        ),
        plain_form(
            rx.el.input(type="hidden", name="m", value=StaffFrameState.slug, read_only=True),
            rx.el.input(type="hidden", name="language", value=t.language, read_only=True),
            rx.el.fieldset(
                rx.el.legend(t("imports.what")),
                rx.foreach(
                    s.kinds,
                    lambda one: rx.el.label(
                        rx.el.input(type="radio", name="kind", value=one.value, default_checked=one.value == s.kind),
                        rx.el.span(one.text),
                        class_name="tickbox",
                    ),
                ),
                class_name="import__kinds",
            ),
            rx.el.div(
                rx.el.label(t("imports.file"), html_for="file"),
                rx.el.span(
                    t("imports.file_hint", megabytes=MAX_BYTES // 1024 // 1024, rows=MAX_ROWS),
                    id="file-hint",
                    class_name="hint",
                ),
                file_field(
                    id="file",
                    name="file",
                    accept=".csv,.txt,.tsv,text/csv",
                    max_bytes=MAX_BYTES,
                    too_large=t("error.file_too_large", megabytes=MAX_BYTES // 1024 // 1024),
                    described_by="file-hint",
                ),
                class_name="field",
            ),
            rx.el.button(t("imports.send"), type="submit", class_name="btn"),
            action=IMPORT_FILE,
            method="post",
            has_file=True,
        ),
        _columns(t),
        _examples(t) if has_examples else rx.fragment(),
    )


def _columns(t: Texts) -> rx.Component:
    """What a file may have; a person reads it before the first file, and never again."""
    return rx.el.section(
        rx.el.h2(t("imports.columns_title"), id="columns"),
        rx.el.p(t("imports.columns_lead")),
        *[
            rx.cond(
                ImportState.may_import.contains(kind.value),
                _columns_of(t, kind),
                rx.fragment(),
            )
            for kind in ImportKind
        ],
        aria_labelledby="columns",
        class_name="import__columns",
    )


def _columns_of(t: Texts, kind: ImportKind) -> rx.Component:
    lines = [
        rx.fragment(
            rx.el.dt(*_headings(column.headings), rx.el.span(" *", aria_hidden="true") if column.is_required else ""),
            rx.el.dd(t(f"imports.about.{kind}.{column.name}")),
        )
        for column in COLUMNS[kind]
    ]
    return rx.el.details(
        rx.el.summary(t(f"imports.kind.{kind}")),
        rx.el.dl(*lines),
        rx.el.p(
            # A file, not a page of ours: the router has nothing to do with it.
            rx.el.A.create(t("imports.template"), href=f"{IMPORT_TEMPLATE}?kind={kind}&language={t.language}")
        ),
    )


def _headings(headings: tuple[str, ...]) -> list[object]:
    shown: list[object] = []
    for heading in headings:
        shown += [" / "] if shown else []
        shown.append(rx.el.code(heading, lang="el" if not heading.isascii() else "en"))
    return shown


def _examples(t: Texts) -> rx.Component:
    return rx.el.aside(
        rx.el.h2(t("imports.examples_title"), id="examples"),
        rx.el.p(t("imports.examples")),
        rx.el.ul(
            *[
                rx.el.li(rx.el.A.create(t(f"imports.example.{kind}"), href=f"/dev/import/{kind}.csv"))
                for kind in ImportKind
            ]
        ),
        aria_labelledby="examples",
        class_name="import__examples",
    )


def _read(t: Texts) -> rx.Component:
    """How the file is understood."""
    s = ImportState
    return rx.fragment(
        head(t, t("imports.read_title"), back=(t("imports.other_file"), PATH)),
        rx.el.div(
            rx.cond(s.read_problem != "", rx.el.p(s.read_problem, class_name="wrong"), rx.fragment()), role="alert"
        ),
        rx.el.dl(
            _fact(t("imports.file"), s.file_name),
            _fact(t("imports.what"), s.kind_text),
            _fact(t("imports.encoding"), rx.match(s.encoding, *_encodings(t), t("imports.unknown"))),
            rx.cond(
                s.read_problem == "",
                rx.fragment(_fact(t("imports.separator"), s.separator), _fact(t("imports.rows_title"), s.number)),
                rx.fragment(),
            ),
            id="import-read",
            tab_index=-1,
            class_name="facts",
        ),
        rx.cond(s.read_problem == "", _first_rows(t), rx.fragment()),
        _other_encoding(t),
        rx.cond(
            s.read_problem == "",
            rx.el.p(
                rx.el.a(
                    t("imports.go_on"),
                    href=staff_href(PATH, t.language) + "&draft=" + s.draft + "&step=rows",
                    class_name="btn",
                ),
                class_name="import__acts",
            ),
            rx.fragment(),
        ),
    )


def _fact(name: str, value: rx.Var) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))


def _encodings(t: Texts) -> list[tuple[str, str]]:
    return [(encoding.value, t(f"imports.encoding.{encoding}")) for encoding in Encoding]


def _first_rows(t: Texts) -> rx.Component:
    s = ImportState
    return rx.fragment(
        rx.el.h2(t("imports.first_rows"), id="first-rows"),
        rx.el.p(t("imports.first_rows_lead")),
        rx.el.div(
            rx.el.table(
                rx.el.thead(rx.el.tr(rx.foreach(s.heads, lambda name: rx.el.th(name, scope="col")))),
                rx.el.tbody(
                    rx.foreach(
                        s.first_rows,
                        lambda row: rx.el.tr(
                            rx.foreach(
                                row.cells,
                                lambda cell: rx.el.td(cell.text, custom_attrs={"data-label": cell.head}, lang="el"),
                            )
                        ),
                    )
                ),
                aria_labelledby="first-rows",
                class_name="list is-cards is-plain",
            ),
            class_name="import__read",
        ),
    )


def _other_encoding(t: Texts) -> rx.Component:
    s = ImportState
    return rx.el.details(
        rx.el.summary(t("imports.other_encoding")),
        rx.el.p(t("imports.other_encoding_lead")),
        rx.el.form(
            rx.el.div(
                rx.el.label(t("imports.encoding"), html_for="encoding"),
                rx.el.select(
                    *[rx.el.option(name, value=word) for word, name in _encodings(t)],
                    id="encoding",
                    name="encoding",
                    default_value=s.encoding,
                    key=s.encoding,
                    class_name="input",
                ),
                class_name="field",
            ),
            press_button(t, t("imports.read_again"), ack_count=s.ack_count, type="submit", class_name="btn alt"),
            on_submit=s.choose_encoding,
        ),
        open=s.read_problem != "",
        class_name="import__more",
    )


def _done(t: Texts) -> rx.Component:
    s = ImportState
    return rx.fragment(
        head(t, t("imports.done_title")),
        rx.el.ul(rx.foreach(s.done, rx.el.li), class_name="saved"),
        rx.el.p(rx.el.a(t("imports.again"), href=staff_href(PATH, t.language))),
    )
