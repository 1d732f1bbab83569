"""The sentences that officials can pick when they cancel a booking: a municipality's own, or the usual ones."""

import json
from collections.abc import Mapping

from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.settings.municipality import READY_REASONS
from dimoslive.i18n.texts import LANGUAGES, texts_of

ReadyReasons = tuple[dict[str, str], ...]
"""Each by language."""


def ready_reasons(row: MunicipalityRow) -> ReadyReasons:
    """Four."""
    if row.cancel_reasons:
        return tuple(json.loads(row.cancel_reasons))
    return tuple(
        {language: texts_of(language)(f"desk_booking.reason.{number}") for language in LANGUAGES}
        for number in range(1, READY_REASONS + 1)
    )


def reason_fields(reasons: ReadyReasons) -> dict[str, object]:
    """As the form has them: ``reason_1_el``, ``reason_1_en`` and so on."""
    return {
        f"reason_{number}_{language}": reason[language]
        for number, reason in enumerate(reasons, 1)
        for language in LANGUAGES
    }


def write_reasons(row: MunicipalityRow, changed: Mapping[str, object]) -> None:
    """Take over those of the form's fields that changed."""
    fields = reason_fields(ready_reasons(row)) | dict(changed)
    reasons = [
        {language: fields[f"reason_{number}_{language}"] for language in LANGUAGES}
        for number in range(1, READY_REASONS + 1)
    ]
    row.cancel_reasons = json.dumps(reasons, ensure_ascii=False)
