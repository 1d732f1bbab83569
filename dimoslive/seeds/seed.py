"""What a database gets, by what is wished for and by where it runs: production gets no demo, whatever is wished."""

from enum import StrEnum

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.seeds.day.changes import make_changes
from dimoslive.seeds.day.mornings import make_mornings
from dimoslive.seeds.day.seed_day import seed_day, seed_day_anew
from dimoslive.seeds.demo import seed_demo
from dimoslive.seeds.municipalities import seed_municipalities


class Wish(StrEnum):
    """How much of the demo."""

    TOWN = "town"
    """Municipalities that take bookings, with services and officials; nobody has booked."""
    DAY = "day"
    """A living town hall, unless today has one already."""
    ANEW = "anew"
    """What the demo made goes, and comes again for this hour."""


def seed(context: AppContext, wish: Wish, *, is_production: bool) -> str:
    """Fill the database, and say what was done."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        added = seed_municipalities(tx)
        tx.flush()
        said = [f"{added} municipalities added"]
        if is_production:
            return said[0]
        if seed_demo(tx, now, context.seal):
            said.append("three of them take bookings")
        tx.flush()
        if wish is Wish.TOWN:
            return ", ".join(said)
        day = (seed_day_anew if wish is Wish.ANEW else seed_day)(tx, now, context.seal)
    if day is not None:
        # Each in transactions of its own, by the services that make all plans.
        make_changes(context, day.now, day.planned)
        make_mornings(context, day.now)
        said.append("a demo day made anew" if wish is Wish.ANEW else "a demo day made")
    return ", ".join(said)
