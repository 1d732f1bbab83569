"""What programs are told of a booking."""

import json
from dataclasses import replace

import pytest

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.webhooks.events import (
    BookingFacts,
    Stand,
    WebhookEvent,
    body_of,
    event_of_change,
    extra_data,
    message_id,
)
from tests.support.builders import at

S, E = BookingStatus, WebhookEvent
BOOKED = Stand(S.BOOKED, at("2026-11-25 10:00"), "video", 1)
FACTS = BookingFacts(
    *("K7PM3XQ9", "kavala", "Δημοτολόγιο", "dimotologio", "video", "booked"),
    *(at("2026-11-26 11:00"), at("2026-11-26 11:20"), "citizen", 2, 5),
)


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        (S.HELD, S.BOOKED, E.BOOKING_MADE),
        (S.CANCELLED_BY_MUNICIPALITY, S.BOOKED, E.BOOKING_MADE),
        (S.BOOKED, S.CANCELLED_BY_CITIZEN, E.BOOKING_CANCELLED),
        (S.WAITING, S.CANCELLED_BY_MUNICIPALITY, E.BOOKING_CANCELLED),
        (S.IN_SERVICE, S.SERVED, E.BOOKING_SERVED),
        (S.IN_SERVICE, S.NOT_SERVED, E.BOOKING_NOT_SERVED),
        (S.BOOKED, S.NO_SHOW, E.BOOKING_NO_SHOW),
        (S.NO_SHOW, S.SERVED, E.BOOKING_SERVED),
        (S.BOOKED, S.WAITING, None),
        (S.WAITING, S.IN_SERVICE, None),
        (S.SERVED, S.IN_SERVICE, None),
        (S.SERVED, S.SERVED, None),
        (S.HELD, S.EXPIRED, None),
        (S.BOOKED, S.BOOKED, None),
    ],
)
def test_a_change_of_status_is_told_by_its_name(
    before: BookingStatus, after: BookingStatus, event: WebhookEvent | None
) -> None:
    assert event_of_change(replace(BOOKED, status=before), replace(BOOKED, status=after)) is event


@pytest.mark.parametrize("change", [{"starts_at": at("2026-11-26 10:00")}, {"mode": "phone"}, {"desk_id": 2}])
def test_another_time_mode_or_desk_is_a_move(change: dict[str, object]) -> None:
    moved = replace(BOOKED, **change)  # type: ignore[arg-type]  # each of its own type
    assert event_of_change(BOOKED, moved) is E.BOOKING_MOVED
    assert extra_data(E.BOOKING_MOVED, BOOKED, moved) == {
        "previous_starts_at": "2026-11-25T08:00:00Z",
        "previous_mode": "video",
    }


def test_a_corrected_outcome_is_told_again() -> None:
    served = replace(BOOKED, status=S.SERVED, outcome="served")
    assert event_of_change(served, replace(served, outcome="referred")) is E.BOOKING_SERVED
    assert extra_data(E.BOOKING_SERVED, BOOKED, served) == {"outcome": "served"}


def test_a_cancellation_says_by_whom() -> None:
    for status, by in ((S.CANCELLED_BY_CITIZEN, "citizen"), (S.CANCELLED_BY_MUNICIPALITY, "municipality")):
        assert extra_data(E.BOOKING_CANCELLED, BOOKED, replace(BOOKED, status=status)) == {"by": by}


def test_the_message_is_short_and_of_the_same_event_the_same_bytes() -> None:
    happened_at = at("2026-11-24 10:00").replace(microsecond=204_000)
    body, again = (
        body_of("booking.moved", happened_at, FACTS.as_data(), "https://book.example/api/v1") for _ in range(2)
    )
    assert body == again
    assert len(body) < 4096
    assert json.loads(body) == {
        "type": "booking.moved",
        "timestamp": "2026-11-24T08:00:00.204Z",
        "data": {
            "reference": "K7PM3XQ9",
            "municipality": "kavala",
            "department": "Δημοτολόγιο",
            "service": "dimotologio",
            "mode": "video",
            "status": "booked",
            "starts_at": "2026-11-26T09:00:00Z",
            "ends_at": "2026-11-26T09:20:00Z",
            "source": "citizen",
            "sequence": 2,
            "version": 5,
            "url": "https://book.example/api/v1/bookings/K7PM3XQ9",
        },
    }


def test_a_message_s_name_is_no_other_s_though_a_number_was_used_before() -> None:
    assert message_id(7, at("2026-11-24 10:00")) != message_id(7, at("2026-11-25 10:00"))
    assert "." not in message_id(7, at("2026-11-24 10:00"))
