"""What the page of embedding shows, in words."""

from dataclasses import dataclass
from datetime import date

from dimoslive.domain.catalogue.accent_color import MIN_CONTRAST, Color
from dimoslive.domain.errors import InvalidInput
from dimoslive.i18n import Texts
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.services.settings.embedding.open_embedding import ListedOrigin, RefusedOrigin
from dimoslive.services.settings.embedding.snippets import (
    Wish,
    booking_address,
    frame_snippet,
    link_snippet,
    pinned_snippet,
    qr_code,
    script_snippet,
    shortcode,
)


@dataclass(frozen=True)
class OriginView:
    """A site and what is known of it."""

    origin: str
    seen: str


@dataclass(frozen=True)
class SnippetsView:
    """The texts to paste."""

    script: str = ""
    pinned: str = ""
    frame: str = ""
    link: str = ""
    address: str = ""
    qr: str = ""
    shortcode: str = ""


@dataclass(frozen=True)
class AccentView:
    """A typed colour: what stands beside it, and the colour as the snippets have it, if it can be read."""

    remark: str
    accent: str


def listed_views(listed: tuple[ListedOrigin, ...], today: date, t: Texts) -> list[OriginView]:
    """Those that may, and when they were last seen."""
    never = t("embedding.seen_never")
    return [OriginView(one.origin, _seen(one.last_on, today, t) if one.last_on else never) for one in listed]


def refused_views(refused: tuple[RefusedOrigin, ...], today: date, t: Texts) -> list[OriginView]:
    """Those that tried, how often, and when last."""
    return [
        OriginView(one.origin, t.count("embedding.tried", one.times, seen=_seen(one.last_on, today, t)))
        for one in refused
    ]


def snippets_view(site: str, wish: Wish) -> SnippetsView:
    """All texts for one wish."""
    address = booking_address(site, wish)
    return SnippetsView(
        script=script_snippet(site, wish),
        pinned=pinned_snippet(site, wish),
        frame=frame_snippet(site, wish),
        link=link_snippet(site, wish),
        address=address,
        qr=qr_code(address),
        shortcode=shortcode(wish),
    )


def accent_view(text: str, t: Texts) -> AccentView:
    """A colour that cannot be read is not taken over; the nearest that can is named."""
    if not text.strip():
        return AccentView("", "")
    try:
        color = Color.parse(text[:20])
    except InvalidInput:
        return AccentView(t("embedding.not_a_color"), "")
    ratio = f"{color.contrast_with_white:.1f}"
    said = ratio.replace(".", ",") if t.language == "el" else ratio
    if color.contrast_with_white < MIN_CONTRAST:
        return AccentView(t("embedding.ratio_low", ratio=said, nearest=color.nearest_readable.text), "")
    return AccentView(t("embedding.ratio", ratio=said), color.text)


def _seen(last_on: date, today: date, t: Texts) -> str:
    return t("embedding.seen_today") if last_on == today else desk_date(last_on)
