"""The small drawings of officials' pages; a word always stands beside them."""

import reflex as rx

_PATHS = {
    "alert": ("M10 2.5L18.5 17h-17z", "M10 8v4.2M10 14.6v.1"),
    "check": ("M3.5 10.5l4.2 4.2L16.5 5.8",),
    "close": ("M4.5 4.5l11 11M15.5 4.5l-11 11",),
    "day": ("M2.5 4h15v13h-15z", "M2.5 8h15M6.5 2v4M13.5 2v4"),
    "left": ("M12.5 4L6.5 10l6 6",),
    "out": ("M6.5 4.4a2.6 2.6 0 1 0 .1 0", "M1.5 16c0-2.9 2.2-4.5 5-4.5M11 13h7M15 10l3 3-3 3"),
    "person": ("M10 2.8a3.2 3.2 0 1 0 .1 0", "M3.5 17.5c0-3.6 2.9-5.6 6.5-5.6s6.5 2 6.5 5.6"),
    "phone": (
        "M4 3h3l1.6 4-2 1.6a10 10 0 0 0 4.8 4.8l1.6-2 4 1.6v3c0 .8-.7 1.5-1.5 1.4C9 17 3 11 2.6 4.5 2.6 3.7 3.2 3 4 3z",
    ),
    "plus": ("M10 3.5v13M3.5 10h13",),
    "right": ("M7.5 4l6 6-6 6",),
}


def icon(name: str) -> rx.Component:
    """Takes the text's colour and size."""
    svg = rx.el.svg
    return svg(*[svg.path(d=d) for d in _PATHS[name]], view_box="0 0 20 20", aria_hidden=True, class_name="icon")
