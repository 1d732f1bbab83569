import re
from urllib.parse import urlencode

import pytest

from dimoslive.domain.people.personal_data import MAX_NAME_LENGTH
from dimoslive.i18n.texts import texts_of
from dimoslive.integrations.identity.persons import ELENI, PERSONS
from tests.integrations.identity.simulated_site import CALLBACK, SimulatedSite, came_back

RIGHT = {
    "response_type": "code",
    "client_id": "dimos-app",
    "redirect_uri": CALLBACK,
    "scope": "read",
    "state": "a&b=ς",
}


def authorize(site: SimulatedSite, **changes: str) -> str:
    return f"{site.base}/oauth/authorize?{urlencode({**RIGHT, **changes})}"


@pytest.mark.parametrize(("lang", "language"), [("", "el"), ("el", "el"), ("en", "en"), ("xx", "el")])
async def test_the_page_is_in_the_asked_language(lang: str, language: str) -> None:
    site = SimulatedSite()
    page = await site.browser.get(authorize(site, **({"lang": lang} if lang else {})))
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert texts_of(language)("simulator.notice") in page.text
    assert f'hreflang="{"en" if language == "el" else "el"}"' in page.text


@pytest.mark.parametrize("realm", ["oauth2server", "oauth2servergov"])
async def test_the_page_says_which_gate_it_is(realm: str) -> None:
    site = SimulatedSite(realm)
    assert texts_of("el")(f"simulator.realm.{realm}") in (await site.browser.get(authorize(site))).text


async def test_the_page_offers_every_invented_person() -> None:
    site = SimulatedSite()
    page = await site.browser.get(authorize(site))
    assert re.findall(r'name="person" id="[\w-]+" value="(\w+)"', page.text) == [person.key for person in PERSONS]


async def test_the_public_servants_portal_names_its_own_people_first() -> None:
    site = SimulatedSite("oauth2servergov")
    page = (await site.browser.get(authorize(site))).text
    assert page.index("Υπάλληλοι</h3>") < page.index("Πολίτες και επιχειρήσεις</h3>")
    assert re.findall(r'value="(\w+)" checked', page) == ["georgios"]


async def test_the_language_link_and_the_form_keep_the_request() -> None:
    site = SimulatedSite()
    page = (await site.browser.get(authorize(site, lang="en"))).text
    action = re.search(r'<form method="post" action="([^"]+)"', page)
    assert action
    pressed = await site.browser.post(
        f"{site.base}/oauth/authorize" + action[1].replace("&amp;", "&"),
        data={"decision": "pick", "person": ELENI.key},
    )
    assert came_back(pressed)["state"] == RIGHT["state"]


async def test_looking_changes_nothing() -> None:
    site = SimulatedSite()
    page = await site.browser.get(authorize(site, decision="pick", person=ELENI.key))
    assert page.status_code == 200
    assert "location" not in page.headers
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"client_id": "another"}, "unknown_client"),
        ({"redirect_uri": "https://elsewhere.example/auth/callback"}, "foreign_redirect"),
        ({"redirect_uri": CALLBACK + "/"}, "foreign_redirect"),
        ({"redirect_uri": CALLBACK + "?x=1"}, "foreign_redirect"),
        ({"redirect_uri": ""}, "foreign_redirect"),
    ],
)
async def test_an_unknown_client_or_address_is_never_sent_on(
    method: str, changes: dict[str, str], problem: str
) -> None:
    site = SimulatedSite()
    form = {"decision": "pick", "person": ELENI.key} if method == "POST" else None
    answer = await site.browser.request(method, authorize(site, **changes), data=form)
    assert (answer.status_code, "location" in answer.headers) == (400, False)
    assert texts_of("el")(f"simulator.problem.{problem}") in answer.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "openid"}, "invalid_scope"),
    ],
)
async def test_a_request_that_the_provider_does_not_know_goes_back_with_its_error(
    changes: dict[str, str], error: str
) -> None:
    site = SimulatedSite()
    assert came_back(await site.browser.get(authorize(site, **changes))) == {"error": error, "state": RIGHT["state"]}


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("afm", "123456789", "invalid_afm"),
        ("afm", "000000000", "invalid_afm"),
        ("afm", "", "invalid_afm"),
        ("first_name", " ", "required"),
        ("first_name", "Α" * 251, "too_long"),
        ("first_name", "Α\x07Β", "control_characters"),
        ("last_name", "", "required"),
        ("last_name", "Α" * 251, "too_long"),
        ("last_name", "Α\x07Β", "control_characters"),
    ],
)
async def test_what_is_typed_wrong_is_said_at_its_field(language: str, field: str, value: str, code: str) -> None:
    site = SimulatedSite()
    typed = {"afm": "141414148", "first_name": "Άννα", "last_name": "Ρούσσου", field: value}
    answer = await site.browser.post(authorize(site, lang=language), data={"decision": "type", **typed})
    assert answer.status_code == 422
    text = texts_of(language)(f"simulator.error.{field}.{code}", max_length=MAX_NAME_LENGTH)
    assert f'<a class="govgr-link" href="#{field}">{text}</a>' in answer.text
    assert f'id="{field}-error"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert '<details class="govgr-details" open>' in answer.text
    assert all(f'value="{kept}"' in answer.text for name, kept in typed.items() if name != field)


async def test_what_is_typed_is_shown_as_text_only() -> None:
    site = SimulatedSite()
    typed = {"afm": "1", "first_name": '"><script>alert(1)</script>', "last_name": "x"}
    answer = await site.browser.post(authorize(site), data={"decision": "type", **typed})
    assert answer.status_code == 422
    assert "<script" not in answer.text


@pytest.mark.parametrize("form", [{}, {"person": "nobody"}, {"decision": "pick"}])
async def test_without_a_person_the_page_asks_again(form: dict[str, str]) -> None:
    site = SimulatedSite()
    answer = await site.browser.post(authorize(site), data=form)
    assert answer.status_code == 422
    assert 'href="#person-eleni"' in answer.text
