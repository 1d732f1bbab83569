"""What the citizens read who are hit: prefilled from the change, and what somebody typed, checked."""

from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.personal_data import clean_text
from dimoslive.domain.plans.changes import Change, ClosureChange
from dimoslive.domain.plans.plan import MAX_MESSAGE_LENGTH, MIN_MESSAGE_LENGTH
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import texts_of
from dimoslive.i18n.dates import full_day

LANGUAGES = ("el", "en")


def usual_message(change: Change, zone: str) -> Words:
    """What is said if nobody writes anything else, by language."""
    found: Words = {}
    for language in LANGUAGES:
        t = texts_of(language)
        if isinstance(change, ClosureChange):
            day = full_day(local_day(change.period.starts_at, zone), language)
            found[language] = t("plan.message.closure", day=day, reason=change.reason[language].rstrip("."))
        else:
            found[language] = t(f"plan.message.{change.kind}")
    return found


def checked_message(message: Words) -> Words:
    """The same without blanks around it; raises `InvalidInput`."""
    found: Words = {}
    for language in LANGUAGES:
        field = f"message_{language}"
        text = clean_text(field, message.get(language, ""), max_length=MAX_MESSAGE_LENGTH)
        if len(text) < MIN_MESSAGE_LENGTH:
            raise InvalidInput(field, "too_short", min_length=MIN_MESSAGE_LENGTH)
        found[language] = text
    return found
