"""A mail is sent once, tried again when that may help, and given up when it may not."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine

from dimoslive.context import AppContext
from dimoslive.crypto import Seal, token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.outbox import undelivered
from dimoslive.db.tables.booking import BookingLinkRow
from dimoslive.db.tables.limit import AttemptsRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.events import BookingCancelled
from dimoslive.ports import MailDelayed, MailRefused
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.booking.show_linked_booking import show_linked_booking
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.outbox.deliver_events import LEASE, Round, deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL, RETRY_AFTER
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.ports import RecordingMailer
from tests.support.world import NOW, Town, a_town, confirmation, rows, typed

DELAYED = MailDelayed("450 greylisted")


def test_what_is_queued_is_sent_and_done(town: Town) -> None:
    booking = town.a_booking("09:10")
    mails = send(town)
    assert mails.sent[0]["To"] == "eleni@example.com"
    assert booking.reference[:4] in mails.sent[0]["Subject"]
    [row] = rows(town.context.db, DeliveryRow)
    assert (row.done_at, row.failed_at, row.leased_until, row.attempts) == (NOW, None, None, 1)
    assert send(town).sent == []


def test_a_mail_says_what_was_true_when_it_was_queued(town: Town) -> None:
    booking = town.a_booking("09:10")
    cancel_booking(town.context, town.eleni, booking.reference)
    methods = [_method(mail) for mail in send(town).sent]
    assert methods == ["REQUEST", "CANCEL"]


def test_the_links_of_a_mail_open_its_booking(town: Town) -> None:
    booking = town.a_booking("09:10")
    [mail] = send(town).sent
    token = _token(mail)
    assert show_linked_booking(town.context, token)[1].id == booking.id
    assert token not in {link.token_hash for link in rows(town.context.db, BookingLinkRow)}


def test_a_delayed_mail_waits_longer_each_time_and_is_then_given_up(town: Town) -> None:
    town.a_booking("09:10")
    waits = []
    while True:
        began = town.clock.now()
        send(town, DELAYED)
        [row] = rows(town.context.db, DeliveryRow)
        if row.done_at is not None:
            break
        assert row.leased_until is None
        assert row.error == "450 greylisted"
        town.clock.set(row.due_at - timedelta(seconds=1))
        assert send(town).sent == []
        town.clock.set(row.due_at)
        waits.append(row.due_at - began)
    assert tuple(waits) == RETRY_AFTER
    assert (row.failed_at, row.attempts) == (town.clock.now(), len(RETRY_AFTER) + 1)
    assert timedelta(days=2) < sum(waits, timedelta()) < timedelta(days=4)
    assert send(town).sent == []


def test_a_delayed_mail_is_sent_in_the_end(town: Town) -> None:
    town.a_booking("09:10")
    assert deliver(town.context, RecordingMailer(DELAYED)) == Round(delayed=1)
    town.clock.advance(minutes=1)
    assert deliver(town.context, RecordingMailer()) == Round(sent=1)


def test_a_refused_mail_is_given_up_at_once(town: Town) -> None:
    town.a_booking("09:10")
    assert deliver(town.context, RecordingMailer(MailRefused("550 no such user"))) == Round(refused=1)
    [row] = rows(town.context.db, DeliveryRow)
    assert (row.failed_at, row.done_at, row.error) == (NOW, NOW, "550 no such user")
    town.clock.advance(days=3)
    assert send(town).sent == []


def test_one_bad_mail_does_not_hold_up_the_others(town: Town) -> None:
    for wall in ("09:10", "09:20", "09:30"):
        town.a_booking(wall, by=town.citizen())
    mailer = RecordingMailer(DELAYED, ValueError("a fault of ours"))
    assert deliver(town.context, mailer) == Round(sent=1, delayed=2)
    with transaction(town.context.db) as tx:
        assert undelivered(tx) == 2
    assert {row.error for row in rows(town.context.db, DeliveryRow)} == {"450 greylisted", "ValueError", ""}


def test_every_attempt_carries_the_same_message_id(town: Town) -> None:
    town.a_booking("09:10")
    seen = []

    class Lost(RecordingMailer):
        async def send(self, message: EmailMessage) -> None:
            seen.append(message["Message-ID"])
            raise DELAYED

    for _ in range(2):
        deliver(town.context, Lost())
        town.clock.advance(minutes=5)
    assert len(seen) == 2
    assert len(set(seen)) == 1
    assert seen[0].endswith("@rendezvous.example>")


def test_every_attempt_carries_the_same_links_and_the_database_only_their_hash(town: Town) -> None:
    booking = town.a_booking("09:10")
    seen = []

    class Lost(RecordingMailer):
        async def send(self, message: EmailMessage) -> None:
            seen.append(_token(message))
            raise DELAYED

    for _ in range(2):
        deliver(town.context, Lost())
        town.clock.advance(minutes=5)
    seen.append(_token(send(town).sent[0]))
    assert len(seen) == 3
    [token] = set(seen)
    [link] = rows(town.context.db, BookingLinkRow)
    assert (link.token_hash, link.booking_id, link.created_at) == (token_hash(token), booking.id, NOW)
    assert show_linked_booking(town.context, token)[1].id == booking.id


def test_another_mail_of_a_booking_has_another_link_and_both_open_it(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.move(booking, "10:10")
    tokens = {_token(mail) for mail in send(town).sent}
    assert len(tokens) == 2
    assert {show_linked_booking(town.context, token)[1].id for token in tokens} == {booking.id}


def test_without_the_installations_key_nobody_makes_a_link(town: Town) -> None:
    town.a_booking("09:10")
    stranger = replace(town.context, seal=Seal("the secret of another installation, as long as ours"))
    deliver(stranger, RecordingMailer(DELAYED))
    town.clock.advance(minutes=1)
    token = _token(send(town).sent[0])
    assert len(token) == 43
    assert len(rows(town.context.db, BookingLinkRow)) == 2


def test_who_reads_of_a_cancellation_by_the_municipality_is_told_who_cancelled(town: Town) -> None:
    booking = town.a_booking("09:10")
    cancelled = replace(booking, status=BookingStatus.CANCELLED_BY_MUNICIPALITY)
    with transaction(town.context.db) as tx:
        publish_event(tx, BookingCancelled(cancelled), NOW)
    [_, mail] = send(town).sent
    assert "Ο δήμος ακύρωσε" in mail["Subject"]
    assert _method(mail) == "CANCEL"


def test_while_one_sender_has_a_mail_no_other_takes_it(town: Town) -> None:
    town.a_booking("09:10")

    class Slow(RecordingMailer):
        async def send(self, message: EmailMessage) -> None:
            town.clock.advance(minutes=4)
            meanwhile = RecordingMailer()
            await deliver_events(replace(town.context, mailer=meanwhile), MAIL)
            assert meanwhile.sent == []
            await super().send(message)

    assert deliver(town.context, Slow()) == Round(sent=1)


def test_a_mail_whose_sender_died_is_sent_when_its_lease_ends(town: Town) -> None:
    town.a_booking("09:10")

    class Dying(RecordingMailer):
        async def send(self, message: EmailMessage) -> None:
            raise asyncio.CancelledError(message["Subject"])

    with pytest.raises(asyncio.CancelledError):
        deliver(town.context, Dying())
    town.clock.advance(seconds=LEASE.total_seconds() - 1)
    assert send(town).sent == []
    town.clock.advance(seconds=1)
    assert len(send(town).sent) == 1


def test_a_sender_that_outlasts_its_lease_leaves_the_rest_to_others(town: Town) -> None:
    for wall in ("09:10", "09:20"):
        town.a_booking(wall, by=town.citizen())

    class Slow(RecordingMailer):
        async def send(self, message: EmailMessage) -> None:
            town.clock.advance(seconds=LEASE.total_seconds())
            await super().send(message)

    assert deliver(town.context, Slow()) == Round(sent=1)
    assert deliver(town.context, RecordingMailer()) == Round(sent=1)


def test_two_senders_at_once_send_each_mail_once(town: Town) -> None:
    for number in range(12):
        citizen = town.citizen()
        hold = town.hold(f"{9 + number // 6:02}:{number % 6}0", by=citizen)
        give_details(town.context, citizen, typed(email=f"citizen-{number}@example.com"))
        confirm_booking(town.context, citizen, confirmation(hold))
    mailer = RecordingMailer()
    with ThreadPoolExecutor(2) as pool:
        rounds = [pool.submit(deliver, town.context, mailer, limit=4) for _ in range(4)]
        done = [result.result(timeout=60) for result in rounds]
    deliver(town.context, mailer)
    assert sum(delivery.sent for delivery in done) <= 12
    ids = [message["Message-ID"] for message in mailer.sent]
    assert (len(ids), len(set(ids))) == (12, 12)


def test_at_most_so_many_are_sent_in_one_round_oldest_first(town: Town) -> None:
    for wall in ("09:10", "09:20", "09:30"):
        town.a_booking(wall, by=town.citizen())
        town.clock.advance(seconds=1)
    assert deliver(town.context, mailer := RecordingMailer(), limit=2) == Round(sent=2)
    assert [row.done_at is None for row in rows(town.context.db, DeliveryRow)] == [False, False, True]
    assert len(mailer.sent) == 2


def test_the_content_of_a_mail_is_emptied_after_thirty_days(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    town.a_booking("09:10")
    send(town)
    town.clock.advance(days=30)
    assert erase_old_data(town.context).events == 0
    town.clock.advance(seconds=1)
    assert erase_old_data(town.context).events == 1
    assert [row.payload for row in rows(sqlite_db, OutboxRow)] == [""]
    assert erase_old_data(town.context).events == 0


def test_a_mail_that_waits_keeps_its_content(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    town.a_booking("09:10")
    town.clock.advance(days=31)
    erase_old_data(town.context)
    assert all(row.payload for row in rows(sqlite_db, OutboxRow))


def test_an_address_is_mailed_six_times_in_ten_minutes_whoever_books_with_it(town: Town) -> None:
    for number in range(8):
        town.a_booking(f"09:{number % 6}0" if number < 6 else f"10:{number % 6}0", by=town.citizen())
    assert len(send(town).sent) == 6
    town.clock.advance(minutes=9, seconds=59)
    assert send(town).sent == []
    town.clock.advance(seconds=1)
    assert len(send(town).sent) == 2
    assert all(row.done_at and not row.failed_at for row in rows(town.context.db, DeliveryRow))


def test_an_address_is_mailed_thirty_times_a_day_and_the_rest_on_the_next(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db, hours="08:00-20:00")
    for number in range(35):
        town.a_booking(f"{9 + number // 6:02}:{number % 6}0", by=town.citizen())
    first_day = 0
    while town.clock.now().date() == NOW.date():
        first_day += len(send(town).sent)
        town.clock.advance(minutes=10)
    assert first_day == 30
    assert len(send(town).sent) == 5


@pytest.mark.parametrize("spelling", ["Eleni@Example.com", "eleni+dimos@example.com", "el.eni@example.com"])
def test_spellings_of_one_mailbox_are_counted_together(sqlite_db: Engine, spelling: str) -> None:
    town = a_town(sqlite_db)
    for number in range(7):
        citizen = town.citizen()
        hold = town.hold(f"{9 + number // 6:02}:{number % 6}0", by=citizen)
        give_details(town.context, citizen, typed(email=spelling if number % 2 else "eleni@example.com"))
        confirm_booking(town.context, citizen, confirmation(hold))
    assert len(send(town).sent) == 6


def test_who_has_another_address_waits_for_nobody(town: Town) -> None:
    for number in range(7):
        town.a_booking(f"{9 + number // 6:02}:{number % 6}0", by=town.citizen())
    hold = town.hold("11:10")
    give_details(town.context, town.eleni, typed(email="other@example.com"))
    confirm_booking(town.context, town.eleni, confirmation(hold))
    assert send(town).sent[-1]["To"] == "other@example.com"


def test_what_waits_and_is_overtaken_by_a_later_mail_of_its_booking_is_not_sent(town: Town) -> None:
    fill_the_limit(town)
    booking = town.a_booking("11:10")
    assert send(town).sent == []
    town.move(booking, "12:10")
    assert send(town).sent == []
    town.clock.advance(minutes=10)
    [mail] = send(town).sent
    assert "12:10" in _text(mail)


@pytest.mark.parametrize("is_tried_between", [False, True])
def test_booking_and_cancelling_in_a_row_fills_no_mailbox_later(town: Town, is_tried_between: bool) -> None:
    fill_the_limit(town)
    for number in range(10):
        booking = town.a_booking(f"{11 + number // 6}:{number % 6}0")
        if is_tried_between:
            assert send(town).sent == []
        cancel_booking(town.context, town.eleni, booking.reference)
        assert send(town).sent == []
    town.clock.advance(minutes=10)
    assert send(town).sent == []


def test_who_was_told_of_a_booking_is_told_of_its_end_however_full_the_limit(town: Town) -> None:
    booking = town.a_booking("11:10")
    fill_the_limit(town, already=1)
    cancel_booking(town.context, town.eleni, booking.reference)
    assert send(town).sent == []
    town.clock.advance(minutes=10)
    [mail] = send(town).sent
    assert _method(mail) == "CANCEL"


def test_a_mail_that_waits_for_its_turn_uses_up_no_attempt(town: Town) -> None:
    fill_the_limit(town)
    town.a_booking("11:10")
    for _ in range(3):
        send(town)
    waiting = rows(town.context.db, DeliveryRow)[-1]
    assert (waiting.attempts, waiting.leased_until, waiting.done_at) == (0, None, None)


def test_the_count_of_mails_names_no_address(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    town.a_booking("09:10")
    send(town)
    counted = rows(sqlite_db, AttemptsRow)
    assert {row.rate_limit for row in counted} == {"mail", "mail_day"}
    assert not any("eleni" in row.who for row in counted)
    town.clock.advance(days=3)
    erase_old_data(town.context)
    assert rows(sqlite_db, AttemptsRow) == []


def fill_the_limit(town: Town, already: int = 0) -> None:
    """Others book with the same address until it is mailed no more."""
    for number in range(6 - already):
        town.a_booking(f"09:{number}0", by=town.citizen())
    assert len(send(town).sent) == 6


def send(town: Town, *problems: Exception | None) -> RecordingMailer:
    """One round; what it sent."""
    mailer = RecordingMailer(*problems)
    deliver(town.context, mailer)
    return mailer


def deliver(context: AppContext, mailer: RecordingMailer, limit: int = 50) -> Round:
    """One round with this mail server."""
    return asyncio.run(deliver_events(replace(context, mailer=mailer), MAIL, limit=limit))


def _method(mail: EmailMessage) -> str:
    [method] = [part.get_param("method") for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return str(method)


def _text(mail: EmailMessage) -> str:
    return str(next(part for part in mail.walk() if part.get_content_type() == "text/plain").get_content())


def _token(mail: EmailMessage) -> str:
    [token] = {word.split("/b/")[1].split("?")[0] for word in _text(mail).split() if "/b/" in word}
    return token
