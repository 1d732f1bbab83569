"""A desk, as a municipality writes it."""

from collections.abc import Collection, Mapping

from dimoslive.domain.settings.typed import TypedForm

MAX_NAME_LENGTH = 60
MAX_PLACE_LENGTH = 120
MAX_POSITION = 999
MAX_OFFICIALS = 20


def parse_desk(
    raw: Mapping[str, object], department_ids: Collection[int], official_ids: Collection[int]
) -> dict[str, object]:
    """The columns of a desk and who works it, in the order of its form; raises `InvalidDetails`.

    ``department_ids`` and ``official_ids`` are those to choose from. The usual official, if any, works it.
    """
    form = TypedForm(raw)
    department = form.choice("department_id", {str(id_) for id_ in department_ids})
    values: dict[str, object] = {
        "department_id": int(department) if department else 0,
        "name_el": form.line("name_el", max_length=MAX_NAME_LENGTH),
        "name_en": form.line("name_en", max_length=MAX_NAME_LENGTH),
        "is_name_en_suggested": form.flag("is_name_en_suggested"),
        "place_el": form.line("place_el", max_length=MAX_PLACE_LENGTH, required=False),
        "place_en": form.line("place_en", max_length=MAX_PLACE_LENGTH, required=False),
        "position": form.number("position", low=1, high=MAX_POSITION),
    }
    officials = form.ids("official_ids", official_ids)
    if len(officials) > MAX_OFFICIALS:
        form.refuse("official_ids", "too_many_officials", number=MAX_OFFICIALS)
    usual = form.choice("usual_official_id", {"", *(str(id_) for id_ in official_ids)})
    if usual and int(usual) not in officials:
        form.refuse("usual_official_id", "usual_works_it_not")
    form.check()
    return values | {"official_ids": officials, "usual_official_id": int(usual) if usual else None}
