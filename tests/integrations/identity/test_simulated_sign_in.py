import pytest

from dimoslive.domain.errors import SignInRefused, SignInUnreadable
from dimoslive.integrations.identity.persons import (
    BUSINESS,
    ELENI,
    GEORGIOS,
    MARIA,
    NAMELESS_BUSINESS,
    NIKOLAOS,
    PERSONS,
    Person,
)
from dimoslive.integrations.identity.simulator_grants import CODE_LIFETIME, TOKEN_LIFETIME
from tests.integrations.identity.simulated_site import CALLBACK, SECRET, SITE, SimulatedSite, came_back

NAMED = [person for person in PERSONS if person.last_name]


@pytest.mark.parametrize("realm", ["oauth2server", "oauth2servergov"])
@pytest.mark.parametrize("person", NAMED, ids=lambda person: person.key)
@pytest.mark.parametrize("token_in", ["header", "query"])
async def test_a_picked_person_comes_back_as_the_provider_writes_them(
    realm: str, person: Person, token_in: str
) -> None:
    site = SimulatedSite(realm)
    answer = came_back(await site.press(decision="pick", person=person.key))
    assert answer["state"] == "the-state"
    identity = await site.provider(token_in=token_in).fetch_identity(answer["code"], CALLBACK)
    assert identity == person.identity


@pytest.mark.parametrize(
    ("person", "afm", "first_name", "last_name"),
    [
        (ELENI, "123456783", "ΕΛΕΝΗ", "ΠΑΠΑΔΟΠΟΥΛΟΥ"),
        (GEORGIOS, "135724681", "ΓΕΩΡΓΙΟΣ", "ΝΙΚΟΛΑΪΔΗΣ"),
        (MARIA, "171717171", "ΜΑΡΙΑ", "ΟΙΚΟΝΟΜΟΥ"),
        (NIKOLAOS, "024681354", "ΝΙΚΟΛΑΟΣ", "ΚΑΡΑΓΙΑΝΝΗΣ"),
        (BUSINESS, "999000111", "", "ΑΙΓΑΙΟ & ΣΙΑ Ο.Ε."),
    ],
    ids=lambda value: value.key if isinstance(value, Person) else "",
)
def test_invented_persons_are_who_we_think(person: Person, afm: str, first_name: str, last_name: str) -> None:
    identity = person.identity
    assert (identity.afm.digits, identity.first_name, identity.last_name) == (afm, first_name, last_name)


def test_invented_persons_differ_in_key_and_afm() -> None:
    assert (
        len({person.key for person in PERSONS}) == len({person.afm.digits for person in PERSONS}) == len(PERSONS) == 16
    )


async def test_an_account_without_any_name_is_unreadable() -> None:
    site = SimulatedSite()
    with pytest.raises(SignInUnreadable):
        await site.provider().fetch_identity(await site.code_for(NAMELESS_BUSINESS), CALLBACK)


async def test_a_typed_person_signs_in() -> None:
    site = SimulatedSite()
    pressed = await site.press(
        decision="type", afm="141414148", first_name='Άννα "Α" <b>', last_name="Λαμπράκη-Ρούσσου"
    )
    identity = await site.provider().fetch_identity(came_back(pressed)["code"], CALLBACK)
    assert identity.afm.digits == "141414148"
    assert (identity.first_name, identity.last_name) == ('ΑΝΝΑ "Α" <B>', "ΛΑΜΠΡΑΚΗ-ΡΟΥΣΣΟΥ")


async def test_refusing_comes_back_as_access_denied() -> None:
    answer = came_back(await SimulatedSite().press(decision="refuse", person=ELENI.key))
    assert answer["error"] == "access_denied"
    assert answer["state"] == "the-state"
    assert "code" not in answer


async def test_a_code_works_once() -> None:
    site = SimulatedSite()
    code = await site.code_for(ELENI)
    assert await site.provider().fetch_identity(code, CALLBACK) == ELENI.identity
    with pytest.raises(SignInRefused):
        await site.provider().fetch_identity(code, CALLBACK)


async def test_a_code_ends_with_its_time() -> None:
    site = SimulatedSite()
    in_time, late = await site.code_for(ELENI), await site.code_for(MARIA)
    site.clock.advance(seconds=CODE_LIFETIME.total_seconds() - 1)
    assert await site.provider().fetch_identity(in_time, CALLBACK) == ELENI.identity
    site.clock.advance(seconds=1)
    with pytest.raises(SignInRefused):
        await site.provider().fetch_identity(late, CALLBACK)


