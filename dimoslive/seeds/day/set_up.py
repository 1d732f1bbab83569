"""What the demo's municipalities have set up: three of them for long, and a fourth, Drama, as far as three days go.

Made once, by those who may, with its lines in the history; whatever people make of it afterwards stays.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial
from hashlib import sha256
from typing import TypeVar

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.rows.roots import RootKind, plain, values_of
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.root import Root
from dimoslive.db.tables.settings import DeclarationSupplementRow, FrameOriginRow
from dimoslive.domain.booking.consents import DECLARATION_VERSION
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, local_day, to_instant
from dimoslive.seeds.day.history import Step, at_work
from dimoslive.seeds.officials import as_official
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.departments.kind import DEPARTMENT
from dimoslive.services.settings.desks.kind import DESK
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root
from dimoslive.services.settings.services.kind import PAUSE, SERVICE

R = TypeVar("R", bound=Root)

_ACTING = ("maria", "emmanouil", "spyridon", "christina", "anna")
ACCENT, ORIGIN = "#7b2d26", "https://town.example.gr"
A_DAY = 24 * 60
SUGGESTED = ("transfer", "registry")
"""Heraklion's services whose English names nobody has confirmed."""
_LOOK = RootKind(MunicipalityRow, "municipality", ("accent_color",), has_archive=False)
_ENROLMENT = RootKind(MunicipalityRow, "municipality", ("enrolled_at",), has_archive=False)
_CONTACT = RootKind(MunicipalityRow, "municipality", ("address_el", "address_en", "phone", "email"), has_archive=False)
_SUPPLEMENT = RootKind(DeclarationSupplementRow, "declaration", ("text_el", "text_en"), has_archive=False)

_SUPPLEMENTS = (
    (
        "Γνωρίζω ότι στο ραντεβού προσέρχομαι αυτοπροσώπως.",
        "I know that I come to the appointment in person.",
    ),
    (
        "Γνωρίζω ότι στο ραντεβού προσέρχομαι αυτοπροσώπως ή με εξουσιοδότηση με γνήσιο υπογραφής.",
        "I know that I come in person, or send somebody with an authorisation whose signature is certified.",
    ),
)
_DEPARTMENTS = (
    ("Τμήμα Δημοτολογίου και Ληξιαρχείου", "Civil Registry and Municipal Register"),
    ("Ταμειακή Υπηρεσία", "Treasury"),
)
_SERVICES = (
    (0, "certificates", "Πιστοποιητικά δημοτολογίου", "Municipal register certificates", 10, 20),
    (0, "registry", "Ληξιαρχικές πράξεις", "Births, marriages and deaths", 20, 30),
    (1, "debts", "Οφειλές και ρύθμιση οφειλών", "Debts and payment plans", 10, 20),
    (1, "payments", "Πληρωμές", "Payments", 10, 20),
)
"""The department, slug and names, minutes, and the step of the grid."""


def steps_of_set_up(tx: Session, now: datetime, officials: Mapping[str, int]) -> list[Step]:
    """What there is to look at; nothing if it is there, or one of those who do it is not known."""
    if not officials.keys() >= set(_ACTING) or _municipality(tx, "drama").enrolled_at is not None:
        return []
    maria, emmanouil, spyridon, christina, anna = (as_official(tx, officials[key]) for key in _ACTING)
    today = local_day(now, ATHENS)
    return [
        Step(at_work(now, 9, time(11, 30)), partial(_set_up_look, tx, maria)),
        *(
            Step(at_work(now, 8 - 3 * number, time(9, 20)), partial(_publish_supplement, tx, maria, number))
            for number in range(1, len(_SUPPLEMENTS) + 1)
        ),
        Step(at_work(now, 8, time(12, 20)), partial(_suggest_names, tx, emmanouil)),
        Step(at_work(now, 7, time(9, 50)), partial(_ask_a_day_ahead, tx, emmanouil)),
        Step(at_work(now, 3, time(10, 40)), partial(_keep_a_place, tx, emmanouil)),
        Step(to_instant(today - timedelta(days=1), time(9, 30), ATHENS), partial(_pause, tx, spyridon)),
        Step(to_instant(today - timedelta(days=3), time(10), ATHENS), partial(_enrol, tx, christina, anna)),
        Step(to_instant(today - timedelta(days=2), time(11), ATHENS), partial(_set_up_drama, tx, anna)),
    ]


def _set_up_look(tx: Session, by: Official, at: datetime) -> None:
    """Kavala's colour, and the site that frames its pages."""
    row = _municipality(tx, "kavala")
    act = Act(by, at, row.id)
    _change(tx, _LOOK, row, {"accent_color": ACCENT}, act)
    tx.add(FrameOriginRow(municipality_id=row.id, origin=ORIGIN))
    record_audit(
        tx, act.at, "embedding.changed", by=by, subject=("embedding", row.id), municipality_id=row.id,
        before={"origins": ""}, after={"origins": ORIGIN},
    )  # fmt: skip


def _publish_supplement(tx: Session, by: Official, number: int, at: datetime) -> None:
    """A version of what Kavala adds to the declaration: written, and published at once."""
    row, (text_el, text_en) = _municipality(tx, "kavala"), _SUPPLEMENTS[number - 1]
    act = Act(by, at, row.id)
    supplement = DeclarationSupplementRow(
        municipality_id=row.id, declaration_version=DECLARATION_VERSION, number=number
    )
    add_root(tx, _SUPPLEMENT, supplement, {"text_el": text_el, "text_en": text_en}, act)
    text_hash = sha256(f"{text_el}\n\n{text_en}".encode()).hexdigest()
    changed = {"published_at": plain(at), "text_hash": text_hash}
    write_root(tx, _SUPPLEMENT, supplement, changed, act, action="published", before={})


