"""What programs are sent is what the API's document says."""

import pytest

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.webhooks.events import BookingFacts, Stand, WebhookEvent, body_of, extra_data
from dimoslive.http.public_v1.webhooks import MESSAGES
from tests.support.builders import at

BOOKED = Stand(BookingStatus.BOOKED, at("2026-11-25 10:00"), "video", 1)
FACTS = BookingFacts(
    *("K7PM3XQ9", "kavala", "Δημοτολόγιο", "dimotologio", "video", "booked"),
    *(at("2026-11-26 11:00"), at("2026-11-26 11:20"), "citizen", 2, 5),
)


@pytest.mark.parametrize("event", list(WebhookEvent))
def test_each_message_has_the_described_fields_and_no_others(event: WebhookEvent) -> None:
    data = {"municipality": "kavala"} if event is WebhookEvent.TEST else FACTS.as_data()
    body = body_of(
        event.value, at("2026-11-24 10:00"), data | extra_data(event, BOOKED, BOOKED), "https://book.example"
    )
    MESSAGES[event].model_validate_json(body)
