"""The officials of the demo: who may do what where, and who works at which desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.crypto import Seal
from dimoslive.db.queries.officials import official_by_afm, rights_of
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialDepartmentRow, OfficialRightRow, OfficialRow
from dimoslive.domain.people.duties import DUTIES_VERSION
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.integrations.identity.persons import (
    ANNA,
    ARGYRO,
    ATHANASIA,
    CHRISTINA,
    DESPOINA,
    EMMANOUIL,
    GEORGIOS,
    IOANNIS,
    MARIA,
    PETROS,
    SPYRIDON,
    VASILIKI,
    Person,
)
from dimoslive.ports import Identity


class At(NamedTuple):
    """A right: the municipality by its slug, the department by that of one of its services, the usual desk."""

    municipality: str
    role: StaffRole
    department_of: str = ""
    desk: int = 0


@dataclass(frozen=True)
class Entered:
    """A person, and what the municipalities have entered."""

    person: Person
    rights: tuple[At, ...] = ()
    is_platform_admin: bool = False


_ADMINISTRATOR, _HEAD, _OFFICIAL = StaffRole.ADMINISTRATOR, StaffRole.HEAD, StaffRole.OFFICIAL
ENTERED = (
    Entered(GEORGIOS, (At("kavala", _OFFICIAL, desk=1),)),
    Entered(ATHANASIA, (At("kavala", _HEAD, "mayor-support", desk=2),)),
    Entered(
        MARIA,
        (
            At("kavala", _ADMINISTRATOR),
            At("heraklion", _HEAD, "certificates"),
            At("ioannina", _OFFICIAL),
        ),
    ),
    Entered(EMMANOUIL, (At("heraklion", _ADMINISTRATOR),)),
    Entered(DESPOINA, (At("heraklion", _HEAD, "debts"),)),
    Entered(ARGYRO, (At("heraklion", _OFFICIAL, "debts", desk=1),)),
    Entered(IOANNIS, (At("heraklion", _OFFICIAL, "debts", desk=2),)),
    Entered(SPYRIDON, (At("ioannina", _ADMINISTRATOR),)),
    Entered(VASILIKI, (At("ioannina", _OFFICIAL, "benefits"),)),
    Entered(CHRISTINA, is_platform_admin=True),
    Entered(ANNA, (At("drama", _ADMINISTRATOR),)),
    # The rights ended: known, and refused.
    Entered(PETROS),
)


def seed_officials(tx: Session, seal: Seal, now: datetime) -> None:
    """Enter those who are not known yet; whoever is known stays as the municipalities have them."""
    for entered in ENTERED:
        if official_by_afm(tx, seal.afm_hash(entered.person.afm)) is None:
            _enter(tx, seal, entered, now)


def enter_official(tx: Session, seal: Seal, identity: Identity, municipality_ids: Iterable[int]) -> OfficialRow:
    """Put a person on the lists of officials of these municipalities."""
    official = OfficialRow(
        afm_hash=seal.afm_hash(identity.afm),
        afm_last_digits=identity.afm.digits[-3:],
        first_name=identity.first_name,
        last_name=identity.last_name,
    )
    tx.add(official)
    tx.flush()
    tx.add_all(
        OfficialRightRow(official_id=official.id or 0, municipality_id=municipality_id)
        for municipality_id in municipality_ids
    )
    return official


def as_official(tx: Session, official_id: int) -> Official:
    """An official as one who is signed in, with the rights that there are now."""
    row = tx.get_one(OfficialRow, official_id)
    return Official(
        official_id, row.first_name, row.last_name, rights_of(tx, official_id), is_platform_admin=row.is_platform_admin
    )


def _enter(tx: Session, seal: Seal, entered: Entered, now: datetime) -> None:
    official = enter_official(tx, seal, entered.person.identity, ())
    official.is_platform_admin = entered.is_platform_admin
    # They have worked here for long.
    official.duties_version, official.duties_at = DUTIES_VERSION, now
    official_id = official.id or 0
    for right in entered.rights:
        municipality_id = tx.scalars(
            select(col(MunicipalityRow.id)).where(col(MunicipalityRow.slug) == right.municipality)
        ).one()
        tx.add(OfficialRightRow(official_id=official_id, municipality_id=municipality_id, role=right.role.value))
        if not right.department_of:
            department_id = None
        else:
            department_id = _department_of(tx, municipality_id, right.department_of)
            tx.add(OfficialDepartmentRow(official_id=official_id, department_id=department_id))
        if right.desk:
            tx.add(
                DeskOfficialRow(
                    desk_id=_desk(tx, municipality_id, department_id, right.desk),
                    official_id=official_id,
                    is_usual=True,
                )
            )


def _department_of(tx: Session, municipality_id: int, service: str) -> int:
    query = (
        select(col(DepartmentRow.id))
        .join(ServiceRow, col(ServiceRow.department_id) == col(DepartmentRow.id))
        .where(col(DepartmentRow.municipality_id) == municipality_id, col(ServiceRow.slug) == service)
    )
    return tx.scalars(query).one() or 0


def _desk(tx: Session, municipality_id: int, department_id: int | None, position: int) -> int:
    """The desk with this number in a department, or in a municipality of one department."""
    query = select(col(DeskRow.id)).where(
        col(DeskRow.municipality_id) == municipality_id,
        col(DeskRow.position) == position,
        col(DeskRow.overflow_of).is_(None),
    )
    if department_id is not None:
        query = query.where(col(DeskRow.department_id) == department_id)
    return tx.scalars(query).one() or 0
