"""What a key is good for."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import ApiKey, Scope
from dimoslive.http.dependencies import ContextDep
from dimoslive.http.public_v1.answers import make_body, send
from dimoslive.http.public_v1.dependencies import Parameters, for_key
from dimoslive.http.public_v1.forms import instant, instant_or_none
from dimoslive.http.public_v1.keyed import CACHING
from dimoslive.http.public_v1.quotas import KEY_READS, KEY_WRITES
from dimoslive.services.program.show_key import show_key
from dimoslive.urls import API_V1

router = APIRouter(prefix=API_V1, tags=["key"])


class Quota(BaseModel):
    """How often the key may ask."""

    reads_per_minute: int = Field(ge=1, examples=[KEY_READS.requests])
    writes_per_minute: int = Field(ge=1, examples=[KEY_WRITES.requests])


class Key(BaseModel):
    """A key, without its secret."""

    name: str = Field(description="As the administrators call it", examples=["Τηλεφωνικό κέντρο"])
    municipality: str = Field(examples=["kavala"])
    scopes: list[Scope]
    expires_at: datetime = Field(examples=["2027-11-24T22:00:00Z"])
    last_rotated_at: datetime | None = Field(examples=[None])
    quota: Quota


@router.get("/key", operation_id="getKey", summary="The key that was sent", response_model=Key)
def key(
    request: Request,
    context: ContextDep,
    sent: Annotated[ApiKey, for_key(Permission.USE_KEY)],
    _: Annotated[Parameters, Query()],
) -> Response:
    """For a program that looks whether its key works, and until when."""
    shown = show_key(context, sent)
    body = make_body(
        {
            "name": shown.name,
            "municipality": shown.municipality,
            "scopes": [scope.value for scope in shown.scopes],
            "expires_at": instant(shown.expires_at),
            "last_rotated_at": instant_or_none(shown.rotated_at),
            "quota": {"reads_per_minute": KEY_READS.requests, "writes_per_minute": KEY_WRITES.requests},
        }
    )
    return send(request, body, CACHING)
