"""Two municipalities with people in every state, officials of each role, and a way back to how it all was."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import col, select, update

from dimoslive.db.engine import make_engine, transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow, ServiceRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.desk import BookingNoteRow, CallTaskRow, SearchEventRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.db.tables.official import OfficialDepartmentRow, OfficialRightRow, OfficialRow, StaffSessionRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.people.personal_data import Afm
from dimoslive.domain.people.principals import Citizen, Official, Principal, StaffRole
from dimoslive.ports import Identity
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import find_principal
from tests.support.database import SqliteFiles, context_for
from tests.support.meeting import frame_token, link_token, session_token, staff_token, without_video
from tests.support.set_up import APPLIED, PLANNED, SetUp, set_up
from tests.support.world import NOW, Town, a_citizen, a_municipality, a_service, a_town, desk_ids, on_the_day, rows

Row = tuple[Any, ...]
Tables = dict[str, frozenset[Row]]
Change = tuple[str, Row]

OF_STAFF = {
    "official": StaffRole.OFFICIAL,
    "head": StaffRole.HEAD,
    "administrator": StaffRole.ADMINISTRATOR,
    "platform": None,
    "other_department": StaffRole.ADMINISTRATOR,
    "other_head": StaffRole.HEAD,
    "foreign": StaffRole.ADMINISTRATOR,
}
"""Who they are, and as what they are entered; the head in the one department, the last three in the wrong place."""
_AFMS = ("123456783", "090000045", "111111114", "222222222", "333333332", "444444440", "555555559")


@dataclass(frozen=True)
class Target:
    """All of a department that somebody might reach for: ids, references, and the words that only it has."""

    slug: str
    municipality_id: int
    department_id: int
    service_id: int
    desks: tuple[int, ...]
    call_id: int
    slot: str
    booked: str
    video: str
    waiting: str
    served: str
    past: str
    planned: str
    applied: str
    link: str
    surname: str
    phone: str
    persons: tuple[str, ...]
    """What is said of its people alone."""
    places: tuple[str, ...]
    set_up: SetUp | None = None


@dataclass(frozen=True)
class Somebody:
    """A browser, by whose sessions it is known."""

    role: str
    principal: Principal | None = None
    staff: str = ""
    citizen: str = ""
    frame: str = ""


@dataclass
class TwoTowns:
    """Kavala and Drama. Whatever a press changed is undone by `restore`."""

    town: Town
    ours: Target
    theirs: Target
    people: dict[str, Somebody]
    _now: sqlite3.Connection = field(repr=False)
    _then: sqlite3.Connection = field(repr=False)
    _read: tuple[int, Tables] | None = field(default=None, repr=False)

    def tables(self) -> Tables:
        """All that the database holds, but how often somebody tried. Read again only after somebody has committed."""
        version = int(self._now.execute("PRAGMA data_version").fetchone()[0])
        if self._read is None or self._read[0] != version:
            self._read = (version, self._tables())
        return self._read[1]

    def _tables(self) -> Tables:
        names = [name for (name,) in self._now.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in names if not name.startswith("sqlite_") and name != "attempts"]
        return {name: frozenset(self._now.execute(f'SELECT * FROM "{name}"')) for name in kept}  # noqa: S608  # names of our own tables

    def restore(self) -> None:
        """As it was at first."""
        self._then.backup(self._now)
        self._read = None

    def owner_of(self, change: Change) -> int | None:
        """The official whose own a changed row is, if it is one's."""
        return self._named(change, "id" if change[0] == "official" else "official_id")

    def citizen_of(self, change: Change) -> int | None:
        """The citizen whose it is."""
        return self._named(change, "id" if change[0] == "citizen" else "citizen_id")

    def _named(self, change: Change, column: str) -> int | None:
        table, row = change
        names = [found[1] for found in self._now.execute(f'PRAGMA table_info("{table}")')]
        value = row[names.index(column)] if column in names else None
        return None if value is None else int(value)


def changes(before: Tables, after: Tables) -> list[Change]:
    """Rows that came, went or became others."""
    return [(name, row) for name in before for row in before[name] ^ after[name]]


