"""Of those who were served by video, how many showed a document, and of which kind. One query."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import tallied
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.figures.figure import Column, Figure, Unit
from dimoslive.domain.figures.percentiles import share
from dimoslive.domain.meeting.meeting import IdentityDocument
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.figures.scope import Scope, day_of
from dimoslive.services.figures.steps import ByDay, of_span, summed, summed_share

_NONE = "no_document"


Documents = Mapping[str, ByDay]
"""What was shown, or `_NONE`, by the day of the appointment."""


def read_documents(tx: Session, scope: Scope) -> Documents:
    """What was noted outside the meeting counts as well. One query."""
    starts_at = col(BookingRow.starts_at)
    shown = func.coalesce(func.nullif(col(BookingRow.identity_document), ""), col(MeetingRow.identity_document), "")
    each = (
        select(scope.day(starts_at).label("day"), shown.label("document"))
        .outerjoin(MeetingRow, col(MeetingRow.booking_id) == col(BookingRow.id))
        .where(
            *scope.made(),
            *scope.within(starts_at),
            col(BookingRow.status) == BookingStatus.SERVED.value,
            col(BookingRow.mode) == Mode.VIDEO.value,
        )
    )
    by_document = defaultdict[str, ByDay](ByDay)
    for day, document, number in tallied(tx, each):
        by_document[document or _NONE][day_of(day)] += number
    return by_document


def count_identity(documents: Documents, scope: Scope) -> Figure:
    """By the day of the appointment."""
    served, identified = ByDay(), ByDay()
    for document, by_day in documents.items():
        served.update(by_day)
        if document != _NONE:
            identified.update(by_day)
    heads = (*(document.value for document in IdentityDocument), _NONE)
    cells, whole = (
        tuple(of_span(documents.get(head, ByDay()), scope.asked.span) for head in heads),
        of_span(served, scope.asked.span),
    )
    return Figure(
        heads=heads,
        columns=(
            Column("bookings", Unit.COUNT, cells, whole),
            Column("share", Unit.PERCENT, tuple(share(cell, whole) for cell in cells), share(whole, whole)),
        ),
        sums=(summed_share("shown", identified, served, scope), summed("served", served, scope)),
        size=whole,
    )
