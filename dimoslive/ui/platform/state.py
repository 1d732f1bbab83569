"""One municipality on the platform: its administrators' way in, and its pause."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import reflex as rx

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.domain.settings.enrolment import EnrolmentState
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.days_words import days_words
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.services.platform.choose_public_figures import REASON, leave_public_figures, return_to_public_figures
from dimoslive.services.platform.enrol_municipality import Enrolled, enrol_municipality
from dimoslive.services.platform.list_enrolments import DAYS_COUNTED, DueBookings, OpenEnrolment, open_enrolment
from dimoslive.services.platform.pause_municipality import pause_municipality, reopen_municipality
from dimoslive.services.settings.root_change import Opened
from dimoslive.ui.platform.list_state import TAGS, state_words
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official

_TYPED = ("first_name", "last_name", "afm", "email", "contact_email")


@dataclass(frozen=True)
class NumberView:
    """A number, with what it is of."""

    name: str
    value: str


class PlatformFormState(SettingsFormState, mixin=True):
    """A form about the municipality at the end of the address."""

    def _slug(self) -> str:
        return self.router.url.path.rstrip("/").rpartition("/")[2][:80]

    async def _do(self, official: Official, form_data: dict[str, Any], service: Any, done: str) -> None:
        """Send the form to a service that changes the municipality, and say that it is done."""
        slug = self._slug()

        async def send(_opened: Opened, raw: Mapping[str, object]) -> bool:
            await call(service, official, slug, raw)
            return True

        if not await self._submit(form_data, send):
            return
        await (await self.get_state(EnrolmentPageState))._read(official)
        for other in (EnrolmentPageState, PlatformPauseState, PublicFiguresState):
            # What another form of the page said last is old by now.
            (await self.get_state(other)).saved = ""
        self._fill()
        self.saved = texts_of(self._language())(done)
        self.saved_count += 1
        self._focus(SAVED)

    def _fill(self) -> None:
        """The form anew."""
        raise NotImplementedError

    def _empty(self, values: Mapping[str, object]) -> None:
        """The form anew, with these values."""
        self._open(Opened(0, values))
        self.is_loaded = True


class EnrolmentPageState(PlatformFormState, rx.State):
    """«Ένταξη δήμου», or one administrator more."""

    name: str = ""
    state: str = ""
    tag: str = ""
    is_enrolled: bool = False
    is_paused: bool = False
    has_public_figures: bool = True
    can_pause: bool = False
    """It is open, or was."""
    needs_contact: bool = False
    numbers: list[NumberView] = []
    lines: list[str] = []
    """What happened on the platform, newest first."""

    def _topic(self) -> str:
        return "enrol"

    @for_official(Permission.ENROL_MUNICIPALITIES)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded, self.saved, self.name = False, "", ""
        if await self._read(official):
            self._fill()

    @for_official(Permission.ENROL_MUNICIPALITIES)
    async def submit(self, official: Official, form_data: dict) -> None:
        """«Ένταξη»: what was typed is kept if it is refused, and gone when it is done."""
        slug = self._slug()

        async def send(_opened: Opened, raw: Mapping[str, object]) -> Enrolled:
            return await call(enrol_municipality, official, slug, raw)

        result = await self._submit(form_data, send)
        if result is None:
            return
        await self._read(official)
        self._fill()
        t = texts_of(self._language())
        key = "enrol.sent" if result.sent_to else "enrol.not_sent"
        self.saved = t(key, person=result.person, email=result.sent_to)
        self.saved_count += 1
        self._focus(SAVED)

    def _fill(self) -> None:
        self._empty(dict.fromkeys(_TYPED, ""))

    async def _read(self, official: Official) -> bool:
        try:
            found = await call(open_enrolment, official, self._slug())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return False
        self.is_missing = False
        self._show_enrolment(found, texts_of(self._language()))
        return True

    def _show_enrolment(self, found: OpenEnrolment, t: Texts) -> None:
        one = found.enrolment
        self.name, self.state, self.tag = one.municipality.name[t.language], state_words(one, t), TAGS[one.state]
        self.is_enrolled = one.state is not EnrolmentState.NOT_ENROLLED
        self.is_paused = one.state is EnrolmentState.PAUSED
        self.can_pause = self.is_paused or one.state is EnrolmentState.OPEN
        self.has_public_figures = found.has_public_figures
        self.needs_contact = one.enrolled_at is None and not found.contact_email
        self.numbers = _numbers(found, t) if self.is_enrolled else []
        self.lines = [
            t(
                "platform.line",
                what=t(f"platform.did.{line.action}"),
                at=desk_moment(line.at, ATHENS),
                by=line.by or t("platform.by_municipality"),
                reason=line.reason,
            )
            if line.reason
            else t(
                "platform.line_without_reason",
                what=t(f"platform.did.{line.action}"),
                at=desk_moment(line.at, ATHENS),
                by=line.by or t("platform.by_municipality"),
            )
            for line in found.history
        ]


class PlatformPauseState(PlatformFormState, rx.State):
    """«Παύση» and «Άνοιγμα ξανά», each with a reason."""

    def _topic(self) -> str:
        return "platform_pause"

    @for_official(Permission.PAUSE_ANY_MUNICIPALITY)
    async def load(self, _official: Official) -> None:
        """An empty form, with what citizens may read ready in it."""
        self._fill()

    @for_official(Permission.PAUSE_ANY_MUNICIPALITY)
    async def submit(self, official: Official, form_data: dict) -> None:
        """«Παύση»."""
        await self._do(official, form_data, pause_municipality, "platform_pause.done")

    @for_official(Permission.PAUSE_ANY_MUNICIPALITY)
    async def reopen(self, official: Official, form_data: dict) -> None:
        """«Άνοιγμα ξανά»."""
        await self._do(official, form_data, reopen_municipality, "platform_pause.reopened")

    def _fill(self) -> None:
        usual = {f"pause_message_{language}": texts_of(language)("platform_pause.usual") for language in ("el", "en")}
        self._empty({"reason": "", **usual})


class PublicFiguresState(PlatformFormState, rx.State):
    """The municipality on the public page of figures, or not; each with a reason."""

    def _topic(self) -> str:
        return "platform_figures"

    @for_official(Permission.CHOOSE_PUBLIC_FIGURES)
    async def load(self, _official: Official) -> None:
        """An empty form."""
        self._fill()

    @for_official(Permission.CHOOSE_PUBLIC_FIGURES)
    async def leave(self, official: Official, form_data: dict) -> None:
        """«Αφαίρεση από τη σελίδα»."""
        await self._do(official, form_data, leave_public_figures, "platform_figures.left")

    @for_official(Permission.CHOOSE_PUBLIC_FIGURES)
    async def come_back(self, official: Official, form_data: dict) -> None:
        """«Επιστροφή στη σελίδα»."""
        await self._do(official, form_data, return_to_public_figures, "platform_figures.returned")

    def _fill(self) -> None:
        self._empty({REASON: ""})


def _numbers(found: OpenEnrolment, t: Texts) -> list[NumberView]:
    one, counts = found.enrolment, found.enrolment.counts
    numbers = [
        ("administrators", one.administrators),
        ("departments", counts.departments),
        ("services", counts.services),
        ("desks", counts.desks),
    ]
    shown = [NumberView(t(f"platform.head.{name}"), str(number)) for name, number in numbers]
    if one.nearest is not None:
        shown += [
            NumberView(t("platform.due", n=DAYS_COUNTED), str(found.due.due)),
            NumberView(t("platform.served"), _served_share(found.due, t)),
            NumberView(t("platform.head.days"), days_words(one.nearest, t)),
        ]
    return shown


def _served_share(counted: DueBookings, t: Texts) -> str:
    """«60 %» of those of whom it is known; that this is not all is said where more than a tenth is missing."""
    if not counted.done:
        return "–"
    share = t("platform.percent", n=round(100 * counted.served / counted.done))
    is_incomplete = counted.due - counted.done > counted.due / 10
    return t("platform.incomplete", share=share) if is_incomplete else share
