"""What a municipality offers: each service with the rules by which its times are offered."""

from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from dimoslive.context import AppContext
from dimoslive.domain.catalogue.described import DescribedService
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.http.dependencies import ContextDep
from dimoslive.http.public_v1.answers import Body, make_body, send
from dimoslive.http.public_v1.dependencies import Parameters, for_anyone
from dimoslive.http.public_v1.forms import MAX_CURSOR_LENGTH, Slug, Text, wall_time
from dimoslive.http.public_v1.kept import KeptDep
from dimoslive.http.public_v1.municipalities import SlugInPath, notice_of
from dimoslive.http.public_v1.paging import links_to_next, page_of
from dimoslive.i18n.search_key import search_key
from dimoslive.services.catalogue.describe_services import describe_service, describe_services
from dimoslive.urls import API_V1, book_service_path

CACHING = "public, max-age=60"
MAX_LISTED = 200
router = APIRouter(prefix=f"{API_V1}/municipalities/{{slug}}/services", tags=["services"])
ServiceInPath = Annotated[
    Slug, Path(description="Slug of the service; one that it had before leads to it, too", examples=["dimotologio"])
]
_WALL_TIME = "^[0-2][0-9]:[0-5][0-9]$"


class Hours(BaseModel):
    """Open every `weekday` from `opens` to `closes`, local time; `closes` 00:00 is midnight."""

    weekday: int = Field(ge=1, le=7, description="1 is Monday", examples=[1])
    opens: str = Field(pattern=_WALL_TIME, examples=["08:30"])
    closes: str = Field(pattern=_WALL_TIME, examples=["15:00"])
    valid_from: date | None = Field(examples=[None])
    valid_until: date | None = Field(examples=[None])


class ServiceItem(BaseModel):
    """A service in the list of its municipality."""

    slug: str = Field(examples=["dimotologio"])
    municipality: str = Field(description="Slug", examples=["kavala"])
    department: Text = Field(examples=[{"el": "Τμήμα Δημοτολογίου", "en": "Civil Registry"}])
    name: Text = Field(examples=[{"el": "Πιστοποιητικό", "en": "Certificate"}])
    modes: list[Mode]
    duration_minutes: int = Field(ge=5, examples=[20])
    step_minutes: int = Field(ge=5, description="From one start to the next", examples=[30])
    notice_minutes: int = Field(ge=0, description="By video and by phone", examples=[120])
    notice_working_days: int = Field(ge=0, description="In person; 0: as by video", examples=[1])
    horizon_days: int = Field(ge=0, description="So many days ahead can be booked", examples=[60])
    release_at: str = Field(
        pattern=_WALL_TIME, description="Local time at which one more day opens", examples=["08:00"]
    )
    waiting_list: bool
    online_url: str | None = Field(description="Where it is done without an appointment", examples=[None])
    paused: bool = Field(description="Whether it takes no new bookings now, for its own or the municipality's sake")
    notice: Text | None = Field(description="While it is paused: what people are told", examples=[None])
    reopens_on: date | None = Field(description="When its own pause ends, if that is known", examples=[None])
    weekly_hours: list[Hours]
    booking_url: str = Field(examples=["https://book.example.gr/booking/mode?municipality=kavala&service=dimotologio"])


class Lines(BaseModel):
    """Lines of text in both languages."""

    el: list[str] = Field(examples=[["Ταυτότητα"]])
    en: list[str] = Field(examples=[["Identity card"]])


class Service(ServiceItem):
    """A service with its texts."""

    documents: Lines = Field(description="What to bring")
    instructions: Text = Field(examples=[{"el": "", "en": ""}])


class ServiceList(BaseModel):
    """Some services, in the municipality's own order."""

    items: list[ServiceItem]
    next_cursor: str | None = Field(description="For the next page; null at the end", examples=[None])


class ListParameters(Parameters):
    """Which services."""

    mode: Mode | None = Field(None, description="Only those that are offered so")
    department: str | None = Field(
        None, min_length=1, max_length=80, description="Part of the department's name, in either language"
    )
    limit: int = Field(100, ge=1, le=MAX_LISTED, description="How many at once")
    cursor: str | None = Field(None, min_length=1, max_length=MAX_CURSOR_LENGTH, description="`next_cursor`")


@router.get(
    "",
    operation_id="listServices",
    summary="What a municipality offers",
    response_model=ServiceList,
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
async def list_all(
    request: Request,
    context: ContextDep,
    kept: KeptDep,
    slug: SlugInPath,
    asked: Annotated[ListParameters, Query()],
) -> Response:
    """Without their texts, which each service tells."""
    offered, until = await kept.catalogue("services", slug, make=partial(describe_services, context, slug))
    found = [one for one in offered if _is_asked_for(one, asked)]
    question = {"slug": slug} | asked.model_dump(exclude={"cursor", "limit"})
    shown, cursor = page_of(context, found, _sort_key, question, asked.cursor, asked.limit)
    # A cursor says when it expires, so it differs each time.
    content = {"items": [_item(one, context) for one in shown], "next_cursor": cursor or None}
    body = make_body(content, without="next_cursor")
    return send(request, body, CACHING, links_to_next(request, context.public_url, cursor), until=until)


@router.get(
    "/{service}",
    operation_id="getService",
    summary="One service, with its texts",
    response_model=Service,
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
async def one(
    request: Request,
    context: ContextDep,
    kept: KeptDep,
    slug: SlugInPath,
    service: ServiceInPath,
    _: Annotated[Parameters, Query()],
) -> Response:
    """What to bring, when it is open, and by which rules its times are offered."""

    def make() -> Body:
        found = describe_service(context, slug, service)
        offered = found.offered
        texts = {
            "documents": {language: _lines(text) for language, text in offered.documents.items()},
            "instructions": offered.instructions,
        }
        return make_body(_item(found, context) | texts)

    body, until = await kept.catalogue("service", slug, service, make=make)
    return send(request, body, CACHING, until=until)


def _is_asked_for(one: DescribedService, asked: ListParameters) -> bool:
    if asked.mode is not None and asked.mode not in one.offered.modes:
        return False
    wanted = search_key(asked.department or "")
    return any(wanted in search_key(name) for name in one.offered.department.values())


def _sort_key(one: DescribedService) -> list[Any]:
    return list(one.sort_key)


def _item(one: DescribedService, context: AppContext) -> dict[str, Any]:
    offered, rules = one.offered, one.rules
    return {
        "slug": offered.slug,
        "municipality": one.municipality,
        "department": offered.department,
        "name": offered.name,
        "modes": list(offered.modes),
        "duration_minutes": rules.duration_minutes,
        "step_minutes": rules.step_minutes,
        "notice_minutes": rules.notice_minutes,
        "notice_working_days": rules.notice_working_days,
        "horizon_days": rules.horizon_days,
        "release_at": wall_time(rules.release_at),
        "waiting_list": one.has_waiting_list,
        "online_url": offered.online_url or None,
        "paused": one.pause is not None,
        "notice": notice_of(one.pause),
        "reopens_on": one.reopens_on.isoformat() if one.reopens_on else None,
        "weekly_hours": [_hours(hours) for hours in offered.hours],
        "booking_url": context.public_url + book_service_path(one.municipality, offered.slug, "el"),
    }


def _hours(hours: WeeklyHours) -> dict[str, Any]:
    return {
        "weekday": hours.weekday + 1,
        "opens": wall_time(hours.opens),
        "closes": wall_time(hours.closes),
        "valid_from": hours.valid_from.isoformat() if hours.valid_from else None,
        "valid_until": hours.valid_until.isoformat() if hours.valid_until else None,
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
