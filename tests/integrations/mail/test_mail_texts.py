import re

from dimoslive.i18n import texts_of

TOPICS = ("mail.", "invitation.")


def test_the_texts_of_mails_exist_in_both_languages() -> None:
    greek = _keys("el")
    assert greek == _keys("en")
    assert len(greek) > 40


def test_both_languages_fill_in_the_same_places() -> None:
    for key in _keys("el"):
        greek, english = (re.findall(r"\{\w*\}", texts_of(language)(key)) for language in ("el", "en"))
        assert sorted(greek) == sorted(english), key


def _keys(language: str) -> set[str]:
    keys = texts_of(language).keys()
    return {key for key in keys if key.startswith(TOPICS)}
