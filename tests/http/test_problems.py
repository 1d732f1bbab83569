import logging

import pytest

from dimoslive.domain.errors import (
    DomainError,
    InvalidInput,
    NotFound,
    NotSignedIn,
    SignInForged,
    SignInRefused,
    SignInUnavailable,
    SignInUnreadable,
    SlotTaken,
    TooLate,
    TooManyAttempts,
)
from dimoslive.http.problems import status_of
from tests.http.site import Site

IN_A_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (SignInForged(), 400),
        (NotSignedIn(), 401),
        (SignInRefused(), 403),
        (NotFound(), 404),
        (SlotTaken(), 409),
        (TooLate(), 409),
        (InvalidInput("email", "invalid_email"), 422),
        (TooManyAttempts(minutes=10), 429),
        (SignInUnreadable(), 502),
        (SignInUnavailable(), 503),
    ],
)
def test_a_refusal_has_the_status_that_programs_understand(refusal: DomainError, status: int) -> None:
    assert status_of(refusal) == status


async def test_an_unknown_address_is_not_found(site: Site) -> None:
    for address in ("/api/nothing", "/api/municipalities/", "/auth/", "/dev/", "/simulator/x"):
        answer = await site.browser().get(address)
        assert (answer.status_code, answer.json()) == (404, {"code": "not_found"})


async def test_a_wrong_method_is_told_the_right_one(site: Site) -> None:
    answer = await site.browser().post("/api/municipalities")
    assert (answer.status_code, answer.json()) == (405, {"code": "method_not_allowed"})
    assert answer.headers["Allow"] == "GET"


async def test_a_person_gets_a_page_in_both_languages(site: Site) -> None:
    answer = await site.browser().get("/api/links/old/calendar.ics", headers=IN_A_BROWSER)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Η σελίδα δεν βρέθηκε" in answer.text
    assert "Page not found" in answer.text


async def test_the_page_of_a_problem_begins_in_the_reader_s_language(site: Site) -> None:
    for wanted, first, second in (("en", "Page not found", "Η σελίδα"), ("", "Η σελίδα", "Page not found")):
        headers = IN_A_BROWSER | {"Accept-Language": wanted}
        text = (await site.browser().get("/api/links/old/calendar.ics", headers=headers)).text
        assert f'<html lang="{wanted or "el"}">' in text
        assert text.index(first) < text.index(second)


async def test_a_page_has_words_for_every_refusal(site: Site) -> None:
    answer = await site.browser().get("/auth/sign-out", headers=IN_A_BROWSER)
    assert answer.status_code == 405
    assert "Το αίτημα δεν έγινε δεκτό" in answer.text


@pytest.mark.parametrize("headers", [{}, IN_A_BROWSER])
async def test_a_mistake_of_ours_gets_a_reference_and_tells_nothing_else(
    site: Site, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    site.lose_database()
    with caplog.at_level(logging.ERROR, "dimoslive.http"):
        answer = await site.browser().get("/api/links/secret-token/calendar.ics", headers=headers)
    assert answer.status_code == 500
    [record] = [record for record in caplog.records if record.name == "dimoslive.http.problems"]
    reference = record.getMessage().split()[-1]
    assert reference in answer.text
    assert "sqlite" not in answer.text.lower()
    assert "attempts" not in answer.text
    assert "secret-token" not in caplog.text
    if not headers:
        assert answer.json() == {"code": "unexpected", "reference": reference}
