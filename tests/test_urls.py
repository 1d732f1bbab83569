import pytest

from dimoslive.i18n import LANGUAGES
from dimoslive.urls import calendar_page_url, language_of, localized, mail_links, other_language, sign_in_path

SITE = "https://dimos.example"


@pytest.mark.parametrize(
    ("path", "language"), [("/english", "el"), ("/en", "en"), ("/en/faq", "en"), ("/en?a=1", "en"), ("", "el")]
)
def test_only_the_first_word_of_an_address_is_its_language(path: str, language: str) -> None:
    assert language_of(path) == language


def test_the_front_page_keeps_its_plain_address_in_greek() -> None:
    assert (localized("/", "el"), localized("/", "en"), other_language("/en")) == ("/", "/en", "/")


def test_a_mail_leads_to_pages_in_its_language() -> None:
    greek, english = (mail_links(SITE, "s3cret", language) for language in LANGUAGES)
    assert (greek.page, english.page) == (f"{SITE}/b/s3cret", f"{SITE}/en/b/s3cret")
    assert english.cancel == f"{english.page}?do=cancel"
    assert english.join == f"{SITE}/en/meeting?link=s3cret"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_and_a_downloaded_file_name_the_same_page(language: str) -> None:
    assert mail_links(SITE, "s3cret", language).my_bookings == calendar_page_url(SITE, language)


def test_the_way_back_from_the_sign_in_is_one_word_of_its_address() -> None:
    address = sign_in_path("en", for_staff=True, return_to="/en/desk?a=1&b=2", problem="session_over")
    assert address == "/en/desk/sign-in?next=%2Fen%2Fdesk%3Fa%3D1%26b%3D2&problem=session_over"
