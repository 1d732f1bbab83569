"""Every address that is sent to somebody, or that each language has: Greek at the root, English under ``/en``."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from dimoslive.domain.booking.draft import Step
from dimoslive.i18n import LANGUAGES

AUTH = "/auth"
STAFF_AUTH = "/auth/staff"
STAFF_OPENID_AUTH = "/auth/staff/openid"
"""Under these are the routes of the sign-in and the sign-out, each realm's own."""


API_V1 = "/api/v1"
"""Under it is what programs ask for."""


def localized(path: str, language: str) -> str:
    """A Greek path in another language: ``/faq`` → ``/en/faq``."""
    return f"/{language}{path}".rstrip("/") if language in LANGUAGES[1:] else path


def language_of(address: str) -> str:
    """The language that an address is in."""
    first = address.partition("?")[0].split("/")[1:2]
    return first[0] if first and first[0] in LANGUAGES[1:] else LANGUAGES[0]


def other_language(path: str) -> str:
    """The same page in the other language."""
    greek, english = LANGUAGES
    return localized(path, english) if language_of(path) == greek else path.removeprefix(f"/{english}") or "/"


def step_path(step: Step | str, language: str) -> str:
    """A step of the wizard."""
    return localized(f"/booking/{step}", language)


EMBED = "/embed"
"""Under it is all that stands in a frame of a municipality's own site, and the window beside it."""
FRAMED_PAGES = ("services", "mode", "calendar", "details", "consent", "confirmation", "card")
WINDOW_PAGES = ("sign-in", "return", "continue")


def embed_path(page: str, language: str, **query: str) -> str:
    """A page in a frame, such as ``mode``; the municipality is its ``m``. What is empty is not asked."""
    asked = urlencode({name: value for name, value in query.items() if value})
    path = localized(f"{EMBED}/{page}", language)
    return f"{path}?{asked}" if asked else path


def embedded_page(path: str) -> str:
    """The page in a frame, or of the window beside it, that a path is the address of; empty for all others."""
    greek = path.removeprefix("/en").rstrip("/")
    page = greek.removeprefix(f"{EMBED}/")
    return page if greek == f"{EMBED}/{page}" and page in (*FRAMED_PAGES, *WINDOW_PAGES) else ""


def municipality_path(slug: str, language: str) -> str:
    """A municipality's public page."""
    return localized(f"/m/{slug}", language)


def book_service_path(municipality: str, service: str, language: str, mode: str = "") -> str:
    """The step of a booking at which the service is chosen, with it chosen already, and the mode, if it is given."""
    asked = urlencode({"municipality": municipality, "service": service} | ({"mode": mode} if mode else {}))
    return f"{step_path('mode', language)}?{asked}"


def my_bookings_path(language: str, reference: str = "") -> str:
    """The citizen's bookings, or one of them."""
    return localized(f"/my-bookings/{reference}" if reference else "/my-bookings", language)


def linked_booking_path(token: str, language: str) -> str:
    """The booking of a mail's link."""
    return localized(f"/b/{token}", language)


def desk_path(language: str) -> str:
    """The officials' day."""
    return localized("/desk", language)


def desk_list_path(name: str, language: str) -> str:
    """A page beside the officials' day, such as ``week``, ``calls``, ``unrecorded``, ``export`` and ``figures``."""
    return localized(f"/desk/{name}", language)


def duties_path(language: str, return_to: str = "") -> str:
    """Where officials read their duties, and where to go afterwards."""
    path = localized("/desk/duties", language)
    return f"{path}?{urlencode({'next': return_to}, safe='', quote_via=quote)}" if return_to else path


def settings_path(path: str, municipality: str, language: str, **query: str) -> str:
    """A page of the set-up, such as ``departments/3``, for a municipality named by its slug."""
    asked = urlencode({"m": municipality} | query)
    return f"{localized(f'/admin/{path}', language)}?{asked}"


def task_path(task: str, language: str) -> str:
    """A task on the way to publishing; the municipality is asked for behind it."""
    return localized(f"/admin/setup/{task}", language)


def public_figures_path(language: str) -> str:
    """In how many days each municipality can be visited, for anybody."""
    return localized("/figures", language)


DAYS_TO_NEXT = f"{API_V1}/figures/days-to-next"
"""The same for programs; with ``.csv`` behind it as a file."""


def platform_path(language: str, slug: str = "") -> str:
    """All municipalities, or one of them, for those who run the installation."""
    return localized(f"/platform/{slug}" if slug else "/platform", language)


def found_booking_path(reference: str, language: str, municipality: str) -> str:
    """A booking as officials see it, in a municipality named by its slug."""
    return f"{localized(f'/desk/booking/{reference}', language)}?m={municipality}"


def new_booking_path(language: str, slug: str, service_id: int, mode: str, starts_at: datetime) -> str:
    """A new booking at a time; `asked_start` reads the time."""
    query = {"m": slug, "service": service_id, "mode": mode, "at": f"{starts_at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"}
    return f"{localized('/desk/new', language)}?{urlencode(query)}"


def same_booking_path(language: str, slug: str, service_id: int, mode: str, reference: str) -> str:
    """A new booking for the person of another one, whom the address does not name."""
    query = {"m": slug, "service": service_id, "mode": mode, "same": reference}
    return f"{localized('/desk/new', language)}?{urlencode(query)}"


