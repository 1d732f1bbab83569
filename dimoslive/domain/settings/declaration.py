"""What a municipality adds to the declaration, as its form has it."""

from collections.abc import Mapping

from dimoslive.domain.settings.typed import TypedForm

MAX_SUPPLEMENT_LENGTH = 2000


def parse_supplement(raw: Mapping[str, object]) -> dict[str, object]:
    """Both languages, or neither: then nothing is added any more. Raises `InvalidDetails`."""
    form = TypedForm(raw)
    texts = {name: form.text(name, max_length=MAX_SUPPLEMENT_LENGTH) for name in ("text_el", "text_en")}
    if any(texts.values()):
        for name, text in texts.items():
            if not text:
                form.refuse(name, "required")
    form.check()
    return dict(texts)
