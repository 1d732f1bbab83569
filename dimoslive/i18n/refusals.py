"""What is wrong with a typed value, in words."""

from dimoslive.domain.errors import InvalidInput
from dimoslive.i18n.texts import Texts


def say(problem: InvalidInput, t: Texts) -> str:
    """A problem in the words of its field, if there are such, else in general ones."""
    own = f"error.{problem.field}.{problem.code}"
    return t(own if t.has(own) else f"error.{problem.code}", **problem.params)
