"""«Ημερολόγιο»: the calendar feeds of one's own desks."""

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.feeds.end_feed import end_feed
from dimoslive.services.feeds.list_feeds import list_own_feeds
from dimoslive.services.feeds.make_feed import make_own_feed
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.feeds.parts import NEW_FEED
from dimoslive.ui.staff.feeds.view_models import FeedLineView, NewFeedView, show_feed, show_new_feed
from dimoslive.ui.staff.parts import read_id
from dimoslive.ui.staff.state import StaffPageState

TITLE = "account-feeds"


class OwnFeedsState(StaffPageState, rx.State):
    """Those that the official made, those of desks and departments too."""

    feeds: list[FeedLineView] = []
    made: NewFeedView = NewFeedView()

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    async def load(self, official: Official) -> None:
        """As it is now; an address that was shown is shown no more."""
        self.made = NewFeedView()
        await self._read(official)
        self.is_loaded = True

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    async def make(self, official: Official) -> None:
        """«Νέα διεύθυνση»."""
        token = await call(make_own_feed, official, self._language())
        self.made = show_new_feed(context().public_url, token)
        await self._read(official)
        self._focus(NEW_FEED)

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    async def end(self, official: Official, feed: str) -> None:
        """«Τερματισμός»."""
        await call(end_feed, official, read_id(feed[:12]) or 0)
        self.made = NewFeedView()
        await self._read(official)
        self._focus(TITLE)

    async def _read(self, official: Official) -> None:
        t = texts_of(self._language())
        self.feeds = [show_feed(one, t, with_maker=False) for one in await call(list_own_feeds, official)]
