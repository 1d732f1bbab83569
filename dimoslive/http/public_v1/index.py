"""Where a program begins: what this is, and where it is described."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ContextDep
from dimoslive.http.public_v1.answers import make_body, send
from dimoslive.http.public_v1.dependencies import Parameters, for_anyone
from dimoslive.http.public_v1.forms import instant
from dimoslive.urls import API_DOCS, API_V1

VERSION = "1.0"
NAME = "myDIMOSLive"
OPENAPI = f"{API_V1}/openapi.json"
CACHING = "public, max-age=300"
router = APIRouter(tags=["index"])


class Index(BaseModel):
    """What answers here."""

    name: str = Field(examples=[NAME])
    version: str = Field(description="Of the document; the first number stays for this address", examples=[VERSION])
    time_at: datetime = Field(description="The server's present", examples=["2026-11-24T08:00:00Z"])
    documentation_url: str = Field(examples=["https://book.example.gr/api/docs"])
    openapi_url: str = Field(examples=["https://book.example.gr/api/v1/openapi.json"])


@router.get(
    API_V1,
    operation_id="getIndex",
    summary="Name, version and where the API is described",
    response_model=Index,
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
@router.get(f"{API_V1}/", include_in_schema=False, dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
async def index(request: Request, context: ContextDep, _: Annotated[Parameters, Query()]) -> Response:
    """The first address to ask: it tells the server's time, too."""
    body = make_body(
        {
            "name": NAME,
            "version": VERSION,
            "time_at": instant(context.clock.now()),
            "documentation_url": context.public_url + API_DOCS,
            "openapi_url": context.public_url + OPENAPI,
        },
        without="time_at",
    )
    return send(request, body, CACHING)
