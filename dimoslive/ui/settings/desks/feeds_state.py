"""The calendar feeds of desks and departments."""

import re

import reflex as rx

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.feeds.end_feed import end_feed
from dimoslive.services.feeds.list_feeds import list_feeds_of_place
from dimoslive.services.feeds.make_feed import make_feed_of_department, make_feed_of_desk
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.feeds.parts import NEW_FEED
from dimoslive.ui.staff.feeds.view_models import FeedLineView, NewFeedView, show_feed, show_new_feed
from dimoslive.ui.staff.parts import Choice, read_id

TITLE = "desk-feeds"
_OF = re.compile(r"(desk|department)-([0-9]{1,9})", re.ASCII)


class PlaceFeedsState(SettingsPageState, rx.State):
    """Those within the official's reach, whoever made them."""

    feeds: list[FeedLineView] = []
    made: NewFeedView = NewFeedView()
    choices: list[Choice] = []
    version: int = 0

    @for_official(Permission.MANAGE_DESKS)
    async def load(self, official: Official) -> None:
        """As it is now; an address that was shown is shown no more."""
        self.made = NewFeedView()
        await self._read(official)

    @for_official(Permission.MANAGE_DESKS)
    async def make(self, official: Official, form_data: dict) -> None:
        """«Νέα διεύθυνση», for what was chosen."""
        place = await self._workplace(official, Permission.MANAGE_DESKS)
        found = _OF.fullmatch(str(form_data.get("feed_of", ""))[:30])
        if found is None:
            raise InvalidInput("feed_of", "not_a_choice")
        make = make_feed_of_desk if found[1] == "desk" else make_feed_of_department
        token = await call(make, official, place.municipality_id, int(found[2]), self._language())
        self.made = show_new_feed(context().public_url, token)
        await self._read(official)
        self._focus(NEW_FEED)

    @for_official(Permission.MANAGE_DESKS)
    async def end(self, official: Official, feed: str) -> None:
        """«Τερματισμός»."""
        place = await self._workplace(official, Permission.MANAGE_DESKS)
        await call(end_feed, official, read_id(feed[:12]) or 0, place.municipality_id)
        self.made = NewFeedView()
        await self._read(official)
        self._focus(TITLE)

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, Permission.MANAGE_DESKS)
        if place is None:
            return
        t, found = texts_of(self._language()), await call(list_feeds_of_place, official, place.municipality_id)
        self.feeds = [show_feed(one, t, with_maker=True) for one in found.feeds]
        self.choices = [
            *(Choice(f"desk-{id_}", name[t.language]) for id_, name in found.desks.items()),
            *(
                Choice(f"department-{id_}", t("feeds.department", name=name[t.language]))
                for id_, name in found.departments.items()
            ),
        ]
        self.version += 1
        self.is_loaded = True
