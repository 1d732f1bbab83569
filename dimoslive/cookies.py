"""The names of our cookies."""

SIGN_IN_STATE = "dimoslive_sign_in"
STAFF_SIGN_IN_STATE = "dimoslive_staff_sign_in"
"""A browser sends what is set for /auth to /auth/staff too: with one name, the wrong state could win."""
ZONE = "dimoslive_zone"
"""The browser's time zone, so that the first page already shows the visitor's own times."""
BACK = "dimoslive_back"
"""The site that a frame led the whole tab away from: whoever has booked is led back to it."""
PROBES = ("dimoslive_probe_first_party", "dimoslive_probe_partitioned")
"""Set for a minute in a frame, to see what the browser keeps there."""


def session_cookie_name(public_url: str) -> str:
    """Under https the prefix makes browsers refuse the cookie from anywhere but this host over TLS."""
    return "__Host-dimoslive_session" if public_url.startswith("https://") else "dimoslive_session"


def frame_cookie_name(public_url: str) -> str:
    """A citizen's session in a frame of another site, kept apart for each such site."""
    return "__Host-dimoslive_frame" if public_url.startswith("https://") else "dimoslive_frame"


def window_cookie_name(public_url: str) -> str:
    """The window of a frame's sign-in, which can go on by itself when its frame is gone."""
    return "__Host-dimoslive_window" if public_url.startswith("https://") else "dimoslive_window"


def staff_cookie_name(public_url: str) -> str:
    """An official's session; apart from the citizen's, as one person may be both."""
    return "__Host-dimoslive_staff" if public_url.startswith("https://") else "dimoslive_staff"
