"""What is chosen and typed survives a reload, a new window and another device; nothing typed is lost."""

from dataclasses import fields, replace

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow, ServiceRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.booking.details import TypedDetails
from dimoslive.domain.booking.draft import Step, first_open_step
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import InvalidDetails, InvalidInput, NotOffered
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.draft.choose_service import choose_service
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.keep_typed import keep_typed
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.draft.start_again import start_again
from tests.support.world import Town, a_municipality, a_service, a_town, confirmation, rows, statuses, typed

ALL_WORDS = TypedDetails("other", "Άννα", "άκυρο@", "69", "Κύπρου 1", "Θέμα\nσε δύο γραμμές", "Νοηματική", True)
"""As somebody leaves them in the middle."""


def test_a_new_citizen_has_an_empty_draft(town: Town) -> None:
    opened = open_draft(town.context, town.eleni)
    assert (opened.typed, opened.service, opened.municipality) == (TypedDetails(), None, None)
    assert step(town) is Step.MUNICIPALITY
    assert rows(town.context.db, DraftRow) == []


def test_the_draft_stands_where_the_citizen_left_it(town: Town) -> None:
    town.choose(mode="")
    assert step(town) is Step.MODE
    town.choose(mode="video")
    assert step(town) is Step.CALENDAR
    hold = town.hold("09:10")
    assert step(town) is Step.DETAILS
    details = give_details(town.context, town.eleni, typed())
    assert step(town) is Step.CONSENT
    opened = open_draft(town.context, town.eleni)
    assert (opened.draft.mode, opened.draft.hold, opened.draft.details) == (Mode.VIDEO, hold, details)
    assert opened.service is not None
    assert opened.municipality is not None
    assert (opened.service.service_id, opened.municipality.slug) == (town.service.id, "kavala")
    assert opened.duration_minutes == 10


def test_every_typed_word_is_kept_right_or_wrong(town: Town) -> None:
    keep_typed(town.context, town.eleni, ALL_WORDS)
    assert open_draft(town.context, town.eleni).typed == ALL_WORDS
    assert {getattr(ALL_WORDS, field.name) for field in fields(TypedDetails)} & {"", False} == set()


def test_drafts_of_two_people_are_apart(town: Town) -> None:
    keep_typed(town.context, town.eleni, ALL_WORDS)
    assert open_draft(town.context, town.citizen()).typed == TypedDetails()


def test_a_text_too_long_is_kept_whole_and_refused(town: Town) -> None:
    long = typed(subject="α" * 10_000)
    [problem] = refusals(town, long)
    assert (problem.field, problem.code) == ("subject", "too_long")
    assert problem.params == {"max_length": 1000, "length": 10_000}
    assert open_draft(town.context, town.eleni).typed == long
    assert open_draft(town.context, town.eleni).draft.details is None


def test_a_text_beyond_all_bounds_is_cut_and_refused(town: Town) -> None:
    assert [problem.code for problem in refusals(town, typed(subject="α" * 1_000_000))] == ["too_long"]
    assert len(open_draft(town.context, town.eleni).typed.subject) == 20_000


@pytest.mark.parametrize("field", ["subject", "address", "help_needed", "person_name"])
@pytest.mark.parametrize("control", ["\0", "\x07", "\x1b[2J", "\ud800", "\x9b"])
def test_control_characters_are_refused_and_cost_nothing_typed(town: Town, field: str, control: str) -> None:
    words = typed(**{"served_person": "other", "person_name": "Άννα Δήμου", field: f"αβγ{control}δεζ"})
    assert [(problem.field, problem.code) for problem in refusals(town, words)] == [(field, "control_characters")]
    kept = open_draft(town.context, town.eleni)
    assert "αβγ" in getattr(kept.typed, field)
    assert "δεζ" in getattr(kept.typed, field)
    # What the database cannot store must not become acceptable by being stored otherwise.
    assert [(problem.field, problem.code) for problem in refusals(town, kept.typed)] == [(field, "control_characters")]


@pytest.mark.parametrize("breaks", ["\r\n", "\n", "\r", "\x85", "\u2028"])
def test_a_line_break_cannot_enter_an_address_or_a_name(town: Town, breaks: str) -> None:
    words = typed(served_person="other", person_name=f"Άννα{breaks}Bcc: x", email=f"a@example.com{breaks}Bcc: x")
    assert [problem.field for problem in refusals(town, words)] == ["email"]
    assert give_details(town.context, town.eleni, replace(words, email="a@example.com")).name == "Άννα Bcc: x"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}", "'; DROP TABLE booking; --", "=1+1"])
