"""A browser profile: its page, its sign-in, and what went wrong in it."""

import re
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.people import Person
from tests.browser.site import Site


class Visitor:
    """A visitor in Greece with a wide screen, unless ``options`` of the profile say otherwise.

    ``expected`` is a pattern of errors that belong to the story.
    """

    def __init__(self, browser: Browser, site: Site, patience_ms: int, *, expected: str = "", **options: Any) -> None:
        usual: dict[str, Any] = {
            "locale": "el-GR",
            "timezone_id": "Europe/Athens",
            "viewport": {"width": 1280, "height": 900},
        }
        self._context = browser.new_context(base_url=site.url, **(usual | options))
        self._context.set_default_timeout(patience_ms)
        self._clock = site.clock
        self._expected = expected
        self.errors: list[str] = []
        self._context.on("console", self._note_console)
        self._context.on("weberror", lambda error: self._note(str(error.error)))
        self.page: Page = self._context.new_page()
        self._context.add_init_script(self._clock.page_script(self.page))
        self._clock.watch(self._follow_clock)

    def sign_in(self, person: Person) -> None:
        """Through the simulator, without looking at its page."""
        requests = self._context.request
        page = requests.get("/auth/sign-in", params={"next": "/faq"})
        answer = requests.post(
            page.url,
            form={
                "decision": "type",
                "afm": person.afm,
                "first_name": person.first_name,
                "last_name": person.last_name,
            },
        )
        assert answer.url.endswith("/faq"), answer.url

    def sign_in_as_official(self, key: str) -> None:
        """The same for an official among the simulator's persons."""
        requests = self._context.request
        page = requests.get("/auth/staff/sign-in", params={"next": "/faq"})
        answer = requests.post(page.url, form={"decision": "pick", "person": key})
        assert answer.url.endswith("/faq"), answer.url

    def _follow_clock(self, by_ms: int) -> None:
        move = f"window.moveClock({by_ms})"
        self._context.add_init_script(move)
        for page in self._context.pages:
            page.evaluate(move)

    def close(self) -> None:
        """End the profile."""
        self._clock.unwatch(self._follow_clock)
        self._context.close()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"{message.text} ({message.location.get('url')})")

    def _note(self, error: str) -> None:
        if not (self._expected and re.search(self._expected, error)):
            self.errors.append(error)
