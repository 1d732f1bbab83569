"""The departments and desks of a municipality, by the names that a file may call them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dimoslive.domain.imports.cells import found_by_name

Names = tuple[str, ...]
"""Of one thing, in all languages."""


@dataclass(frozen=True, slots=True)
class KnownDesk:
    """A desk, and the department that it stands in."""

    department_id: int | None
    names: Names


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """Those that whoever imports may name; what is not here does not exist for them."""

    departments: Mapping[int, Names] = field(default_factory=dict)
    desks: Mapping[int, KnownDesk] = field(default_factory=dict)

    def department(self, name: str) -> int:
        """Its id; raises `InvalidInput`."""
        return found_by_name(name, self.departments.items())

    def desk(self, name: str, department_ids: Iterable[int]) -> int:
        """The id of a desk of these departments, of any if there are none; raises `InvalidInput`."""
        within = frozenset(department_ids)
        desks = ((id_, one.names) for id_, one in self.desks.items() if not within or one.department_id in within)
        return found_by_name(name, desks)
