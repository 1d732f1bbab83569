"""The one place where real adapters are picked, each by one word of the settings."""

from dimoslive.db.engine import make_engine
from dimoslive.integrations.clock import SystemClock
from dimoslive.integrations.identity.gsis import GsisProvider
from dimoslive.integrations.mail.mailbox import MailboxMailer
from dimoslive.integrations.mail.smtp import SmtpMailer
from dimoslive.ports import IdentityProvider, Mailer
from dimoslive.services.parts import Parts
from dimoslive.services.secrets import Seal
from dimoslive.settings import Settings

SIMULATOR_CLIENT = ("dimoslive-development", "simulator-secret")
"""The client that the simulator knows; it exists in development only."""


def build(settings: Settings) -> Parts:
    """What the services work with, as the settings say. Connects to nothing yet."""
    return Parts(
        db=make_engine(settings.database_url),
        clock=SystemClock(),
        identity=_identity(settings),
        mailer=_mailer(settings),
        seal=Seal(settings.secret_key.get_secret_value()),
        public_url=settings.public_url,
        mail_from=settings.mail_from,
    )


def _identity(settings: Settings) -> IdentityProvider:
    if settings.identity == "simulator":
        client_id, client_secret = SIMULATOR_CLIENT
        return GsisProvider(
            base_url=f"{settings.public_url}/simulator",
            # The server talks to its own simulator directly, whatever address browsers use.
            back_channel_url=f"http://127.0.0.1:{settings.port}/simulator",
            realm=settings.gsis_realm,
            client_id=client_id,
            client_secret=client_secret,
        )
    return GsisProvider(
        base_url=settings.gsis_base_url,
        realm=settings.gsis_realm,
        client_id=settings.gsis_client_id,
        client_secret=settings.gsis_client_secret.get_secret_value(),
        token_in=settings.gsis_token_in,
    )


def _mailer(settings: Settings) -> Mailer:
    if settings.mail == "smtp":
        return SmtpMailer(settings.smtp_url.get_secret_value())
    return MailboxMailer(settings.mailbox_dir)
