"""How each handler of the desk's pages is pressed: at which address, after what, with which values."""

from typing import Any

from dimoslive.ui.staff.figures.state import PLACES
from tests.support.two_towns import Target
from tests.ui.rights import FIRST, Case, Effect, Step, after, says

W, S, OWN, NO = Effect.WRITES, Effect.SHOWS, Effect.OWN, Effect.NOTHING
DAY = "/desk?date=2026-11-24&m={m}"
LINE = "/desk/meeting?m={m}&reference={video}"
BOOKING, VIDEO, WAITING, SERVED = (
    f"/desk/booking/{{{name}}}?m={{m}}" for name in ("booked", "video", "waiting", "served")
)
MOVE, DESK = "/desk/booking/{booked}/move?m={m}", "/desk/booking/{booked}/desk?m={m}"
NEW = "/desk/new?m={m}&service={service_id}&mode=in_person"
CALLS, UNRECORDED, WEEK, SEARCH, FIGURES = (
    f"/desk/{name}?m={{m}}" for name in ("calls", "unrecorded", "week", "search", "figures")
)
OF_THE_PAGE = "only opens or closes a part of the page"
ANOTHER_ADDRESS = "only leads to another address of the page"

_ARRIVED: Step = ("press", says("arrived"))


def _day_press(at: Target) -> tuple[Any, ...]:
    return ({"reference": at.booked, "press": "arrived", "status": "booked"},)


_PICK: Step = ("pick", lambda at: (at.slot,))
_PLACE: tuple[Step, ...] = (
    ("choose_service", lambda at: (str(at.service_id),)),
    ("choose_mode", says("in_person")),
    ("choose_way", says("first")),
    _PICK,
)
_PERSON = {"name": "Στέφανος Νέος", "phone": "2100000031", "subject": "Βεβαίωση", "told": "on", "source": "phone"}


def _dialog(name: str) -> tuple[Step, ...]:
    return after(("open", says(name)))


