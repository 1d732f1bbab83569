"""Programs make, move and cancel bookings."""

import json
import re
from hashlib import sha256
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dimoslive.domain.booking.booking import MAX_REASON_LENGTH
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.desk.person import MAX_NAME_LENGTH, MAX_SUBJECT_LENGTH, MIN_NAME_LENGTH, TypedPerson
from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.keys.errors import IdempotencyKeyRequired
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import ApiKey
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.http.dependencies import ContextDep
from dimoslive.http.public_v1.booking_forms import CANCELLED_AS, Booking, CancelledBy, etag, written
from dimoslive.http.public_v1.bookings import ReferenceInPath
from dimoslive.http.public_v1.dependencies import Parameters
from dimoslive.http.public_v1.forms import Slug
from dimoslive.http.public_v1.keyed import CACHING, BookingWriter, Instant, at_fields
from dimoslive.http.public_v1.problems import problem_at
from dimoslive.services.desk.cancel_by_municipality import MIN_REASON_LENGTH
from dimoslive.services.program.answer_once import Answered, Once
from dimoslive.services.program.book_by_program import ProgramRequest, book_by_program
from dimoslive.services.program.change_by_program import (
    CancelWish,
    MoveWish,
    SeenVersion,
    cancel_by_program,
    move_by_program,
)
from dimoslive.urls import API_V1

MAX_HELP_LENGTH = 300
router = APIRouter(prefix=f"{API_V1}/bookings", tags=["bookings"])
_REFUSED: dict[int | str, dict[str, Any]] = {409: {}, 412: {}}
_PERSON = {name: f"person.{name}" for name in ("name", "phone", "email")}
_ONCE = re.compile(r'"?([!#-~]{8,64})"?', re.ASCII)
_VERSION = re.compile(r'(?:W/)?"([0-9]{1,9})"', re.ASCII)
OnceInHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="8 to 64 visible characters; the same request with the same value does its work once, for 24 hours",
        examples=["5f3c1e0a-order-4711"],
    ),
]
SeenInHeader = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag of the booking as it was seen; another version is refused"),
]


class Wish(BaseModel):
    """A body; it takes no other fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TypedPersonIn(Wish):
    """Who it is for; a telephone or a mail address is needed."""

    name: str = Field(min_length=MIN_NAME_LENGTH, max_length=MAX_NAME_LENGTH, examples=["Ελένη Παπαδοπούλου"])
    phone: str | None = Field(None, max_length=40, examples=["+306912345678"])
    email: str | None = Field(None, max_length=254, examples=["eleni@example.com"])


class ToldDeclaration(Wish):
    """Which declaration the person was told; the municipality's `declaration_versions` name it."""

    version: str = Field(min_length=1, max_length=120, examples=["2026-12"])
    told: Literal[True]


class NewBooking(Wish):
    """What is to be booked, at a time that citizens are offered too."""

    service: Slug = Field(examples=["dimotologio"])
    mode: Mode
    starts_at: Instant = Field(examples=["2026-11-24T07:00:00Z"])
    person: TypedPersonIn
    subject: str = Field(min_length=1, max_length=MAX_SUBJECT_LENGTH, examples=["Πιστοποιητικό εντοπιότητας"])
    served_person: ServedPerson = Field(ServedPerson.SELF, alias="for")
    help_needed: str | None = Field(None, max_length=MAX_HELP_LENGTH, examples=[None])
    language: Literal["el", "en"] = Field("el", description="Of the mails to the person")
    declaration: ToldDeclaration
    external_id: str | None = Field(
        None,
        min_length=1,
        max_length=64,
        pattern=r"^[\x21-\x7e]+$",
        description="What the program calls it; each once a key",
        examples=["crm-4711"],
    )


class Move(Wish):
    """Where to."""

    starts_at: Instant = Field(examples=["2026-11-25T08:00:00Z"])
    mode: Mode | None = Field(None, description="If it is to be another")
    tell: bool = Field(default=True, description="The citizen is mailed, or is to be phoned where there is no address")


class Cancellation(Wish):
    """Whose wish, and why."""

    by: CancelledBy
    reason: str = Field(
        min_length=MIN_REASON_LENGTH,
        max_length=MAX_REASON_LENGTH,
        description="The citizen reads it where the municipality cancels",
        examples=["Ο υπάλληλος ασθενεί"],
    )
    tell: bool = Field(default=True, description="As with a move")


