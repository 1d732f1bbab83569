"""How a person is called: in two parts where somebody gave two, else as it was typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class PersonName:
    """Two parts where the sign-in or an official names the person; one where it was typed as one, or is a business.

    It has no repr of its own, so that no log line can print a person.
    """

    first_name: str = ""
    last_name: str = ""
    typed: str = ""

    @property
    def listed(self) -> str:
        """As people are looked up: surname first."""
        return self.typed or f"{self.last_name} {self.first_name}".strip()

    @property
    def said(self) -> str:
        """As people are spoken of: given name first."""
        return self.typed or f"{self.first_name} {self.last_name}".strip()


def name_of(first_name: str, last_name: str) -> PersonName:
    """Of two fields, the second of which may be empty: then the first is the whole name."""
    return PersonName(first_name, last_name) if last_name else PersonName(typed=first_name)
