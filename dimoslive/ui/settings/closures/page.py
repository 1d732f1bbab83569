"""One closure."""

import reflex as rx

from dimoslive.domain.settings.away import MAX_REASON_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.closures.list_page import PATH
from dimoslive.ui.settings.closures.state import ClosureState
from dimoslive.ui.settings.fields import group, row, select_field, text_pair
from dimoslive.ui.settings.form import history, settings_form
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.plan.away_fields import when_group


def closure(t: Texts) -> rx.Component:
    """The form of one that is there, or of a new one."""
    s = ClosureState
    return settings_page(
        t,
        s,
        head(t, s.title, back=(t("settings.nav.closures"), PATH)),
        settings_form(
            t,
            s,
            rx.cond(
                s.twin_href != "",
                rx.el.p(t("closures.twin"), " ", rx.el.a(s.twin, href=s.twin_href), class_name="warn"),
            ),
            when_group(t, s, "closures"),
            group(
                t("closures.group.what"),
                row(select_field(t, s, "department", t("closures.field.department"), s.departments)),
                text_pair(
                    t,
                    s,
                    "reason",
                    t("closures.field.reason_el"),
                    max_length=MAX_REASON_LENGTH,
                    hits=t("closures.hits.reason"),
                    hits_en=t("settings.until_touched"),
                ),
            ),
            on_submit=s.submit,
            cancel=PATH,
            keep_as=s.keep_as,
            submit=t("settings.see_changes"),
            note=t("plan.nothing_yet"),
        ),
        history(t, s),
        current="closures",
        styles=("plans",),
    )
