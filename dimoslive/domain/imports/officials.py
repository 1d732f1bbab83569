"""A file of officials: who may sign in, and as what."""

from collections.abc import Callable
from dataclasses import dataclass

from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.imports.cells import CellReader, listed, one_of
from dimoslive.domain.imports.places import KnownPlaces
from dimoslive.domain.imports.rows import Column, Row
from dimoslive.domain.people.personal_data import MAX_NAME_LENGTH, Afm, EmailAddress
from dimoslive.domain.people.principals import StaffRole

COLUMNS = (
    Column("last_name", ("επώνυμο", "last_name"), is_required=True),
    Column("first_name", ("όνομα", "first_name"), is_required=True),
    Column("afm", ("ΑΦΜ", "afm")),
    Column("email", ("email", "e-mail")),
    Column("role", ("ρόλος", "role")),
    Column("departments", ("τμήματα", "departments")),
    Column("desks", ("θέσεις", "desks")),
)
MAX_FIRST_NAME = MAX_NAME_LENGTH // 2 - 1
MAX_LAST_NAME = MAX_NAME_LENGTH // 2
_ROLES = {
    "υπαλληλοσ": StaffRole.OFFICIAL,
    "official": StaffRole.OFFICIAL,
    "προισταμενοσ": StaffRole.HEAD,
    "προισταμενη": StaffRole.HEAD,
    "head": StaffRole.HEAD,
    "διαχειριστησ": StaffRole.ADMINISTRATOR,
    "διαχειριστρια": StaffRole.ADMINISTRATOR,
    "administrator": StaffRole.ADMINISTRATOR,
}
"""Folded: without accents, and with one form of sigma."""


@dataclass(frozen=True, slots=True, repr=False)
class OfficialLine:
    """One person. None is an empty cell: it leaves what is entered, and for somebody new the usual stands.

    It has no repr of its own, so that no log line can print a person.
    """

    last_name: str
    first_name: str
    afm: Afm | None
    email: EmailAddress | None
    role: StaffRole | None
    department_ids: frozenset[int] | None
    desk_ids: frozenset[int] | None

    @property
    def keys(self) -> tuple[str, ...]:
        """By any of these two lines are seen to be of one person."""
        keys = (self.afm.digits if self.afm else "", self.email.text if self.email else "")
        return tuple(key for key in keys if key)


def parse_official(row: Row, places: KnownPlaces) -> OfficialLine:
    """The line if every cell is right; raises `InvalidDetails` with all problems of the row."""
    cells = CellReader(row)
    last_name = cells.line("last_name", max_length=MAX_LAST_NAME, is_required=True)
    first_name = cells.line("first_name", max_length=MAX_FIRST_NAME, is_required=True)
    afm = cells.read("afm", _afm)
    email = cells.read("email", _email)
    if not (afm or email or {"afm", "email"} & {problem.field for problem in cells.problems}):
        cells.problems.append(InvalidInput("afm", "afm_or_email_required"))
    role = cells.read("role", one_of(_ROLES))
    department_ids = cells.read("departments", _ids(places.department))
    desk_ids = cells.read("desks", _ids(lambda name: places.desk(name, department_ids or ())))
    if role is StaffRole.ADMINISTRATOR and department_ids:
        cells.problems.append(InvalidInput("departments", "administrator_has_all_departments"))
    if cells.problems:
        raise InvalidDetails(tuple(cells.problems))
    return OfficialLine(last_name or "", first_name or "", afm, email, role, department_ids, desk_ids)


def _afm(cell: str) -> Afm:
    """Spreadsheets drop the zero with which a number begins."""
    typed = cell.strip()
    return Afm.of_person(typed.zfill(9) if len(typed) == 8 and typed.isdecimal() else typed)


def _email(cell: str) -> EmailAddress:
    """In lower case, as officials are known by it."""
    return EmailAddress(EmailAddress.parse(cell).text.lower())


def _ids(find: Callable[[str], int]) -> Callable[[str], frozenset[int]]:
    return lambda cell: frozenset(find(name) for name in listed(cell))
