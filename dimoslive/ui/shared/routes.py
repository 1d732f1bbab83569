"""The addresses of the pages: Greek at the root, English under ``/en``."""

from dimoslive.domain.booking.draft import Step

PUBLIC_TEXTS = ("about", "faq", "contact", "privacy", "terms", "accessibility", "advice")


def localized(path: str, language: str) -> str:
    """A Greek path in another language: ``/faq`` → ``/en/faq``."""
    if language == "el":
        return path
    return f"/{language}" if path == "/" else f"/{language}{path}"


def language_of(path: str) -> str:
    """The language that an address is in."""
    return "en" if path == "/en" or path.startswith("/en/") else "el"


def other_language(path: str) -> str:
    """The same page in the other language."""
    if language_of(path) == "el":
        return localized(path, "en")
    return path.removeprefix("/en") or "/"


def step_path(step: Step | str, language: str) -> str:
    """A step of the wizard."""
    return localized(f"/booking/{step}", language)


def municipality_path(slug: str, language: str) -> str:
    """A municipality's public page."""
    return localized(f"/m/{slug}", language)


def sign_in_path(language: str, *, for_staff: bool = False) -> str:
    """The page that offers the sign-in."""
    return localized("/desk/sign-in" if for_staff else "/sign-in", language)


def meeting_path(language: str, query: str, *, for_staff: bool = False) -> str:
    """The teleconference; the query says of which booking."""
    return localized("/desk/meeting" if for_staff else "/meeting", language) + f"?{query}"


def my_bookings_path(language: str, reference: str = "") -> str:
    """The citizen's bookings, or one of them."""
    return localized(f"/my-bookings/{reference}" if reference else "/my-bookings", language)
