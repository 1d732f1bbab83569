"""How open days of the desk hear that something changed."""

from datetime import date


def room_of_day(municipality_id: int, day: date) -> str:
    """The room of the bus in which a municipality's day is spoken of."""
    return f"day:{municipality_id}:{day.isoformat()}"
