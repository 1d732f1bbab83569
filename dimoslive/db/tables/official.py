"""Tables of officials, their rights and their sessions."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from dimoslive.db.tables.root import Root
from dimoslive.domain.desk.own_mails import OwnMails
from dimoslive.domain.people.principals import StaffRole


class OfficialRow(SQLModel, table=True):
    """A public servant who may sign in; a municipality has entered the AFM, whose keyed hash is kept, or an e-mail."""

    __tablename__ = "official"
    __table_args__ = (Index("official_by_email", "email", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    afm_hash: str | None = Field(default=None, unique=True, max_length=64)
    afm_last_digits: str = Field(default="", max_length=3, description="To show which AFM was entered")
    email: str | None = Field(default=None, max_length=254, description="Lower case")
    first_name: str
    last_name: str
    is_active: bool = True
    is_platform_admin: bool = False
    language: str = "el"
    mails: str = Field(default=OwnMails.NONE.value, max_length=20, description="Of which bookings of the day")
    has_sound: bool = Field(default=False, description="A sound when somebody comes to the own desk")
    duties_version: str | None = Field(default=None, max_length=20, description="Which duties were read")
    duties_at: datetime | None = None


class OfficialIdentityRow(SQLModel, table=True):
    """Whom an OpenID Connect provider means: decides from the first sign-in on, whatever the e-mail says later."""

    __tablename__ = "official_identity"

    issuer: str = Field(primary_key=True, max_length=300)
    subject: str = Field(primary_key=True, max_length=255)
    official_id: int = Field(foreign_key="official.id", index=True)


class OfficialRightRow(Root, table=True):
    """As what an official may act for a municipality; where departments are entered, for these alone."""

    __tablename__ = "official_right"

    official_id: int = Field(foreign_key="official.id", primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", primary_key=True, index=True)
    role: str = Field(default=StaffRole.OFFICIAL.value, max_length=30)
    entered_at: datetime | None = Field(default=None, description="Empty: before this was kept")
    last_name: str = Field(default="", description="As this municipality says, until the official comes to work")
    first_name: str = ""
    email: str = Field(default="", max_length=254, description="As this municipality says, where another was first")
    afm_last_digits: str = Field(default="", max_length=3)


class OfficialDepartmentRow(SQLModel, table=True):
    """A department to which a right is limited."""

    __tablename__ = "official_department"

    official_id: int = Field(foreign_key="official.id", primary_key=True)
    department_id: int = Field(foreign_key="department.id", primary_key=True, index=True)


class DeskOfficialRow(SQLModel, table=True):
    """Who works a desk; one of them may be the usual one."""

    __tablename__ = "desk_official"

    desk_id: int = Field(foreign_key="desk.id", primary_key=True)
    official_id: int = Field(foreign_key="official.id", primary_key=True, index=True)
    is_usual: bool = False


class StaffSessionRow(SQLModel, table=True):
    """An official's signed-in browser; kept apart from citizens' sessions, as one person may be both."""

    __tablename__ = "staff_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    official_id: int = Field(foreign_key="official.id", index=True)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime = Field(index=True)
    is_extended: bool = False
    realm: str = Field(default="staff", max_length=20, description="By which sign-in it was opened")
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id", description="The one used last")
    desk_id: int | None = Field(default=None, foreign_key="desk.id")
    desk_on: date | None = Field(default=None, description="The day for which the desk was chosen, or none")
