"""The page of one booking."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.staff.booking.content import booking_content
from dimoslive.ui.staff.booking.state import DeskBookingState
from dimoslive.ui.staff.frame import staff_page
from dimoslive.ui.staff.live import day_listener


def desk_booking(t: Texts) -> rx.Component:
    """One booking, for officials."""
    return staff_page(
        t,
        day_listener(DeskBookingState.booking.day_query, DeskBookingState.refresh),
        booking_content(t),
        current="day",
        styles=("staff_booking",),
    )
