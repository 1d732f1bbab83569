"""The mail that one citizen of a plan would get, as it would be sent."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.places import with_door
from dimoslive.db.queries.plans import first_to_mail
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.plan import target_of
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.proposals import Decision
from dimoslive.domain.scheduling.periods import Period
from dimoslive.integrations.mail.booking_mail import MailKind, booking_mail
from dimoslive.services.plans.access_plan import access_plan
from dimoslive.urls import mail_links

_TOKEN = "…"  # noqa: S105  # it opens nothing


@dataclass(frozen=True, slots=True, repr=False)
class PreviewedMail:
    """To whom, about what, and the text of the mail; ``language`` is the citizen's."""

    to: str
    name: str
    subject: str
    text: str
    language: str


def preview_mail(context: AppContext, official: Official, municipality_id: int, plan_id: int) -> PreviewedMail | None:
    """The first mail that the plan would send, if it would send any; raises `NotFound`."""
    with reading(context.db) as tx:
        plan = access_plan(tx, official, municipality_id, plan_id)
        item = first_to_mail(tx, plan_id)
        if item is None:
            return None
        was = to_booking(booking_with_service(tx, item.booking_id))
        kind, booking = _as_decided(tx, plan, item, was)
    message = booking_mail(
        kind,
        booking,
        mail_links(context.public_url, _TOKEN, booking.language),
        mail_from=context.mail_from,
        message_id="<preview>",
        now=context.clock.now(),
        reason=plan.message_en if booking.language == "en" else plan.message_el,
        previously=was.period if kind == "moved" else None,
    )
    body = message.get_body(("plain",))
    return PreviewedMail(
        to=booking.details.email,
        name=booking.details.name,
        subject=str(message["Subject"]),
        text=str(body.get_content()) if body is not None else "",
        language=booking.language,
    )


def _as_decided(tx: Session, plan: PlanRow, item: PlanItemRow, was: Booking) -> tuple[MailKind, Booking]:
    target = target_of(item)
    if item.decision == Decision.CHOOSE.value:
        return "must_move", was
    if item.decision == Decision.CANCEL.value or target is None:
        message = plan.message_en if was.language == "en" else plan.message_el
        cancelled = BookingStatus.CANCELLED_BY_MUNICIPALITY
        return "cancelled_by_municipality", replace(was, status=cancelled, cancel_reason=message)
    period = Period(target.starts_at, target.starts_at + was.period.length)
    moved = with_door(tx, replace(was, period=period, mode=target.mode), target.desk_id)
    return "moved" if (period, target.mode) != (was.period, was.mode) else "changed_by_municipality", moved
