"""How open days of the desk hear that something changed."""

from datetime import date


def room_of_day(municipality_id: int, day: date) -> str:
    """The room of the bus in which a municipality's day is spoken of."""
    return f"day:{municipality_id}:{day.isoformat()}"


ALL_DAYS = "all"
"""In the place of a day: for pages that show more days than one."""


def room_of_municipality(municipality_id: int) -> str:
    """The room in which all days of a municipality are spoken of."""
    return f"day:{municipality_id}:{ALL_DAYS}"


CATALOGUE_ROOM = "catalogue"
"""Where all workers hear that a municipality changed what anybody may see."""
