"""All ways in which events are told."""

from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.outbox.deliver_staff_mail import STAFF_MAIL
from dimoslive.services.outbox.deliver_to_officials import OFFICIALS_MAIL
from dimoslive.services.outbox.deliver_webhooks import PROGRAMS
from dimoslive.services.outbox.deliverer import Deliverer

ONE_AFTER_THE_OTHER: tuple[Deliverer, ...] = (MAIL, OFFICIALS_MAIL, STAFF_MAIL)
"""Those with one receiver, a mail server."""
DELIVERERS: tuple[Deliverer, ...] = (*ONE_AFTER_THE_OTHER, PROGRAMS)
