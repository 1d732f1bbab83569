"""At which desk an official works today, and how late it is said to be."""

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.db.tables.official import DeskOfficialRow
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.ports import Identity
from dimoslive.services.desk.choose_desk import choose_desk, find_usual_desk
from dimoslive.services.desk.find_workplace import Workplace, find_workplace
from dimoslive.services.desk.show_day import MyDesk, show_day
from dimoslive.services.desk.state_delay import MINUTES, state_delay
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import find_principal
from tests.support.meeting import ANNA, NIKOS, a_meeting, enter_foreign_official, enter_official, staff_token, wait
from tests.support.world import Town, on_the_day, rows


def signed_in(town: Town, identity: Identity = NIKOS) -> Official:
    enter_official(town, identity)
    official = find_principal(town.context, STAFF, staff_token(town, identity))
    assert official is not None
    return official


@pytest.fixture
def official(town: Town) -> Official:
    return signed_in(town)


@pytest.fixture
def place(town: Town, official: Official) -> Workplace:
    return find_workplace(town.context, official, "kavala")


def the_desk(town: Town) -> int:
    return next(desk.id or 0 for desk in rows(town.context.db, DeskRow))


def my_desk(town: Town, official: Official, place: Workplace) -> MyDesk:
    return show_day(town.context, official, place, town.clock.now().date()).my_desk


class TestChoosing:
    def test_it_is_asked_once_a_day_and_none_is_an_answer(
        self, town: Town, official: Official, place: Workplace
    ) -> None:
        assert my_desk(town, official, place) == MyDesk(None, is_asked=False)
        assert choose_desk(town.context, official, place, None).name is None
        assert my_desk(town, official, place) == MyDesk(None, is_asked=True)
        choose_desk(town.context, official, place, the_desk(town))
        assert my_desk(town, official, place) == MyDesk(the_desk(town), is_asked=True)
        town.clock.advance(days=1)
        assert not my_desk(town, official, place).is_asked

    def test_two_at_one_desk_is_allowed_and_said(self, town: Town, official: Official, place: Workplace) -> None:
        assert choose_desk(town.context, official, place, the_desk(town)).others == ()
        chosen = choose_desk(town.context, signed_in(town, ANNA), place, the_desk(town))
        assert (chosen.name, chosen.others) == ({"el": "Θυρίδα 1", "en": "Counter 1"}, ("Ν. ΔΗΜΟΥ",))

    def test_a_foreign_desk_is_unknown(self, town: Town, official: Official, place: Workplace) -> None:
        foreign = enter_foreign_official(town)
        with transaction(town.context.db) as tx:
            [right] = foreign.rights
            desk = DeskRow(municipality_id=right.municipality_id, name_el="Θυρίδα 1")
            tx.add(desk)
            tx.flush()
        for desk_id in (desk.id or 0, 999_999):
            with pytest.raises(NotFound):
                choose_desk(town.context, official, place, desk_id)
            with pytest.raises(NotFound):
                state_delay(town.context, official, place, desk_id, 10)

    def test_the_usual_desk_is_offered_first(self, town: Town, official: Official, place: Workplace) -> None:
        assert find_usual_desk(town.context, official, place) is None
        with transaction(town.context.db) as tx:
            tx.add(DeskOfficialRow(desk_id=the_desk(town), official_id=official.id, is_usual=True))
        assert find_usual_desk(town.context, official, place) == the_desk(town)


class TestRunningLate:
    def test_whoever_waits_hears_the_larger_of_both(self, town: Town, official: Official, place: Workplace) -> None:
        booking = a_meeting(town)
        assert wait(town, booking).delay_minutes == 0
        state_delay(town.context, official, place, the_desk(town), 20)
        assert wait(town, booking).delay_minutes == 20
        town.clock.set(on_the_day("09:45"))
        assert wait(town, booking).delay_minutes == 35

    def test_it_ends_by_itself_and_can_be_taken_back(self, town: Town, official: Official, place: Workplace) -> None:
        booking, desk_id = a_meeting(town), the_desk(town)
        state_delay(town.context, official, place, desk_id, 30, "09:06")
        town.clock.set(on_the_day("09:06"))
        assert wait(town, booking).delay_minutes == 0
        state_delay(town.context, official, place, desk_id, 30)
        assert wait(town, booking).delay_minutes == 30
        state_delay(town.context, official, place, desk_id, 0)
        assert (wait(town, booking).delay_minutes, rows(town.context.db, DeskDelayRow)) == (0, [])
        state_delay(town.context, official, place, desk_id, 5)
        [row] = rows(town.context.db, DeskDelayRow)
        assert row.until == on_the_day("2026-11-25 00:00")

    @pytest.mark.parametrize("minutes", [*MINUTES, 5])
    def test_what_is_offered_can_be_said(self, town: Town, official: Official, place: Workplace, minutes: int) -> None:
        state_delay(town.context, official, place, the_desk(town), minutes)
        assert [row.minutes for row in rows(town.context.db, DeskDelayRow)] == ([minutes] if minutes else [])

    @pytest.mark.parametrize(
        ("minutes", "until", "code"),
        [
            (7, "", "minutes_not_offered"),
            (600, "", "minutes_not_offered"),
            (-5, "", "minutes_not_offered"),
            (10, "soon", "time_unreadable"),
            (10, "25:00", "time_unreadable"),
            (10, "00:01", "time_is_past"),
        ],
    )
    def test_what_is_not_is_refused_at_its_field(
        self, town: Town, official: Official, place: Workplace, minutes: int, until: str, code: str
    ) -> None:
        with pytest.raises(InvalidInput) as refusal:
            state_delay(town.context, official, place, the_desk(town), minutes, until)
        assert refusal.value.code == code
