"""The officials' sign-in page: why they are here, and where it leads."""

from typing import Any

import pytest

from dimoslive.i18n import texts_of
from dimoslive.settings import Settings
from dimoslive.ui.staff.account.sign_in import StaffSignInState, staff_sign_in
from tests.support.world import Town
from tests.ui.opened import a_page, press


@pytest.fixture
def town(open_town: Town) -> Town:
    return open_town


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
async def test_the_sign_in_leads_back_to_a_page_of_ours(town: Town, path: str, return_to: str) -> None:
    page = a_page(StaffSignInState, town, path)

    await press(page, "load")

    assert page.return_to == return_to


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/desk/sign-in?problem=not_an_official", "Δεν είστε στον κατάλογο υπαλλήλων"),
        ("/en/desk/sign-in?problem=not_an_official", "You are not"),
        ("/desk/sign-in?problem=sign_in_refused", "Η σύνδεση δεν ολοκληρώθηκε"),
        ("/desk/sign-in?problem=rights_changed", "Τα δικαιώματά σας άλλαξαν."),
        ("/en/desk/sign-in?problem=sign_in_unavailable", "The sign-in service does not answer"),
    ],
)
async def test_the_sign_in_says_what_went_wrong(town: Town, path: str, words: str) -> None:
    page = a_page(StaffSignInState, town, path)

    await press(page, "load")

    assert page.problem.startswith(words)


async def test_the_sign_in_repeats_nothing_that_an_address_invents(town: Town) -> None:
    page = a_page(StaffSignInState, town, "/desk/sign-in?problem=Call+210+000+0000")

    await press(page, "load")

    assert page.problem == ""


OPENID = {"oidc_issuer": "https://idp.example", "oidc_client_id": "dimos", "oidc_client_secret": "secret"}


@pytest.mark.parametrize(("settings", "has_openid"), [({}, False), (OPENID, True)])
def test_the_municipality_s_own_accounts_are_offered_where_there_are_some(
    settings: dict[str, Any], has_openid: bool
) -> None:
    shown = str(staff_sign_in(texts_of("en"), Settings(_env_file=None, **settings)))
    assert "Sign in with public administration credentials" in shown
    assert ("/auth/staff/openid/sign-in" in shown) is has_openid
