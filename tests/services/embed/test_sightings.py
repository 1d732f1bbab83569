"""Which sites asked for a municipality's frame: by day, some, and not for long."""

from dimoslive.db.engine import reading
from dimoslive.db.queries.frames import sightings_of
from dimoslive.services.embed.note_refused_origin import MAX_ORIGINS_A_DAY, note_listed_origin, note_refused_origin
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.world import Town


def seen(town: Town) -> dict[str, int]:
    with reading(town.context.db) as tx:
        return {one.origin: one.times for one in sightings_of(tx, town.municipality.id)}


def test_they_are_counted_for_thirty_days(town: Town) -> None:
    for _ in range(2):
        note_refused_origin(town.context, "kavala", "https://www.town.gr")
    note_refused_origin(town.context, "nowhere", "https://www.town.gr")
    town.clock.advance(days=1)
    note_refused_origin(town.context, "kavala", "https://www.town.gr")
    assert seen(town) == {"https://www.town.gr": 3}
    town.clock.advance(days=30)
    erase_old_data(town.context)
    assert seen(town) == {"https://www.town.gr": 1}


def test_a_flood_of_names_leaves_room_for_the_listed_ones(town: Town) -> None:
    for number in range(MAX_ORIGINS_A_DAY + 5):
        note_refused_origin(town.context, "kavala", f"https://{number}.example")
    note_refused_origin(town.context, "kavala", "https://0.example")
    note_listed_origin(town.context, "kavala", "https://www.town.gr")
    found = seen(town)
    assert len(found) == MAX_ORIGINS_A_DAY + 1
    assert (found["https://0.example"], found["https://www.town.gr"]) == (2, 1)
