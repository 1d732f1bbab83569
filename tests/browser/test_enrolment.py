"""From enrolment to a citizen's first booking, on pages alone."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from dimoslive.domain.scheduling.mode import Mode
from tests.browser.barriers import barriers
from tests.browser.people import Person, a_person
from tests.browser.site import Site
from tests.browser.small_screen import misfits
from tests.browser.walk import SUBJECT, Walk

CONTACT = "grammateia@xanthi.example"


def test_a_municipality_is_enrolled_sets_itself_up_and_gets_its_first_booking(
    visit: Callable[..., Page], site: Site
) -> None:
    eirini, citizen = a_person("Ειρήνη Σταυρίδου"), a_person("Ανδρομάχη Πετρίδου")
    christina, administrator = visit(official="christina"), visit()

    enrol(christina, eirini)
    mail = site.wait_for_mail(CONTACT)
    way_in = re.search(r"http\S+/desk/sign-in\S+", mail.text)
    assert way_in
    sign_in(administrator, way_in[0], eirini)
    administrator.get_by_role("button", name="Κατάλαβα").click()

    expect(administrator.get_by_text("Έτοιμα 0 από 6")).to_be_visible()
    assert barriers(administrator, ["tasks"]) == []
    do_the_tasks(administrator)
    preview_and_publish(administrator, visit())

    walk = Walk(visit(citizen))
    walk.to_calendar(Mode.IN_PERSON, municipality="xanthi", service="pistopoiitika-dimotologiou")
    walk.page.locator(".tgrid button").first.click()
    expect(walk.page.locator(".tgrid button").first).to_have_attribute("aria-pressed", "true")
    walk.go_on("details.title")
    walk.fill_in(email=citizen.email, phone="691 234 5678", subject=SUBJECT)
    walk.go_on("consent.title")
    walk.book()
    assert "Πλατεία Δημοκρατίας 1" in site.wait_for_mail(citizen.email).text

    christina.goto("/platform/xanthi")
    expect(christina.get_by_text("Ανοιχτός", exact=True)).to_be_visible()
    assert citizen.last_name not in christina.content()


def enrol(page: Page, administrator: Person) -> None:
    page.goto("/desk")
    expect(page.get_by_role("heading", level=1, name="Πλατφόρμα")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(333)
    assert barriers(page, ["platform"]) == []
    page.get_by_label("Αναζήτηση δήμου").fill("xanthi")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="Δήμος Ξάνθης").click()
    page.get_by_label("Επώνυμο").fill(administrator.last_name)
    page.get_by_label("Όνομα", exact=True).fill(administrator.first_name)
    page.get_by_label("ΑΦΜ").fill(f"{administrator.afm[:-1]}{(int(administrator.afm[-1]) + 1) % 10}")
    page.get_by_label("Email επικοινωνίας").fill(CONTACT)
    page.get_by_role("button", name="Ένταξη").click()
    expect(page.get_by_role("alert").filter(has_text="ΑΦΜ")).to_be_visible()
    page.get_by_label("ΑΦΜ").fill(administrator.afm)
    page.get_by_role("button", name="Ένταξη").click()
    expect(page.locator("#settings-saved")).to_be_focused()
    expect(page.get_by_text("Ετοιμάζεται 0/6")).to_be_visible()
    assert barriers(page, ["enrolled"]) == []


def sign_in(page: Page, way_in: str, person: Person) -> None:
    """By the mail's link; the simulator's page is not looked at."""
    requests, link = page.context.request, urlsplit(way_in)
    assert link.path == "/desk/sign-in"
    asked = requests.get("/auth/staff/sign-in", params={"next": "/admin?m=xanthi"})
    typed = {"afm": person.afm, "first_name": person.first_name, "last_name": person.last_name}
    answer = requests.post(asked.url, form={"decision": "type", **typed})
    page.goto(answer.url)


def said(page: Page, words: str) -> None:
    expect(page.locator("#settings-saved")).to_be_focused()
    expect(page.locator("#settings-saved")).to_contain_text(words)


def do_the_tasks(page: Page) -> None:
    page.get_by_role("link", name="Συνέχεια: Στοιχεία του δήμου").click()
    page.get_by_label("Διεύθυνση", exact=True).fill("Πλατεία Δημοκρατίας 1")
    page.get_by_label("Τηλέφωνο").fill("25413 50800")
    page.get_by_role("button", name="Αποθήκευση").click()
    said(page, "Αποθηκεύτηκε")
    page.get_by_role("link", name="Συνέχεια: Τμήματα").click()
    page.get_by_label("Τμήμα Δημοτολογίου").check()
    page.get_by_role("button", name="Προσθήκη όσων σημειώσατε").click()
    said(page, "Προστέθηκε 1 τμήμα.")
    page.get_by_role("link", name="Συνέχεια: Υπηρεσίες").click()
    page.get_by_label("Πιστοποιητικά δημοτολογίου").check()
    page.get_by_label("Τέλη και οφειλές").check()
    assert barriers(page, ["services"]) == []
    page.get_by_role("button", name="Προσθήκη όσων σημειώσατε").click()
    said(page, "Προστέθηκαν 2 υπηρεσίες.")
    page.get_by_role("link", name="Συνέχεια: Θέσεις και υπάλληλοι").click()
    page.get_by_role("button", name="2 θέσεις σε κάθε τμήμα").click()
    said(page, "Νέες θέσεις: 4.")
    page.get_by_role("link", name="Συνέχεια: Ωράριο").click()
    page.get_by_role("button", name="Για όλες τις υπηρεσίες").click()
    said(page, "Ορίστηκε ωράριο για 2 υπηρεσίες.")
    page.get_by_role("button", name="Πρόταση στα κλεισίματα").click()
    said(page, "1 τοπική αργία περιμένει")
    page.get_by_role("link", name="Όλες οι εργασίες").click()
    expect(page.get_by_text("Έτοιμα 5 από 6")).to_be_visible()


def preview_and_publish(page: Page, stranger: Page) -> None:
    page.get_by_role("link", name="/m/xanthi").click()
    expect(page.get_by_text("Προεπισκόπηση: η σελίδα δεν έχει δημοσιευτεί.")).to_be_visible()
    expect(page.get_by_role("heading", name="Τέλη και οφειλές")).to_be_visible()
    stranger.goto("/m/xanthi")
    expect(stranger.get_by_role("heading", level=1, name="Δήμος Ξάνθης")).to_be_visible()
    expect(stranger.get_by_text("Τέλη και οφειλές")).to_have_count(0)
    page.goto("/admin/setup/publish?m=xanthi")
    page.get_by_label("Υπηρεσία και τρόπος").select_option(label="Τέλη και οφειλές · Τηλεδιάσκεψη")
    page.locator(".tgrid button").first.click()
    expect(page.get_by_role("heading", name="Δοκιμή")).to_be_focused()
    assert barriers(page, ["publish"]) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert misfits(page, ["publish"]) == []
    page.get_by_role("button", name="Δημοσίευση").click()
    said(page, "Ο δήμος δημοσιεύτηκε.")
    page.get_by_role("link", name="Όλες οι εργασίες").click()
    expect(page.get_by_role("heading", name="Τι χρειάζεται την προσοχή σας")).to_be_visible()
    assert misfits(page, ["overview"]) == []
    stranger.reload()
    expect(stranger.get_by_role("heading", name="Τέλη και οφειλές")).to_be_visible()
