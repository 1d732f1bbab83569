"""Who is signed in, for the header of every page."""

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.services.identity.auth_realm import CITIZENS
from dimoslive.services.identity.sessions import find_principal
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import PageState, for_anyone, session_token
from dimoslive.urls import other_language


class SessionState(PageState, rx.State):
    """The header's own state."""

    is_known: bool = False
    """Whether we have looked: until then the header shows neither a name nor a sign-in."""
    citizen_name: str = ""
    here: str = ""
    there: str = ""
    """This page, and the same page in the other language."""

    @for_anyone(Permission.VIEW_PUBLIC)
    async def load(self) -> None:
        """Runs with every page."""
        principal = await call(find_principal, CITIZENS, session_token(self))
        url = self.router.url
        query = f"?{url.query}" if url.query else ""
        self.citizen_name = principal.full_name if principal else ""
        self.here, self.there = url.path + query, other_language(url.path) + query
        self.is_known = True
