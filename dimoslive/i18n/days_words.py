"""Days to the next free time in words, wherever they are shown."""

from dimoslive.domain.figures.days_to_next import DaysToNext
from dimoslive.i18n.texts import Texts


def days_words(value: DaysToNext, t: Texts) -> str:
    """«σήμερα», «3 ημέρες», «καμία ως 23/1», or that it is paused."""
    if value.days is not None:
        return t.count("days_to_next.days", value.days) if value.days else t("days_to_next.today")
    if value.none_until is None:
        return t("days_to_next.paused")
    return t("days_to_next.none_until", day=f"{value.none_until.day}/{value.none_until.month}")
