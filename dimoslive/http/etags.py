"""Whether a browser has an answer already."""


def is_known(if_none_match: str, etag: str) -> bool:
    """Compares weakly, as caches do for GET."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return bool(tags & {"*", etag.removeprefix("W/")})
