"""In a frame there is one municipality: a draft of another, or a booking that is being moved, does not exist there."""

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.errors import HoldExpired, NotFound
from dimoslive.domain.people.principals import FramedCitizen
from dimoslive.services.booking.confirm_booking import confirm_booking, find_booked
from dimoslive.services.draft.choose_service import choose_service
from dimoslive.services.draft.extend_hold import extend_hold
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.draft.keep_typed import keep_typed
from dimoslive.services.draft.open_calendar import open_calendar
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.draft.start_again import start_again
from dimoslive.services.draft.start_move import start_move
from tests.support.world import Town, a_municipality, a_service, confirmation, on_the_day, rows, typed


@pytest.fixture
def framed(town: Town) -> FramedCitizen:
    """Eleni in a frame of Drama, while her draft holds a time in Kavala."""
    with transaction(town.context.db) as tx:
        drama = a_municipality(tx, "Δράμας", slug="drama")
        town.theirs = a_service(tx, drama, name_el="Άδεια")  # type: ignore[attr-defined]  # for these tests
    eleni = town.eleni
    return FramedCitizen(eleni.id, eleni.first_name, eleni.last_name, eleni.session_id, drama.id)


def test_nothing_of_it_is_shown_or_changed(town: Town, framed: FramedCitizen) -> None:
    hold, context = town.hold("09:00"), town.context
    give_details(context, town.eleni, typed())
    opened = open_draft(context, framed)
    assert (opened.draft.municipality_id, opened.draft.hold, opened.typed.subject) == (None, None, "")
    assert open_calendar(context, framed).times is None
    before = rows(context.db, DraftRow)
    for refused in (
        lambda: keep_typed(context, framed, typed()),
        lambda: give_details(context, framed, typed()),
        lambda: hold_slot(context, framed, on_the_day("10:00")),
        lambda: confirm_booking(context, framed, confirmation(hold)),
        lambda: start_again(context, framed),
        lambda: choose_service(context, framed, town.service.id or 0, "video"),
    ):
        with pytest.raises(NotFound):
            refused()
    with pytest.raises(HoldExpired):
        extend_hold(context, framed)
    booked = town.confirm(hold)
    assert find_booked(context, framed, booked.reference) is None
    assert len(before) == 1


def test_choosing_there_begins_anew_and_takes_over_nothing(town: Town, framed: FramedCitizen) -> None:
    town.hold("09:00")
    give_details(town.context, town.eleni, typed())
    choose_service(town.context, framed, town.theirs.id, "video")  # type: ignore[attr-defined]  # see above
    opened = open_draft(town.context, framed)
    assert opened.draft.municipality_id == framed.municipality_id
    assert (opened.draft.hold, opened.typed.subject) == (None, "")


def test_a_move_is_none_in_a_frame_of_its_own_municipality_either(town: Town) -> None:
    booking, eleni = town.a_booking("09:00"), town.eleni
    framed = FramedCitizen(eleni.id, eleni.first_name, eleni.last_name, eleni.session_id, town.municipality.id)
    start_move(town.context, eleni, booking.reference)
    assert open_draft(town.context, framed).draft.moving is None
    with pytest.raises(NotFound):
        start_move(town.context, framed, booking.reference)
    with pytest.raises(NotFound):
        hold_slot(town.context, framed, on_the_day("10:00"))


def test_other_bookings_are_not_told_of_in_a_frame(town: Town) -> None:
    eleni, other = town.eleni, town.another_service(name_el="Ληξιαρχείο")
    town.a_booking("09:00", service=other)
    framed = FramedCitizen(eleni.id, eleni.first_name, eleni.last_name, eleni.session_id, town.municipality.id)
    town.hold("09:00")
    assert len(open_draft(town.context, eleni).clashes) == 1
    assert open_draft(town.context, framed).clashes == ()
