"""How an appointment is held."""

from enum import StrEnum


class Mode(StrEnum):
    """How a person is served."""

    VIDEO = "video"
    IN_PERSON = "in_person"
    PHONE = "phone"
