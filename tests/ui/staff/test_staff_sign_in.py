"""The officials' sign-in page: where it leads, and what it says."""

import pytest

from dimoslive.ui.staff.day.state import StaffSignInState
from tests.support.world import Town
from tests.ui.opened import a_page, press


@pytest.mark.parametrize(
    ("path", "return_to"),
    [
        ("/desk/sign-in", "/desk"),
        ("/en/desk/sign-in", "/en/desk"),
        ("/desk/sign-in?next=/desk/meeting%3Freference%3DK7PM3XQ9", "/desk/meeting?reference=K7PM3XQ9"),
        ("/desk/sign-in?next=//evil.example/", "/"),
        ("/desk/sign-in?next=https://evil.example/", "/"),
    ],
)
async def test_the_sign_in_leads_back_to_a_page_of_ours(open_town: Town, path: str, return_to: str) -> None:
    page = a_page(StaffSignInState, open_town, path)

    await press(page, "load")

    assert page.return_to == return_to


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/desk/sign-in?problem=not_an_official", "Δεν είστε στον κατάλογο υπαλλήλων"),
        ("/en/desk/sign-in?problem=not_an_official", "You are not"),
        ("/desk/sign-in?problem=sign_in_refused", "Η σύνδεση δεν ολοκληρώθηκε"),
    ],
)
async def test_the_sign_in_says_what_went_wrong(open_town: Town, path: str, words: str) -> None:
    page = a_page(StaffSignInState, open_town, path)

    await press(page, "load")

    assert page.problem.startswith(words)


async def test_the_sign_in_repeats_nothing_that_an_address_invents(open_town: Town) -> None:
    page = a_page(StaffSignInState, open_town, "/desk/sign-in?problem=Call+210+000+0000")

    await press(page, "load")

    assert page.problem == ""
