"""What frames ask for again and again, kept for some seconds, and no longer than until a municipality changes it."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from dimoslive.context import AppContext
from dimoslive.domain.errors import DomainError
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.settings.origins import is_listed
from dimoslive.services.catalogue.show_municipality import PageWithTimes, show_municipality_with_times
from dimoslive.services.embed.find_origins import find_origins
from dimoslive.services.embed.note_refused_origin import note_listed_origin, note_refused_origin

T = TypeVar("T")

ORIGINS_KEPT = timedelta(seconds=5)
PAGES_KEPT = timedelta(seconds=60)
"""So old may the first free time be that a host's visitors see."""
_MAX_KEPT = 500
_MAX_NOTING = 20
"""Sightings that wait to be written: more at once is a flood, of which nobody needs the exact number."""


class BySlug(Generic[T]):
    """Answers by a municipality's slug, kept for a while. Asked for by many at once, each is read once."""

    def __init__(self, context: AppContext, read: Callable[[AppContext, str], T], kept_for: timedelta) -> None:
        self._context, self._read, self._kept_for = context, read, kept_for
        self._answers: dict[str, tuple[datetime, asyncio.Future[T]]] = {}

    async def of(self, slug: str) -> T:
        """The answer; raises what reading raises."""
        now = self._context.clock.now()
        asked_at, answer = self._answers.get(slug, (now, None))
        if answer is None or not timedelta(0) <= now - asked_at < self._kept_for or _has_failed(answer):
            if len(self._answers) >= _MAX_KEPT:
                self._answers.clear()
            answer = asyncio.ensure_future(asyncio.to_thread(self._read, self._context, slug))
            self._answers[slug] = now, answer
        # Whoever asked first may leave: the others wait on.
        return await asyncio.shield(answer)

    def forget(self) -> None:
        """What is asked from now on is read anew."""
        self._answers.clear()


class FramesKnown:
    """Origins and first pages of municipalities, and who asked for them."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self.origins = BySlug(context, find_origins, ORIGINS_KEPT)
        self._pages = BySlug(context, _page_of, PAGES_KEPT)
        self._noted: set[tuple[str, str, date]] = set()
        self._noting: set[asyncio.Future[None]] = set()

    async def page_of(self, slug: str) -> PageWithTimes:
        """A municipality with its services and their first free times; raises `NotFound`."""
        found = await self._pages.of(slug)
        if isinstance(found, DomainError):
            raise found
        return found

    def forget(self) -> None:
        """A municipality has changed something."""
        self.origins.forget()
        self._pages.forget()

    def see(self, slug: str, origin: str, listed: tuple[str, ...]) -> None:
        """Note in the background that a site asked; a listed one once a day and process."""
        if is_listed(origin, listed):
            noted = (slug, origin, local_day(self._context.clock.now(), ATHENS))
            if noted in self._noted:
                return
            if len(self._noted) >= _MAX_KEPT:
                self._noted.clear()
            self._noted.add(noted)
            self._note(note_listed_origin, slug, origin)
        elif len(self._noting) < _MAX_NOTING:
            self._note(note_refused_origin, slug, origin)

    async def all_noted(self) -> None:
        """Wait until what was seen is written."""
        if self._noting:
            await asyncio.wait(self._noting)

    def _note(self, note: Callable[[AppContext, str, str], None], slug: str, origin: str) -> None:
        noting = asyncio.ensure_future(asyncio.to_thread(note, self._context, slug, origin))
        self._noting.add(noting)
        noting.add_done_callback(self._done)

    def _done(self, noting: asyncio.Future[None]) -> None:
        self._noting.discard(noting)


def _page_of(context: AppContext, slug: str) -> PageWithTimes | DomainError:
    """That there is no such municipality is an answer too, and kept like the others."""
    try:
        return show_municipality_with_times(context, slug)
    except DomainError as refusal:
        return refusal


def _has_failed(answer: asyncio.Future[T]) -> bool:
    return answer.done() and (answer.cancelled() or answer.exception() is not None)
