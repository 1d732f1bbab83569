"""Programs read the bookings of their municipality."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from dimoslive.context import AppContext
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.keys.program_booking import CHANGES_KEPT, MAX_SPAN, BookingWish, SortPlace, place_of
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.http.dependencies import ContextDep
from dimoslive.http.public_v1.answers import Body, make_body, send
from dimoslive.http.public_v1.booking_forms import Booking, BookingList, Status, etag, shown, written
from dimoslive.http.public_v1.dependencies import Parameters
from dimoslive.http.public_v1.forms import MAX_CURSOR_LENGTH, Slug
from dimoslive.http.public_v1.keyed import CACHING, BookingReader, Day, Instant
from dimoslive.http.public_v1.paging import links_to_next, read_cursor, write_cursor
from dimoslive.http.public_v1.problems import ApiProblem, problem_at
from dimoslive.services.program.read_bookings import list_program_bookings, show_program_booking
from dimoslive.urls import API_V1

MAX_LISTED = 200
router = APIRouter(prefix=f"{API_V1}/bookings", tags=["bookings"])
ReferenceInPath = Annotated[
    str,
    Path(
        min_length=8,
        max_length=20,
        description="Eight characters; a hyphen, blanks and lower case are taken too",
        examples=["K7PM3XQ9"],
    ),
]


class BookingParameters(Parameters):
    """Which bookings; what is not given does not narrow them."""

    first: Day | None = Field(
        None, alias="from", description="The first day on which they start", examples=["2026-11-24"]
    )
    last: Day | None = Field(
        None, alias="to", description=f"The last one; {MAX_SPAN.days} days in all at most", examples=["2026-11-27"]
    )
    status: list[Status] = Field(default_factory=list, max_length=len(Status), description="May be given several times")
    service: Slug | None = Field(None, description="By its slug", examples=["dimotologio"])
    mode: Mode | None = Field(None, description="How people are served")
    desk: int | None = Field(None, ge=1, lt=2**31, description="By its number")
    changed_since: Instant | None = Field(
        None,
        description=f"Changed at this instant or later, at most {CHANGES_KEPT.days} days ago; then sorted by change",
        examples=["2026-11-20T08:00:00Z"],
    )
    limit: int = Field(50, ge=1, le=MAX_LISTED, description="How many at once")
    cursor: str | None = Field(None, min_length=1, max_length=MAX_CURSOR_LENGTH, description="`next_cursor`")


@router.get("", operation_id="listBookings", summary="Bookings, by start or by change", response_model=BookingList)
def list_bookings(
    request: Request, context: ContextDep, key: BookingReader, asked: Annotated[BookingParameters, Query()]
) -> Response:
    """To follow what changes, ask again from the last `changed_at` on; what changed within two seconds comes later."""
    wish = _wish(asked, context.clock.now())
    question = asked.model_dump(exclude={"cursor", "limit"}) | {"key": key.id}
    after = _after(context, asked.cursor, question)
    found = list_program_bookings(context, key, wish, after=after, limit=asked.limit + 1)
    bookings, cursor = found[: asked.limit], ""
    if len(found) > asked.limit:
        last = place_of(bookings[-1], wish)
        cursor = write_cursor(context, [last.at.isoformat(), last.id], question)
    body = make_body({"items": [shown(booking) for booking in bookings], "next_cursor": cursor or None})
    return send(request, body, CACHING, links_to_next(request, context.public_url, cursor))


@router.get(
    "/{reference}",
    operation_id="getBooking",
    summary="One booking",
    response_model=Booking,
    responses={200: {"headers": {"ETag": {"description": "Its version", "schema": {"type": "string"}}}}},
)
def get_booking(
    request: Request,
    context: ContextDep,
    key: BookingReader,
    reference: ReferenceInPath,
    _: Annotated[Parameters, Query()],
) -> Response:
    """With its person, if the key may read that; each such read is recorded."""
    booking = show_program_booking(context, key, reference)
    return send(request, Body(written(booking).encode(), etag(booking.version)), CACHING)


def _wish(asked: BookingParameters, now: datetime) -> BookingWish:
    if asked.first and asked.last:
        if asked.last < asked.first:
            raise problem_at("query.to", "range_reversed", "out_of_range")
        if asked.last - asked.first >= MAX_SPAN:
            raise problem_at("query.to", "range_too_long", "out_of_range")
    if asked.changed_since is not None and asked.changed_since < now - CHANGES_KEPT:
        raise problem_at("query.changed_since", "range_too_long", "out_of_range")
    return BookingWish(
        first=asked.first,
        last=asked.last,
        statuses=tuple(BookingStatus(status.value) for status in asked.status),
        service=asked.service or "",
        mode=asked.mode,
        desk_id=asked.desk,
        changed_since=asked.changed_since,
    )


def _after(context: AppContext, cursor: str | None, question: dict[str, Any]) -> SortPlace | None:
    if cursor is None:
        return None
    try:
        at, id_ = read_cursor(context, cursor, question)
        return SortPlace(datetime.fromisoformat(at).astimezone(UTC), int(id_))
    except (ValueError, TypeError):
        raise ApiProblem("cursor_invalid") from None
