"""What this process keeps of public answers: all municipalities as long as nothing changes, others for moments."""

from collections.abc import Callable, Hashable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from dimoslive.context import AppContext
from dimoslive.domain.catalogue.municipality_search import PreparedMunicipality, prepare_search
from dimoslive.domain.figures.days_to_next import MunicipalityDays
from dimoslive.http.public_v1.answers import Body
from dimoslive.http.public_v1.shared import Known, Shared
from dimoslive.services.catalogue.read_municipalities import MunicipalityList, read_municipalities
from dimoslive.services.figures.list_days_to_next import list_days_to_next

Answer = TypeVar("Answer")
LIST_SECONDS = 1.0
"""After this it is looked whether the list has changed; made anew it is only then."""
CATALOGUE_SECONDS = 1.0
FIGURES_SECONDS = 30.0
"""They are computed every ten minutes."""
TIMES_SECONDS = 0.5
"""Less than a second: by then whoever asks must see what was booked, in whichever process."""


class KeptList:
    """The list of municipalities, with all that was made from it."""

    def __init__(self, source: MunicipalityList) -> None:
        self.source, self.names, self.paused = source, source.names, source.paused
        self._bodies: dict[str, Body] = {}
        self._prepared: list[PreparedMunicipality] | None = None

    @property
    def prepared(self) -> list[PreparedMunicipality]:
        """The names as the search compares them."""
        if self._prepared is None:
            self._prepared = prepare_search(self.names)
        return self._prepared

    def body(self, name: str, make: Callable[..., Body], *args: Any) -> Body:
        """An answer that is made once."""
        if name not in self._bodies:
            self._bodies[name] = make(*args)
        return self._bodies[name]


class Kept:
    """For one process and one context."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._read: Shared[MunicipalityList] = Shared(context.clock, LIST_SECONDS)
        self._list: KeptList | None = None
        self._catalogue: Shared[Any] = Shared(context.clock, CATALOGUE_SECONDS)
        self._days: Shared[tuple[MunicipalityDays, ...]] = Shared(context.clock, FIGURES_SECONDS)
        self._times: Shared[Any] = Shared(context.clock, TIMES_SECONDS)

    async def list(self) -> Known[KeptList]:
        """All municipalities."""
        before = self._list
        source, until = await self._read.get("", read_municipalities, self._context, before.source if before else None)
        if self._list is None or self._list.source is not source:
            self._list = KeptList(source)
        return Known(self._list, until)

    async def catalogue(self, *question: Hashable, make: Callable[[], Answer]) -> Known[Answer]:
        """What municipalities have entered."""
        return await self._catalogue.get(question, make)

    async def days_to_next(self) -> Known[tuple[MunicipalityDays, ...]]:
        """In how many days each municipality has a free time."""
        return await self._days.get("", list_days_to_next, self._context)

    async def times(self, *question: Hashable, make: Callable[[], Answer]) -> Known[Answer]:
        """What is free."""
        return await self._times.get(question, make)


async def _kept(request: Request) -> Kept:
    kept = request.app.state.kept
    assert isinstance(kept, Kept)
    return kept


KeptDep = Annotated[Kept, Depends(_kept)]
