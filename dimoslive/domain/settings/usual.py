"""What most municipalities have: departments, services and hours to begin with, in both languages."""

from dataclasses import dataclass
from datetime import time

from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.settings.hours import WEEKDAYS


@dataclass(frozen=True, slots=True)
class UsualDepartment:
    """A department; ``key`` is its name in a form."""

    key: str
    name_el: str
    name_en: str


@dataclass(frozen=True, slots=True)
class UsualService:
    """A service of a usual department; ``modes`` as in files: P in person, V by video, T by telephone."""

    key: str
    department: str
    name_el: str
    name_en: str
    duration_minutes: int
    modes: str
    is_sensitive: bool = False

    @property
    def step_minutes(self) -> int:
        """One begins every half hour; what takes longer, when the one before is over."""
        return max(30, self.duration_minutes)

    def offers(self, mode: Mode) -> bool:
        """Whether it is offered in this way."""
        return _LETTERS[mode] in self.modes


_LETTERS = {Mode.IN_PERSON: "P", Mode.VIDEO: "V", Mode.PHONE: "T"}

DEPARTMENTS = (
    UsualDepartment("registry", "Τμήμα Δημοτολογίου και Ληξιαρχείου", "Civil Registry"),
    UsualDepartment("kep", "Κέντρο Εξυπηρέτησης Πολιτών (ΚΕΠ)", "Citizens’ Service Centre (KEP)"),
    UsualDepartment("revenue", "Τμήμα Εσόδων και Δημοτικής Περιουσίας", "Revenue and Municipal Property"),
    UsualDepartment("cashier", "Ταμειακή Υπηρεσία", "Cashier’s Office"),
    UsualDepartment("social", "Κοινωνική Υπηρεσία", "Social Services"),
    UsualDepartment("community", "Κέντρο Κοινότητας", "Community Centre"),
    UsualDepartment("building", "Υπηρεσία Δόμησης", "Building Permits"),
    UsualDepartment("technical", "Τεχνική Υπηρεσία", "Technical Services"),
    UsualDepartment("cleaning", "Τμήμα Καθαριότητας και Πρασίνου", "Cleaning and Green Spaces"),
    UsualDepartment("police", "Δημοτική Αστυνομία", "Municipal Police"),
    UsualDepartment("licensing", "Τμήμα Αδειών και Εμπορίου", "Licensing and Trade"),
    UsualDepartment("mayor", "Γραφείο Δημάρχου", "Mayor’s Office"),
)
SERVICES = (
    UsualService("certificates", "registry", "Πιστοποιητικά δημοτολογίου", "Registry certificates", 10, "PVT"),
    UsualService("registrations", "registry", "Δηλώσεις και ληξιαρχικές πράξεις", "Births, deaths, marriages", 20, "P"),
    UsualService("weddings", "registry", "Πολιτικός γάμος", "Civil wedding", 20, "PV"),
    UsualService("kep-requests", "kep", "Αιτήσεις μέσω ΚΕΠ", "Applications at KEP", 15, "PV"),
    UsualService("signatures", "kep", "Βεβαίωση γνησίου υπογραφής", "Certified signature", 10, "P"),
    UsualService("fees", "revenue", "Τέλη και οφειλές", "Fees and debts", 15, "PVT"),
    UsualService("property", "revenue", "Δημοτική περιουσία και μισθώσεις", "Municipal property and leases", 20, "PV"),
    UsualService("payments", "cashier", "Πληρωμές και ρυθμίσεις οφειλών", "Payments and instalments", 15, "PT"),
    UsualService("support", "social", "Κοινωνική υποστήριξη", "Social support", 30, "PVT", is_sensitive=True),
    UsualService("benefits", "community", "Επιδόματα και παροχές", "Benefits and allowances", 30, "PVT"),
    UsualService("permits", "building", "Άδειες δόμησης", "Building permits", 20, "PV"),
    UsualService("works", "technical", "Αιτήματα τεχνικών έργων", "Requests for works", 15, "PVT"),
    UsualService("clean-city", "cleaning", "Καθαριότητα και πράσινο", "Cleaning and green spaces", 10, "VT"),
    UsualService("fines", "police", "Πρόστιμα και ενστάσεις", "Fines and objections", 15, "PVT"),
    UsualService("shops", "licensing", "Άδειες καταστημάτων", "Shop licences", 20, "PV"),
    UsualService("mayor", "mayor", "Συνάντηση με τον δήμαρχο", "Meeting with the mayor", 15, "PV"),
)  # fmt: skip

DESKS_EACH = 2
"""So many places a department gets in one press."""
OPENS, CLOSES = time(8, 30), time(15)
WEEKLY: dict[str, object] = {
    name: [[f"{OPENS:%H:%M}", f"{CLOSES:%H:%M}", "", ""]] if number < 5 else [] for number, name in enumerate(WEEKDAYS)
}
"""Monday to Friday, as the fields of the week's hours."""
