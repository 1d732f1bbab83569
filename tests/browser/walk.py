"""A citizen's way through the wizard, by the words that stand on the page."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect

from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import Slot
from dimoslive.i18n import texts_of
from dimoslive.i18n.dates import clock, full_day, month_title
from tests.browser.people import Person

SUBJECT = "Πιστοποιητικό εντοπιότητας"


class Walk:
    """The steps on one page, in one language. What it presses is found by role and name."""

    def __init__(self, page: Page, language: str = "el") -> None:
        self.page, self.t, self.language = page, texts_of(language), language
        self.base = "" if language == "el" else f"/{language}"

    def to_mode(self, municipality: str = "kavala", service: str = "") -> None:
        """By the deep link, as gov.gr has it."""
        self.page.goto(f"{self.base}/booking/mode?municipality={municipality}" + (service and f"&service={service}"))
        self.see("mode.title")

    def to_calendar(self, mode: Mode = Mode.VIDEO, **place: str) -> None:
        """Service and mode are chosen."""
        self.to_mode(**place)
        self.button(f"mode.{mode}").click()
        expect(self.button(f"mode.{mode}")).to_have_attribute("aria-pressed", "true")
        self.go_on("calendar.title")

    def to_details(self, slot: Slot, mode: Mode = Mode.VIDEO, **place: str) -> None:
        """A time is held."""
        self.to_calendar(mode, **place)
        self.choose_time(slot)
        self.go_on("details.title")

    def to_consent(self, person: Person, slot: Slot, mode: Mode = Mode.VIDEO, **place: str) -> None:
        """The details are given."""
        self.to_details(slot, mode, **place)
        self.fill_in(email=person.email, phone="691 234 5678", subject=SUBJECT)
        self.go_on("consent.title")

    def sign_in_at_the_simulator(self, person: Person) -> None:
        """From our page that offers the sign-in, there and back."""
        # A press before the page knows the way back would lead to the front page.
        expect(self.page.locator("main input[name=next]")).not_to_have_value("/")
        self.page.get_by_role("main").get_by_role("button", name=self.t("layout.sign_in")).click()
        expect(self.page.get_by_role("heading", name=self.t("simulator.title"))).to_be_visible()
        self.page.get_by_text(self.t("simulator.type")).click()
        for name in ("afm", "first_name", "last_name"):
            field = self.page.get_by_role("textbox", name=self.t(f"simulator.field.{name}"))
            field.fill(getattr(person, name))
        self.button("simulator.sign_in_typed").click()

    def book(self, key: str = "consent.book") -> None:
        """Agree, and press the button."""
        self.page.get_by_role("checkbox", name=self.t("consent.tick")).check()
        self.button(key).click()
        expect(self.page).to_have_url(re.compile(r"/booking/confirmation\?reference="))

    def choose_time(self, slot: Slot) -> None:
        """Its month, its day, then the time itself."""
        self.choose_day(slot)
        self.time(slot).click()
        expect(self.time(slot)).to_have_attribute("aria-pressed", "true")

    def choose_day(self, slot: Slot) -> None:
        """Its month, then its day."""
        on = local_day(slot.starts_at, ATHENS)
        self.show_month(on)
        # The day that is chosen already needs no press, whose answer nothing would show.
        if self.day(on).get_attribute("aria-pressed") != "true":
            self.day(on).click()
        expect(self.day(on)).to_have_attribute("aria-pressed", "true")

    def show_month(self, on: date) -> None:
        """Leaf to the month of a day."""
        title = self.page.get_by_role("heading", name=month_title(on, self.language), exact=True)
        months = self.page.get_by_role("grid")
        expect(months).to_be_visible()
        for _ in range(3):
            if title.is_visible():
                return
            shown = self.page.locator("#month-title").inner_text()
            self.button("calendar.next_month").click()
            expect(self.page.locator("#month-title")).not_to_have_text(shown)
        expect(title).to_be_visible()

    def day(self, on: date) -> Locator:
        """A day of the grid, however many times it has."""
        return self.page.get_by_role("button", name=f"{full_day(on, self.language)}, ")

    def time(self, slot: Slot) -> Locator:
        """A time of the day on view."""
        return self.page.get_by_role("button", name=clock(slot.starts_at, self.language), exact=True)

    def fill_in(self, **fields: str) -> None:
        """Type into the fields of the details."""
        for name, text in fields.items():
            self.field(name).fill(text)

    def field(self, name: str) -> Locator:
        """A field of the details."""
        return self.page.get_by_role("textbox", name=self.t(f"details.{name}"), exact=True)

    def go_on(self, key: str) -> None:
        """«Συνέχεια»; the next step has answered when its heading has the focus."""
        self.button("continue").click()
        self.see(key)
        expect(self.page.locator("#step-title")).to_be_focused()

    def pick(self, name: str) -> None:
        """One of several; it is chosen when the server says so."""
        choice = self.page.get_by_role("radio", name=name)
        choice.click()
        expect(choice).to_be_checked()

    def button(self, key: str) -> Locator:
        """A button by its text's key."""
        return self.page.get_by_role("button", name=self.t(key), exact=True)

    def told(self, text: str) -> Locator:
        """A refusal on the page, by some of its words."""
        return self.page.get_by_role("alert").filter(has_text=text)

    def see(self, key: str, **params: str) -> None:
        """The page's heading, and the content below it."""
        expect(self.page.get_by_role("heading", name=self.t(key, **params), level=1, exact=True)).to_be_visible()
        expect(self.page.get_by_text(self.t("loading"))).to_have_count(0)
