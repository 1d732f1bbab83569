"""A booking's calendar file, for the citizen who is signed in and for whoever holds the mail's link."""

from typing import Annotated, Any

from fastapi import APIRouter, Response

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone, for_citizen
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.booking.export_calendar import CalendarFile, calendar_file, linked_calendar_file
from dimoslive.urls import calendar_file_path, linked_calendar_file_path

router = APIRouter(tags=["calendars"])
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {}}}, 404: {}, 429: {}}


@router.get(calendar_file_path("{reference}"), response_class=Response, responses=_ANSWERS)
def of_citizen(
    context: ContextDep, principal: Annotated[Citizen, for_citizen(Permission.VIEW_BOOKING)], reference: str
) -> Response:
    """The file of one's own booking; a booking of somebody else's is as unknown as one that never was."""
    return _download(calendar_file(context, principal, reference))


@router.get(
    linked_calendar_file_path("{token}"),
    response_class=Response,
    responses=_ANSWERS,
    dependencies=[for_anyone(Permission.OPEN_LINK)],
)
def of_link(context: ContextDep, address: ClientAddress, token: str) -> Response:
    """The file of the booking that the link in a mail names."""
    limit_attempts(context, RateLimit.LINK, address)
    return _download(linked_calendar_file(context, token))


def _download(file: CalendarFile) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"}
    return Response(file.content, media_type="text/calendar; charset=utf-8", headers=headers)
