"""The tour of the demo, as a newcomer takes it: a desk, a citizen, a caller, the telephone, another town."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.integrations.identity.persons import ELENI
from tests.browser.clock import STORY_BEGINS
from tests.browser.desk import Desk
from tests.browser.meeting_walk import WITH_CAMERA, Attendee
from tests.browser.people import Person
from tests.browser.site import Site, serve


class Typed(Person):
    """Somebody whom the demo names, without an account: the name stands as it was typed."""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    last_name_first = name


OLGA, DIMITRA = Typed("", "Όλγα", "Ρήγα"), Typed("", "Δήμητρα", "Βλάχου")
ELENI_AT_HOME = Person(ELENI.afm.digits, ELENI.first_name, ELENI.last_name)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, with the demo's living day: elsewhere each story makes what it tells of."""
    with serve(tmp_path_factory.mktemp("demo"), lambda _line: None, has_demo=True) as site:
        yield site


@pytest.fixture(autouse=True)
def story(site: Site) -> None:
    """The hour for which the demo's day was made."""
    site.clock.set(STORY_BEGINS)


def test_a_newcomer_sees_a_living_town_hall(visit: Callable[..., Page], cameras: list[Browser]) -> None:
    desk = Desk(visit(browser=cameras[0], official="georgios", **WITH_CAMERA))
    serve_from_the_list(desk)
    phone = look_beside_the_list(desk)
    admit_who_comes(desk, Attendee(visit(ELENI_AT_HOME, browser=cameras[1], **WITH_CAMERA)))
    answer_a_caller(desk.page, phone)
    make_the_calls(visit(official="athanasia"))
    go_to_another_town(visit(official="maria"))


def serve_from_the_list(desk: Desk) -> None:
    """Two wait, a desk is late; one who comes is served, and the last press is taken back."""
    desk.open()
    expect(desk.page.locator("#waiting").get_by_role("listitem")).to_have_count(2)
    glances = desk.page.get_by_role("group", name=desk.t("day.glance"))
    expect(glances.get_by_role("link", name="καθυστέρηση Θυρίδα 2")).to_be_visible()
    for press, status in (
        ("arrived", BookingStatus.WAITING),
        ("start", BookingStatus.IN_SERVICE),
        ("served", BookingStatus.SERVED),
    ):
        desk.row(OLGA).get_by_role("button", name=desk.t(f"desk.press.{press}")).click()
        desk.is_now(OLGA, status)
    desk.button("desk.undo").click()
    desk.is_now(OLGA, BookingStatus.IN_SERVICE)


def look_beside_the_list(desk: Desk) -> str:
    """A booking beside the day, with the day live; and the telephone that stands there."""
    page, row = desk.page, desk.row(DIMITRA)
    day = page.url
    row.focus()
    page.keyboard.press("Enter")
    title = page.get_by_role("heading", level=2, name=DIMITRA.last_name_first)
    expect(title).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Νοεμβρίου")
    assert "/desk/booking/" in page.url
    beside = page.get_by_role("complementary")
    beside.get_by_role("button", name=desk.t("desk.press.arrived")).click()
    desk.is_now(DIMITRA, BookingStatus.WAITING)
    phone = beside.locator("a[href^='tel:']").first.inner_text()

    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    expect(title).to_have_count(0)
    assert page.url == day
    page.go_forward()
    expect(title).to_be_focused()
    page.reload()
    expect(page.get_by_role("heading", level=1, name=DIMITRA.last_name_first)).to_be_focused()
    return phone


def admit_who_comes(desk: Desk, eleni: Attendee) -> None:
    """«Συμμετοχή στη συνάντηση» in the second window; her strip appears, and one press lets her in."""
    desk.open()
    eleni.page.goto("/my-bookings")
    eleni.page.get_by_role("link", name=eleni.t("booking.join")).first.click()
    eleni.join()
    eleni.see("meeting.waiting.title")
    strip = desk.strip(ELENI_AT_HOME)
    expect(strip).to_be_visible(timeout=1500)
    strip.get_by_role("button", name=desk.t("desk.press.admit")).click()
    eleni.sees_call()


def answer_a_caller(page: Page, phone: str) -> None:
    """A new booking; whose telephone is known is said before anything is written."""
    page.goto("/desk?m=kavala")
    page.locator(".head__acts.is-wide").get_by_role("link", name="Νέα κράτηση").click()
    page.get_by_label("Επώνυμο", exact=True).fill("Βλάχος")
    page.get_by_label("Όνομα", exact=True).fill("Αντώνης")
    page.get_by_role("textbox", name="Τηλέφωνο", exact=True).fill(phone)
    page.get_by_label("Θέμα", exact=True).fill("Φωτισμός")
    expect(page.get_by_text("Έχει ήδη ραντεβού").first).to_be_visible()
    page.get_by_role("checkbox", name="Ενημερώθηκε").check()
    page.get_by_role("button", name="Κράτηση", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Έχει ήδη ραντεβού")).to_be_focused()
    page.get_by_role("checkbox", name="Και νέα κράτηση").check()
    page.get_by_role("button", name="Κράτηση", exact=True).click()
    expect(page.get_by_role("heading", name="Κλείστηκε")).to_be_focused()


def make_the_calls(page: Page) -> None:
    """Two are to be phoned; one does not answer, and stays."""
    page.goto("/desk?m=kavala")
    page.get_by_role("link", name="Τηλεφωνήματα 2").click()
    calls = page.get_by_role("main").get_by_role("listitem").filter(has=page.locator("a[href^='tel:']"))
    expect(calls).to_have_count(2)
    calls.first.get_by_role("button", name="Δεν απάντησε").click()
    expect(page.get_by_role("status").filter(has_text="Αναίρεση")).to_contain_text("Δεν απάντησε")
    expect(calls).to_have_count(2)


def go_to_another_town(page: Page) -> None:
    """One person, several towns: the switch of the header leads to the other's day."""
    page.goto("/desk?m=kavala")
    expect(page.locator("[data-reference]").first).to_be_visible()
    page.get_by_label("Δήμος", exact=True).select_option("heraklion")
    page.get_by_role("button", name="Αλλαγή", exact=True).click()
    page.wait_for_url("**/desk?m=heraklion*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Νοεμβρίου")
    expect(page.locator("[data-reference]").filter(has_text=DIMITRA.name)).to_have_count(0)
