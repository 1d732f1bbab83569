"""The mail to an administrator about a receiver of webhooks that was switched off."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from dimoslive.domain.events import WebhookSwitchedOff
from dimoslive.i18n import texts_of
from dimoslive.integrations.mail.headers import POLICY, write_headers
from dimoslive.integrations.wording import one_line


def webhook_mail(
    event: WebhookSwitchedOff,
    language: str,
    *,
    to: str,
    link: str,
    mail_from: str,
    message_id: str,
    now: datetime,
) -> EmailMessage:
    """The finished mail. ``link`` leads to the endpoint; ``message_id`` comes with its angle brackets."""
    t, name = texts_of(language), one_line(event.endpoint_name)
    lines = (
        t(f"webhooks.mail.because.{event.because}", name=name),
        t("webhooks.mail.waiting"),
        "",
        t("webhooks.mail.what_to_do", link=link),
    )
    message = EmailMessage(policy=POLICY)
    message.set_content("\n".join(lines) + "\n")
    write_headers(
        message,
        {
            "From": mail_from,
            "To": str(Address(addr_spec=one_line(to))),
            "Subject": t("webhooks.mail.subject", name=name),
            "Date": format_datetime(now),
            "Message-ID": message_id,
            "Content-Language": t.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    return message
