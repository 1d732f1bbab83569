"""What the public pages show of municipalities."""

from datetime import time

import pytest

from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.i18n import texts_of
from dimoslive.ui.citizen.public.view_models import show_hours, show_line, show_offers

EL, EN = texts_of("el"), texts_of("en")
KAVALA = MunicipalityName(
    id=1,
    slug="kavala",
    name={"el": "Δήμος Καβάλας", "en": "Municipality of Kavala"},
    short_name={"el": "Καβάλας", "en": "Kavala"},
    upper_name="ΔΗΜΟΣ ΚΑΒΑΛΑΣ",
    regional_unit={"el": "Καβάλας", "en": "Kavala"},
    region={"el": "Ανατολικής Μακεδονίας και Θράκης", "en": "Eastern Macedonia and Thrace"},
    aliases=("Cavala",),
    has_joined=True,
)


def a_service(
    number: int, *, department: str = "Δημοτολόγιο", modes: tuple[Mode, ...] = (Mode.VIDEO,)
) -> OfferedService:
    return OfferedService(
        id=number,
        slug=f"service-{number}",
        name={"el": f"Υπηρεσία {number}", "en": f"Service {number}"},
        department={"el": department, "en": "Registry"},
        modes=modes,
        duration_minutes=20,
        documents={"el": "", "en": ""},
        instructions={"el": "", "en": ""},
        online_url="",
        hours=hours("0-4 8:30-15:00"),
    )


def hours(*texts: str) -> tuple[WeeklyHours, ...]:
    """Weekly hours: ``hours("0-4 8:30-15:00", "5 9:00-13:00")``, 0 is Monday."""
    found = []
    for text in texts:
        days, _, times = text.partition(" ")
        first, _, last = days.partition("-")
        opens, closes = (time.fromisoformat(wall.zfill(5)) for wall in times.split("-"))
        found += [WeeklyHours(day, opens, closes) for day in range(int(first), int(last or first) + 1)]
    return tuple(found)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("0-4 8:30-15:00",), "Δευτέρα–Παρασκευή 8:30 πμ – 3:00 μμ"),
        (("1 9:00-13:30",), "Τρίτη 9:00 πμ – 1:30 μμ"),
        (("1 8:30-15:00", "3 8:30-15:00"), "Τρίτη, Πέμπτη 8:30 πμ – 3:00 μμ"),
        (
            ("0-2 8:30-15:00", "3 8:30-18:00", "4 8:30-15:00"),
            "Δευτέρα–Τετάρτη 8:30 πμ – 3:00 μμ, Πέμπτη 8:30 πμ – 6:00 μμ, Παρασκευή 8:30 πμ – 3:00 μμ",
        ),
        ((), ""),
    ],
)
def test_days_in_a_row_with_the_same_hours_become_one(given: tuple[str, ...], words: str) -> None:
    assert show_hours(hours(*given), EL) == words


def test_hours_in_english() -> None:
    assert show_hours(hours("0-4 8:30-15:00"), EN) == "Monday–Friday 8:30 am – 3:00 pm"


def test_a_municipality_leads_to_its_page_in_the_language() -> None:
    greek, english = show_line(KAVALA, EL), show_line(KAVALA, EN)

    assert (greek.name, greek.unit, greek.href) == ("Δήμος Καβάλας", "Καβάλας", "/m/kavala")
    assert (english.name, english.unit, english.href) == ("Municipality of Kavala", "Kavala", "/en/m/kavala")


def test_a_service_leads_into_the_wizard_with_both_chosen() -> None:
    greek, english = (show_offers("kavala", (a_service(1),), {}, t)[0] for t in (EL, EN))

    assert greek.href == "/booking/mode?municipality=kavala&service=service-1"
    assert english.href == f"/en{greek.href}"


def test_services_tell_modes_length_hours_and_the_first_free_time() -> None:
    services = (a_service(1, modes=(Mode.VIDEO, Mode.IN_PERSON)), a_service(2))

    first, second = show_offers("kavala", services, {1: "Τρίτη 24 Νοεμβρίου 2026, 8:30 πμ"}, EL)

    assert (first.modes, first.duration) == ("Τηλεδιάσκεψη, Φυσική Παρουσία", "20 λεπτά")
    assert first.hours == "Δευτέρα–Παρασκευή 8:30 πμ – 3:00 μμ"
    assert first.first_free == "Τρίτη 24 Νοεμβρίου 2026, 8:30 πμ"
    assert second.first_free == "Δεν υπάρχει αυτή τη στιγμή"


def test_a_department_is_said_once_above_its_services() -> None:
    services = (a_service(1), a_service(2), a_service(3, department="Ταμείο"))

    assert [line.starts_department for line in show_offers("kavala", services, {}, EL)] == [True, False, True]
