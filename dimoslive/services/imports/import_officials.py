"""Officials of a file: people who may sign in, each with a right in one municipality."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.queries.imports import (
    department_ids_of_officials,
    departments_to_name,
    desk_ids_of_officials,
    desks_to_name,
    officials_of_one_municipality,
    rights_in,
)
from dimoslive.db.queries.official_rights import EnteredOfficial, touch_desks, usually_worked
from dimoslive.db.queries.officials import officials_by_afm_or_email
from dimoslive.db.tables.official import DeskOfficialRow, OfficialDepartmentRow, OfficialRightRow, OfficialRow
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.folding import folded
from dimoslive.domain.imports.officials import OfficialLine, parse_official
from dimoslive.domain.imports.places import KnownDesk, KnownPlaces
from dimoslive.domain.imports.rows import Row
from dimoslive.domain.imports.verdicts import Judged, Stands
from dimoslive.domain.people.personal_data import EmailAddress
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.services.audit.record_audit import audit_line
from dimoslive.services.desk.find_workplace import Workplace


class OfficialsImporter:
    """Whoever has a right elsewhere too gets one more, and stays who they are.

    Another municipality's word on an address or an AFM would decide by what they sign in there.
    """

    fields: tuple[str, ...] = ("last_name", "first_name", "afm", "email", "role", "department_ids", "desk_ids")

    def __init__(self, context: AppContext, tx: Session, by: Official, place: Workplace) -> None:
        self._context, self._tx, self._by, self._place = context, tx, by, place
        self._rights = rights_in(tx, place.municipality_id)
        self._alone = officials_of_one_municipality(tx, place.municipality_id)
        self._departments = department_ids_of_officials(tx, place.municipality_id)
        self._desks = desk_ids_of_officials(tx, place.municipality_id)
        self._by_afm: dict[str, OfficialRow] = {}
        self._by_email: dict[str, OfficialRow] = {}
        self._known: dict[tuple[str, ...], OfficialRow | None] = {}
        """Whom each line is about, once it was looked for."""

    @cached_property
    def places(self) -> KnownPlaces:
        """The municipality's departments and desks."""
        departments = departments_to_name(self._tx, self._place.municipality_id, ())
        desks = desks_to_name(self._tx, self._place.municipality_id)
        return KnownPlaces(
            {one.id or 0: (one.name_el, one.name_en) for one in departments},
            {one.id or 0: KnownDesk(one.department_id, (one.name_el, one.name_en)) for one in desks},
        )

    def parse(self, row: Row) -> OfficialLine:
        """One person."""
        return parse_official(row, self.places)

    def look_up(self, lines: Sequence[OfficialLine]) -> None:
        """Whoever has one of the AFMs or addresses, in whichever municipality."""
        hashes = {self._context.seal.afm_hash(line.afm) for line in lines if line.afm}
        emails = {line.email.text for line in lines if line.email}
        found = officials_by_afm_or_email(self._tx, hashes, emails)
        self._by_afm = {row.afm_hash: row for row in found if row.afm_hash}
        self._by_email = {row.email: row for row in found if row.email}

    def find(self, line: OfficialLine) -> Stands[OfficialLine] | None:
        """The person, if they have a right here already."""
        row = self._known[line.keys] = self._found(line)
        right = self._rights.get(row.id or 0) if row else None
        if row is None or right is None:
            _check_whole(line.role or StaffRole.OFFICIAL, line.department_ids or frozenset())
            return None
        role, departments = StaffRole(right.role), self._departments.get(right.official_id, frozenset())
        if right.official_id == self._by.id and line.role not in (None, role):
            raise InvalidInput("role", "own_role")
        _check_whole(line.role or role, _either(line.department_ids, departments))
        desks = self._desks.get(right.official_id, frozenset())
        is_alone = right.official_id in self._alone
        return Stands(right.official_id, self._as_line(row, line, (role, departments, desks), is_alone=is_alone))

    def write(self, judged: Sequence[Judged[OfficialLine]]) -> None:
        """Enter the people with their rights, or change both."""
        before: list[dict[str, object]] = []
        people: list[tuple[Judged[OfficialLine], OfficialLine, OfficialRow, bool]] = []
        for one in judged:
            assert one.line is not None
            line = one.line
            row = self._known[line.keys] or OfficialRow(first_name=line.first_name, last_name=line.last_name)
            before.append(self._told(row, self._rights.get(row.id or 0)))
            is_ours = row.id is None or row.id in self._alone
            if is_ours:
                self._name(row, line)
            row.is_active = True
            people.append((one, line, row, is_ours))
        self._tx.add_all(row for _, _, row, _ in people)
        self._tx.flush()
        rights = [self._give(row, None if is_ours else line, _role(one)) for one, line, row, is_ours in people]
        for one, line, row, _ in people:
            departments = frozenset[int]() if _role(one) is StaffRole.ADMINISTRATOR else line.department_ids
            if departments is not None:
                self._limit(row.id or 0, departments)
        self._seat({row.id or 0: line.desk_ids for _, line, row, _ in people if line.desk_ids is not None})
        self._tx.add_all(
            audit_line(
                self._context.clock.now(),
                "official.changed" if one.stands else "official.entered",
                by=self._by,
                subject=("official", row.id),
                municipality_id=self._place.municipality_id,
                before=was,
                after=self._told(row, right),
            )
            for (one, _, row, _), was, right in zip(people, before, rights, strict=True)
        )
        self._tx.flush()

    def _found(self, line: OfficialLine) -> OfficialRow | None:
        """By the AFM, else by the address; never two people, and never one whose AFM is another."""
        hashed = self._context.seal.afm_hash(line.afm) if line.afm else None
        by_afm = self._by_afm.get(hashed) if hashed else None
        by_email = self._by_email.get(line.email.text) if line.email else None
        if by_afm is None and by_email is not None and hashed and by_email.afm_hash:
            raise InvalidInput("email", "belongs_to_another_official")
        if by_afm and by_email and by_afm.id != by_email.id:
            raise InvalidInput("email", "belongs_to_another_official")
        return by_afm or by_email

    def _as_line(
        self,
        row: OfficialRow,
        line: OfficialLine,
        right: tuple[StaffRole, frozenset[int], frozenset[int]],
        *,
        is_alone: bool,
    ) -> OfficialLine:
        """What stands, in the words of the line where these say the same: a provider writes names in capitals."""
        role, departments, desks = right
        if not is_alone:
            return OfficialLine(line.last_name, line.first_name, line.afm, line.email, role, departments, desks)
        return OfficialLine(
            last_name=_as_typed(row.last_name, line.last_name),
            first_name=_as_typed(row.first_name, line.first_name),
            afm=line.afm if row.afm_hash else None,
            email=EmailAddress(row.email) if row.email else None,
            role=role,
            department_ids=departments,
            desk_ids=desks,
        )

    def _name(self, row: OfficialRow, line: OfficialLine) -> None:
        row.last_name = _as_stored(row.last_name, line.last_name)
        row.first_name = _as_stored(row.first_name, line.first_name)
        if line.afm:
            row.afm_hash, row.afm_last_digits = self._context.seal.afm_hash(line.afm), line.afm.digits[-3:]
        if line.email:
            row.email = line.email.text

    def _give(self, row: OfficialRow, own_word: OfficialLine | None, role: StaffRole) -> OfficialRightRow:
        """``own_word`` is kept with a new right where others have their own of the person."""
        official_id, now = row.id or 0, self._context.clock.now()
        right = self._rights.get(official_id)
        if right is None:
            right = OfficialRightRow(
                official_id=official_id, municipality_id=self._place.municipality_id, entered_at=now
            )
            if own_word:
                right.last_name, right.first_name = own_word.last_name, own_word.first_name
                right.email = own_word.email.text if own_word.email else ""
                right.afm_last_digits = own_word.afm.digits[-3:] if own_word.afm else ""
            self._rights[official_id] = right
        else:
            right.version += 1
            if own_word is None:
                right.last_name = right.first_name = ""
        right.role, right.changed_at, right.changed_by = role.value, now, self._by.id
        self._tx.add(right)
        return right

    def _limit(self, official_id: int, department_ids: frozenset[int]) -> None:
        had = self._departments.get(official_id, frozenset())
        for department_id in had - department_ids:
            self._tx.delete(self._tx.get_one(OfficialDepartmentRow, (official_id, department_id)))
        for department_id in department_ids - had:
            self._tx.add(OfficialDepartmentRow(official_id=official_id, department_id=department_id))
        self._departments[official_id] = department_ids

    def _seat(self, desks_of: Mapping[int, frozenset[int]]) -> None:
        """Who finds a desk chosen in the morning is one: the first whose only desk it is, if nobody was before."""
        taken = usually_worked(self._tx, self._place.municipality_id)
        touched: set[int] = set()
        for official_id, wanted in desks_of.items():
            had = self._desks.get(official_id, frozenset())
            for desk_id in had - wanted:
                self._tx.delete(self._tx.get_one(DeskOfficialRow, (desk_id, official_id)))
            for desk_id in sorted(wanted - had):
                is_usual = len(wanted) == 1 and desk_id not in taken
                taken |= {desk_id} if is_usual else set()
                self._tx.add(DeskOfficialRow(desk_id=desk_id, official_id=official_id, is_usual=is_usual))
            touched |= had ^ wanted
            self._desks[official_id] = wanted
        self._tx.flush()
        touch_desks(self._tx, touched, by=self._by.id, at=self._context.clock.now())

    def _told(self, row: OfficialRow, right: OfficialRightRow | None) -> dict[str, object]:
        """As the log has it: as this municipality knows them, and nothing of the AFM but its end."""
        official_id = row.id or 0
        if right is None:
            return {}
        entered = EnteredOfficial(right, row)
        return {
            "last_name": entered.last_name,
            "first_name": entered.first_name,
            "afm": f"******{entered.afm_last_digits}" if entered.afm_last_digits else "",
            "email": entered.email,
            "role": right.role,
            "department_ids": sorted(self._departments.get(official_id, ())),
            "desk_ids": sorted(self._desks.get(official_id, ())),
        }


def _role(one: Judged[OfficialLine]) -> StaffRole:
    """As the line says; else as it stands, or as is usual."""
    said = one.line.role if one.line else None
    return said or (one.stands.values.role if one.stands else None) or StaffRole.OFFICIAL


def _check_whole(role: StaffRole, department_ids: frozenset[int]) -> None:
    if role is StaffRole.HEAD and not department_ids:
        raise InvalidInput("departments", "head_of_no_department")


def _either(wished: frozenset[int] | None, stands: frozenset[int]) -> frozenset[int]:
    return stands if wished is None else wished


def _as_typed(stored: str, typed: str) -> str:
    return typed if folded(stored) == folded(typed) else stored


def _as_stored(stored: str, typed: str) -> str:
    return stored if folded(stored) == folded(typed) else typed
