"""The first task: where the municipality is found and reached."""

from collections.abc import Mapping

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.contact import MAX_ADDRESS_LENGTH
from dimoslive.domain.settings.tasks import Task
from dimoslive.i18n import Texts
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.services.settings.tasks.contact import open_contact, save_contact
from dimoslive.ui.settings.entries import has_entry
from dimoslive.ui.settings.fields import group, row, text_field, text_pair
from dimoslive.ui.settings.form import settings_form
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.setup.frame import by_hand, way_on
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official


class SetUpContactState(SettingsFormState, rx.State):
    """Address, telephone, address for mails."""

    def _topic(self) -> str:
        return "contact"

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded = False
        await self._read(official)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    @background
    async def suggest(self, _official: Official, field: str, greek: str) -> None:
        """English for the Greek address."""
        self._suggest(field, greek)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def submit(self, official: Official, form_data: dict) -> None:
        """«Αποθήκευση»."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)

        async def send(opened: Opened, raw: Mapping[str, object]) -> Saved:
            return await call(save_contact, official, place.municipality_id, opened, raw)

        result = await self._submit(form_data, send)
        if result is not None:
            await self._read(official)
            self._say_saved(result)

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, Permission.MANAGE_MUNICIPALITY)
        if place is not None:
            self._open(await call(open_contact, official, place.municipality_id))
            self.is_loaded = True


def set_up_contact(t: Texts) -> rx.Component:
    """The page."""
    s = SetUpContactState
    return settings_page(
        t,
        s,
        head(
            t,
            t("tasks.name.municipality"),
            lead=t("tasks.lead.municipality"),
            back=(t("settings.nav.overview"), "/admin"),
        ),
        settings_form(t, s, _fields(t), on_submit=s.submit, cancel="/admin", keep_as=s.keep_as),
        by_hand(t, "municipality") if has_entry("municipality") else rx.fragment(),
        way_on(t, Task.MUNICIPALITY),
        current="overview",
        styles=("tasks",),
    )


def _fields(t: Texts) -> rx.Component:
    s = SetUpContactState
    return group(
        t("contact.group"),
        text_pair(
            t,
            s,
            "address",
            t("contact.field.address_el"),
            max_length=MAX_ADDRESS_LENGTH,
            is_suggested=False,
            hits=t("contact.hits.address"),
        ),
        row(
            text_field(t, s, "phone", t("contact.field.phone"), max_length=40, type="tel", auto_complete="off"),
            hits=t("contact.hits.either"),
        ),
        row(text_field(t, s, "email", t("contact.field.email"), max_length=254, type="email", auto_complete="off")),
    )
