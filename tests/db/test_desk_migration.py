"""Bookings made before the desk are found by name after it."""

import pytest
from alembic import command
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.i18n.search_key import search_key
from tests.support.database import alembic_config, migrate
from tests.support.world import Town, a_town, desk_ids, rows


@pytest.fixture
def town(db: Engine) -> Town:
    return a_town(db)


def test_names_of_bookings_made_before_can_be_searched_for(town: Town) -> None:
    names = ["Ελένη Παπαδοπούλου", "ΝΙΚΟΛΑΪΔΗΣ  Γεώργιος", "François Ñandú", ""]
    for number, name in enumerate(names):
        booked(town, f"C{number:07}", name)
    back_to(town, "0010")
    migrate(town.context.db)
    found = rows(town.context.db, BookingRow)
    assert [row.name_key for row in found] == [search_key(name) for name in names]


def booked(town: Town, reference: str, name: str) -> None:
    """A booking under this name."""
    with transaction(town.context.db) as tx:
        [desk_id] = desk_ids(tx, town.service)
        booking = BookingRow(
            reference=reference,
            person_name=name,
            status="booked",
            municipality_id=town.municipality.id,
            service_id=town.service.id or 0,
            desk_id=desk_id,
            mode="video",
            starts_at=town.clock.now(),
            ends_at=town.clock.now(),
            first_tick=0,
            end_tick=1,
            created_at=town.clock.now(),
        )
        tx.add(booking)


def back_to(town: Town, version: str) -> None:
    """As it was before."""
    with town.context.db.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, version)
        connection.commit()
