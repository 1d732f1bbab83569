"""The few drawings, inline, so that they need no request and take the text's colour."""

import reflex as rx


def brand_mark() -> rx.Component:
    """The calendar of the product."""
    svg = rx.el.svg
    return svg(
        svg.rect(x="2", y="6", width="28", height="22", rx="2", fill="none", stroke="#fff", stroke_width="2"),
        svg.path(d="M2 12h28M9 3v5M23 3v5", stroke="#fff", stroke_width="2"),
        svg.circle(cx="16", cy="20", r="4", fill="#00b0f0"),
        view_box="0 0 32 32",
        aria_hidden=True,
    )


def clock() -> rx.Component:
    """Beside the line on time zones."""
    svg = rx.el.svg
    return svg(
        svg.circle(cx="10", cy="10", r="8"),
        svg.path(d="M10 5.5V10l3 2"),
        view_box="0 0 20 20",
        fill="none",
        stroke="#0065b3",
        stroke_width="1.8",
        aria_hidden=True,
    )
