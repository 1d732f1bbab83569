"""The messages that programs are sent, as the API's document describes them. What is sent is `body_of`."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.webhooks.events import WebhookEvent

Instant = Annotated[
    str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$", examples=["2026-11-26T09:00:00Z"])
]
_ANSWERS = {"description": "Any 2xx within 15 seconds: the message arrived. Everything else is tried again."}


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"additionalProperties": True})


class WebhookBooking(_Message):
    """Where a booking stands. Of two messages about one, the one with the higher ``version`` is the later one."""

    reference: str = Field(examples=["K7PM3XQ9"])
    municipality: str = Field(examples=["kavala"])
    department: str = Field(examples=["Δημοτολόγιο"])
    service: str = Field(examples=["dimotologio"])
    mode: Mode
    status: str = Field(examples=["booked"], description="A list that may grow")
    starts_at: Instant
    ends_at: Instant
    source: BookingSource
    sequence: int = Field(ge=0, examples=[2], description="The number that calendars go by")
    version: int = Field(ge=1, examples=[5], description="Rises with each change; the booking's ETag")
    url: str = Field(examples=["https://book.example.gr/api/v1/bookings/K7PM3XQ9"])


class WebhookMovedBooking(WebhookBooking):
    """With where it was."""

    previous_starts_at: Instant
    previous_mode: Mode


class WebhookCancelledBooking(WebhookBooking):
    """With by whom."""

    by: Literal["citizen", "municipality"] = Field(examples=["citizen"])


class WebhookSettledBooking(WebhookBooking):
    """With what became of it."""

    outcome: str | None = Field(examples=["served"])


class WebhookTest(_Message):
    """Whose test it is."""

    municipality: str = Field(examples=["kavala"])


class BookingMade(_Message):
    """Somebody booked, or a cancellation was taken back."""

    type: Literal["booking.made"] = Field(examples=["booking.made"])
    timestamp: Instant
    data: WebhookBooking


class BookingMoved(_Message):
    """Another time, mode or desk."""

    type: Literal["booking.moved"] = Field(examples=["booking.moved"])
    timestamp: Instant
    data: WebhookMovedBooking


class BookingCancelled(_Message):
    """By the citizen or the municipality."""

    type: Literal["booking.cancelled"] = Field(examples=["booking.cancelled"])
    timestamp: Instant
    data: WebhookCancelledBooking


class BookingSettled(_Message):
    """What became of it; sent again when it is corrected."""

    type: Literal["booking.served", "booking.not_served", "booking.no_show"] = Field(examples=["booking.served"])
    timestamp: Instant
    data: WebhookSettledBooking


class TestSent(_Message):
    """Somebody pressed «Δοκιμή» (Send a test)."""

    type: Literal["webhook.test"] = Field(examples=["webhook.test"])
    timestamp: Instant
    data: WebhookTest


MESSAGES: dict[WebhookEvent, type[BaseModel]] = {
    WebhookEvent.BOOKING_MADE: BookingMade,
    WebhookEvent.BOOKING_MOVED: BookingMoved,
    WebhookEvent.BOOKING_CANCELLED: BookingCancelled,
    WebhookEvent.BOOKING_SERVED: BookingSettled,
    WebhookEvent.BOOKING_NOT_SERVED: BookingSettled,
    WebhookEvent.BOOKING_NO_SHOW: BookingSettled,
    WebhookEvent.TEST: TestSent,
}


def describe_webhooks(api: FastAPI) -> None:
    """Add them to what the document of the application says."""
    for event, message in MESSAGES.items():
        api.webhooks.add_api_route(
            event.value,
            _takes(message),
            methods=["POST"],
            summary=message.__doc__,
            operation_id=event.value.replace(".", "_"),
            tags=["webhooks"],
            status_code=204,
            responses={204: _ANSWERS},
        )


def _takes(message: type[BaseModel]) -> Callable[[Any], None]:
    """Never called: its argument is what the document describes."""

    def receive(body: Any) -> None:
        """Described alone."""

    receive.__annotations__["body"] = message
    return receive
