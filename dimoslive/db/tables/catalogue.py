"""What can be booked: municipalities, their departments, services, desks and hours."""

from datetime import date, datetime, time

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from dimoslive.db.tables.root import Pausable, Root
from dimoslive.domain.desk.feeds import FeedPersons
from dimoslive.domain.scheduling.local_time import ATHENS


class MunicipalityRow(Root, Pausable, table=True):
    """One of the 332; ``joined_at`` tells those that take bookings here."""

    __tablename__ = "municipality"

    id: int = Field(primary_key=True, description="The ministry's code, 9001 to 9332")
    slug: str = Field(unique=True, max_length=80)
    name_el: str
    name_upper_el: str
    name_en: str
    short_name_el: str
    short_name_en: str
    regional_unit_el: str
    regional_unit_en: str
    region_el: str
    region_en: str
    aliases: str = Field(default="", description="Other names that people use, seats among them; between them stands ;")
    zone: str = ATHENS
    enrolled_at: datetime | None = Field(default=None, description="Since when it sets itself up here")
    joined_at: datetime | None = Field(default=None, description="Since when it is published")
    pause_until: datetime | None = None
    address_el: str = ""
    address_en: str = ""
    phone: str = ""
    email: str = ""
    website: str = Field(default="", max_length=300)
    accent_color: str = Field(default="#003375", max_length=7)
    data_protection_contact: str = Field(default="", max_length=200)
    cancel_reasons: str = Field(default="", description="Four, as JSON of {el, en}; empty: the usual ones")
    max_open_bookings: int = 3
    retention_days: int = 30
    video_provider: str = Field(default="", max_length=20, description="Empty: the installation's own choice")
    feed_persons: str = Field(
        default=FeedPersons.NONE.value, max_length=20, description="What calendar feeds say of persons"
    )
    has_public_figures: bool = Field(default=True, description="Whether it stands on the public page of figures")


class DepartmentRow(Root, table=True):
    """A department of a municipality; its address, if any, is where people are served in person."""

    __tablename__ = "department"

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    name_el: str
    name_en: str
    is_name_en_suggested: bool = False
    address_el: str = ""
    address_en: str = ""
    phone: str = ""
    email: str = ""
    position: int = Field(default=1, description="Among the departments of its municipality")
    is_active: bool = True


class ServiceRow(Root, Pausable, table=True):
    """What an appointment is for. The rules are those of `ServiceRules`."""

    __tablename__ = "service"

    id: int | None = Field(default=None, primary_key=True)
    department_id: int = Field(foreign_key="department.id", index=True)
    slug: str = Field(max_length=80)
    name_el: str
    name_en: str
    is_name_en_suggested: bool = False
    short_name_el: str = Field(default="", max_length=40, description="For rows and tables; empty: the name")
    short_name_en: str = Field(default="", max_length=40)
    is_active: bool = True
    position: int = Field(default=1, description="Among the services of its department")
    reopens_on: date | None = Field(default=None, description="Of a pause; empty: until somebody ends it")
    offers_video: bool = True
    offers_in_person: bool = True
    offers_phone: bool = False
    duration_minutes: int = 10
    step_minutes: int = 30
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    notice_minutes: int = 120
    notice_working_days: int = 1
    horizon_days: int = 60
    release_at: time = time(8, 0)
    staff_reserve: int = 0
    max_open_bookings: int = 1
    move_until_minutes: int = 120
    cancel_until_minutes: int = 0
    max_moves: int = 3
    documents_el: str = ""
    documents_en: str = ""
    instructions_el: str = ""
    instructions_en: str = ""
    online_url: str = ""
    has_waiting_list: bool = True
    has_reminders: bool = True
    is_sensitive: bool = Field(default=False, description="Neither its name nor a subject in mails and calendars")
    mail_note_el: str = ""
    mail_note_en: str = ""


class DeskRow(Root, table=True):
    """One official's or counter's calendar, or an overflow lane of one: there stands what is over capacity."""

    __tablename__ = "desk"
    __table_args__ = (Index("one_desk_per_lane", "overflow_of", "lane", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    department_id: int | None = Field(default=None, foreign_key="department.id")
    name_el: str
    name_en: str = ""
    is_name_en_suggested: bool = False
    place_el: str = Field(default="", description="What stands on the door")
    place_en: str = ""
    position: int = Field(default=1, description="Among the desks of its municipality")
    is_active: bool = True
    overflow_of: int | None = Field(default=None, foreign_key="desk.id")
    lane: int = 0


class ServiceDeskRow(SQLModel, table=True):
    """Which desks serve which service."""

    __tablename__ = "service_desk"

    service_id: int = Field(foreign_key="service.id", primary_key=True)
    desk_id: int = Field(foreign_key="desk.id", primary_key=True, index=True)


class OpeningHoursRow(SQLModel, table=True):
    """Weekly hours (``weekday``) or those of one date (``on_date``, without times: closed). Local time."""

    __tablename__ = "opening_hours"

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="service.id", index=True)
    weekday: int | None = None
    on_date: date | None = None
    opens: time | None = None
    closes: time | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class ClosureRow(Root, table=True):
    """A municipality, or one department of it, is closed. An inactive one is a suggestion."""

    __tablename__ = "closure"

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    department_id: int | None = Field(default=None, foreign_key="department.id")
    starts_at: datetime
    ends_at: datetime
    reason_el: str
    reason_en: str
    is_active: bool = True
    copied_year: int | None = Field(default=None, description="For which year a suggestion was copied")


class AbsenceRow(Root, table=True):
    """One or more desks are not staffed. An inactive one was taken back."""

    __tablename__ = "absence"

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    starts_at: datetime
    ends_at: datetime
    note: str = Field(default="", max_length=200, description="For colleagues; nothing about health")
    is_active: bool = True


class AbsenceDeskRow(SQLModel, table=True):
    """Which desks an absence is of."""

    __tablename__ = "absence_desk"

    absence_id: int = Field(foreign_key="absence.id", primary_key=True, ondelete="CASCADE")
    desk_id: int = Field(foreign_key="desk.id", primary_key=True, index=True)