@contextmanager
def two_towns(files: SqliteFiles) -> Iterator[TwoTowns]:
    """On Tuesday 24 November 2026 at 9:05, in a database of their own."""
    url = files.migrated()
    engine = make_engine(url)
    town = a_town(engine, desks=2, name_el="Άδεια Αιγιαλού")
    with transaction(engine) as tx:
        other = a_service(tx, town.municipality, desks=1, name_el="Δήλωση Κήπου")
        drama = a_municipality(tx, "Δράμας", slug="drama")
        theirs = a_service(tx, drama, desks=2, name_el="Σήμανση Δασών")
        stranger = a_citizen(tx, "Ανδρέας Ξένος")
    ours_target = _fill(town, "Καβαλιώτη", "6940001111")
    there = Town(context_for(engine, town.clock), town.clock, drama, theirs, stranger)
    theirs_target = _fill(there, "Δραμινού", "6950002222")
    # Nobody asks for this service's bookings: it is what an official of another department has.
    assert other.department_id != town.service.department_id
    town.clock.set(on_the_day("09:05"))
    people = _people(town, drama, other)
    people["owner"] = _owner(town, ours_target)
    people["framed"] = _framed(town, people["owner"])
    ours_target = replace(ours_target, set_up=_set_up(town, people, "head", "administrator"))
    theirs_target = replace(theirs_target, set_up=_set_up(there, people, "foreign"))
    file = sqlite3.connect(engine.url.database or "")
    then = sqlite3.connect(":memory:")
    file.backup(then)
    yield TwoTowns(town, ours_target, theirs_target, people, file, then)
    file.close()
    then.close()
    engine.dispose()
    files.drop(url)


def _fill(town: Town, surname: str, phone: str) -> Target:
    """Bookings of one day in all states, and a call; each of another person of the same, rare surname."""
    town.clock.set(NOW)
    people = iter([town.citizen(f"Πολίτης{number} {surname}") for number in range(7)])
    made = {
        "booked": without_video(town, "13:00", by=next(people)),
        "video": town.a_booking("09:10", by=next(people)),
        "waiting": without_video(town, "09:00", by=next(people)),
        "served": without_video(town, "08:40", by=next(people)),
        "past": without_video(town, "2026-11-23 10:00", by=next(people)),
        "planned": without_video(town, PLANNED, by=next(people)),
        "applied": without_video(town, APPLIED, by=next(people)),
    }
    subject, note, email = f"Θέμα της {surname}", f"Σημείωση για {surname}", f"mail{phone}@example.com"
    now = on_the_day("09:05")
    with transaction(town.context.db) as tx:
        of_these = col(BookingRow.id).in_([booking.id for booking in made.values()])
        tx.execute(update(BookingRow).where(of_these).values(email=email, phone=f"+30{phone}", subject=subject))
        for name, values in {
            "waiting": {"status": BookingStatus.WAITING.value, "arrived_at": on_the_day("08:55")},
            "served": {"status": BookingStatus.SERVED.value, "ended_at": on_the_day("08:50")},
        }.items():
            tx.execute(update(BookingRow).where(col(BookingRow.id) == made[name].id).values(**values))
        row = tx.get(MeetingRow, made["video"].id) or MeetingRow(
            booking_id=made["video"].id, municipality_id=town.municipality.id
        )
        row.waiting_since, row.seen_at = now, now
        tx.add(row)
        writer = OfficialRow(first_name="ΓΡΑΦΕΑΣ", last_name="ΣΗΜΕΙΩΣΕΩΝ")
        tx.add(writer)
        tx.flush()
        tx.add(
            BookingNoteRow(booking_id=made["booked"].id, official_id=writer.id or 0, written_at=now, text=note),
        )
        call = CallTaskRow(
            municipality_id=town.municipality.id, booking_id=made["booked"].id, kind="not_delivered", created_at=now
        )
        tx.add(call)
        tx.flush()
        tx.add(
            SearchEventRow(
                municipality_id=town.municipality.id,
                official_id=writer.id or 0,
                at=now,
                kind="name",
                query_sealed=town.context.seal.encrypt(surname),
                found=5,
            )
        )
        desks = tuple(desk_ids(tx, town.service))
        call_id = call.id or 0
    return Target(
        slug=town.municipality.slug,
        municipality_id=town.municipality.id,
        department_id=town.service.department_id,
        service_id=town.service.id or 0,
        desks=desks,
        call_id=call_id,
        slot=f"{int(on_the_day('11:00').timestamp())}@{desks[0]}",
        **{name: booking.reference for name, booking in made.items()},
        link=link_token(town, made["booked"]),
        surname=surname,
        phone=phone,
        persons=(_capitals(surname), surname, f"mail{phone}", phone, f"{phone[:3]} {phone[3:6]} {phone[6:]}"),
        places=(town.service.name_el,),
        set_up=None,
    )


