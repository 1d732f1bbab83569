"""Languages, texts and dates. A page is a function of its `Texts`; sentences live in the ``.po`` files alone."""

from dimoslive.i18n.texts import LANGUAGES, Texts, UnknownText, texts_of

__all__ = ["LANGUAGES", "Texts", "UnknownText", "texts_of"]
