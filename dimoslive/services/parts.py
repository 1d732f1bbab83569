"""What the services work with. Built once by `dimoslive.bootstrap`."""

from dataclasses import dataclass

from sqlalchemy import Engine

from dimoslive.ports import Clock, IdentityProvider, Mailer
from dimoslive.services.secrets import Seal


@dataclass(frozen=True, slots=True)
class Parts:
    """The database, the clock, the ports and the two facts of the installation that mails and sign-in need."""

    db: Engine
    clock: Clock
    identity: IdentityProvider
    mailer: Mailer
    seal: Seal
    public_url: str
    mail_from: str
