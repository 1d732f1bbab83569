"""The mail to an administrator about a key that ends, or that nobody uses."""

from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from dimoslive.domain.events import KeyWarned
from dimoslive.i18n import texts_of
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.integrations.mail.headers import POLICY, write_headers
from dimoslive.integrations.wording import in_language, one_line


def key_mail(event: KeyWarned, link: str, *, mail_from: str, message_id: str, now: datetime) -> EmailMessage:
    """The finished mail; ``link`` is the key's page."""
    t = texts_of(event.language)
    words = {"name": one_line(event.key_name)}
    last_day = desk_date(date.fromisoformat(event.last_day))
    lines = (
        t("key_mail.for", municipality=one_line(in_language(event.municipality_name, t.language))),
        t(f"key_mail.text.{event.news}", last_day=last_day, **words),
        "",
        t("key_mail.page", link=link),
    )
    message = EmailMessage(policy=POLICY)
    message.set_content("\n".join(lines) + "\n")
    write_headers(
        message,
        {
            "From": mail_from,
            "To": str(Address(addr_spec=one_line(event.email))),
            "Subject": t(f"key_mail.subject.{event.news}", **words),
            "Date": format_datetime(now),
            "Message-ID": message_id,
            "Content-Language": t.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    return message
