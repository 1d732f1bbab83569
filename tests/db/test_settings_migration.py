"""Absences of before the set-up are of one desk each after it, and come back as such."""

import pytest
from alembic import command
from sqlalchemy import Engine, text

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import AbsenceDeskRow, AbsenceRow
from tests.support.database import alembic_config, migrate
from tests.support.world import Town, a_town, an_absence, desk_ids, on_the_day, rows


@pytest.fixture
def town(db: Engine) -> Town:
    return a_town(db)


def test_an_absence_keeps_its_desks_on_the_way_down_and_up_again(town: Town) -> None:
    service = town.another_service(desks=2)
    begins, ends = on_the_day("09:00"), on_the_day("12:00")
    with transaction(town.context.db) as tx:
        first, second = desk_ids(tx, service)
        an_absence(tx, first, second, starts_at=begins, ends_at=ends)
        an_absence(tx, first, starts_at=begins, ends_at=ends).is_active = False
    with town.context.db.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0011")
        connection.commit()
        found = connection.execute(text("SELECT desk_id FROM absence ORDER BY desk_id")).scalars().all()
        assert found == [first, second]
    migrate(town.context.db)
    absences = rows(town.context.db, AbsenceRow)
    assert {(row.municipality_id, row.starts_at, row.ends_at, row.is_active) for row in absences} == {
        (town.municipality.id, begins, ends, True)
    }
    assert sorted(row.desk_id for row in rows(town.context.db, AbsenceDeskRow)) == [first, second]