def test_a_script_is_a_text_like_any_other(town: Town, text: str) -> None:
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed(subject=text, address=text))
    details = confirm_booking(town.context, town.eleni, confirmation(hold)).details
    assert (details.subject, details.address) == (text, text)


def test_all_problems_are_named_at_once(town: Town) -> None:
    problems = refusals(town, TypedDetails(served_person="other"))
    assert [problem.field for problem in problems] == ["person_name", "email", "phone", "subject"]


def test_typing_on_takes_back_that_the_details_are_complete(town: Town) -> None:
    town.hold("09:10")
    give_details(town.context, town.eleni, typed())
    keep_typed(town.context, town.eleni, typed(email="eleni@"))
    assert step(town) is Step.DETAILS


def test_another_service_or_mode_lets_go_of_the_held_time(town: Town) -> None:
    town.hold("09:10")
    town.choose(mode="video")
    assert statuses(town.context.db)[BookingStatus.HELD] == 1
    town.choose(mode="in_person")
    assert statuses(town.context.db)[BookingStatus.HELD] == 0
    town.hold("09:10")
    town.choose(service=town.another_service())
    assert statuses(town.context.db)[BookingStatus.HELD] == 0


def test_choosing_another_service_keeps_what_was_typed(town: Town) -> None:
    keep_typed(town.context, town.eleni, ALL_WORDS)
    town.choose(service=town.another_service())
    assert open_draft(town.context, town.eleni).typed == ALL_WORDS


@pytest.mark.parametrize("mode", ["phone", "carrier pigeon", "VIDEO"])
def test_a_mode_that_is_not_offered_cannot_be_chosen(sqlite_db: Engine, mode: str) -> None:
    town = a_town(sqlite_db, modes="PV")
    with pytest.raises(NotOffered):
        town.choose(mode=mode)
    town.choose(mode="in_person")


def test_a_service_that_is_not_offered_cannot_be_chosen(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    with pytest.raises(NotOffered):
        choose_service(town.context, town.eleni, 12345, "video")
    with transaction(sqlite_db) as tx:
        tx.get_one(ServiceRow, town.service.id).is_active = False
    with pytest.raises(NotOffered):
        town.choose()
    with transaction(sqlite_db) as tx:
        tx.get_one(ServiceRow, town.service.id).is_active = True
        tx.get_one(MunicipalityRow, town.municipality.id).joined_at = None
    with pytest.raises(NotOffered):
        town.choose()
    assert rows(sqlite_db, DraftRow) == []


def test_starting_again_empties_the_draft_and_frees_the_time(town: Town) -> None:
    town.hold("09:10")
    keep_typed(town.context, town.eleni, ALL_WORDS)
    start_again(town.context, town.eleni)
    assert open_draft(town.context, town.eleni).typed == TypedDetails()
    assert step(town) is Step.MUNICIPALITY
    town.hold("09:10", by=town.citizen())


def step(town: Town) -> Step:
    """Where Eleni's draft stands."""
    return first_open_step(open_draft(town.context, town.eleni).draft, town.clock.now())


def refusals(town: Town, words: TypedDetails) -> tuple[InvalidInput, ...]:
    """What is wrong with the words."""
    with pytest.raises(InvalidDetails) as refused:
        give_details(town.context, town.eleni, words)
    return refused.value.problems


@pytest.mark.parametrize(("wall", "clashes"), [("09:10", False), ("09:20", True), ("09:30", True), ("09:40", False)])
def test_a_draft_names_the_bookings_that_its_time_overlaps(town: Town, wall: str, clashes: bool) -> None:
    booking = town.a_booking("09:20", service=town.another_service(duration_minutes=20))
    town.a_booking("09:20", by=town.citizen(), service=town.another_service(duration_minutes=20))
    town.hold(wall)
    assert open_draft(town.context, town.eleni).clashes == ((booking,) if clashes else ())


def test_a_booking_that_is_moved_or_cancelled_clashes_with_nothing(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.hold_move(booking, "09:10")
    assert open_draft(town.context, town.eleni).clashes == ()
    assert open_draft(town.context, town.eleni).moved == booking
    other = town.another_service()
    town.hold("09:10", service=other)
    assert open_draft(town.context, town.eleni).clashes == (booking,)
    cancel_booking(town.context, town.eleni, booking.reference)
    assert open_draft(town.context, town.eleni).clashes == ()


def test_the_other_booking_may_be_with_another_municipality(town: Town) -> None:
    booking = town.a_booking("09:10")
    with transaction(town.context.db) as tx:
        elsewhere = a_service(tx, a_municipality(tx, "Δράμας", slug="drama"))
    town.hold("09:10", service=elsewhere)
    assert open_draft(town.context, town.eleni).clashes == (booking,)
