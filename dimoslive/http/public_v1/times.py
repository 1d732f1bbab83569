"""Free times of a service: those that a citizen would see on the pages at this moment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.http.dependencies import ContextDep
from dimoslive.http.public_v1.answers import Body, make_body, send
from dimoslive.http.public_v1.dependencies import Parameters, for_anyone
from dimoslive.http.public_v1.forms import Text, instant, instants
from dimoslive.http.public_v1.kept import KeptDep
from dimoslive.http.public_v1.municipalities import SlugInPath, notice_of
from dimoslive.http.public_v1.problems import field_code_of, problem_at
from dimoslive.http.public_v1.quotas import TIMES
from dimoslive.http.public_v1.services import ServiceInPath
from dimoslive.services.catalogue.offer_times import MAX_AHEAD_DAYS, NextTimes, OfferedTimes, next_times, offer_times
from dimoslive.urls import API_V1, book_service_path

MAX_DAYS = 62
USUAL_DAYS = 30
CACHING = "no-cache"
NEXT_CACHING = "public, max-age=15, stale-while-revalidate=45"
router = APIRouter(prefix=f"{API_V1}/municipalities/{{slug}}/services/{{service}}", tags=["times"])
Found = TypeVar("Found")


class FreeTime(BaseModel):
    """A time that can be booked."""

    starts_at: datetime = Field(examples=["2026-11-24T07:00:00Z"])
    few: bool = Field(description="One place is left")


class FreeDay(BaseModel):
    """A day with free times, on the municipality's calendar."""

    on: date = Field(alias="date", examples=["2026-11-24"])
    times: list[FreeTime]


class FreeTimes(BaseModel):
    """The free times of some days; days without one are left out."""

    municipality: str = Field(examples=["kavala"])
    service: str = Field(examples=["dimotologio"])
    mode: Mode
    zone: str = Field(description="Of the days", examples=["Europe/Athens"])
    duration_minutes: int = Field(ge=5, examples=[20])
    first: date = Field(alias="from", examples=["2026-11-20"])
    last: date = Field(alias="to", examples=["2026-12-20"])
    computed_at: datetime = Field(examples=["2026-11-20T08:00:00Z"])
    horizon_until: date = Field(description="The last day that can be booked now", examples=["2027-01-19"])
    next_release_at: datetime = Field(description="When one more day opens", examples=["2026-11-21T06:00:00Z"])
    paused: bool = Field(description="No new bookings are taken now; there are no times then")
    notice: Text | None = Field(description="While it is paused: what people are told", examples=[None])
    days: list[FreeDay]
    next_free_on: date | None = Field(description="The first day after `to` with a free time", examples=["2026-12-21"])


class NextTime(BaseModel):
    """A time that can be booked, and where."""

    starts_at: datetime = Field(examples=["2026-11-24T07:00:00Z"])
    ends_at: datetime = Field(examples=["2026-11-24T07:20:00Z"])
    mode: Mode
    booking_url: str = Field(
        examples=["https://book.example.gr/booking/mode?municipality=kavala&service=dimotologio&mode=video"]
    )


class EarliestTimes(BaseModel):
    """The earliest free times."""

    name: Text = Field(description="Of the service")
    items: list[NextTime]
    none_until: date | None = Field(description="Without any: up to this day none is free", examples=[None])
    next_release_at: datetime = Field(description="When one more day opens", examples=["2026-11-21T06:00:00Z"])
    paused: bool
    notice: Text | None = Field(description="While it is paused: what people are told", examples=[None])


class TimesParameters(Parameters):
    """Which days, and how one is served."""

    mode: Mode | None = Field(None, description="Must be given where the service is offered in several ways")
    first: date | None = Field(
        None, alias="from", description="The first day; today if it is not given", examples=["2026-11-24"]
    )
    last: date | None = Field(
        None,
        alias="to",
        description=f"The last day: {MAX_DAYS} days in all at most; {USUAL_DAYS} after the first if it is not given",
        examples=["2026-11-27"],
    )


class NextParameters(Parameters):
    """How one is served, and how many times."""

    mode: Mode | None = Field(None, description="In any if it is not given")
    limit: int = Field(3, ge=1, le=10, description="How many")


