"""The columns that a draft and a booking share."""

from sqlmodel import SQLModel


class DetailsColumns(SQLModel):
    """Who is served, how to reach them, what about: in a draft as typed, in a booking as checked."""

    served_person: str = "self"
    person_name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    subject: str = ""
    help_needed: str = ""
