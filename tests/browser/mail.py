"""What a citizen finds in a mail."""

import re

from icalendar import Calendar, Event

from dimoslive.integrations.mail.mailbox import StoredMail


def link(mail: StoredMail, wish: str) -> str:
    """The address behind «Ακύρωση κράτησης» (``cancel``), «Προγραμματισμός εκ νέου» (``move``), and so on."""
    found = re.search(rf"https?://\S+/b/\S+\?do={wish}", mail.text)
    assert found, mail.text
    return found[0]


def event(mail: StoredMail) -> Event:
    """The calendar's part."""
    [found] = Calendar.from_ical(mail.ics).events
    return found