@router.post(
    "",
    operation_id="makeBooking",
    summary="Book a free time for a person",
    status_code=201,
    response_model=Booking,
    responses=_REFUSED,
)
def make(
    request: Request,
    context: ContextDep,
    key: BookingWriter,
    wanted: NewBooking,
    _: Annotated[Parameters, Query()],
    idempotency_key: OnceInHeader = None,
) -> Response:
    """On the grid and among the places that citizens have: nothing over capacity. Needs an `Idempotency-Key`."""
    once = _once(request, idempotency_key, wanted)
    if once is None:
        raise IdempotencyKeyRequired()
    person = TypedPerson(
        name=wanted.person.name,
        phone=wanted.person.phone or "",
        email=wanted.person.email or "",
        subject=wanted.subject,
        help_needed=wanted.help_needed or "",
    )
    booked = ProgramRequest(
        service=wanted.service,
        mode=wanted.mode,
        starts_at=wanted.starts_at,
        person=person,
        served_person=wanted.served_person,
        language=wanted.language,
        declaration_version=wanted.declaration.version,
        external_id=wanted.external_id or "",
    )
    try:
        answered = book_by_program(context, key, booked, once, written)
    except (InvalidInput, InvalidDetails) as refusal:
        raise at_fields(refusal, _PERSON) from None
    return _answer(key, answered, status=201)


@router.post(
    "/{reference}/move",
    operation_id="moveBooking",
    summary="Give a booking another time or mode",
    response_model=Booking,
    responses=_REFUSED | {410: {}},
)
def move(
    request: Request,
    context: ContextDep,
    key: BookingWriter,
    reference: ReferenceInPath,
    wish: Move,
    _: Annotated[Parameters, Query()],
    idempotency_key: OnceInHeader = None,
    if_match: SeenInHeader = None,
) -> Response:
    """The old time is the booking's until the new one is. How often citizens may move is no matter here."""
    answered = move_by_program(
        context,
        key,
        _seen(reference, if_match),
        MoveWish(wish.starts_at, wish.mode, wish.tell),
        _once(request, idempotency_key, wish),
        written,
    )
    return _answer(key, answered)


@router.post(
    "/{reference}/cancel",
    operation_id="cancelBooking",
    summary="Cancel a booking",
    response_model=Booking,
    responses=_REFUSED,
)
def cancel(
    request: Request,
    context: ContextDep,
    key: BookingWriter,
    reference: ReferenceInPath,
    wish: Cancellation,
    _: Annotated[Parameters, Query()],
    idempotency_key: OnceInHeader = None,
    if_match: SeenInHeader = None,
) -> Response:
    """One that is cancelled already stays as it is."""
    answered = cancel_by_program(
        context,
        key,
        _seen(reference, if_match),
        CancelWish(CANCELLED_AS[wish.by], wish.reason, wish.tell),
        _once(request, idempotency_key, wish),
        written,
    )
    return _answer(key, answered)


def _once(request: Request, value: str | None, body: Wish) -> Once | None:
    """The name of the request, if it has one, and a hash of method, path and body, however that was written."""
    if value is None:
        return None
    found = _ONCE.fullmatch(value)
    if found is None:
        raise problem_at("header.Idempotency-Key", "invalid_value")
    asked = f"{request.method} {request.url.path} {body.model_dump_json()}"
    return Once(found[1], sha256(asked.encode()).hexdigest())


def _seen(reference: str, if_match: str | None) -> SeenVersion:
    if if_match is None or if_match.strip() == "*":
        return SeenVersion(reference)
    found = _VERSION.fullmatch(if_match.strip())
    if found is None:
        raise problem_at("header.If-Match", "invalid_value")
    return SeenVersion(reference, int(found[1]))


def _answer(key: ApiKey, answered: Answered, status: int = 200) -> Response:
    text, booking = answered.text, json.loads(answered.text)
    if booking["person"] is not None and not can(key, Permission.VIEW_PERSON):
        # It was answered when the key could still read persons.
        text = json.dumps(booking | {"person": None}, ensure_ascii=False, separators=(",", ":"))
    headers = {"Cache-Control": CACHING, "ETag": etag(booking["version"])}
    if status == 201:
        headers["Location"] = f"{API_V1}/bookings/{booking['reference']}"
    if answered.is_replayed:
        headers["Idempotency-Replayed"] = "true"
    return Response(text, status, headers=headers, media_type="application/json")
