"""Some of the days to the next free time: of a region, a way of being served, a name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dimoslive.domain.figures.days_to_next import MunicipalityDays, ServiceDays
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.search_key import is_called, search_key


@dataclass(frozen=True, slots=True)
class FoundDays:
    """A municipality with those of its services that were asked for; ``by_service``: they were found by their names."""

    days: MunicipalityDays
    by_service: bool


def narrow_days(
    all_days: Iterable[MunicipalityDays], *, region: str = "", words: str = "", mode: Mode | None = None
) -> list[FoundDays]:
    """``words`` are part of the name of a municipality, or of services: then these alone count for it."""
    found = [one if mode is None else _in_mode(one, mode) for one in all_days if _is_in(one, region)]
    found = [one for one in found if one.services]
    if not words.strip():
        return [FoundDays(one, by_service=False) for one in found]
    return [narrowed for one in found if (narrowed := _called(one, words)) is not None]


def services_called(one: MunicipalityDays, words: str) -> tuple[ServiceDays, ...]:
    """Those of its services that have the words in their names."""
    return tuple(service for service in one.services if is_called(service.name.values(), words))


def _is_in(one: MunicipalityDays, region: str) -> bool:
    return not region or search_key(region) in {search_key(name) for name in one.municipality.region.values()}


def _in_mode(one: MunicipalityDays, mode: Mode) -> MunicipalityDays:
    services = (
        replace(service, by_mode={mode: service.by_mode[mode]}) for service in one.services if mode in service.by_mode
    )
    return replace(one, services=tuple(services))


def _called(one: MunicipalityDays, words: str) -> FoundDays | None:
    names = one.municipality
    if is_called((*names.name.values(), *names.short_name.values(), *names.aliases), words):
        return FoundDays(one, by_service=False)
    services = services_called(one, words)
    return FoundDays(replace(one, services=services), by_service=True) if services else None
