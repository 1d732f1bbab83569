"""Every handler is open to the street: what no page would send harms nobody."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from dimoslive.domain.scheduling.mode import Mode
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.citizen.booking.state import WizardState
from dimoslive.ui.citizen.booking.steps.consent import ConsentState
from dimoslive.ui.citizen.booking.steps.details import DetailsState
from dimoslive.ui.citizen.booking.steps.mode import ModeState
from dimoslive.ui.citizen.bookings.state import BookingPageState
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.socket_client import event, send
from tests.browser.walk import Walk

HUGE = "x" * 50_000
NONSENSE: tuple[object, ...] = (None, True, "", "1; DROP TABLE booking", HUGE, -1, 10**30, 1.5, [], [1], {}, {"at": 1})


def test_nobody_can_touch_the_booking_of_another_person(visit: Callable[..., Page], kavala: Office) -> None:
    victim, stranger = a_person(), a_person("Νίκος Γεωργίου")
    booking = kavala.book(victim, subject="Δικό της θέμα")
    own = kavala.bookings_of(victim)
    path = f"/my-bookings/{booking.reference}"
    page = visit(stranger)
    page.goto("/faq")

    heard = send(
        page,
        [
            event(BookingPageState, "load", path),
            event(BookingPageState, "ask", path),
            event(BookingPageState, "cancel", path, form_data={"reason": "ha"}),
            event(BookingPageState, "cancel", path, form_data={"reason": "ha", "reference": booking.reference}),
            event(
                BookingPageState, "cancel", path, form_data={}, reference=booking.reference, principal=own[0].citizen_id
            ),
            event(BookingPageState, "move", path),
            event(BookingPageState, "load", "/booking/confirmation", {"reference": booking.reference}),
            event(BookingPageState, "load_linked", f"/b/{booking.reference}"),
            event(BookingPageState, "cancel", f"/b/{booking.reference}", form_data={}),
            event(BookingPageState, "_show", path, booking={"reference": booking.reference}),
            event(BookingPageState, "set_booking", path, value={"reference": booking.reference}),
            event(BookingPageState, "setvar", path, var_name="booking", value={"reference": booking.reference}),
        ],
    )

    assert kavala.bookings_of(victim) == own
    assert "Δικό της θέμα" not in heard
    assert victim.name not in heard
    assert stranger.name in heard


def test_the_same_events_work_for_the_person_whose_booking_it_is(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person()
    path = f"/my-bookings/{kavala.book(eleni, subject='Δικό της θέμα').reference}"
    page = visit(eleni)
    page.goto("/faq")

    heard = send(
        page,
        [event(BookingPageState, "load", path), event(BookingPageState, "cancel", path, form_data={"reason": "ha"})],
    )

    assert "Δικό της θέμα" in heard
    assert [row.status for row in kavala.bookings_of(eleni)] == ["cancelled_by_citizen"]


def test_steps_cannot_be_jumped(visit: Callable[..., Page], kavala: Office) -> None:
    stranger, victim = a_person("Νίκος Γεωργίου"), a_person()
    slot = kavala.quiet_times(7)[0]
    held = kavala.hold(victim, slot)
    page = visit(stranger)
    page.goto("/faq")
    booking = event(ConsentState, "book", "/booking/consent", form_data={"declaration": "on"})

    send(
        page,
        [
            booking,
            event(ConsentState, "load", "/booking/consent"),
            event(CalendarState, "pick_time", "/booking/calendar", at=int(slot.starts_at.timestamp())),
            event(DetailsState, "give", "/booking/details", form_data={"email": "a@example.com", "subject": "x"}),
            event(WizardState, "more_time", "/booking/details"),
            event(ConsentState, "set_hold_reference", "/booking/consent", value=held.reference),
            booking,
        ],
    )

    assert kavala.bookings_of(stranger) == []
    assert kavala.hold_of(stranger) is None
    assert kavala.hold_of(victim).reference == held.reference


def test_nonsense_is_refused_and_the_next_press_works(visit: Callable[..., Page], kavala: Office) -> None:
    stranger = a_person("Νίκος Γεωργίου")
    page = visit(stranger)
    walk = Walk(page)
    slot = kavala.quiet_times(7)[1]
    walk.to_calendar()
    calendar, details = "/booking/calendar", "/booking/details"

    for value in NONSENSE:
        send(
            page,
            [
                event(CalendarState, "load", calendar),
                event(CalendarState, "pick_time", calendar, at=value),
                event(CalendarState, "pick_day", calendar, on=value),
                event(CalendarState, "show_month", calendar, first=value),
                event(CalendarState, "show_as_list", calendar, is_list=value),
                event(DetailsState, "keep", details, name="subject", text=value),
                event(DetailsState, "keep", details, name=value, text="x"),
                event(DetailsState, "give", details, form_data=value),
                event(DetailsState, "give", details, form_data={"subject": value, "email": value}),
                event(ModeState, "pick_service", "/booking/mode", service_id=value),
                event(ModeState, "pick_mode", "/booking/mode", mode=value),
                event(ConsentState, "book", "/booking/consent", form_data=value),
                event(BookingPageState, "cancel", "/my-bookings/x", form_data=value),
            ],
        )
    send(
        page,
        [
            event(CalendarState, "pick_time", calendar),
            event(CalendarState, "pick_time", calendar, at=1, principal={"id": 1}, parts="x"),
            event(CalendarState, "_refresh", calendar, principal={"id": 1}),
            event(CalendarState, "no_such_handler", calendar),
            event(CalendarState, "load", "\0" * 100, {"expired": HUGE}),
        ],
    )

    assert kavala.bookings_of(stranger) == []
    page.reload()
    walk.to_calendar(Mode.VIDEO)
    walk.choose_time(slot)
    assert kavala.hold_of(stranger).starts_at == slot.starts_at
    expect(page.get_by_role("timer")).to_be_visible()
