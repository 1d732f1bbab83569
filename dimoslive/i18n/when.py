"""A time with the zone that it is told in: Greek time, and beside it the visitor's where that differs."""

from datetime import datetime

from dimoslive.domain.scheduling.local_time import is_known_zone, same_clock
from dimoslive.i18n.dates import clock, full_time, zone_offset
from dimoslive.i18n.texts import Texts


def greek_time(at: datetime, home: str, t: Texts) -> str:
    """«Τρίτη 24 Νοεμβρίου 2026, 10:00 πμ (ώρα Ελλάδας, UTC+02:00)»; ``home`` is the municipality's zone."""
    return t("when.greek", time=full_time(at, t.language, home), offset=zone_offset(at, home))


def own_time(at: datetime, zone: str, home: str, t: Texts) -> str:
    """The same on the visitor's clock; nothing where it shows Greek time."""
    if not is_known_zone(zone) or same_clock(at, zone, home):
        return ""
    return t("when.own", time=full_time(at, t.language, zone), offset=zone_offset(at, zone))


def both_times(at: datetime, zone: str, home: str, t: Texts) -> str:
    """Greek time and the visitor's, in one line."""
    return " · ".join(filter(None, (greek_time(at, home, t), own_time(at, zone, home, t))))


def in_zone(words: str, at: datetime, zone: str, own: str, home: str, t: Texts) -> str:
    """What the clock of ``zone`` shows, said with that zone unless the visitor's ``own`` clock shows Greek time."""
    if same_clock(at, own, home):
        return words
    key = "when.greek" if same_clock(at, zone, home) else "when.own"
    return t(key, time=words, offset=zone_offset(at, zone))


def until_clock(at: datetime, own: str, home: str, t: Texts) -> str:
    """«10:30 πμ»; with the zone unless the visitor's ``own`` clock shows Greek time too."""
    visitor = own if is_known_zone(own) else home
    return in_zone(clock(at, t.language, home), at, home, visitor, home, t)
