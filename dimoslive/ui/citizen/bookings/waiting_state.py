"""The presses of the waiting list, on the page of a booking and behind a mail's link."""

from typing import Any

from dimoslive.domain.booking.waiting_list import Answer
from dimoslive.domain.errors import DomainError, InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen, LinkHolder
from dimoslive.i18n import texts_of
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.waiting.answer_offer import answer_offer
from dimoslive.services.waiting.enter_list import enter_list, leave_list
from dimoslive.ui.citizen.bookings.state import BookingPageState
from dimoslive.ui.citizen.bookings.waiting_views import FIELDS, read_wishes
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.field_errors import say
from dimoslive.ui.shared.guard import for_holder

_SAID = {Answer.TAKE: "waiting.taken", Answer.KEEP: "waiting.kept", Answer.LEAVE: "waiting.left"}


class WaitingState(BookingPageState):
    """What is offered is what the page shows: no press names it."""

    errors: dict[str, str] = dict.fromkeys(FIELDS, "")

    @for_holder(Permission.WAIT_FOR_EARLIER)
    async def wait(self, principal: Citizen | LinkHolder, form_data: dict) -> None:
        """«Ειδοποιήστε με για νωρίτερη ώρα», or other wishes."""
        wishes, problems = read_wishes(form_data)
        t = texts_of(self._language())
        self.errors = {name: say(problems[name], t) if name in problems else "" for name in FIELDS}
        if problems:
            self._focus(next(iter(problems)))
            return
        said = "waiting.changed" if self.waiting.is_waiting else "waiting.entered"
        try:
            await self._wait(principal, said, enter_list, wishes)
        except InvalidInput as refusal:
            self.errors[refusal.field] = say(refusal, t)
            self._focus(refusal.field)

    @for_holder(Permission.WAIT_FOR_EARLIER)
    async def leave_waiting(self, principal: Citizen | LinkHolder) -> None:
        """«Φεύγω από τη λίστα»."""
        await self._wait(principal, "waiting.left", leave_list)

    @for_holder(Permission.WAIT_FOR_EARLIER)
    async def take_earlier(self, principal: Citizen | LinkHolder) -> None:
        """«Θέλω τη νωρίτερη ώρα»."""
        await self._answer(principal, Answer.TAKE)

    @for_holder(Permission.WAIT_FOR_EARLIER)
    async def keep_own(self, principal: Citizen | LinkHolder) -> None:
        """«Κρατώ τη δική μου»."""
        await self._answer(principal, Answer.KEEP)

    async def _answer(self, principal: Citizen | LinkHolder, answer: Answer) -> None:
        await self._wait(principal, _SAID[answer], answer_offer, self.waiting.offer_id, answer)

    async def _wait(self, principal: Citizen | LinkHolder, said: str, service: Any, *args: Any) -> None:
        """Do it, and show the booking as it stands then, whatever was refused."""
        reference = self.booking.reference
        try:
            await call(service, principal, reference, *args)
        except DomainError:
            await self._show_again(principal, reference)
            raise
        await self._show_again(principal, reference)
        if said == _SAID[Answer.KEEP] and not self.waiting.is_waiting:
            said = "waiting.kept_last"
        self.waiting_said = texts_of(self._language())(said)
        self._focus("waiting-title")

    async def _show_again(self, principal: Citizen | LinkHolder, reference: str) -> None:
        booking = await call(show_booking, principal, reference)
        self._show(booking, is_private=not await self._is_own(booking))
        await self._show_change(principal, booking)