def asked_start(at: str) -> datetime | None:
    """The start that an address of `new_booking_path` names; None for anything else."""
    try:
        return datetime.strptime(at, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def desk_move_path(reference: str, slug: str, language: str) -> str:
    """Where an official moves a booking."""
    return f"{localized(f'/desk/booking/{reference}/move', language)}?m={slug}"


EXPORT_FILE = "/api/desk/export"
"""Where the form of an export is posted to."""

FIGURES_FILE = "/api/desk/figures"
"""Where the page of figures has its files."""

CALLS_FILE = "/api/desk/calls"
"""Where the page of calls asks for its file."""


HISTORY_FILE = "/api/admin/history"
CLOSURES_FILE = "/api/admin/closures"
"""Where the history of the set-up is asked for as a file: posted, because each file is logged."""


IMPORT_FILE = "/api/admin/import"
"""Where a file to be imported is posted to. Under it are the report and the empty file."""
IMPORT_REPORT = f"{IMPORT_FILE}/report.csv"
IMPORT_TEMPLATE = f"{IMPORT_FILE}/template.csv"


CREST_FILE = "/api/admin/crest"
"""Where the picture of a municipality's crest is posted to."""


API_V1 = "/api/v1"
"""Under it is what programs of others may rely on."""
API_DOCS = "/api/docs"


def problem_path(code: str) -> str:
    """The page that explains a problem of the API."""
    return f"/api/problems/{code}"


def crest_path(slug: str, png_hash: str = "") -> str:
    """A municipality's crest; with its hash it can be kept for good."""
    path = f"/api/municipalities/{slug}/crest.png"
    return f"{path}?v={png_hash}" if png_hash else path


EMBED_SCRIPT = "/embed.js"
"""What brings our elements into the pages of other sites."""


def pinned_script_path(pin: str) -> str:
    """The same for good: another script has another address."""
    return f"/embed.{pin}.js"


EMBED_CHECK = "/embed/check"
"""Where an element that sees nothing asks how the page around it stands."""


def embedded_services_path(language: str) -> str:
    """The first page in a frame of another site; the query names municipality, service and mode."""
    return localized("/embed/services", language)


def import_path(language: str) -> str:
    """The page on which a municipality imports files."""
    return localized("/admin/import", language)


def meeting_path(language: str, query: str = "", *, for_staff: bool = False) -> str:
    """The teleconference; the query says of which booking, by ``reference``, ``link`` or ``guest``."""
    path = localized("/desk/meeting" if for_staff else "/meeting", language)
    return f"{path}?{query}" if query else path


def sign_in_path(language: str, *, for_staff: bool = False, return_to: str = "", problem: str = "") -> str:
    """The page that offers the sign-in: where that is to lead, and what went wrong."""
    path = localized("/desk/sign-in" if for_staff else "/sign-in", language)
    query = {name: value for name, value in (("next", return_to), ("problem", problem)) if value}
    return f"{path}?{urlencode(query, safe='', quote_via=quote)}" if query else path


def calendar_file_path(reference: str) -> str:
    """The calendar file of a citizen's booking."""
    return f"/api/bookings/{reference}/calendar.ics"


def linked_calendar_file_path(token: str) -> str:
    """The calendar file of the booking of a mail's link."""
    return f"/api/links/{token}/calendar.ics"


def feed_path(token: str) -> str:
    """A calendar that officials' programs fetch; the token is a secret."""
    return f"/feeds/{token}/mydimoslive.ics"


@dataclass(frozen=True, slots=True, repr=False)
class MailLinks:
    """Absolute addresses. All but the last two carry secrets; ``join`` is shown for a booking by video alone."""

    page: str
    move: str
    cancel: str
    join: str
    my_bookings: str
    advice: str

    @property
    def take(self) -> str:
        """To the earlier time that is offered: opening shows it, pressing acts."""
        return f"{self.page}?do=take"

    @property
    def keep(self) -> str:
        """The same, for who keeps the own time."""
        return f"{self.page}?do=keep"

    @property
    def leave(self) -> str:
        """To the waiting list, for who leaves it."""
        return f"{self.page}?do=leave"


def mail_links(public_url: str, token: str, language: str) -> MailLinks:
    """The addresses that a booking's mail carries."""
    page = public_url + linked_booking_path(token, language)
    return MailLinks(
        page=page,
        move=f"{page}?do=move",
        cancel=f"{page}?do=cancel",
        join=public_url + meeting_path(language, f"link={token}"),
        my_bookings=calendar_page_url(public_url, language),
        advice=public_url + localized("/advice", language),
    )


def welcome_links(public_url: str, slug: str) -> dict[str, str]:
    """Where a new administrator signs in and then finds the tasks, by language."""
    return {
        language: public_url
        + sign_in_path(language, for_staff=True, return_to=f"{localized('/admin', language)}?m={slug}")
        for language in LANGUAGES
    }


def calendar_page_url(public_url: str, language: str) -> str:
    """The page that a booking's calendar entries name, whichever way they came: by another they would be two."""
    return public_url + my_bookings_path(language)
