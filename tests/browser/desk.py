"""An official at the day, in one browser."""

from playwright.sync_api import Locator, expect

from dimoslive.domain.booking.statuses import BookingStatus
from tests.browser.people import Person
from tests.browser.walk import Walk

LIVE_MS = 5000


class Desk(Walk):
    """An official at the day."""

    def open(self, query: str = "") -> None:
        """The day of Kavala."""
        self.page.goto(f"{self.base}/desk?m=kavala{query}")
        expect(self.page.locator("#day-title")).to_be_visible()

    def row(self, person: Person) -> Locator:
        """A person's line."""
        return self.page.locator("[data-reference]").filter(has_text=person.last_name_first)

    def strip(self, person: Person) -> Locator:
        """A person who waits."""
        return self.page.locator("#waiting").get_by_role("listitem").filter(has_text=person.last_name_first)

    def says(self, key: str, **words: str) -> None:
        """What the last press did."""
        expect(self.page.locator(".answer > [role=status]")).to_have_text(self.t(key, **words))

    def is_now(self, person: Person, status: BookingStatus) -> None:
        """The line says so, without a reload."""
        expect(self.row(person).locator(".tag")).to_have_text(self.t(f"desk.status.{status}"), timeout=LIVE_MS)
