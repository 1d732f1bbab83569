"""Administrators manage the programs that are told, and send again what was missed."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, update

from dimoslive.db.engine import transaction
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.db.tables.webhook import WebhookDeliveryRow, WebhookEndpointRow
from dimoslive.domain.errors import InvalidDetails, InvalidInput, NotFound, NotPossibleNow, TooManyAttempts
from dimoslive.domain.events import ProgramsTold
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.webhook import MAX_ENDPOINTS, TooManyWebhooks
from dimoslive.domain.webhooks.attempts import Attempt, AttemptError
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.settings.root_change import Saved
from dimoslive.services.settings.webhooks.list_webhooks import list_webhooks
from dimoslive.services.settings.webhooks.open_webhook import open_webhook
from dimoslive.services.settings.webhooks.read_log import (
    PAGE,
    LogWish,
    count_failed,
    read_log,
    redeliver,
    redeliver_failed,
    send_test,
)
from dimoslive.services.settings.webhooks.save_webhook import (
    AddedWebhook,
    add_webhook,
    delete_webhook,
    rotate_secret,
    save_webhook,
)
from tests.support.meeting import ANNA, enter_foreign_official
from tests.support.ports import RecordingReceiver
from tests.support.settings import enter_administrator, enter_head
from tests.support.webhooks import an_endpoint, deliver, told
from tests.support.world import Town, a_town, rows

TYPED = {"name": "Ουρά", "url": "https://hooks.example.gr/x", "events-booking.made": "on", "is_active": "on"}
FAILED = Attempt(status=500, error=AttemptError.STATUS)


@pytest.fixture
def town(sqlite_db: Engine) -> Town:
    """What is new for both databases is tested with the deliveries."""
    return a_town(sqlite_db)


@pytest.fixture
def nikos(town: Town) -> Official:
    return enter_administrator(town)


def add(town: Town, official: Official, **words: object) -> AddedWebhook:
    return asyncio.run(add_webhook(town.context, official, town.municipality.id, TYPED | words))


def save(town: Town, official: Official, endpoint: int, **words: object) -> Saved:
    was = open_webhook(town.context, official, town.municipality.id, endpoint).opened
    return asyncio.run(
        save_webhook(town.context, official, town.municipality.id, endpoint, was, {**was.values, **words})
    )


def row_of(town: Town, endpoint: int) -> WebhookEndpointRow:
    return next(row for row in rows(town.context.db, WebhookEndpointRow) if row.id == endpoint)


def here(town: Town, endpoint: int) -> tuple[int, int]:
    return town.municipality.id, endpoint


def receiver_of(town: Town, *answers: Attempt, **words: Any) -> RecordingReceiver:
    receiver = RecordingReceiver(*answers, **words)
    town.context = replace(town.context, webhooks=receiver)
    return receiver


def test_the_secret_is_given_once_and_kept_sealed(town: Town, nikos: Official) -> None:
    added = add(town, nikos)
    row = row_of(town, added.id)
    assert added.secret.startswith("whsec_")
    assert added.secret not in row.secret_sealed
    assert town.context.seal.decrypt(row.secret_sealed) == added.secret
    assert (row.events, row.url) == ("booking.made", "https://hooks.example.gr/x")
    found = open_webhook(town.context, nikos, *here(town, added.id))
    assert added.secret not in repr(found)
    assert [line.action for line in found.history] == ["webhook.added"]


def test_another_secret_leaves_the_former_one_for_as_long_as_was_said(town: Town, nikos: Official) -> None:
    added = add(town, nikos)
    new = rotate_secret(town.context, nikos, *here(town, added.id), 24)
    row = row_of(town, added.id)
    opened = [town.context.seal.decrypt(sealed) for sealed in (row.secret_sealed, row.former_secret_sealed)]
    assert opened == [new, added.secret]
    assert open_webhook(town.context, nikos, *here(town, added.id)).former_until == row.former_secret_until
    rotate_secret(town.context, nikos, *here(town, added.id), 0)
    assert row_of(town, added.id).former_secret_sealed == ""
    with pytest.raises(InvalidInput):
        rotate_secret(town.context, nikos, *here(town, added.id), 1000)


def test_a_name_that_leads_inside_is_refused_and_so_are_the_site_itself_and_a_receiver_of_nothing(
    town: Town, nikos: Official
) -> None:
    receiver_of(town, refused_hosts={"inner.example.gr"})
    for words, problem in (
        ({"url": "https://inner.example.gr/"}, ("url", "webhook_refused")),
        ({"url": "https://rendezvous.example/"}, ("url", "webhook_refused")),
        ({"events-booking.made": ""}, ("events", "webhook_without_events")),
    ):
        with pytest.raises(InvalidDetails) as refused:
            add(town, nikos, **words)
        assert [(one.field, one.code) for one in refused.value.problems] == [problem]
    assert rows(town.context.db, WebhookEndpointRow) == []


def test_ten_are_enough(town: Town, nikos: Official) -> None:
    for number in range(MAX_ENDPOINTS):
        add(town, nikos, name=f"Ουρά {number}")
    assert not list_webhooks(town.context, nikos, town.municipality.id).can_add
    with pytest.raises(TooManyWebhooks):
        add(town, nikos)


def test_one_that_was_switched_off_begins_anew(town: Town, nikos: Official) -> None:
    now = town.clock.now()
    off = {"is_active": False, "switched_off_at": now, "switched_off_because": "gone", "failing_since": now}
    endpoint = an_endpoint(town, **off)
    save(town, nikos, endpoint, is_active=True)
    row = row_of(town, endpoint)
    assert (row.is_active, row.switched_off_because, row.failing_since) == (True, "", None)


def test_a_test_is_sent_at_once_also_to_one_that_is_off_and_never_again_by_itself(town: Town, nikos: Official) -> None:
    endpoint, receiver = an_endpoint(town, "booking.made", is_active=False), receiver_of(town, FAILED)
    send_test(town.context, nikos, *here(town, endpoint))
    assert deliver(town.context) == 1
    assert told(receiver) == [("webhook.test", {"municipality": "kavala"})]
    town.clock.advance(days=1)
    assert deliver(town.context) == 0
    assert row_of(town, endpoint).failing_since is None
    assert count_failed(town.context, nikos, *here(town, endpoint), 24) == 0
    for _ in range(20):
        send_test(town.context, nikos, *here(town, endpoint))
    with pytest.raises(TooManyAttempts):
        send_test(town.context, nikos, *here(town, endpoint))


def test_what_failed_is_sent_again_with_its_bytes(town: Town, nikos: Official) -> None:
    endpoint, receiver = an_endpoint(town), receiver_of(town, Attempt(status=404, error=AttemptError.STATUS))
    town.a_booking("09:10")
    deliver(town.context)
    assert deliver(town.context) == 0
    event_id = rows(town.context.db, WebhookDeliveryRow)[0].event_id
    lease(town, until=town.clock.now() + timedelta(minutes=1))
    with pytest.raises(NotPossibleNow):
        redeliver(town.context, nikos, *here(town, endpoint), event_id)
    lease(town, until=None)
    redeliver(town.context, nikos, *here(town, endpoint), event_id)
    assert deliver(town.context) == 1
    for row in rows(town.context.db, DeliveryRow):
        if row.deliverer == "webhook":
            give_up(town, row)
    assert count_failed(town.context, nikos, *here(town, endpoint), 24) == 1
    assert redeliver_failed(town.context, nikos, *here(town, endpoint), 24) == 1
    assert deliver(town.context) == 1
    assert len({(body, headers["webhook-id"]) for _, headers, body in receiver.received}) == 1
    redeliver(town.context, nikos, *here(town, endpoint), event_id)
    assert deliver(town.context) == 1
    actions = [line.action for line in rows(town.context.db, AuditEventRow)]
    assert actions.count("webhook.redelivered") == 1


def lease(town: Town, until: datetime | None) -> None:
    """As a worker does that is sending the one webhook."""
    with transaction(town.context.db) as tx:
        tx.execute(update(DeliveryRow).values(leased_until=until).filter_by(deliverer="webhook"))


def give_up(town: Town, delivery: DeliveryRow) -> None:
    with transaction(town.context.db) as tx:
        row = tx.get_one(DeliveryRow, delivery.id)
        row.done_at = row.failed_at = town.clock.now()


def test_the_log_is_narrowed_and_paged(town: Town, nikos: Official) -> None:
    endpoint = an_endpoint(town)
    receiver_of(town, FAILED)
    for _ in range(3):
        town.clock.advance(minutes=10)
        for _ in range(PAGE // 3 + 2):
            _tell(town)
        while deliver(town.context):
            pass
    first = read_log(town.context, nikos, *here(town, endpoint), LogWish())
    assert (len(first.lines), first.has_more) == (PAGE, True)
    rest = read_log(town.context, nikos, *here(town, endpoint), LogWish(before_id=first.lines[-1].id))
    assert first.lines[-1].id > rest.lines[0].id
    failed = read_log(town.context, nikos, *here(town, endpoint), LogWish(result="failed"))
    assert [line.status for line in failed.lines] == [500]
    assert read_log(town.context, nikos, *here(town, endpoint), LogWish(event="webhook.test")).lines == ()


def _tell(town: Town) -> None:
    with transaction(town.context.db) as tx:
        now = town.clock.now()
        publish_event(tx, ProgramsTold("booking.made", now, town.municipality.id, {}, 1), now)


def test_a_deleted_one_takes_its_log_and_what_waits_with_it(town: Town, nikos: Official) -> None:
    endpoint = an_endpoint(town)
    receiver_of(town, FAILED)
    _tell(town)
    deliver(town.context)
    delete_webhook(town.context, nikos, *here(town, endpoint))
    assert rows(town.context.db, WebhookDeliveryRow) == []
    town.clock.advance(days=1)
    assert deliver(town.context) == 0


def test_heads_and_other_municipalities_find_none(town: Town) -> None:
    endpoint = an_endpoint(town)
    for stranger in (enter_head(town, identity=ANNA), enter_foreign_official(town)):
        for ask in (open_webhook, send_test, delete_webhook):
            with pytest.raises(NotFound):
                ask(town.context, stranger, *here(town, endpoint))
        with pytest.raises(NotFound):
            list_webhooks(town.context, stranger, town.municipality.id)
