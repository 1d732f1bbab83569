"""What may have gone wrong at a sign-in: the address of the page names it, and anybody can write an address."""

SIGN_IN_PROBLEMS = (
    "sign_in_refused",
    "sign_in_unavailable",
    "sign_in_unreadable",
    "sign_in_forged",
    "cookies_off",
    "too_many_attempts",
    "invalid_afm",
    "session_over",
)
