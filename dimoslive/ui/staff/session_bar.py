"""The place of the bar that says when the official's session ends."""

import reflex as rx

from dimoslive.i18n import Texts


def session_bar(_t: Texts) -> rx.Component:
    """Nothing so far."""
    return rx.fragment()
