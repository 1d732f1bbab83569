"""Which sites may show a municipality's pages: who says so, and what is seen of those that tried."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.frame_origins import origins_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.frame import FrameSightingRow
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.settings.origins import MAX_ORIGINS
from dimoslive.services.settings.embedding.change_origins import add_origin, remove_origin
from dimoslive.services.settings.embedding.open_embedding import OpenEmbedding, open_embedding
from tests.support.meeting import ANNA, enter_foreign_official
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import Town, a_town, rows

SITE = "https://www.kavala.gov.gr"


def opened(town: Town, official: Any) -> OpenEmbedding:
    return open_embedding(town.context, official, town.municipality.id)


def saw(town: Town, origin: str, day: date, count: int) -> None:
    with transaction(town.context.db) as tx:
        tx.add(FrameSightingRow(municipality_id=town.municipality.id, day=day, origin=origin, count=count))


def test_a_site_is_added_once_and_removed_and_both_are_logged(town: Town) -> None:
    nikos, place = enter_administrator(town), town.municipality.id
    assert add_origin(town.context, nikos, place, f" {SITE}/ ") == SITE
    add_origin(town.context, nikos, place, SITE)
    add_origin(town.context, nikos, place, "https://*.kavala.gr")
    remove_origin(town.context, nikos, place, SITE)
    remove_origin(town.context, nikos, place, SITE)
    with reading(town.context.db) as tx:
        assert origins_of(tx, place) == ["https://*.kavala.gr"]
        assert tx.get_one(MunicipalityRow, place).version == 4
    assert [event.action for event in rows(town.context.db, AuditEventRow)] == ["embedding.changed"] * 3
    assert len(opened(town, nikos).history) == 3


def test_no_more_than_twenty_sites_are_listed(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    nikos, place = enter_administrator(town), town.municipality.id
    for number in range(MAX_ORIGINS):
        add_origin(town.context, nikos, place, f"https://s{number}.kavala.gr")
    add_origin(town.context, nikos, place, "https://s0.kavala.gr")
    with pytest.raises(InvalidInput) as refused:
        add_origin(town.context, nikos, place, SITE)
    assert refused.value.code == "too_many_origins"


def test_those_that_tried_are_told_from_those_that_may(town: Town) -> None:
    nikos = enter_administrator(town)
    add_origin(town.context, nikos, town.municipality.id, "https://*.kavala.gr")
    add_origin(town.context, nikos, town.municipality.id, SITE)
    today = opened(town, nikos).today
    saw(town, "https://www.kavala.gr", today, 3)
    saw(town, "https://www.town.gr", today, 10)
    saw(town, "https://www.town.gr", date(2026, 11, 10), 4)
    saw(town, "https://old.town.gr", date(2026, 11, 11), 1)
    found = opened(town, nikos)
    assert [(one.origin, one.last_on) for one in found.listed] == [("https://*.kavala.gr", today), (SITE, None)]
    assert [(one.origin, one.times, one.last_on) for one in found.refused] == [
        ("https://www.town.gr", 14, today),
        ("https://old.town.gr", 1, date(2026, 11, 11)),
    ]
    assert [service.slug for service in found.services] != []


def test_only_the_municipality_s_administrators_say_so(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    place = town.municipality.id
    for official in (enter_head(town, identity=ANNA), enter_foreign_official(town)):
        with pytest.raises(NotFound):
            opened(town, official)
        with pytest.raises(NotFound):
            add_origin(town.context, official, place, SITE)
        with pytest.raises(NotFound):
            remove_origin(town.context, official, place, SITE)
    add_origin(town.context, enter_administrator(town), place, SITE)
