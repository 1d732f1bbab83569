"""Programs of a municipality: their keys, and what they ask for."""

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from dimoslive.db.engine import transaction
from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.desk.person import TypedPerson
from dimoslive.domain.keys.key_text import HANDLE_BITS, SECRET_BITS, make_handle, make_key_text, parse_key_text
from dimoslive.domain.keys.program_booking import ProgramBooking
from dimoslive.domain.people.principals import ApiKey, Scope
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.declarations import declaration_of
from dimoslive.services.program.answer_once import Once
from dimoslive.services.program.book_by_program import ProgramRequest, book_by_program
from tests.support.world import Town, on_the_day

ALL_SCOPES = tuple(Scope)


def a_key(town: Town, *scopes: Scope, municipality_id: int = 0, **words: Any) -> str:
    """A key of the town, good for a year; all scopes, where none is named."""
    now = town.clock.now()
    text = make_key_text(make_handle(secrets.randbits(HANDLE_BITS)), secrets.randbits(SECRET_BITS))
    parsed = parse_key_text(text)
    assert parsed is not None
    with transaction(town.context.db) as tx:
        maker = OfficialRow(first_name="ΝΙΚΟΣ", last_name="ΔΗΜΟΥ")
        tx.add(maker)
        tx.flush()
        usual: dict[str, Any] = {
            "municipality_id": municipality_id or town.municipality.id,
            "handle": parsed.handle,
            "name": "Τηλεφωνικό κέντρο",
            "scopes": " ".join(scopes or ALL_SCOPES),
            "last_day": local_day(now, ATHENS) + timedelta(days=365),
            "made_at": now,
            "made_by": maker.id,
            "secret_hash": parsed.secret_hash,
            "last_four": parsed.last_four,
        }
        tx.add(ApiKeyRow(**(usual | words)))
    return text


def a_program(town: Town, *scopes: Scope, **words: Any) -> ApiKey:
    """The principal of such a key."""
    parsed = parse_key_text(a_key(town, *scopes, **words))
    assert parsed is not None
    with transaction(town.context.db) as tx:
        row = tx.scalars(select(ApiKeyRow).where(col(ApiKeyRow.handle) == parsed.handle)).one()
        return ApiKey(row.id or 0, row.municipality_id, frozenset(scopes or ALL_SCOPES))


def a_request(town: Town, wall: str, **words: Any) -> ProgramRequest:
    """Stefanos is to be booked, by video."""
    person = TypedPerson(name="Στέφανος Μανωλάκης", phone="210 000 0031", subject="Βεβαίωση εγγραφής")
    usual: dict[str, Any] = {
        "service": town.service.slug,
        "mode": Mode.VIDEO,
        "starts_at": on_the_day(wall),
        "person": person,
        "served_person": ServedPerson.SELF,
        "language": "el",
        "declaration_version": declaration_of(Mode.VIDEO, "el").version,
    }
    return ProgramRequest(**(usual | words))


def reference_alone(booking: ProgramBooking) -> str:
    """The shortest answer: whose booking it is."""
    return booking.reference


def book_as_program(town: Town, key: ApiKey, wall: str, once: str = "", **words: Any) -> str:
    """The reference of what a program booked."""
    name = Once(once or f"once-{wall}", "f" * 64)
    return book_by_program(town.context, key, a_request(town, wall, **words), name, reference_alone).text
