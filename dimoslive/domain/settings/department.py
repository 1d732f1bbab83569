"""A department, as a municipality writes it."""

from collections.abc import Mapping

from dimoslive.domain.settings.typed import TypedForm

MIN_NAME_LENGTH, MAX_NAME_LENGTH = 2, 120
MAX_ADDRESS_LENGTH = 200
MAX_POSITION = 999


def parse_department(raw: Mapping[str, object]) -> dict[str, object]:
    """The columns of a department, in the order of its form; raises `InvalidDetails`."""
    form = TypedForm(raw)
    values: dict[str, object] = {
        "name_el": form.line("name_el", min_length=MIN_NAME_LENGTH, max_length=MAX_NAME_LENGTH),
        "name_en": form.line("name_en", min_length=MIN_NAME_LENGTH, max_length=MAX_NAME_LENGTH),
        "is_name_en_suggested": form.flag("is_name_en_suggested"),
        "address_el": form.line("address_el", max_length=MAX_ADDRESS_LENGTH, required=False),
        "address_en": form.line("address_en", max_length=MAX_ADDRESS_LENGTH, required=False),
        "phone": form.phone("phone"),
        "email": form.email("email"),
        "position": form.number("position", low=1, high=MAX_POSITION),
    }
    form.check()
    return values