CASES: dict[str, Case] = {
    "DayLineState.load": Case(LINE, S),
    "DayLineState.refresh": Case(LINE, S),
    "DayState.load": Case(DAY, S, after=FIRST),
    "DayState.refresh": Case(DAY, S, after=FIRST),
    "DayState.choose": Case(DAY, NO, lambda at: ("desk", str(at.desks[0])), FIRST, ANOTHER_ADDRESS),
    "DayState.go_to": Case(DAY, NO, says({"date": "24/11/2026"}), FIRST, ANOTHER_ADDRESS),
    "DayState.press": Case(DAY, W, _day_press),
    "DayState.undo": Case(DAY, W, after=after(("press", _day_press))),
    "DayState.admit": Case(DAY, W, lambda at: (at.video,)),
    "DayState.ask_desk": Case(DAY, NO, after=FIRST, why=OF_THE_PAGE),
    "DayState.choose_desk": Case(DAY, OWN, lambda at: ({"desk": str(at.desks[0])},)),
    "DayState.open_late": Case(DAY, S, after=FIRST),
    "DayState.close_late": Case(DAY, NO, after=FIRST, why=OF_THE_PAGE),
    "DayState.state_late": Case(DAY, W, lambda at: ({"minutes": "10", "desk": str(at.desks[0]), "how": "end"},)),
    "DeskBookingState.load": Case(BOOKING, S, after=FIRST),
    "DeskBookingState.refresh": Case(BOOKING, S),
    "DeskBookingState.show": Case(DAY, S, lambda at: (at.booked, ""), FIRST),
    "DeskBookingState.hide": Case(
        DAY, NO, after=after(("show", lambda at: (at.booked, "")), load=False), why=OF_THE_PAGE
    ),
    "DeskBookingState.press": Case(BOOKING, W, says("arrived")),
    "DeskBookingState.undo": Case(BOOKING, W, after=after(_ARRIVED)),
    "DeskBookingState.again": Case(BOOKING, W),
    "BookingDialogState.free": Case(
        BOOKING, W, after=(*_dialog("cancel"), ("cancel", says({"cancel_reason": "Βλάβη", "who": "municipality"})))
    ),
    "DeskBookingState.admit": Case(VIDEO, W),
    "BookingDialogState.open": Case(BOOKING, S, says("note"), FIRST),
    "BookingDialogState.leave": Case(BOOKING, NO, after=FIRST, why=OF_THE_PAGE),
    "BookingDialogState.settle": Case(WAITING, W, says({"reason": "not_identified"}), _dialog("not_served")),
    "BookingDialogState.note": Case(BOOKING, W, says({"note": "Περιμένει έξω"}), _dialog("note")),
    "BookingDialogState.change": Case(
        BOOKING, W, says({"person_name": "Άλλη Μία", "phone": "2100000032", "subject": "Άλλο"}), _dialog("details")
    ),
    "BookingDialogState.email_left": Case(BOOKING, NO, says("a@example.com"), FIRST, "only sets a tick of the form"),
    "BookingDialogState.identity": Case(BOOKING, W, says({"document": "passport"}), _dialog("identity")),
    "BookingDialogState.correct": Case(
        SERVED, W, says({"outcome": "no_show", "correction_reason": "Λάθος γραμμή"}), _dialog("correct")
    ),
    "BookingDialogState.pick_reason": Case(BOOKING, NO, says("1"), FIRST, "only fills in a ready sentence"),
    "BookingDialogState.say_wish": Case(BOOKING, NO, says("citizen"), FIRST, "only says what will happen"),
    "BookingDialogState.cancel": Case(
        BOOKING, W, says({"cancel_reason": "Βλάβη", "who": "municipality"}), _dialog("cancel")
    ),
    "NewBookingState.load": Case(NEW, S, after=FIRST),
    "NewBookingState.refresh": Case(NEW, S),
    "NewBookingState.choose_service": Case(NEW, S, lambda at: (str(at.service_id),)),
    "NewBookingState.choose_served": Case(NEW, S, says("business")),
    "NewBookingState.choose_mode": Case(NEW, S, says("in_person")),
    "NewBookingState.choose_way": Case(NEW, S, says("calendar")),
    "NewBookingState.choose_desk": Case(NEW, S, lambda at: (str(at.desks[0]),)),
    "NewBookingState.pick": Case(NEW, S, lambda at: (at.slot,)),
    "NewBookingState.leaf": Case(NEW, S, says("2026-12-01")),
    "NewBookingState.show_day": Case(NEW, S, says("2026-11-25")),
    "NewBookingState.again": Case(NEW, S),
    "NewBookingState.leave": Case(NEW, S, lambda at: ("name", f"Πολίτης0 {at.surname}")),
    "NewBookingState.leave_page": Case(NEW, NO, after=FIRST, why="only forgets what was typed"),
    "NewBookingState.book": Case(NEW, W, says(_PERSON), after(*_PLACE)),
    "MoveState.load": Case(MOVE, S, after=FIRST),
    "MoveState.refresh": Case(MOVE, S),
    "MoveState.choose_mode": Case(MOVE, S, says("in_person")),
    "MoveState.choose_way": Case(MOVE, S, says("calendar")),
    "MoveState.choose_desk": Case(MOVE, S, lambda at: (str(at.desks[1]),)),
    "MoveState.pick": Case(MOVE, S, lambda at: (at.slot,)),
    "MoveState.leaf": Case(MOVE, S, says("2026-12-01")),
    "MoveState.show_day": Case(MOVE, S, says("2026-11-25")),
    "MoveState.leave": Case(MOVE, S, says("typed_clock", "11:00")),
    "MoveState.move": Case(MOVE, W, says({"mail": "on"}), after(_PICK)),
    "HandOverState.load": Case(DESK, S, after=FIRST),
    "HandOverState.choose": Case(DESK, S, lambda at: (str(at.desks[1]),)),
    "HandOverState.hand_over": Case(
        DESK, W, says({"capacity_reason": "Ανάγκη"}), after(("choose", lambda at: (str(at.desks[1]),)))
    ),
    "CallsState.load": Case(CALLS, S, after=FIRST),
    "CallsState.refresh": Case(CALLS, S, after=FIRST),
    "CallsState.choose_department": Case(CALLS, NO, lambda at: (str(at.department_id),), FIRST, ANOTHER_ADDRESS),
    "CallsState.choose_mine": Case(CALLS, NO, after=FIRST, why=ANOTHER_ADDRESS),
    "CallsState.press": Case(CALLS, W, lambda at: (at.call_id, "told")),
    "CallsState.undo": Case(CALLS, W, after=after(("press", lambda at: (at.call_id, "told")))),
    "SearchLogState.load": Case("/desk/search-log?m={m}", S, after=FIRST),
    "DutiesState.load": Case("/desk/duties?m={m}", NO, after=FIRST, why="only shows what everybody reads"),
    "DutiesState.understand": Case("/desk/duties?m={m}", OWN),
    "SearchState.load": Case(SEARCH, NO, after=FIRST, why="only shows the field and the usual days"),
    "SearchState.search": Case(SEARCH, S, lambda at: ({"text": at.surname.lower()[:-1]},)),
    "SearchState.open": Case(SEARCH, W, lambda at: (at.booked,)),
    "UnrecordedState.load": Case(UNRECORDED, S, after=FIRST),
    "UnrecordedState.refresh": Case(UNRECORDED, S, after=FIRST),
    "UnrecordedState.choose": Case(UNRECORDED, S, lambda at: (at.past,)),
    "UnrecordedState.choose_day": Case(UNRECORDED, S, says("2026-11-23")),
    "UnrecordedState.settle": Case(UNRECORDED, W, says("no_show"), after(("choose", lambda at: (at.past,)))),
    "UnrecordedState.undo": Case(
        UNRECORDED, W, after=after(("choose", lambda at: (at.past,)), ("settle", says("no_show")))
    ),
    "WeekState.load": Case(WEEK, S, after=FIRST),
    "WeekState.refresh": Case(WEEK, S, after=FIRST),
    "WeekState.choose_department": Case(WEEK, NO, lambda at: (str(at.department_id),), FIRST, ANOTHER_ADDRESS),
    "WeekState.choose_service": Case(WEEK, NO, lambda at: (str(at.service_id),), FIRST, ANOTHER_ADDRESS),
    "ExportState.load": Case("/desk/export?m={m}&department={department_id}&service={service_id}", S, after=FIRST),
    "FiguresState.load": Case(FIGURES, S, after=FIRST, shows=lambda at: at.places),
    "FiguresState.show": Case(FIGURES, NO, says({"from": "1/11/2026"}), FIRST, ANOTHER_ADDRESS),
    # They count, and name nobody.
    **{f"{place.__name__}.load": Case(FIGURES, NO, after=FIRST, why="only counts") for place in PLACES.values()},
    "AccountState.load": Case("/desk/me?m={m}", NO, after=FIRST, why="only shows one's own account"),
    # Who works a desk is a part of the desk: that has another version.
    "AccountState.save": Case(
        "/desk/me?m={m}", W, lambda at: ({"language": "el", f"desk-{at.municipality_id}": str(at.desks[0])},)
    ),
    "AccountState.sign_out_everywhere": Case("/desk/me?m={m}", OWN),
    "OwnFeedsState.load": Case("/desk/me?m={m}", NO, after=FIRST, why="only shows one's own calendars"),
    "OwnFeedsState.make": Case("/desk/me?m={m}", OWN),
    # The third, after one of each town.
    "OwnFeedsState.end": Case("/desk/me?m={m}", OWN, says("3"), after(("make", says()))),
    "SessionBarState.load": Case(DAY, NO, after=FIRST, why="only says when one's own session ends"),
    "SessionBarState.extend": Case(DAY, OWN),
    "StaffFrameState.load": Case(DAY, OWN, after=FIRST),
    "StaffSignInState.load": Case("/desk/sign-in", NO, after=FIRST, why="shows the ways in"),
}
"""Of all of them: a handler that is not here makes a test fail."""
