"""A program books: citizens' places alone, once for each request, by the steps of the desk."""

import os
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from signal import SIGKILL
from typing import Any

import pytest
from sqlalchemy import Engine, select

from dimoslive.db.engine import make_engine, reading, transaction
from dimoslive.db.tables.api_key import IdempotencyRow
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.desk.person import TypedPerson
from dimoslive.domain.errors import (
    DeclarationChanged,
    InvalidDetails,
    InvalidInput,
    NotOffered,
    Paused,
    SlotTaken,
)
from dimoslive.domain.keys.errors import ExternalIdTaken, IdempotencyMismatch
from dimoslive.domain.people.principals import ApiKey
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.program.answer_once import Once
from dimoslive.services.program.book_by_program import ProgramRequest, book_by_program
from tests.support.clock import FrozenClock
from tests.support.database import context_for
from tests.support.programs import a_program, a_request, book_as_program, reference_alone
from tests.support.rivals import PATIENCE
from tests.support.world import NOW, Town, a_town, assert_nothing_booked_twice, rows

ONCE = Once("order-4711", "f" * 64)


def book_and_die(url: str, key: ApiKey, wanted: ProgramRequest) -> None:
    """A process that is killed after its commit, and before anybody hears of it."""
    context = context_for(make_engine(url), FrozenClock(NOW))
    book_by_program(context, key, wanted, ONCE, reference_alone)
    os.kill(os.getpid(), SIGKILL)


@pytest.fixture
def here(sqlite_db: Engine) -> Town:
    """For rules that no database makes."""
    return a_town(sqlite_db)


def test_it_is_booked_as_the_desk_books_and_says_who_did_it(town: Town) -> None:
    key = a_program(town)
    reference = book_as_program(town, key, "10:00", external_id="crm-1")
    [row] = rows(town.context.db, BookingRow)
    assert (row.reference, row.status, row.source, row.external_id) == (reference, "booked", "api", "crm-1")
    assert (row.api_key_id, row.made_by, row.told_by, row.consent_at) == (key.id, None, None, None)
    assert row.consent_version
    assert row.name_key == "στεφανοσ μανωλακησ"
    [event] = rows(town.context.db, BookingEventRow)
    assert (event.action, event.api_key_id, event.official_id) == ("booked", key.id, None)
    assert [one.event for one in rows(town.context.db, OutboxRow)] == ["booking.confirmed"]
    assert_nothing_booked_twice(town.context.db)


def test_fifty_equal_requests_at_once_are_one_booking_and_49_repetitions(town: Town) -> None:
    key, once, wanted = a_program(town), Once("order-4711", "f" * 64), a_request(town, "10:00")

    def ask(_: int) -> Any:
        return book_by_program(town.context, key, wanted, once, reference_alone)

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(ask, range(50)))
    assert len({answer.text for answer in answers}) == 1
    assert sum(answer.is_replayed for answer in answers) == 49
    assert len(rows(town.context.db, BookingRow)) == len(rows(town.context.db, OutboxRow)) == 1
    assert_nothing_booked_twice(town.context.db)


def test_a_process_that_dies_before_it_answers_has_booked_and_the_same_request_is_answered(here: Town) -> None:
    key, wanted = a_program(here), a_request(here, "10:00")
    child = get_context("spawn").Process(target=book_and_die, args=(str(here.context.db.url), key, wanted))
    child.start()
    child.join(PATIENCE)
    assert child.exitcode == -SIGKILL
    [row] = rows(here.context.db, BookingRow)
    assert book_as_program(here, key, "10:00", once=ONCE.value) == row.reference
    assert len(rows(here.context.db, BookingRow)) == 1
    assert len(rows(here.context.db, OutboxRow)) == 1


def test_what_was_answered_is_sealed(here: Town) -> None:
    lost = book_as_program(here, a_program(here), "10:00")
    [record] = rows(here.context.db, IdempotencyRow)
    # Nobody who reads the table learns of whom it speaks.
    assert lost not in record.answer_sealed


def test_a_name_that_another_request_had_is_refused_for_a_day(here: Town) -> None:
    key = a_program(here)
    book_as_program(here, key, "10:00", once="order-4711")
    other = Once("order-4711", "0" * 64)
    with pytest.raises(IdempotencyMismatch):
        book_by_program(here.context, key, a_request(here, "10:30"), other, reference_alone)
    here.clock.set(here.clock.now().replace(day=21, minute=1))
    book_by_program(here.context, key, a_request(here, "10:30"), other, reference_alone)
    assert len(rows(here.context.db, BookingRow)) == 2


def test_two_programs_may_name_their_requests_alike(here: Town) -> None:
    book_as_program(here, a_program(here), "10:00", once="order-4711", external_id="crm-1")
    book_as_program(here, a_program(here), "10:30", once="order-4711", external_id="crm-1")
    assert len(rows(here.context.db, BookingRow)) == 2


def test_a_refusal_is_not_kept(town: Town) -> None:
    key = a_program(town)
    first = book_as_program(town, key, "10:00")
    with pytest.raises(SlotTaken):
        book_as_program(town, key, "10:00", once="order-4712")
    with reading(town.context.db) as tx:
        assert [one.value for one in tx.scalars(select(IdempotencyRow))] == ["once-10:00"]
    assert book_as_program(town, key, "10:10", once="order-4712") != first


def test_one_id_of_the_program_is_one_booking(town: Town) -> None:
    key = a_program(town)
    book_as_program(town, key, "10:00", external_id="crm-1")
    with pytest.raises(ExternalIdTaken):
        book_as_program(town, key, "10:30", external_id="crm-1")


def test_what_is_kept_for_staff_is_not_given_away(town: Town) -> None:
    with transaction(town.context.db) as tx:
        tx.merge(town.service).staff_reserve = 1
    with pytest.raises(SlotTaken):
        book_as_program(town, a_program(town), "10:00")


@pytest.mark.parametrize(
    ("wall", "refusal"),
    [
        ("10:03", InvalidInput),
        ("10:05", SlotTaken),
        ("07:00", SlotTaken),
        ("2026-11-20 09:00", SlotTaken),
        ("2027-11-24 10:00", SlotTaken),
    ],
)
def test_off_the_grid_beyond_the_hours_behind_and_too_far_ahead_is_nothing_for_programs(
    here: Town, wall: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        book_as_program(here, a_program(here), wall)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"service": "unknown"}, NotOffered),
        ({"declaration_version": "1999-01"}, DeclarationChanged),
        ({"person": TypedPerson(name="Στέφανος", subject="Θέμα")}, InvalidDetails),
        ({"person": TypedPerson(name="Σ", email="s@example.com", subject="Θέμα")}, InvalidDetails),
        (
            {"person": TypedPerson(name="Στέφανος", email="s@example.com", subject="Θ"), "mode": Mode.PHONE},
            InvalidDetails,
        ),
    ],
)
def test_what_is_wrong_with_a_request_is_refused(here: Town, words: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        book_as_program(here, a_program(here), "10:00", **words)
    assert not rows(here.context.db, BookingRow)


def test_while_the_municipality_is_paused_nothing_is_booked(here: Town) -> None:
    with transaction(here.context.db) as tx:
        tx.get_one(MunicipalityRow, here.municipality.id).paused_at = here.clock.now()
    with pytest.raises(Paused):
        book_as_program(here, a_program(here), "10:00")
