"""The bookings of a plan, each with its proposal and the decision."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.lists import cell
from dimoslive.ui.settings.plan.state import PlanPageState
from dimoslive.ui.settings.plan.view_models import PlanItemView, decisions

_HEADS = ("time", "person", "service", "contact", "proposal", "decision")


def decisions_table(t: Texts) -> rx.Component:
    """Cards on a phone."""
    s = PlanPageState
    heads = [t(f"plan.head.{name}") for name in _HEADS]
    return rx.fragment(
        rx.el.div(
            rx.el.h2(t("plan.decisions"), id="hit"),
            rx.cond(
                s.can_decide,
                rx.el.label(
                    t("plan.for_all"),
                    rx.el.select(
                        rx.el.option(t("plan.choose"), value=""),
                        *[rx.el.option(t(f"plan.all.{name}"), value=name) for name in ("proposed", "keep", "cancel")],
                        value="",
                        on_change=s.decide_all,
                        class_name="field-inline",
                    ),
                ),
            ),
            class_name="bulk",
        ),
        rx.el.table(
            rx.el.thead(rx.el.tr(*[rx.el.th(words, scope="col") for words in heads])),
            rx.el.tbody(rx.foreach(s.items, lambda item: _row(t, item, heads))),
            aria_labelledby="hit",
            class_name="list is-cards is-plain plan",
        ),
    )


def _row(t: Texts, item: rx.Var[PlanItemView], heads: list[str]) -> rx.Component:
    return rx.el.tr(
        cell(
            heads[0],
            rx.el.span(item.time, class_name="num plan__time"),
            rx.cond(item.day != "", rx.el.div(item.day, class_name="list__sub")),
        ),
        rx.el.th(
            rx.el.span(item.name, class_name="list__name", custom_attrs={"lang": "el"}),
            rx.cond(item.remark != "", rx.el.span(" ", rx.el.span(item.remark, class_name="remark"))),
            rx.el.div(item.where, class_name="list__sub"),
            scope="row",
        ),
        cell(heads[2], rx.el.span(item.service, class_name="list__sub")),
        cell(
            heads[3],
            rx.cond(item.href != "", rx.el.a(item.address, href=item.href, class_name="num"), item.address),
        ),
        cell(
            heads[4],
            rx.el.span(item.proposal, class_name="num"),
            rx.cond(item.proposal_sub != "", rx.el.div(item.proposal_sub, class_name="list__sub")),
        ),
        cell(heads[5], _decision(t, item)),
    )  # fmt: skip


def _decision(t: Texts, item: rx.Var[PlanItemView]) -> rx.Component:
    s = PlanPageState
    name = rx.el.span(" ", item.name, class_name="govgr-visually-hidden")
    is_offered = {"move": item.can_move, "choose": item.can_choose}
    choice = rx.el.select(
        rx.cond(item.decision == "", rx.el.option(t("plan.choose"), value="")),
        *[
            rx.el.option(
                one.text, value=one.value, disabled=~is_offered[one.value] if one.value in is_offered else False
            )
            for one in decisions(t)
        ],
        value=item.decision,
        on_change=lambda decision: s.decide(item.id, decision),
        custom_attrs={"aria-label": rx.Var.create(f"{t('plan.head.decision')} ").to(str) + item.name},
        class_name="field-inline",
    )
    return rx.el.div(
        rx.cond(item.can_decide, choice),
        rx.el.div(
            rx.cond(item.target != "", rx.el.b(item.target, class_name="num")),
            rx.cond(
                item.can_decide,
                rx.el.button(
                    t("plan.other_time"), name, type="button", on_click=s.pick(item.id), class_name="aslink small"
                ),
            ),
            class_name="plan__new",
        ),
        rx.cond(
            item.state != "", rx.el.span(item.state, class_name=rx.cond(item.is_warning, "remark is-warn", "remark"))
        ),
        rx.cond(item.follows != "", rx.el.div(item.follows, class_name="list__sub")),
        class_name="plan__decision",
    )
