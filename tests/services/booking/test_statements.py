"""How often a booking asks the database: each statement is a way there and back while others wait."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from dimoslive.domain.errors import SlotTaken
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.draft.open_calendar import open_calendar
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.draft.pick_slot import pick_slot
from tests.support.database import counting
from tests.support.world import Town, a_town, confirmation, on_the_day, typed


def ready(town: Town) -> Town:
    """All but the time is chosen."""
    town.choose()
    give_details(town.context, town.eleni, typed())
    town.clock.advance(minutes=1)
    return town


def test_a_booking_asks_so_often_and_no_more(town: Town) -> None:
    ready(town)
    with counting(town.context.db) as to_hold:
        hold_slot(town.context, town.eleni, on_the_day("09:10"))
    with counting(town.context.db) as to_hold_another:
        hold = hold_slot(town.context, town.eleni, on_the_day("09:30"))
    with counting(town.context.db) as to_confirm:
        confirm_booking(town.context, town.eleni, confirmation(hold))
    with counting(town.context.db) as to_confirm_again:
        confirm_booking(town.context, town.eleni, confirmation(hold))

    counted = [len(statements) for statements in (to_hold, to_hold_another, to_confirm, to_confirm_again)]
    assert counted == [7, 9, 10, 4]


def test_a_reserve_costs_one_statement_more(db: Engine) -> None:
    town = ready(a_town(db, desks=2, staff_reserve=1))
    with counting(db) as to_hold:
        hold = hold_slot(town.context, town.eleni, on_the_day("09:10"))
    with counting(db) as to_confirm:
        confirm_booking(town.context, town.eleni, confirmation(hold))

    assert [len(to_hold), len(to_confirm)] == [8, 11]


def test_a_press_of_a_time_asks_little_more_than_the_hold(town: Town) -> None:
    ready(town)
    with counting(town.context.db) as statements:
        pick_slot(town.context, town.eleni, on_the_day("09:10"), ATHENS)
    assert len(statements) == 8


def test_the_calendar_with_its_draft_is_asked_for_together(town: Town) -> None:
    ready(town)
    with counting(town.context.db) as statements:
        open_calendar(town.context, town.eleni)
    assert len(statements) == 4


def test_a_press_says_what_the_page_would_ask_for(town: Town) -> None:
    ready(town)
    starts_at = on_the_day("09:10")
    picked = pick_slot(town.context, town.eleni, starts_at, ATHENS)

    assert (picked.opened, picked.is_taken) == (open_draft(town.context, town.eleni), False)
    read = open_calendar(town.context, town.eleni)
    assert read.times is not None
    begin = on_the_day("00:00")
    end = begin + timedelta(days=1)
    assert picked.starts == [at for at in read.times.starts if begin.timestamp() <= at < end.timestamp()]


def test_a_press_that_comes_too_late_keeps_the_earlier_time_and_counts(town: Town) -> None:
    ready(town)
    town.hold("09:30", by=town.citizen())
    before = pick_slot(town.context, town.eleni, on_the_day("09:10"), ATHENS)

    picked = pick_slot(town.context, town.eleni, on_the_day("09:30"), ATHENS)

    assert (picked.is_taken, picked.opened.draft.hold) == (True, before.opened.draft.hold)
    assert int(on_the_day("09:30").timestamp()) not in picked.starts
    assert int(on_the_day("09:10").timestamp()) in picked.starts
    with pytest.raises(SlotTaken):
        hold_slot(town.context, town.eleni, on_the_day("09:30"))
