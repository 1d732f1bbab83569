"""Whether a form was posted from a page of ours."""

from fastapi import Request

from dimoslive.context import AppContext


def is_from_our_page(request: Request, context: AppContext) -> bool:
    """Browsers say where a form was posted from; the older of them by ``Origin`` alone."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == context.public_url