def _suggest_names(tx: Session, by: Official, at: datetime) -> None:
    """Heraklion's, in English, which somebody has still to confirm."""
    row = _municipality(tx, "heraklion")
    for service in filter(None, (_service(tx, row.id, slug) for slug in SUGGESTED)):
        _change(tx, SERVICE, service, {"is_name_en_suggested": True}, Act(by, at, row.id))


def _ask_a_day_ahead(tx: Session, by: Official, at: datetime) -> None:
    """Heraklion's next days are full: what is left of today is for whoever phones."""
    row = _municipality(tx, "heraklion")
    for service in _services(tx, row.id):
        _change(tx, SERVICE, service, {"notice_minutes": A_DAY}, Act(by, at, row.id))


def _keep_a_place(tx: Session, by: Official, at: datetime) -> None:
    """One of Heraklion's places that staff alone may give."""
    row = _municipality(tx, "heraklion")
    certificates = _service(tx, row.id, "certificates")
    if certificates is not None:
        _change(tx, SERVICE, certificates, {"staff_reserve": 1}, Act(by, at, row.id))


def _pause(tx: Session, by: Official, at: datetime) -> None:
    """One of Ioannina's services takes no new bookings."""
    row = _municipality(tx, "ioannina")
    cleansing = _service(tx, row.id, "cleansing")
    if cleansing is not None and cleansing.paused_at is None:
        message = {
            "pause_message_el": "Λόγω βλάβης τηλεφωνικού κέντρου",
            "pause_message_en": "Because the telephone exchange is out of order",
        }
        _change(tx, PAUSE, cleansing, {"paused_at": plain(at), **message}, Act(by, at, row.id), action="paused")


def _enrol(tx: Session, by: Official, administrator: Official, at: datetime) -> None:
    """By the platform, with its first administrator, whose right the officials' list has given already."""
    row = _municipality(tx, "drama")
    _change(tx, _ENROLMENT, row, {"enrolled_at": plain(at)}, Act(by, at, row.id), action="enrolled")
    record_audit(
        tx, at, "official.entered", by=by, subject=("official", administrator.id), municipality_id=row.id,
        after={"role": "administrator", "last_name": administrator.last_name},
    )  # fmt: skip


def _set_up_drama(tx: Session, by: Official, at: datetime) -> None:
    """Contact, departments and services; of the desks the first two, which serve half of it; no hours yet."""
    row = _municipality(tx, "drama")
    act = Act(by, at, row.id)
    contact = {
        "address_el": "Βερμίου 2, 661 33 Δράμα",
        "address_en": "2 Vermiou Street, 661 33 Drama",
        "phone": "+30 210 000 0094",
        "email": "drama@example.com",
    }
    _change(tx, _CONTACT, row, contact, act)
    departments = []
    for position, (name_el, name_en) in enumerate(_DEPARTMENTS, 1):
        values: dict[str, object] = dict.fromkeys(DEPARTMENT.columns, "")
        values |= {"name_el": name_el, "name_en": name_en, "is_name_en_suggested": False, "position": position}
        new = DepartmentRow(municipality_id=row.id, name_el="", name_en="")
        departments.append(add_root(tx, DEPARTMENT, new, values, act).id or 0)
    desks = [_add_desk(tx, row.id, departments[0], number, act) for number in (1, 2)]
    for position, (department, slug, name_el, name_en, minutes, step) in enumerate(_SERVICES, 1):
        values = _new_service() | {
            "department_id": departments[department], "slug": slug, "name_el": name_el, "name_en": name_en,
            "duration_minutes": minutes, "step_minutes": step, "position": position,
            "offers_video": True, "offers_in_person": True,
            "desk_ids": desks if department == 0 else [],
        }  # fmt: skip
        service = ServiceRow(department_id=departments[department], slug="", name_el="", name_en="")
        add_root(tx, SERVICE, service, values, act)


def _add_desk(tx: Session, municipality_id: int, department_id: int, number: int, act: Act) -> int:
    values = {
        "department_id": department_id, "name_el": f"Θυρίδα {number}", "name_en": f"Counter {number}",
        "is_name_en_suggested": False, "place_el": "", "place_en": "", "position": number, "official_ids": [],
        "usual_official_id": None,
    }  # fmt: skip
    return add_root(tx, DESK, DeskRow(municipality_id=municipality_id, name_el=""), values, act).id or 0


def _new_service() -> dict[str, object]:
    """Every field as a new service has it."""
    new = ServiceRow(department_id=0, slug="", name_el="", name_en="", release_at=time(8))
    return {name: plain(getattr(new, name)) for name in SERVICE.columns}


def _change(
    tx: Session, kind: RootKind[R], row: R, changed: Mapping[str, object], act: Act, *, action: str = "changed"
) -> None:
    write_root(tx, kind, row, changed, act, action=action, before=values_of(tx, kind, row))


def _municipality(tx: Session, slug: str) -> MunicipalityRow:
    return tx.scalars(select(MunicipalityRow).where(col(MunicipalityRow.slug) == slug)).one()


def _services(tx: Session, municipality_id: int) -> list[ServiceRow]:
    query = (
        select(ServiceRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id)
    )
    return list(tx.scalars(query.order_by(col(ServiceRow.id))))


def _service(tx: Session, municipality_id: int, slug: str) -> ServiceRow | None:
    return next((row for row in _services(tx, municipality_id) if row.slug == slug), None)
