"""«Ο λογαριασμός μου»."""

import re

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.desk.own_mails import OwnMails
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.identity.own_account import change_account, show_account, sign_out_everywhere
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.account.view_models import PlaceLine, SessionLine, show_place, show_session
from dimoslive.ui.staff.state import StaffPageState
from dimoslive.urls import sign_in_path

SAVED = "account-saved"


class AccountState(StaffPageState, rx.State):
    """Who one is here, and what one prefers."""

    name: str = ""
    afm: str = ""
    email: str = ""
    is_platform_admin: bool = False
    language: str = "el"
    has_sound: bool = False
    mails: str = OwnMails.NONE.value
    places: list[PlaceLine] = []
    sessions: list[SessionLine] = []
    is_saved: bool = False
    form_version: int = 0

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    async def load(self, official: Official) -> None:
        """As it is now."""
        await self._show(official)
        self.is_saved = False

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    async def save(self, official: Official, form_data: dict) -> None:
        """«Αποθήκευση»: what is not offered is kept as it was."""
        chosen = {int(name[5:]): str(form_data[name]) for name in form_data if re.fullmatch(r"desk-[0-9]{1,9}", name)}
        desk_of = {
            place: int(desk) if desk else None
            for place, desk in chosen.items()
            if re.fullmatch("[0-9]{0,9}", desk, re.ASCII)
        }
        language = str(form_data.get("language", ""))[:10]
        await call(
            change_account,
            official,
            language=language,
            has_sound=bool(form_data.get("sound")),
            desk_of=desk_of,
            mails=str(form_data.get("mails", ""))[:20],
        )
        await self._show(official)
        self.is_saved = True
        self._focus(SAVED)

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    async def sign_out_everywhere(self, official: Official) -> EventSpec:
        """«Αποσύνδεση παντού»: this browser too."""
        await call(sign_out_everywhere, official)
        return rx.redirect(sign_in_path(self._language(), for_staff=True))

    async def _show(self, official: Official) -> None:
        account, t = await call(show_account, official), texts_of(self._language())
        self.name, self.email, self.is_platform_admin = account.name, account.email, account.is_platform_admin
        self.afm = f"******{account.afm_last_digits}" if account.afm_last_digits else ""
        self.language, self.has_sound = account.language, account.has_sound
        self.mails = account.mails.value
        self.places = [show_place(place, t) for place in account.places]
        self.sessions = [show_session(session, t) for session in account.sessions]
        self.form_version += 1
        self.is_loaded = True
