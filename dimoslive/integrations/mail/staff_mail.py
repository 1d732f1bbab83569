"""The mail to an official about a booking of today: time, service and reference, and no person."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.desk.own_mails import StaffNews
from dimoslive.i18n import texts_of
from dimoslive.i18n.dates import staff_clock
from dimoslive.integrations.mail.headers import POLICY, write_headers
from dimoslive.integrations.wording import one_line, service_line


def staff_mail(
    news: StaffNews,
    booking: Booking,
    language: str,
    *,
    to: str,
    account_link: str,
    mail_from: str,
    message_id: str,
    now: datetime,
) -> EmailMessage:
    """The finished mail. ``account_link`` is where it can be ended; ``message_id`` comes with its angle brackets."""
    t = texts_of(language)
    time = staff_clock(booking.period.starts_at, booking.service.zone)
    lines = (
        t("staff_mail.time", time=time),
        t("staff_mail.service", service=service_line(booking.service, t)),
        t("staff_mail.reference", reference=show_reference(booking.reference)),
        "",
        t("staff_mail.stop", link=account_link),
    )
    message = EmailMessage(policy=POLICY)
    message.set_content("\n".join(lines) + "\n")
    write_headers(
        message,
        {
            "From": mail_from,
            "To": str(Address(addr_spec=one_line(to))),
            "Subject": t(f"staff_mail.subject.{news}", time=time),
            "Date": format_datetime(now),
            "Message-ID": message_id,
            "Content-Language": t.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    return message
