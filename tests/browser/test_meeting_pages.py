"""The pages of the teleconference in both languages, on a desk's screen and on a phone's."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dimoslive.i18n import LANGUAGES
from tests.browser.barriers import barriers
from tests.browser.greek import unmarked_greek
from tests.browser.meeting_tour import meeting_tour
from tests.browser.meeting_walk import WITH_CAMERA, Attendee
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.small_screen import PHONE, misfits


@pytest.mark.parametrize("screen", ["wide", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_meeting_s_pages_fit_have_no_barriers_and_keep_their_language(
    visit: Callable[..., Page], cameras: list[Browser], kavala: Office, language: str, screen: str
) -> None:
    person = a_person("Ελένη Παπακωνσταντινοπούλου-Χατζηγεωργίου")
    options: dict[str, Any] = WITH_CAMERA | (PHONE if screen == "phone" else {})
    one = Attendee(visit(person, browser=cameras[0], **options), language)
    other = Attendee(visit(browser=cameras[1], official="georgios", **options), language)

    found = []
    for place, page in meeting_tour(one, other, person, kavala):
        found += barriers(page, [place])
        if page.evaluate("document.querySelector('.call') && document.documentElement.scrollHeight > innerHeight"):
            found.append(f"{place}: the page of the call scrolls")
        if screen == "phone":
            found += misfits(page, [place])
        if language == "en":
            found += unmarked_greek(page, [place])

    assert found == []
