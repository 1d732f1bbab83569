"""Programs are told of each change of a booking, whatever becomes of other receivers."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import Engine
from standardwebhooks.webhooks import Webhook

from dimoslive.db.engine import transaction
from dimoslive.db.queries.webhooks import WEBHOOKS, drop_waiting
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.webhook import WebhookDeliveryRow, WebhookEndpointRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.events import ProgramsTold
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.webhooks.attempts import WAITS, Attempt, AttemptError
from dimoslive.i18n.declarations import declaration_of
from dimoslive.integrations.webhooks.signature import new_secret
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.hand_over import hand_over
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_staff_mail import STAFF_MAIL
from dimoslive.services.outbox.deliver_webhooks import AT_ONCE, LEASE, WebhookRounds
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.arranging import another_desk, seen
from tests.support.meeting import enter_official, without_video
from tests.support.ports import RecordingMailer, RecordingReceiver
from tests.support.settings import enter_administrator
from tests.support.webhooks import an_endpoint, deliver, told
from tests.support.world import Town, a_town, on_the_day, rows

FAILED = Attempt(status=500, error=AttemptError.STATUS, answer="no")


def receiver_of(town: Town, *answers: Attempt) -> RecordingReceiver:
    receiver = RecordingReceiver(*answers)
    town.context = replace(town.context, webhooks=receiver)
    return receiver


def deliveries(town: Town) -> list[DeliveryRow]:
    return [row for row in rows(town.context.db, DeliveryRow) if row.deliverer == WEBHOOKS]


def tell(town: Town, number: int = 1) -> None:
    """Something happened, so many times."""
    with transaction(town.context.db) as tx:
        for one in range(number):
            happened = ProgramsTold("booking.made", town.clock.now(), town.municipality.id, {"reference": f"R{one}"}, 1)
            publish_event(tx, happened, town.clock.now())


def test_a_booking_is_followed_from_its_making_to_its_outcome(town: Town) -> None:
    an_endpoint(town)
    receiver, official, second = receiver_of(town), enter_official(town), another_desk(town)
    booking = without_video(town, "09:10")
    town.confirm(town.hold_move(booking, "10:10"), declaration=declaration_of(Mode.IN_PERSON, "el"))
    hand_over(town.context, official, seen(town, booking), second, "Ανάγκη")
    town.clock.set(on_the_day("10:05"))
    for press, status in ((Press.START, BookingStatus.BOOKED), (Press.SERVED, BookingStatus.IN_SERVICE)):
        press_booking(town.context, official, press, SeenBooking(booking.reference, status))
    while deliver(town.context):
        pass
    found = sorted(told(receiver), key=lambda one: one[1]["version"])
    assert [kind for kind, _ in found] == ["booking.made", "booking.moved", "booking.moved", "booking.served"]
    made, moved, handed, served = (data for _, data in found)
    assert made == {
        "reference": booking.reference,
        "municipality": "kavala",
        "department": "Τμήμα Δημοτολογίου",
        "service": town.service.slug,
        "mode": "in_person",
        "status": "booked",
        "starts_at": "2026-11-24T07:10:00Z",
        "ends_at": "2026-11-24T07:20:00Z",
        "source": "citizen",
        "sequence": 0,
        "version": made["version"],
        "url": f"https://rendezvous.example/api/v1/bookings/{booking.reference}",
    }
    assert (moved["starts_at"], moved["previous_starts_at"]) == ("2026-11-24T08:10:00Z", made["starts_at"])
    assert handed["previous_starts_at"] == handed["starts_at"] == moved["starts_at"]
    assert (served["status"], served["outcome"]) == ("served", "served")
    # The person stands nowhere on the way.
    assert not any(
        "eleni" in row.payload.lower() for row in rows(town.context.db, OutboxRow) if row.event == ProgramsTold.name
    )


def test_only_what_an_endpoint_wants_and_only_while_it_is_active_is_written_at_all(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    an_endpoint(town, "booking.cancelled")
    an_endpoint(town, is_active=False)
    receiver = receiver_of(town)
    booking = town.a_booking("09:10")
    assert deliveries(town) == []
    assert ProgramsTold.name not in {row.event for row in rows(sqlite_db, OutboxRow)}
    cancel_booking(town.context, town.eleni, booking.reference)
    deliver(town.context)
    assert [(kind, data["by"]) for kind, data in told(receiver)] == [("booking.cancelled", "citizen")]


def test_an_attempt_that_fails_is_made_again_with_the_same_bytes_and_another_signature(town: Town) -> None:
    secret = new_secret()
    an_endpoint(town, secret_sealed=town.context.seal.encrypt(secret))
    receiver = receiver_of(town, FAILED, replace(FAILED, status=503, retry_after="900"))
    tell(town)
    waits = []
    for _ in range(2):
        assert deliver(town.context) == 1
        waits.append(deliveries(town)[0].due_at - town.clock.now())
        town.clock.set(deliveries(town)[0].due_at)
    assert 0.9 * WAITS[0] <= waits[0] <= 1.1 * WAITS[0]
    assert waits[1] == timedelta(minutes=15)
    assert deliver(town.context) == 1
    assert deliver(town.context) == 0
    (_, first, body), *_, (_, last, same) = receiver.received
    assert (body, first["webhook-id"]) == (same, last["webhook-id"])
    assert first["webhook-signature"] != last["webhook-signature"]
    log = rows(town.context.db, WebhookDeliveryRow)
    assert [(row.attempt, row.status, row.error) for row in log] == [
        (1, 500, "status"),
        (2, 503, "status"),
        (3, 204, ""),
    ]
    assert (log[0].event_type, log[0].reference, log[0].answer) == ("booking.made", "R0", "no")


def test_while_two_secrets_hold_both_sign_and_then_the_new_one_alone(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    new, former = new_secret(), new_secret()
    until = town.clock.now() + timedelta(hours=1)
    seal = town.context.seal.encrypt
    an_endpoint(town, secret_sealed=seal(new), former_secret_sealed=seal(former), former_secret_until=until)
    receiver = receiver_of(town)
    for wait in (timedelta(), timedelta(hours=1)):
        town.clock.set(until - timedelta(hours=1) + wait)
        tell(town)
        deliver(town.context)
    both, alone = (headers["webhook-signature"].split() for _, headers, _ in receiver.received)
    assert (len(both), len(alone)) == (2, 1)
    # The library knows the present only from the machine's clock: it is shown the signatures alone.
    _, headers, body = receiver.received[0]
    at = town.clock.now() - timedelta(hours=1)
    assert [Webhook(secret).sign(headers["webhook-id"], at, body.decode()) for secret in (new, former)] == both


def test_at_one_endpoint_two_attempts_are_made_at_once_and_a_slow_one_holds_up_nobody(town: Town) -> None:
    an_endpoint(town, url="https://slow.example.gr/")
    an_endpoint(town, url="https://quick.example.gr/")
    tell(town, 5)

    async def story() -> None:
        slow = _Slow()
        context, rounds, other_process = replace(town.context, webhooks=slow), WebhookRounds(), WebhookRounds()
        for _ in count():
            begun = await rounds.begin_due(context) + await other_process.begin_due(context)
            await asyncio.sleep(0)
            if not begun and slow.finished == 5:
                break
            await slow.nothing_new()
        assert (slow.under_way, slow.most) == (AT_ONCE, AT_ONCE)
        slow.answer.set()
        await rounds.all_done()
        await other_process.all_done()

    asyncio.run(story())
    assert sum(row.done_at is not None for row in deliveries(town)) == 5 + AT_ONCE


class _Slow(RecordingReceiver):
    """The one answers when it is told to, the other at once."""

    def __init__(self) -> None:
        super().__init__()
        self.answer, self.under_way, self.most, self.finished = asyncio.Event(), 0, 0, 0

    async def nothing_new(self) -> None:
        """What was begun at the quick one is written down."""
        before = -1
        while before != self.finished:
            before = self.finished
            await asyncio.to_thread(lambda: None)

    async def send(self, url: str, headers: object, body: bytes) -> Attempt:  # noqa: ARG002  # it reads none
        if "quick" in url:
            self.finished += 1
            return Attempt(status=200)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.answer.wait()
        return Attempt(status=200)


def test_what_a_process_left_behind_is_made_by_another_soon(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    an_endpoint(town)
    tell(town)
    with transaction(sqlite_db) as tx:
        tx.get_one(DeliveryRow, deliveries(town)[0].id).leased_until = town.clock.now() + LEASE
    assert deliver(town.context) == 0
    town.clock.advance(minutes=1)
    assert deliver(town.context) == 1


def test_an_endpoint_that_is_gone_is_switched_off_and_its_administrators_hear_of_it(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    nikos, endpoint = enter_administrator(town), an_endpoint(town)
    with transaction(sqlite_db) as tx:
        tx.get_one(OfficialRow, nikos.id).email = "nikos@kavala.example"
    receiver = receiver_of(town, Attempt(status=410, error=AttemptError.STATUS))
    tell(town, 3)
    while deliver(town.context):
        pass
    [row] = rows(sqlite_db, WebhookEndpointRow)
    assert (row.is_active, row.switched_off_because, row.version) == (False, "gone", 2)
    # The second of two that were under way at once may still have arrived.
    assert len(receiver.received) <= AT_ONCE
    assert {one.error for one in deliveries(town) if one.failed_at} == {"status", "off"}
    assert [line.action for line in rows(sqlite_db, AuditEventRow)] == ["webhook.switched_off"]
    mailer = RecordingMailer()
    asyncio.run(deliver_events(replace(town.context, mailer=mailer), STAFF_MAIL))
    [mail] = mailer.sent
    assert mail["To"] == "nikos@kavala.example"
    assert f"/admin/webhooks/{endpoint}?m=kavala" in mail.get_content()


def test_five_days_of_nothing_but_failures_switch_an_endpoint_off(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    an_endpoint(town)
    receiver = receiver_of(town)
    for day, answer in enumerate([FAILED, Attempt(status=200), *[FAILED] * 6]):
        assert rows(sqlite_db, WebhookEndpointRow)[0].is_active, day
        receiver.answers = [answer]
        tell(town)
        deliver(town.context)
        with transaction(sqlite_db) as tx:
            for row in deliveries(town):
                # Only today's is looked at.
                tx.get_one(DeliveryRow, row.id).done_at = town.clock.now()
        town.clock.advance(days=1)
    assert rows(sqlite_db, WebhookEndpointRow)[0].switched_off_because == "failing"


def test_beyond_ten_thousand_the_oldest_are_dropped(town: Town) -> None:
    an_endpoint(town)
    an_endpoint(town, url="https://other.example.gr/")
    tell(town, 4)
    with transaction(town.context.db) as tx:
        assert drop_waiting(tx, 3, town.clock.now()) == 2
    assert [row.error for row in deliveries(town) if row.done_at] == ["dropped"] * 2
    assert len({row.event_id for row in deliveries(town) if row.done_at}) == 1


@pytest.mark.parametrize("days", [29, 31])
def test_the_log_is_kept_for_30_days(sqlite_db: Engine, days: int) -> None:
    town = a_town(sqlite_db)
    an_endpoint(town)
    tell(town)
    deliver(town.context)
    town.clock.advance(days=days)
    erase_old_data(town.context)
    assert len(rows(sqlite_db, WebhookDeliveryRow)) == (days < 30)
