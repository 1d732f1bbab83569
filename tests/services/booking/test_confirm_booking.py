"""A held time becomes a booking at one press, and only then."""

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.rows.events import to_event
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import ChangedElsewhere, HoldExpired, IncompleteDraft, InvalidInput, SlotTaken
from dimoslive.domain.events import BookingConfirmed
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.declarations import declaration_of
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.draft.keep_typed import keep_typed
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.draft.release_hold import release_hold
from dimoslive.services.draft.start_again import start_again
from tests.support.world import (
    NOW,
    Town,
    a_town,
    assert_nothing_booked_twice,
    confirmation,
    on_the_day,
    rows,
    statuses,
    typed,
)


def test_the_held_time_is_booked(town: Town) -> None:
    hold = town.hold("09:10")
    booking = town.confirm(hold)
    assert (booking.status, booking.reference, booking.period) == (BookingStatus.BOOKED, hold.reference, hold.period)
    assert (booking.sequence, booking.reschedule_count, booking.created_at) == (0, 0, NOW)
    town.clock.advance(minutes=30)
    with pytest.raises(SlotTaken):
        town.hold("09:10", by=town.citizen())
    assert_nothing_booked_twice(town.context.db)


def test_the_booking_has_what_was_typed(town: Town) -> None:
    hold = town.hold("09:10")
    words = typed(served_person="business", person_name="Αφοί Δήμου ΟΕ", address="Κύπρου 1", help_needed="Νοηματική")
    give_details(town.context, town.eleni, words)
    details = confirm_booking(town.context, town.eleni, confirmation(hold)).details
    assert (details.served_person, details.name) == (ServedPerson.BUSINESS, "Αφοί Δήμου ΟΕ")
    assert (details.email, details.phone) == ("eleni@example.com", "+306912345678")
    assert (details.subject, details.address, details.help_needed) == (words.subject, "Κύπρου 1", "Νοηματική")


def test_booking_for_oneself_takes_the_name_of_the_sign_in(town: Town) -> None:
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed(person_name="Κάποιος Άλλος"))
    assert confirm_booking(town.context, town.eleni, confirmation(hold)).details.name == "ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ"


def test_the_consent_is_kept_word_for_word(town: Town) -> None:
    hold = town.hold("09:10")
    town.clock.advance(minutes=3)
    declaration = declaration_of(Mode.VIDEO, "en")
    row = town.row(town.confirm(hold, declaration=declaration, language="en"))
    assert (row.consent_version, row.consent_language, row.language) == (declaration.version, "en", "en")
    assert row.consent_sha256 == declaration.sha256
    assert len(row.consent_sha256) == 64
    assert row.consent_at == row.booked_at == town.clock.now()


def test_pressing_twice_books_once(town: Town) -> None:
    hold = town.hold("09:10")
    first = town.confirm(hold)
    again = confirm_booking(town.context, town.eleni, confirmation(hold))
    assert again == first
    assert statuses(town.context.db) == {BookingStatus.BOOKED: 1}
    assert len(rows(town.context.db, OutboxRow)) == 1


def test_pressing_again_after_the_hold_would_have_ended_shows_the_booking(town: Town) -> None:
    hold = town.hold("09:10")
    first = town.confirm(hold)
    town.clock.advance(hours=1)
    assert confirm_booking(town.context, town.eleni, confirmation(hold)) == first


def test_somebody_elses_hold_cannot_be_booked(town: Town) -> None:
    hold, nikos = town.hold("09:10"), town.citizen()
    with pytest.raises(HoldExpired):
        confirm_booking(town.context, nikos, confirmation(hold))
    town.confirm(hold)
    with pytest.raises(HoldExpired):
        confirm_booking(town.context, nikos, confirmation(hold))


def test_what_ran_out_is_not_booked(town: Town) -> None:
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed())
    town.clock.advance(minutes=10)
    with pytest.raises(HoldExpired):
        confirm_booking(town.context, town.eleni, confirmation(hold))
    assert statuses(town.context.db) == {BookingStatus.HELD: 1}
    assert rows(town.context.db, OutboxRow) == []


def test_another_time_chosen_in_another_window_is_not_booked_unseen(town: Town) -> None:
    shown = town.hold("09:10")
    give_details(town.context, town.eleni, typed())
    hold_slot(town.context, town.eleni, on_the_day("09:30"))
    with pytest.raises(ChangedElsewhere):
        confirm_booking(town.context, town.eleni, confirmation(shown))


def test_a_service_chosen_in_another_window_is_said_to_be_a_change_not_an_end(town: Town) -> None:
    shown = town.hold("09:10")
    give_details(town.context, town.eleni, typed())
    town.clock.advance(minutes=2)
    town.choose(service=town.another_service())
    for _ in range(2):
        with pytest.raises(ChangedElsewhere):
            confirm_booking(town.context, town.eleni, confirmation(shown))
        town.clock.advance(minutes=20)


def test_a_time_let_go_in_another_window_is_said_to_be_a_change(town: Town) -> None:
    for let_go in (release_hold, start_again):
        shown = town.hold("09:10")
        give_details(town.context, town.eleni, typed())
        town.clock.advance(minutes=2)
        let_go(town.context, town.eleni)
        with pytest.raises(ChangedElsewhere):
            confirm_booking(town.context, town.eleni, confirmation(shown))


def test_a_booking_made_in_another_window_is_said_to_be_a_change(town: Town) -> None:
    shown = town.hold("09:10")
    town.clock.advance(minutes=2)
    town.a_booking("09:30")
    with pytest.raises(ChangedElsewhere):
        confirm_booking(town.context, town.eleni, confirmation(shown))


