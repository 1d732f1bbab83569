"""The places of a day: each start of each desk once, with the services that could begin there."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from dimoslive.seeds.day.plan import Place, Plan
from dimoslive.seeds.day.town import Offer, Town

_NEAR = timedelta(hours=2)


@dataclass
class Grid:
    """What is free of it, and how many places there were."""

    plan: Plan
    options: dict[tuple[int, datetime], list[Offer]]
    free: set[tuple[int, datetime]] = field(default_factory=set)
    total: int = 0

    @property
    def used(self) -> float:
        """The share that is booked."""
        return 1 - len(self.free) / self.total if self.total else 1

    def book(self, rng: Random, key: tuple[int, datetime]) -> Place | None:
        """A place there for one of the services that fit, by chance; the caller plans it."""
        desk_id, starts_at = key
        fitting = [o for o in self.options[key] if self.plan.is_free(Place(o, desk_id, starts_at))]
        return Place(rng.choice(fitting), desk_id, starts_at) if fitting else None

    def look_again(self, place: Place) -> None:
        """After a booking there: what is near it may be free no more."""
        for key in [k for k in self.free if k[0] == place.desk_id and abs(k[1] - place.starts_at) < _NEAR]:
            if not self._is_free(key):
                self.free.discard(key)

    def _is_free(self, key: tuple[int, datetime]) -> bool:
        return any(self.plan.is_free(Place(offer, *key)) for offer in self.options[key])


def grid_of(plan: Plan, town: Town, day: date, *, absences: bool = True) -> Grid:
    """The day as it stands; what is closed or not staffed is no place."""
    options: dict[tuple[int, datetime], list[Offer]] = {}
    for offer in town.offers.values():
        for starts_at in offer.starts(day):
            for desk_id in offer.desks:
                is_away = absences and not offer.calendar.busy[desk_id].isdisjoint(offer.wanted(starts_at))
                is_kept = not plan.kept.get(desk_id, set()).isdisjoint(offer.wanted(starts_at))
                if offer.can_serve(desk_id, starts_at) and not is_away and not is_kept:
                    options.setdefault((desk_id, starts_at), []).append(offer)
    grid = Grid(plan, options, total=len(options))
    grid.free = {key for key in options if grid._is_free(key)}  # noqa: SLF001  # its own maker
    return grid
