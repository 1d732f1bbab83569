"""What the public pages show of municipalities."""

from dataclasses import dataclass
from itertools import groupby

from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import wall_clock, weekday_name
from dimoslive.services.catalogue.list_data_protection_contacts import DataProtectionContact
from dimoslive.ui.citizen.town import until_of
from dimoslive.urls import book_service_path, municipality_path


@dataclass(frozen=True)
class MunicipalityLine:
    """One line of the list."""

    name: str
    unit: str
    href: str


@dataclass(frozen=True)
class ContactLine:
    """A municipality, and whom to ask there about personal data."""

    name: str
    href: str
    contact: str


@dataclass(frozen=True)
class OfferedLine:
    """One service of a municipality."""

    name: str
    department: str
    starts_department: bool
    modes: str
    duration: str
    hours: str
    first_free: str
    href: str
    pause: str
    pause_until: str


def show_line(name: MunicipalityName, t: Texts) -> MunicipalityLine:
    """A municipality in the list."""
    return MunicipalityLine(
        name=name.name[t.language],
        unit=name.regional_unit[t.language],
        href=municipality_path(name.slug, t.language),
    )


def show_contact(found: DataProtectionContact, t: Texts) -> ContactLine:
    """A municipality of the privacy policy."""
    return ContactLine(found.name[t.language], municipality_path(found.slug, t.language), found.contact)


def show_offers(
    slug: str, services: tuple[OfferedService, ...], first_free: dict[int, str], t: Texts
) -> list[OfferedLine]:
    """The services, department by department."""
    lines, before = [], ""
    for service in services:
        department = service.department[t.language]
        lines.append(
            OfferedLine(
                name=service.name[t.language],
                department=department,
                starts_department=department != before,
                modes=", ".join(t(f"mode.{mode}") for mode in service.modes),
                duration=t.count("duration", service.duration_minutes),
                hours=show_hours(service.hours, t),
                first_free=first_free.get(service.id, t("municipality.nothing_free")),
                href=book_service_path(slug, service.slug, t.language),
                pause=service.pause.message[t.language] if service.pause else "",
                pause_until=until_of(service.pause, t),
            )
        )
        before = department
    return lines


def show_hours(hours: tuple[WeeklyHours, ...], t: Texts) -> str:
    """«Δευτέρα–Παρασκευή 8:30 πμ – 3:00 μμ»: days in a row with the same hours become one."""
    words = []
    for (opens, closes), alike in groupby(hours, key=lambda h: (h.opens, h.closes)):
        days = [h.weekday for h in alike]
        names = weekday_name(days[0], t.language)
        if len(days) > 1:
            in_a_row = days == list(range(days[0], days[-1] + 1))
            last = weekday_name(days[-1], t.language)
            names = f"{names}–{last}" if in_a_row else ", ".join(weekday_name(day, t.language) for day in days)
        words.append(f"{names} {wall_clock(opens, t.language)} – {wall_clock(closes, t.language)}")
    return ", ".join(words)
