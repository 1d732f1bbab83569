"""Cookies inside a frame of another site: written here alone, since the framework's own writer knows no partitions."""

from fastapi import Response

from dimoslive.context import AppContext


def set_frame_cookie(answer: Response, context: AppContext, name: str, value: str, max_age: int | None = None) -> None:
    """One that browsers keep apart for each site around the frame; without an age it ends with the browser.

    Under http, in development, no browser takes such a cookie: then it is one of our own site's alone.
    """
    age = "" if max_age is None else f"; Max-Age={max_age}"
    is_secure = context.public_url.startswith("https://")
    kind = "; Secure; SameSite=None; Partitioned" if is_secure else "; SameSite=Lax"
    answer.headers.append("Set-Cookie", f"{name}={value}; Path=/; HttpOnly{kind}{age}")


def drop_frame_cookie(answer: Response, context: AppContext, name: str) -> None:
    """Have the browser forget it."""
    set_frame_cookie(answer, context, name, "", max_age=0)
