"""Where a municipality is found and reached, as it writes it."""

from collections.abc import Mapping

from dimoslive.domain.settings.typed import TypedForm

MAX_ADDRESS_LENGTH = 200


def parse_contact(raw: Mapping[str, object]) -> dict[str, object]:
    """The columns, in the order of the form: an address, and a telephone number or an address for mails.

    Raises `InvalidDetails`.
    """
    form = TypedForm(raw)
    values: dict[str, object] = {
        "address_el": form.line("address_el", max_length=MAX_ADDRESS_LENGTH),
        "address_en": form.line("address_en", max_length=MAX_ADDRESS_LENGTH, required=False),
        "phone": form.phone("phone"),
        "email": form.email("email"),
    }
    if not form.raw("phone").strip() and not form.raw("email").strip():
        form.refuse("phone", "phone_or_email")
    form.check()
    return values