def _capitals(name: str) -> str:
    return name.upper().translate(str.maketrans("ΆΈΉΊΌΎΏ", "ΑΕΗΙΟΥΩ"))


def _people(town: Town, drama: MunicipalityRow, other: ServiceRow) -> dict[str, Somebody]:
    """Signed in since yesterday evening, so that the day's session is near its end."""
    town.clock.set(on_the_day("2026-11-23 21:10"))
    identities = {role: Identity(Afm(afm), f"Υπάλληλος {role}", "Ω") for role, afm in zip(OF_STAFF, _AFMS, strict=True)}
    tokens = {}
    for role, identity in identities.items():
        _enter(town, identity, OF_STAFF[role], drama if role == "foreign" else town.municipality)
        if role == "head":
            _limit(town, identity, town.service.department_id)
        if role in {"other_department", "other_head"}:
            _limit(town, identity, other.department_id)
        tokens[role] = staff_token(town, identity)
    town.clock.set(on_the_day("09:05"))
    with transaction(town.context.db) as tx:
        # Not seen for a while, each session would be marked as seen by whatever comes first.
        tx.execute(update(StaffSessionRow).values(seen_at=town.clock.now()))
    people = {
        role: Somebody(role, find_principal(town.context, STAFF, token), staff=token) for role, token in tokens.items()
    }
    for one in people.values():
        assert isinstance(one.principal, Official)
    nikos = town.citizen("Νίκος Γεωργίου")
    people["citizen"] = Somebody("citizen", nikos, citizen=session_token(town, nikos))
    people["anonymous"] = Somebody("anonymous")
    return people


def _set_up(town: Town, people: dict[str, Somebody], *roles: str) -> SetUp:
    """A little before now, so that what is done once more is seen."""
    principals = {role: people[role].principal for role in roles}
    town.clock.set(on_the_day("09:00"))
    made = set_up(town, {role: one for role, one in principals.items() if isinstance(one, Official)})
    town.clock.set(on_the_day("09:05"))
    return made


def _owner(town: Town, target: Target) -> Somebody:
    """The citizen whose two bookings those are that come first."""
    with transaction(town.context.db) as tx:
        booked, video = (
            tx.scalars(select(BookingRow).where(col(BookingRow.reference) == reference)).one()
            for reference in (target.booked, target.video)
        )
        video.citizen_id = booked.citizen_id
        row = tx.get_one(CitizenRow, booked.citizen_id)
        citizen = Citizen(row.id or 0, row.first_name, row.last_name, session_id=0)
    return Somebody("owner", citizen, citizen=session_token(town, citizen))


def _framed(town: Town, owner: Somebody) -> Somebody:
    """The same citizen, in a frame of the municipality's own site."""
    citizen = owner.principal
    assert isinstance(citizen, Citizen)
    return Somebody("framed", citizen, frame=frame_token(town, citizen))


def _enter(town: Town, identity: Identity, role: StaffRole | None, municipality: MunicipalityRow) -> None:
    with transaction(town.context.db) as tx:
        official = OfficialRow(
            afm_hash=town.context.seal.afm_hash(identity.afm),
            first_name=identity.first_name,
            last_name=identity.last_name,
            is_platform_admin=role is None,
        )
        tx.add(official)
        tx.flush()
        if role is not None:
            tx.add(OfficialRightRow(official_id=official.id or 0, municipality_id=municipality.id, role=role.value))


def _limit(town: Town, identity: Identity, department_id: int) -> None:
    hashed = town.context.seal.afm_hash(identity.afm)
    [official] = [row for row in rows(town.context.db, OfficialRow) if row.afm_hash == hashed]
    with transaction(town.context.db) as tx:
        tx.add(OfficialDepartmentRow(official_id=official.id or 0, department_id=department_id))
