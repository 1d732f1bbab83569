"""What the written pages fill in: the installation's settings, and terms taken from the code that keeps them."""

from datetime import date, timedelta

from dimoslive.cookies import (
    BACK,
    PROBES,
    SIGN_IN_STATE,
    STAFF_SIGN_IN_STATE,
    ZONE,
    frame_cookie_name,
    session_cookie_name,
    staff_cookie_name,
    window_cookie_name,
)
from dimoslive.i18n.dates import full_day
from dimoslive.services.identity.auth_realm import (
    FRAME_SESSION_LENGTH,
    SESSION_IDLE,
    SESSION_LENGTH,
    STAFF_SESSION_EXTENSION,
    STAFF_SESSION_LENGTH,
)
from dimoslive.services.identity.sign_in_state import SIGN_IN_LENGTH
from dimoslive.services.upkeep.erase_old_data import (
    ATTEMPTS_KEPT,
    BOOKINGS_KEPT,
    BOOKINGS_KEPT_AT_MOST,
    CITIZENS_KEPT,
    DRAFTS_KEPT,
    MAILS_KEPT,
    SEARCH_WORDS_KEPT,
)
from dimoslive.settings import Settings

STATEMENT_DATE = date(2026, 11, 27)
"""When the accessibility statement was last made true."""
TEXTS_DATE = date(2026, 11, 27)
TEXTS_VERSION = "2"
"""Of the privacy policy and the terms; a change of substance makes a new one."""


def page_facts(settings: Settings, language: str) -> dict[str, str]:
    """The values of the ``{{name}}`` places."""
    is_greek = language == "el"
    return {
        "support_email": settings.support_email,
        "dpo_email": settings.dpo_email,
        "operator_name": settings.operator_name if is_greek else settings.operator_name_en,
        "operator_address": settings.operator_address if is_greek else settings.operator_address_en,
        "public_url": settings.public_url,
        "accessibility_body": settings.accessibility_body if is_greek else settings.accessibility_body_en,
        "answer_days": str(settings.accessibility_answer_days),
        "statement_date": full_day(STATEMENT_DATE, language),
        "texts_date": full_day(TEXTS_DATE, language),
        "texts_version": TEXTS_VERSION,
        **_terms(),
        "session_cookie": session_cookie_name(settings.public_url),
        "staff_cookie": staff_cookie_name(settings.public_url),
        "frame_cookie": frame_cookie_name(settings.public_url),
        "window_cookie": window_cookie_name(settings.public_url),
        "back_cookie": BACK,
        "first_party_probe": PROBES[0],
        "partitioned_probe": PROBES[1],
        "frame_session_hours": str(FRAME_SESSION_LENGTH // timedelta(hours=1)),
        "sign_in_cookie": f"{SIGN_IN_STATE}_",
        "staff_sign_in_cookie": f"{STAFF_SIGN_IN_STATE}_",
        "zone_cookie": ZONE,
    }


def _terms() -> dict[str, str]:
    return {
        "booking_days": str(BOOKINGS_KEPT.days),
        "booking_most_months": _months(BOOKINGS_KEPT_AT_MOST),
        "citizen_months": _months(CITIZENS_KEPT),
        "mail_days": str(MAILS_KEPT.days),
        "draft_days": str(DRAFTS_KEPT.days),
        "search_days": str(SEARCH_WORDS_KEPT.days),
        "session_hours": _hours(SESSION_LENGTH),
        "session_idle_hours": _hours(SESSION_IDLE),
        "staff_session_hours": _hours(STAFF_SESSION_LENGTH),
        "staff_session_extension_hours": _hours(STAFF_SESSION_EXTENSION),
        "sign_in_minutes": str(SIGN_IN_LENGTH // timedelta(minutes=1)),
        "attempt_hours": _hours(ATTEMPTS_KEPT),
    }


def _months(term: timedelta) -> str:
    return str(term.days * 12 // 365)


def _hours(term: timedelta) -> str:
    return str(term // timedelta(hours=1))
