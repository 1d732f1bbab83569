"""English for what was typed in Greek alone."""

from collections.abc import Mapping

from dimoslive.i18n.elot743 import to_latin


def with_suggestions(raw: Mapping[str, object]) -> dict[str, object]:
    """The form with an empty ``…_en`` filled from its ``…_el``; where the form marks suggestions, it is marked as one.

    What is empty in both stays so.
    """
    filled = dict(raw)
    for name, greek in raw.items():
        english = f"{name.removesuffix('_el')}_en"
        if not name.endswith("_el") or english not in raw or str(raw[english] or "").strip():
            continue
        filled[english] = to_latin(str(greek or ""))
        filled[f"is_{english}_suggested"] = bool(filled[english])
    return filled
