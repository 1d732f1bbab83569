"""Programs read desks, hours and closures of their municipality."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from dimoslive.domain.keys.program_set_up import Days, ProgramClosure, ProgramDesk, ProgramHours
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.http.dependencies import ContextDep
from dimoslive.http.public_v1.answers import make_body, send
from dimoslive.http.public_v1.booking_forms import NamedDepartment
from dimoslive.http.public_v1.dependencies import Parameters
from dimoslive.http.public_v1.forms import MAX_CURSOR_LENGTH, Text, instant, wall_time
from dimoslive.http.public_v1.keyed import CACHING, Day, SetUpReader
from dimoslive.http.public_v1.paging import links_to_next, page_of
from dimoslive.http.public_v1.problems import problem_at
from dimoslive.services.program.read_set_up import list_program_closures, list_program_desks, list_program_hours
from dimoslive.urls import API_V1

router = APIRouter(prefix=API_V1, tags=["set-up"])


class Desk(BaseModel):
    """An official's or a counter's calendar."""

    id: int = Field(ge=1, examples=[12])
    name: Text = Field(examples=[{"el": "Θέση 1", "en": "Desk 1"}])
    place: Text = Field(description="On the door", examples=[{"el": "Γραφείο 3", "en": "Office 3"}])
    department: NamedDepartment | None
    services: list[str] = Field(description="The slugs of those that it serves", examples=[["dimotologio"]])
    active: bool = Field(description="False: archived", examples=[True])


class OpenWeekly(BaseModel):
    """Open on a day of every week."""

    weekday: int = Field(ge=1, le=7, description="1 is Monday", examples=[1])
    opens: str = Field(examples=["08:30"])
    closes: str = Field(description="00:00 is midnight", examples=["15:00"])
    valid_from: date | None = Field(examples=[None])
    valid_until: date | None = Field(examples=[None])


class OpenOn(BaseModel):
    """Hours of one date in the place of the weekly ones; without times it is closed."""

    on: date = Field(alias="date", examples=["2026-12-07"])
    opens: str | None = Field(examples=["09:00"])
    closes: str | None = Field(examples=["12:00"])


class HoursOfService(BaseModel):
    """When a service is open, in the municipality's time."""

    service: str = Field(examples=["dimotologio"])
    name: Text = Field(examples=[{"el": "Πιστοποιητικό", "en": "Certificate"}])
    weekly: list[OpenWeekly]
    dated: list[OpenOn]


class Closure(BaseModel):
    """The municipality, or a department of it, is closed."""

    id: int = Field(ge=1, examples=[3])
    department: NamedDepartment | None = Field(description="Null: the whole municipality", examples=[None])
    starts_at: datetime = Field(examples=["2026-12-01T10:00:00Z"])
    ends_at: datetime = Field(examples=["2026-12-01T13:00:00Z"])
    reason: Text = Field(examples=[{"el": "Απολύμανση", "en": "Disinfection"}])
    active: bool = Field(description="False: a suggestion that nobody has confirmed", examples=[True])


class DeskList(BaseModel):
    """Some desks."""

    items: list[Desk]
    next_cursor: str | None = Field(examples=[None])


class HoursList(BaseModel):
    """Some services with their hours."""

    items: list[HoursOfService]
    next_cursor: str | None = Field(examples=[None])


class ClosureList(BaseModel):
    """Some closures."""

    items: list[Closure]
    next_cursor: str | None = Field(examples=[None])


class ListParameters(Parameters):
    """How many at once, and where to go on."""

    limit: int = Field(100, ge=1, le=200, description="How many at once")
    cursor: str | None = Field(None, min_length=1, max_length=MAX_CURSOR_LENGTH, description="`next_cursor`")


class ClosureParameters(ListParameters):
    """Which closures."""

    first: Day | None = Field(None, alias="from", description="Those that end on this day or later")
    last: Day | None = Field(None, alias="to", description="Those that begin on this day or earlier")


@router.get("/desks", operation_id="listDesks", summary="The desks", response_model=DeskList)
def desks(
    request: Request, context: ContextDep, key: SetUpReader, asked: Annotated[ListParameters, Query()]
) -> Response:
    """Archived ones too; nothing of who works there."""
    found = [(one.id, _desk(one)) for one in list_program_desks(context, key)]
    return _page(request, context, found, {"list": "desks", "key": key.id}, asked)


@router.get("/hours", operation_id="listHours", summary="The hours of each service", response_model=HoursList)
def hours(
    request: Request, context: ContextDep, key: SetUpReader, asked: Annotated[ListParameters, Query()]
) -> Response:
    """Of the services in use; single dates from today on."""
    found = [(one.service_id, _hours(one)) for one in list_program_hours(context, key)]
    return _page(request, context, found, {"list": "hours", "key": key.id}, asked)


@router.get("/closures", operation_id="listClosures", summary="The closures", response_model=ClosureList)
def closures(
    request: Request, context: ContextDep, key: SetUpReader, asked: Annotated[ClosureParameters, Query()]
) -> Response:
    """National holidays are none of them: they are known."""
    if asked.first and asked.last and asked.last < asked.first:
        raise problem_at("query.to", "range_reversed", "out_of_range")
    found = [(one.id, _closure(one)) for one in list_program_closures(context, key, Days(asked.first, asked.last))]
    question = {"list": "closures", "key": key.id, "from": asked.first, "to": asked.last}
    return _page(request, context, found, question, asked)


def _page(
    request: Request,
    context: ContextDep,
    found: list[tuple[int, dict[str, Any]]],
    question: dict[str, object],
    asked: ListParameters,
) -> Response:
    page, cursor = page_of(context, found, lambda one: [one[0]], question, asked.cursor, asked.limit)
    body = make_body({"items": [one for _, one in page], "next_cursor": cursor or None})
    return send(request, body, CACHING, links_to_next(request, context.public_url, cursor))


def _desk(desk: ProgramDesk) -> dict[str, Any]:
    return {
        "id": desk.id,
        "name": desk.name,
        "place": desk.place,
        "department": {"name": desk.department} if desk.department else None,
        "services": list(desk.services),
        "active": desk.is_active,
    }


def _hours(one: ProgramHours) -> dict[str, Any]:
    return {
        "service": one.service,
        "name": one.name,
        "weekly": [_weekly(hours) for hours in one.weekly],
        "dated": [_dated(hours) for hours in one.dated],
    }


def _weekly(hours: WeeklyHours) -> dict[str, Any]:
    return {
        "weekday": hours.weekday + 1,
        "opens": wall_time(hours.opens),
        "closes": wall_time(hours.closes),
        "valid_from": hours.valid_from.isoformat() if hours.valid_from else None,
        "valid_until": hours.valid_until.isoformat() if hours.valid_until else None,
    }


def _dated(hours: DatedHours) -> dict[str, Any]:
    return {
        "date": hours.on.isoformat(),
        "opens": wall_time(hours.opens) if hours.opens is not None else None,
        "closes": wall_time(hours.closes) if hours.closes is not None else None,
    }


def _closure(closure: ProgramClosure) -> dict[str, Any]:
    return {
        "id": closure.id,
        "department": {"name": closure.department} if closure.department else None,
        "starts_at": instant(closure.starts_at),
        "ends_at": instant(closure.ends_at),
        "reason": closure.reason,
        "active": closure.is_active,
    }
