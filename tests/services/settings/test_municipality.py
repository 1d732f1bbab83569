"""A municipality sets itself up: who may, what each change hits, and what two do at once."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.settings import CrestRow
from dimoslive.domain.errors import ChangedMeanwhile, InvalidDetails, InvalidInput, NotFound, Paused
from dimoslive.domain.people.principals import Official
from dimoslive.services.catalogue.list_data_protection_contacts import list_data_protection_contacts
from dimoslive.services.catalogue.show_crest import show_crest
from dimoslive.services.catalogue.show_look import show_look
from dimoslive.services.desk.open_booking import open_booking
from dimoslive.services.settings.municipality.change_crest import remove_crest, set_crest
from dimoslive.services.settings.municipality.open_municipality import open_municipality
from dimoslive.services.settings.municipality.pause_municipality import pause_municipality, reopen_municipality
from dimoslive.services.settings.municipality.save_municipality import save_municipality
from dimoslive.services.settings.municipality.weigh_retention import weigh_retention
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.builders import at
from tests.support.meeting import ANNA, enter_foreign_official
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import Town, rows

PAUSE = {"message_el": "Μετακομίζουμε στο νέο δημαρχείο.", "message_en": "We are moving to the new town hall."}


def opened(town: Town, official: Official) -> Opened:
    return open_municipality(town.context, official, town.municipality.id).opened


def save(town: Town, official: Official, seen: Opened | None = None, **words: Any) -> Saved:
    seen = seen or opened(town, official)
    return save_municipality(town.context, official, town.municipality.id, seen, {**seen.values, **words})


def problems(town: Town, official: Official, **words: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDetails) as refused:
        save(town, official, **words)
    return [(one.field, one.code) for one in refused.value.problems]


def row_of(town: Town) -> MunicipalityRow:
    with reading(town.context.db) as tx:
        return tx.get_one(MunicipalityRow, town.municipality.id)


def actions(town: Town) -> list[str]:
    return [event.action for event in rows(town.context.db, AuditEventRow)]


def a_picture(side: int = 300, color: str = "red") -> bytes:
    kept = BytesIO()
    Image.new("RGB", (side, side), color).save(kept, "JPEG")
    return kept.getvalue()


def test_what_was_changed_is_kept_logged_and_shown(town: Town) -> None:
    nikos = enter_administrator(town)
    result = save(
        town,
        nikos,
        website="https://www.kavala.gov.gr",
        accent_color="#7a1f2b",
        max_open_bookings="5",
        data_protection_contact="Μ. Φωτίου, 2510 000000",
        reason_1_el="Ασθένεια του υπαλλήλου.",
    )
    assert result.has_changed
    look = show_look(town.context, "kavala")
    assert (look.accent_color, look.website) == ("#7a1f2b", "https://www.kavala.gov.gr")
    [line] = rows(town.context.db, AuditEventRow)
    assert (line.action, line.subject_id) == ("municipality.changed", town.municipality.id)
    assert json.loads(line.after)["max_open_bookings"] == 5
    [contact] = list_data_protection_contacts(town.context)
    assert (contact.slug, contact.contact) == ("kavala", "Μ. Φωτίου, 2510 000000")


def test_all_problems_are_said_at_once_in_the_order_of_the_form(town: Town) -> None:
    assert problems(
        town,
        enter_administrator(town),
        address_el="δ" * 201,
        phone="12",
        website="http://kavala.gr",
        accent_color="#ffee00",
        max_open_bookings="21",
        retention_days="29",
        video_provider="zoom",
        reason_2_en="x",
    ) == [
        ("address_el", "too_long"),
        ("phone", "invalid_phone"),
        ("website", "not_https"),
        ("accent_color", "too_pale"),
        ("max_open_bookings", "out_of_range"),
        ("retention_days", "out_of_range"),
        ("video_provider", "not_a_choice"),
        ("reason_2_en", "too_short"),
    ]


def test_whoever_takes_bookings_can_be_reached(town: Town) -> None:
    nikos = enter_administrator(town)
    assert save(town, nikos, phone="", email="dimos@kavala.example").has_changed
    assert problems(town, nikos, phone="", email="") == [("phone", "open_without_contact")]
    assert save(town, nikos, phone="2510 111111", email="").has_changed
    with transaction(town.context.db) as tx:
        tx.get_one(MunicipalityRow, town.municipality.id).joined_at = None
    assert save(town, nikos, phone="", email="").has_changed


def test_the_sentences_of_the_cancellation_are_the_municipality_s_own(town: Town) -> None:
    nikos, booking = enter_administrator(town), town.a_booking("09:00")
    usual = open_booking(town.context, nikos, booking.reference).ready_reasons
    assert (len(usual), usual[0]["en"]) == (4, "The official is absent. We are sorry.")
    save(town, nikos, reason_4_el="Κλείνουμε νωρίτερα.", reason_4_en="We close early.")
    own = open_booking(town.context, nikos, booking.reference).ready_reasons
    assert own == (*usual[:3], {"el": "Κλείνουμε νωρίτερα.", "en": "We close early."})


class TestRetention:
    """A shorter term erases persons tonight, and is not set without saying so."""

    def past(self, town: Town, *days_ago: int) -> None:
        booking = town.a_booking("09:00")
        with transaction(town.context.db) as tx:
            tx.get_one(MunicipalityRow, town.municipality.id).retention_days = 90
            first = tx.get_one(BookingRow, booking.id)
            values = {name: getattr(first, name) for name in BookingRow.model_fields if name != "id"}
            for number, ago in enumerate(days_ago):
                ended = town.clock.now() - timedelta(days=ago)
                moved = {"starts_at": ended - timedelta(minutes=10), "ends_at": ended, "reference": f"PAST{number}"}
                tx.add(BookingRow(**(values | moved)))

    def test_it_says_how_many_and_needs_a_tick(self, town: Town) -> None:
        self.past(town, 20, 45, 80, 100)
        nikos, place = enter_administrator(town), town.municipality.id
        # The oldest goes tonight anyway.
        assert weigh_retention(town.context, nikos, place, 40) == 2
        assert weigh_retention(town.context, nikos, place, 60) == 1
        assert weigh_retention(town.context, nikos, place, 85) == 0
        assert problems(town, nikos, retention_days="40") == [("confirms_erasing", "erasing_not_confirmed")]
        assert row_of(town).retention_days == 90
        save(town, nikos, retention_days="40", confirms_erasing="on")
        assert (row_of(town).retention_days, erase_old_data(town.context).bookings) == (40, 3)

    def test_a_longer_or_the_same_term_asks_nothing(self, town: Town) -> None:
        self.past(town, 45)
        nikos = enter_administrator(town)
        for days in (90, 120, 0, 29, 4000):
            assert weigh_retention(town.context, nikos, town.municipality.id, days) is None
        assert save(town, nikos, retention_days="120").has_changed


class TestPause:
    """No new bookings for a while; what is booked stays."""

    def test_it_is_told_and_ends_by_itself(self, town: Town) -> None:
        nikos, place = enter_administrator(town), town.municipality.id
        town.a_booking("09:00")
        pause_municipality(town.context, nikos, place, PAUSE | {"until_day": "21/11/2026", "until_time": "8:30"})
        found = open_municipality(town.context, nikos, place)
        assert found.pause is not None
        assert (found.pause.until, found.bookings_ahead) == (at("2026-11-21 08:30"), 1)
        with pytest.raises(Paused) as refused:
            town.hold("10:00", by=town.citizen())
        assert refused.value.messages["en"] == PAUSE["message_en"]
        town.clock.set(at("2026-11-21 08:30"))
        assert show_look(town.context, "kavala").pause is None
        assert town.hold("10:00", by=town.citizen()).reference

    def test_it_can_be_changed_and_ended_by_hand(self, town: Town) -> None:
        nikos, place = enter_administrator(town), town.municipality.id
        pause_municipality(town.context, nikos, place, PAUSE)
        began = row_of(town).paused_at
        town.clock.advance(hours=1)
        pause_municipality(town.context, nikos, place, PAUSE | {"message_en": "Back on Monday morning."})
        assert (row_of(town).paused_at, row_of(town).pause_message_en) == (began, "Back on Monday morning.")
        reopen_municipality(town.context, nikos, place)
        reopen_municipality(town.context, nikos, place)
        assert (row_of(town).paused_at, row_of(town).pause_message_el) == (None, "")
        assert actions(town) == ["municipality.paused", "municipality.paused", "municipality.reopened"]

    @pytest.mark.parametrize(
        ("words", "wrong"),
        [
            ({"message_el": "Κλειστά"}, ("message_el", "too_short")),
            ({"message_en": ""}, ("message_en", "required")),
            ({"message_el": "α" * 501}, ("message_el", "too_long")),
            ({"until_day": "19/11/2026"}, ("until_day", "not_ahead")),
            ({"until_day": "21/11/2028"}, ("until_day", "not_ahead")),
            ({"until_day": "9999-12-31"}, ("until_day", "not_ahead")),
            ({"until_day": "0001-01-01"}, ("until_day", "not_a_date")),
            ({"until_day": "αύριο"}, ("until_day", "not_a_date")),
            ({"until_day": "21/11/2026", "until_time": "25"}, ("until_time", "not_a_time")),
        ],
    )
    def test_what_is_wrong_stands_at_its_field(self, town: Town, words: dict[str, str], wrong: tuple[str, str]) -> None:
        nikos = enter_administrator(town)
        with pytest.raises(InvalidDetails) as refused:
            pause_municipality(town.context, nikos, town.municipality.id, PAUSE | words)
        assert (refused.value.problems[0].field, refused.value.problems[0].code) == wrong
        assert row_of(town).paused_at is None


class TestCrest:
    """A picture is made anew, and served by its hash."""

    def test_it_is_kept_replaced_and_taken_away(self, town: Town) -> None:
        nikos, place = enter_administrator(town), town.municipality.id
        set_crest(town.context, nikos, place, a_picture())
        first = show_crest(town.context, "kavala")
        assert Image.open(BytesIO(first.png)).size == (256, 256)
        assert show_look(town.context, "kavala").crest == first.png_hash
        set_crest(town.context, nikos, place, a_picture())
        set_crest(town.context, nikos, place, a_picture(color="blue"))
        assert show_crest(town.context, "kavala").png_hash != first.png_hash
        assert len(rows(town.context.db, CrestRow)) == 1
        remove_crest(town.context, nikos, place)
        with pytest.raises(NotFound):
            show_crest(town.context, "kavala")
        assert actions(town) == ["municipality.crest_set", "municipality.crest_set", "municipality.crest_removed"]

    @pytest.mark.parametrize(("content", "code"), [(b"", "file_is_empty"), (b"<svg/>", "not_an_image")])
    def test_what_is_no_picture_is_refused(self, town: Town, content: bytes, code: str) -> None:
        nikos = enter_administrator(town)
        with pytest.raises(InvalidInput) as refused:
            set_crest(town.context, nikos, town.municipality.id, content)
        assert (refused.value.field, refused.value.code) == ("crest", code)


def test_two_who_change_one_field_are_asked_and_other_fields_taken_over(town: Town) -> None:
    nikos, anna = enter_administrator(town), enter_administrator(town, ANNA)
    seen = opened(town, nikos)
    save(town, anna, seen, max_open_bookings="6", reason_1_el="Άλλος λόγος.")
    pause_municipality(town.context, anna, town.municipality.id, PAUSE)
    assert [one.field for one in save(town, nikos, seen, phone="2510 111111").taken_over] == [
        "max_open_bookings",
        "reason_1_el",
    ]
    with pytest.raises(ChangedMeanwhile) as refused:
        save(town, nikos, seen, max_open_bookings="7")
    assert refused.value.conflicts == ("max_open_bookings",)


@pytest.mark.parametrize("enter", [enter_foreign_official, enter_head])
def test_nobody_else_finds_it(town: Town, enter: Any) -> None:
    stranger, place = enter(town), town.municipality.id
    seen = opened(town, enter_administrator(town, ANNA))
    for refused in (
        lambda: opened(town, stranger),
        lambda: save(town, stranger, seen, phone="2510 111111"),
        lambda: pause_municipality(town.context, stranger, place, PAUSE),
        lambda: reopen_municipality(town.context, stranger, place),
        lambda: set_crest(town.context, stranger, place, a_picture()),
        lambda: remove_crest(town.context, stranger, place),
        lambda: weigh_retention(town.context, stranger, place, 30),
    ):
        with pytest.raises(NotFound):
            refused()
    assert actions(town) == []