@router.get(
    "/times",
    operation_id="listTimes",
    summary="Free times of some days",
    response_model=FreeTimes,
    dependencies=[for_anyone(Permission.VIEW_PUBLIC, TIMES)],
)
async def times(
    request: Request,
    context: ContextDep,
    kept: KeptDep,
    slug: SlugInPath,
    service: ServiceInPath,
    asked: Annotated[TimesParameters, Query()],
) -> Response:
    """What is booked is gone from here within a second. Nothing on the way may keep the answer; its ETag saves time."""
    first, last = days_asked(asked, local_day(context.clock.now(), ATHENS))

    def make() -> Body:
        found = _asking(lambda: offer_times(context, slug, service, asked.mode, first, last))
        return make_body(_shown(found, first, last), without="computed_at")

    body, until = await kept.times("times", slug, service, asked.mode, first, last, make=make)
    return send(request, body, CACHING, until=until)


@router.get(
    "/next",
    operation_id="listNextTimes",
    summary="The earliest free times",
    response_model=EarliestTimes,
    dependencies=[for_anyone(Permission.VIEW_PUBLIC, TIMES)],
)
async def earliest(
    request: Request,
    context: ContextDep,
    kept: KeptDep,
    slug: SlugInPath,
    service: ServiceInPath,
    asked: Annotated[NextParameters, Query()],
) -> Response:
    """For a notice on a page of one's own: it may be up to a minute old."""

    def make() -> Body:
        found = _asking(lambda: next_times(context, slug, service, asked.mode, asked.limit))
        return make_body(_shown_next(found, context.public_url))

    body, until = await kept.times("next", slug, service, asked.mode, asked.limit, make=make)
    return send(request, body, NEXT_CACHING, until=until)


def days_asked(asked: TimesParameters, today: date) -> tuple[date, date]:
    """The first and the last day; raises a problem where there can be none."""
    first, end = asked.first or today, today + timedelta(days=MAX_AHEAD_DAYS)
    if not today <= first <= end:
        raise problem_at("query.from", "invalid_value", "out_of_range")
    last = asked.last or min(first + timedelta(days=USUAL_DAYS), end)
    if last < first:
        raise problem_at("query.to", "range_reversed", "out_of_range")
    if last > end:
        raise problem_at("query.to", "invalid_value", "out_of_range")
    if (last - first).days >= MAX_DAYS:
        raise problem_at("query.to", "range_too_long", "out_of_range")
    return first, last


def _asking(ask: Callable[[], Found]) -> Found:
    try:
        return ask()
    except InvalidInput as error:
        raise problem_at(f"query.{error.field}", "invalid_value", field_code_of(error)) from None


def _shown(found: OfferedTimes, first: date, last: date) -> dict[str, Any]:
    return {
        "municipality": found.municipality,
        "service": found.service,
        "mode": found.mode,
        "zone": found.zone,
        "duration_minutes": found.duration_minutes,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "computed_at": instant(found.computed_at),
        "horizon_until": found.last_open_day.isoformat(),
        "next_release_at": instant(found.next_release_at),
        "paused": found.pause is not None,
        "notice": notice_of(found.pause),
        "days": [
            {
                "date": day.isoformat(),
                "times": [
                    {"starts_at": at, "few": start in found.scarce}
                    for start, at in zip(starts, instants(starts), strict=True)
                ],
            }
            for day, starts in found.days.items()
        ],
        "next_free_on": found.next_free_on.isoformat() if found.next_free_on else None,
    }


def _shown_next(found: NextTimes, public_url: str) -> dict[str, Any]:
    items = [
        {
            "starts_at": instant(one.starts_at),
            "ends_at": instant(one.ends_at),
            "mode": one.mode,
            "booking_url": public_url + book_service_path(found.municipality, found.service, "el", one.mode),
        }
        for one in found.times
    ]
    return {
        "name": found.name,
        "items": items,
        "none_until": None if items or found.pause else found.last_open_day.isoformat(),
        "next_release_at": instant(found.next_release_at),
        "paused": found.pause is not None,
        "notice": notice_of(found.pause),
    }
