"""Demo data: three municipalities that have joined, with the same builders that tests use."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from dimoslive.crypto import Seal
from dimoslive.db.tables.catalogue import (
    ClosureRow,
    DepartmentRow,
    DeskRow,
    MunicipalityRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.domain.scheduling.local_time import ATHENS, day_period, days_period, local_day
from dimoslive.seeds.officials import seed_officials

KAVALA, HERAKLION, IOANNINA, DRAMA = 9012, 9305, 9084, 9002
_TELEPHONES = {KAVALA: "+30 210 000 0091", HERAKLION: "+30 210 000 0092", IOANNINA: "+30 210 000 0093"}
"""Which nobody has."""


@dataclass(frozen=True)
class OfferedService:
    """A service of the demo: names, minutes, modes (P in person, V video, T telephone), and what to bring."""

    name_el: str
    name_en: str
    slug: str
    duration_minutes: int
    modes: str
    step_minutes: int = 30
    documents_el: str = "Δελτίο ταυτότητας ή διαβατήριο."
    documents_en: str = "Identity card or passport."
    instructions_el: str = ""
    instructions_en: str = ""
    online_url: str = ""
    opens: time = time(8, 30)
    closes: time = time(15, 0)
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    desks: int = 2


@dataclass(frozen=True)
class OfferedDepartment:
    """A department of the demo with its services."""

    name_el: str
    name_en: str
    services: list[OfferedService] = field(default_factory=list)


_KAVALA = [
    OfferedDepartment(
        "Αυτοτελές Τμήμα Διοικητικής Υποστήριξης Δημάρχου",
        "Mayor’s Administrative Support Department",
        [
            OfferedService(
                "Ραντεβού με το Αυτοτελές Τμήμα Διοικητικής Υποστήριξης Δημάρχου",
                "Appointment with the Mayor’s Administrative Support Department",
                "mayor-support",
                10,
                "PV",
                instructions_el="Να είστε στη διάθεσή μας λίγα λεπτά πριν από την ώρα του ραντεβού.",
                instructions_en="Please be ready a few minutes before your appointment.",
            )
        ],
    )
]

_HERAKLION = [
    OfferedDepartment(
        "Τμήμα Δημοτολογίου και Ληξιαρχείου",
        "Civil Registry and Municipal Register",
        [
            OfferedService(
                "Πιστοποιητικά δημοτολογίου", "Municipal register certificates", "certificates", 10, "PV", 15,
                online_url="https://www.gov.gr/upourgeia/upourgeio-esoterikon/esoterikon",
            ),
            OfferedService(
                "Μεταδημότευση", "Transfer of municipal registration", "transfer", 20, "PV",
                documents_el="Δελτίο ταυτότητας ή διαβατήριο. Αποδεικτικά διαμονής των δύο τελευταίων ετών.",
                documents_en="Identity card or passport. Proof of residence for the last two years.",
            ),
            OfferedService(
                "Ληξιαρχικές πράξεις: γέννηση, γάμος, θάνατος", "Births, marriages and deaths", "registry", 20, "P",
                opens=time(9), closes=time(13, 30),
            ),
        ],
    ),
    OfferedDepartment(
        "Ταμειακή Υπηρεσία",
        "Treasury",
        [
            OfferedService(
                "Οφειλές και ρύθμιση οφειλών", "Debts and payment plans", "debts", 10, "PVT", 20,
                documents_el="Ο αριθμός της ειδοποίησης ή της οφειλής.",
                documents_en="The number of the notice or debt.",
            )
        ],
    ),
    OfferedDepartment(
        "Υπηρεσία Δόμησης",
        "Building Control",
        [
            OfferedService(
                "Πληροφορίες για οικοδομικές άδειες", "Building permit enquiries", "building", 30, "PV",
                weekdays=(1, 3), desks=1,
            )
        ],
    ),
]  # fmt: skip

_IOANNINA = [
    OfferedDepartment(
        "Κοινωνική Υπηρεσία και Κέντρο Κοινότητας",
        "Social Services and Community Centre",
        [
            OfferedService(
                "Συμβουλευτική για κοινωνικά επιδόματα", "Advice on social benefits", "benefits", 30, "PV",
                opens=time(9), closes=time(14),
            ),
            OfferedService("Εγγραφή σε παιδικό σταθμό", "Nursery school registration", "nursery", 15, "PV", 15),
        ],
    ),
    OfferedDepartment(
        "Διεύθυνση Καθαριότητας και Πρασίνου",
        "Cleansing and Green Spaces",
        [
            OfferedService(
                "Αιτήματα καθαριότητας και πρασίνου", "Cleansing and parks requests", "cleansing", 10, "PVT", 20
            )
        ],
    ),
    OfferedDepartment(
        "Τμήμα Πολιτικών Γάμων",
        "Civil Marriages",
        [
            OfferedService(
                "Άδεια και τέλεση πολιτικού γάμου", "Civil marriage licence and ceremony", "marriage",
                30, "P", desks=1,
            )
        ],
    ),
]  # fmt: skip


def seed_demo(tx: Session, now: datetime, seal: Seal) -> bool:
    """Let the three demo municipalities join, and enter their officials; false if they have already joined."""
    kavala = tx.get_one(MunicipalityRow, KAVALA)
    if kavala.joined_at is not None:
        return False
    join(tx, KAVALA, now, _KAVALA, "Κύπρου 10, 654 03 Καβάλα", "10 Kyprou Street, 654 03 Kavala")
    join(tx, HERAKLION, now, _HERAKLION, "Αγίου Τίτου 1, 712 02 Ηράκλειο", "1 Agiou Titou Street, 712 02 Heraklion")
    join(tx, IOANNINA, now, _IOANNINA, "Πλατεία Ανδρέα Παπανδρέου 5, 452 21 Ιωάννινα",
         "5 Andrea Papandreou Square, 452 21 Ioannina")  # fmt: skip
    for municipality_id, phone in _TELEPHONES.items():
        municipality = tx.get_one(MunicipalityRow, municipality_id)
        municipality.phone, municipality.email = phone, f"{municipality.slug}@example.com"
    _suggest_closures(tx, now)
    seed_officials(tx, seal, now)
    return True


def join(
    tx: Session,
    municipality_id: int,
    now: datetime,
    departments: list[OfferedDepartment],
    address_el: str = "",
    address_en: str = "",
) -> list[ServiceRow]:
    """Let a municipality take bookings for these services; returns them as stored."""
    municipality = tx.get_one(MunicipalityRow, municipality_id)
    # For a month: neither a clock that is put back nor what the demo did yesterday finds it not yet published.
    since = day_period(local_day(now, ATHENS) - timedelta(days=30), ATHENS).starts_at
    municipality.enrolled_at = municipality.joined_at = since
    municipality.address_el, municipality.address_en = address_el, address_en
    tx.add(municipality)
    services = []
    for offered in departments:
        department = DepartmentRow(municipality_id=municipality_id, name_el=offered.name_el, name_en=offered.name_en)
        tx.add(department)
        tx.flush()
        most = max((service.desks for service in offered.services), default=0)
        desks = [
            DeskRow(
                municipality_id=municipality_id,
                department_id=department.id,
                name_el=f"Θυρίδα {n}",
                name_en=f"Counter {n}",
                position=n,
            )
            for n in range(1, most + 1)
        ]
        tx.add_all(desks)
        tx.flush()
        services += [_offer(tx, department, desks, service) for service in offered.services]
    return services


def _offer(tx: Session, department: DepartmentRow, desks: list[DeskRow], offered: OfferedService) -> ServiceRow:
    service = ServiceRow(
        department_id=department.id or 0,
        slug=offered.slug,
        name_el=offered.name_el,
        name_en=offered.name_en,
        offers_video="V" in offered.modes,
        offers_in_person="P" in offered.modes,
        offers_phone="T" in offered.modes,
        duration_minutes=offered.duration_minutes,
        step_minutes=offered.step_minutes,
        documents_el=offered.documents_el,
        documents_en=offered.documents_en,
        instructions_el=offered.instructions_el,
        instructions_en=offered.instructions_en,
        online_url=offered.online_url,
    )
    tx.add(service)
    tx.flush()
    service_id = service.id or 0
    tx.add_all(
        OpeningHoursRow(service_id=service_id, weekday=day, opens=offered.opens, closes=offered.closes)
        for day in offered.weekdays
    )
    tx.add_all(ServiceDeskRow(service_id=service_id, desk_id=desk.id or 0) for desk in desks[: offered.desks])
    return service


def _suggest_closures(tx: Session, now: datetime) -> None:
    """Kavala's own days, inactive until the municipality decides."""
    for month, day, reason_el, reason_en in (
        (6, 26, "Επέτειος απελευθέρωσης της Καβάλας", "Anniversary of Kavala’s liberation"),
        (6, 29, "Πολιούχος της Καβάλας, Απόστολος Παύλος", "Patron saint’s day, Saint Paul"),
    ):
        on = date(now.year + (now.month > 6), month, day)
        period = days_period(on, on, ATHENS)
        tx.add(
            ClosureRow(
                municipality_id=KAVALA,
                starts_at=period.starts_at,
                ends_at=period.ends_at,
                reason_el=reason_el,
                reason_en=reason_en,
                is_active=False,
            )
        )