def test_details_typed_in_another_window_are_not_booked_unseen(town: Town) -> None:
    hold = town.hold("09:10")
    shown = give_details(town.context, town.eleni, typed())
    for check in (give_details, keep_typed):
        check(town.context, town.eleni, typed(email=f"{check.__name__}@example.com"))
        with pytest.raises(ChangedElsewhere):
            confirm_booking(town.context, town.eleni, confirmation(hold, details=shown))
    give_details(town.context, town.eleni, typed())
    assert confirm_booking(town.context, town.eleni, confirmation(hold, details=shown)).details == shown


@pytest.mark.parametrize("change", ["service", "mode", "move"])
def test_a_hold_that_is_not_the_drafts_is_not_booked(town: Town, change: str) -> None:
    hold, other = town.hold("09:10"), town.another_service()
    give_details(town.context, town.eleni, typed())
    with transaction(town.context.db) as tx:
        draft = tx.get_one(DraftRow, town.eleni.id)
        if change == "service":
            draft.service_id = other.id
        elif change == "mode":
            draft.mode = "phone"
        else:
            draft.moving_id = town.row(hold).id
    with pytest.raises(ChangedElsewhere):
        confirm_booking(town.context, town.eleni, confirmation(hold))


def test_the_declaration_must_be_that_of_the_mode(town: Town) -> None:
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed())
    with pytest.raises(ChangedElsewhere):
        confirm_booking(town.context, town.eleni, confirmation(hold, declaration=declaration_of(Mode.IN_PERSON, "el")))


def test_without_the_declaration_nothing_is_booked(town: Town) -> None:
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed())
    with pytest.raises(InvalidInput) as refused:
        confirm_booking(town.context, town.eleni, confirmation(hold, is_declared=False))
    assert (refused.value.field, refused.value.code) == ("declaration", "declaration_required")
    assert statuses(town.context.db) == {BookingStatus.HELD: 1}


def test_without_details_nothing_is_booked(town: Town) -> None:
    hold = town.hold("09:10")
    with pytest.raises(IncompleteDraft):
        confirm_booking(town.context, town.eleni, confirmation(hold))
    # What is typed but was not yet checked by the page does not count either.
    keep_typed(town.context, town.eleni, typed())
    with pytest.raises(IncompleteDraft):
        confirm_booking(town.context, town.eleni, confirmation(hold))
    assert statuses(town.context.db) == {BookingStatus.HELD: 1}


def test_the_draft_is_used_up(town: Town) -> None:
    town.a_booking("09:10")
    assert rows(town.context.db, DraftRow) == []
    assert open_draft(town.context, town.eleni).draft.service_id is None


def test_the_mail_is_queued_with_the_booking(town: Town) -> None:
    booking = town.a_booking("09:10")
    [event], [mail] = rows(town.context.db, OutboxRow), rows(town.context.db, DeliveryRow)
    assert (event.subject_kind, event.subject_id, event.created_at) == ("booking", booking.id, NOW)
    assert event.municipality_id == town.municipality.id
    assert (mail.event_id, mail.deliverer, mail.destination, mail.due_at) == (event.id, "mail", "citizen", NOW)
    assert to_event(event) == BookingConfirmed(booking)


def test_no_mail_is_queued_without_a_booking(town: Town) -> None:
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed())
    with transaction(town.context.db) as tx:
        # The delivery is the last that is written: without its table the booking cannot be either.
        tx.connection().exec_driver_sql("DROP TABLE outbox_delivery")
    with pytest.raises(Exception, match="outbox_delivery"):
        confirm_booking(town.context, town.eleni, confirmation(hold))
    assert statuses(town.context.db) == {BookingStatus.HELD: 1}
    assert len(rows(town.context.db, DraftRow)) == 1


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "Europe/Athens\0", "x" * 5000])
def test_a_zone_that_nobody_knows_is_not_kept(db: Engine, zone: str) -> None:
    town = a_town(db)
    assert town.confirm(town.hold("09:10"), visitor_zone=zone).visitor_zone == ""


def test_a_language_that_nobody_knows_is_greek(town: Town) -> None:
    assert town.confirm(town.hold("09:10"), language="../../etc", visitor_zone="America/New_York").language == "el"


def test_contact_data_are_remembered_only_if_the_person_agrees(town: Town) -> None:
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed(remember_contact=False))
    confirm_booking(town.context, town.eleni, confirmation(hold))
    assert open_draft(town.context, town.eleni).typed.email == ""

    other = town.another_service()
    hold = town.hold("10:10", service=other)
    give_details(town.context, town.eleni, typed(remember_contact=True))
    confirm_booking(town.context, town.eleni, confirmation(hold))
    remembered = open_draft(town.context, town.eleni).typed
    assert (remembered.email, remembered.phone, remembered.remember_contact) == (
        "eleni@example.com", "691 234 5678", True,
    )  # fmt: skip
    assert remembered.subject == ""


def test_contact_data_are_forgotten_when_the_person_no_longer_agrees(town: Town) -> None:
    for wall, agrees in (("09:10", True), ("10:10", False)):
        hold = town.hold(wall, service=town.another_service())
        give_details(town.context, town.eleni, typed(remember_contact=agrees))
        confirm_booking(town.context, town.eleni, confirmation(hold))
    assert open_draft(town.context, town.eleni).typed.email == ""


def test_every_row_of_a_booked_hold_stays_the_same_row(town: Town) -> None:
    held = town.row(town.hold("09:10"))
    claims = {(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(town.context.db, ClaimRow)}
    hold = open_draft(town.context, town.eleni).draft.hold
    assert hold is not None
    town.confirm(hold)
    [booked] = rows(town.context.db, BookingRow)
    assert booked.id == held.id
    assert {(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(town.context.db, ClaimRow)} == claims