async def test_a_code_belongs_to_its_return_address_and_realm() -> None:
    site = SimulatedSite()
    with pytest.raises(SignInRefused):
        await site.provider().fetch_identity(await site.code_for(ELENI), f"{CALLBACK}/")
    with pytest.raises(SignInRefused):
        await site.provider(realm="oauth2servergov").fetch_identity(await site.code_for(ELENI), CALLBACK)


@pytest.mark.parametrize("code", ["", "unknown", "κωδικός", "with\nbreak", "x" * 5000])
async def test_a_code_that_the_provider_did_not_give_is_refused(code: str) -> None:
    with pytest.raises(SignInRefused):
        await SimulatedSite().provider().fetch_identity(code, CALLBACK)


async def test_a_wrong_secret_is_refused() -> None:
    site = SimulatedSite()
    with pytest.raises(SignInRefused):
        await site.provider(client_secret="another").fetch_identity(await site.code_for(ELENI), CALLBACK)


async def test_the_secret_counts_in_the_body_only() -> None:
    site = SimulatedSite()
    code = await site.code_for(ELENI)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    in_header = await site.browser.post(f"{site.base}/oauth/token", data=form, auth=("dimos-app", "secret"))
    assert (in_header.status_code, in_header.json()["error"]) == (401, "invalid_client")
    in_body = await site.browser.post(
        f"{site.base}/oauth/token", data={**form, "client_id": "dimos-app", "client_secret": SECRET}
    )
    assert in_body.status_code == 200
    assert in_body.json().keys() >= {"access_token", "token_type", "expires_in"}


async def test_an_expired_token_is_answered_with_json() -> None:
    site = SimulatedSite()
    token = (await site.exchange(code=await site.code_for(ELENI))).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    fresh = await site.browser.get(f"{site.base}/userinfo?format=xml", headers=bearer)
    assert (fresh.status_code, fresh.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    site.clock.advance(seconds=TOKEN_LIFETIME.total_seconds())
    late = await site.browser.get(f"{site.base}/userinfo?format=xml", headers=bearer)
    assert (late.status_code, late.json()["error"]) == (401, "invalid_token")


async def test_answers_have_the_habits_of_the_real_provider() -> None:
    site = SimulatedSite()

    async def answer_about(person: Person) -> str:
        token = (await site.exchange(code=await site.code_for(person))).json()["access_token"]
        return (await site.browser.get(f"{site.base}/userinfo?format=xml&access_token={token}")).text

    assert 'taxid="123456783   ' in await answer_about(ELENI)
    assert 'lastname="ΝΙΚΟΛΑΪΔΗΣ ' in await answer_about(GEORGIOS)
    assert ' \n"' in await answer_about(GEORGIOS)
    assert 'firstname="&#924;&#913;&#929;&#921;&#913; ' in await answer_about(MARIA)
    assert "fathername=" in await answer_about(NIKOLAOS)
    nameless = await answer_about(NAMELESS_BUSINESS)
    assert "taxid=" in nameless
    assert not any(f"{name}=" in nameless for name in ("lastname", "firstname", "fathername", "birthyear"))


async def test_signing_out_returns_to_the_site() -> None:
    site = SimulatedSite()
    for return_to in (SITE, f"{SITE}/", f"{SITE}/en/?signed-out=1&x=ά"):
        answer = await site.browser.get(site.provider().logout_url(return_to))
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(SITE)


@pytest.mark.parametrize(
    "return_to",
    [
        "",
        "https://elsewhere.example/",
        f"{SITE}.elsewhere.example/",
        f"{SITE}@elsewhere.example/",
        "//elsewhere.example",
    ],
)
async def test_signing_out_with_a_foreign_return_is_refused(return_to: str) -> None:
    site = SimulatedSite()
    answer = await site.browser.get(site.provider().logout_url(return_to))
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "ξένη διεύθυνση" in answer.text


async def test_signing_out_of_an_unknown_client_is_refused() -> None:
    site = SimulatedSite()
    answer = await site.browser.get(site.provider(client_id="another").logout_url(SITE))
    assert (answer.status_code, "location" in answer.headers) == (400, False)
