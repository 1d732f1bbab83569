"""The one place where real adapters are picked, each by one word of the settings."""

from pathlib import Path

from pydantic import SecretStr

from dimoslive.context import AppContext
from dimoslive.crypto import Seal
from dimoslive.db.engine import keep_time, make_engine
from dimoslive.integrations.bus.local import LocalRoomBus
from dimoslive.integrations.bus.redis import RedisRoomBus
from dimoslive.integrations.clock import ShiftedClock, SystemClock
from dimoslive.integrations.identity.gsis import GsisProvider
from dimoslive.integrations.identity.openid import OpenIdProvider
from dimoslive.integrations.mail.mailbox import MailboxMailer
from dimoslive.integrations.mail.smtp import SmtpMailer
from dimoslive.integrations.request_limits import MemoryRequestLimiter, RedisRequestLimiter
from dimoslive.integrations.video.builtin import BuiltinRooms
from dimoslive.integrations.video.jitsi import JitsiRooms
from dimoslive.integrations.video.teams import TeamsAccount, TeamsRooms
from dimoslive.integrations.webhooks.resolver import SystemResolver
from dimoslive.integrations.webhooks.sender import HttpWebhookSender
from dimoslive.ports import Clock, Identity, IdentityProvider, Mailer, OpenIdentity, VideoRooms
from dimoslive.settings import Settings

SIMULATOR_CLIENT = ("dimoslive-development", "simulator-secret")
"""The client that the simulator knows; it exists in development only."""


def build(settings: Settings) -> AppContext:
    """What the services work with, as the settings say. Connects to nothing yet."""
    clock = ShiftedClock(Path(settings.clock_file)) if settings.clock_file else SystemClock()
    seal = Seal(settings.secret_key.get_secret_value())
    db = make_engine(settings.database_url)
    keep_time(db, clock.now)
    return AppContext(
        db=db,
        clock=clock,
        identity=_identity(settings, settings.gsis_realm, settings.gsis_client_id, settings.gsis_client_secret),
        staff_identity=_identity(
            settings,
            settings.gsis_staff_realm,
            settings.gsis_staff_client_id or settings.gsis_client_id,
            settings.gsis_staff_client_secret or settings.gsis_client_secret,
        ),
        staff_openid=_openid(settings, clock, seal) if settings.oidc_issuer else None,
        mailer=_mailer(settings),
        video=_video(settings, clock),
        default_video=settings.video,
        room_bus=RedisRoomBus(settings.redis_url) if settings.redis_url else LocalRoomBus(),
        webhooks=HttpWebhookSender(clock, SystemResolver(), admitted=settings.admitted_networks),
        webhook_ports=settings.allowed_ports,
        request_limiter=RedisRequestLimiter(settings.redis_url) if settings.redis_url else MemoryRequestLimiter(clock),
        seal=seal,
        public_url=settings.public_url,
        mail_from=settings.mail_from,
        turn_urls=tuple(url.strip() for url in settings.turn_urls.split(",") if url.strip()),
        turn_secret=settings.turn_secret.get_secret_value(),
    )


def _identity(settings: Settings, realm: str, client_id: str, client_secret: SecretStr) -> IdentityProvider[Identity]:
    if settings.identity == "simulator":
        return GsisProvider(
            base_url=f"{settings.public_url}/simulator",
            # The server talks to its own simulator directly, whatever address browsers use.
            back_channel_url=f"http://127.0.0.1:{settings.port}/simulator",
            language_parameter="lang",
            realm=realm,
            client_id=SIMULATOR_CLIENT[0],
            client_secret=SIMULATOR_CLIENT[1],
        )
    return GsisProvider(
        base_url=settings.gsis_base_url,
        realm=realm,
        client_id=client_id,
        client_secret=client_secret.get_secret_value(),
        token_in=settings.gsis_token_in,
    )


def _openid(settings: Settings, clock: Clock, seal: Seal) -> IdentityProvider[OpenIdentity]:
    return OpenIdProvider(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        vouches_for_email=settings.oidc_vouches_for_email,
        clock=clock,
        secret_of=seal.link_token,
    )


def _mailer(settings: Settings) -> Mailer:
    if settings.mail == "smtp":
        return SmtpMailer(settings.smtp_url.get_secret_value())
    return MailboxMailer(settings.mailbox_dir)


def _video(settings: Settings, clock: Clock) -> dict[str, VideoRooms]:
    """All providers with complete settings: a municipality may choose another than the installation's."""
    rooms: dict[str, VideoRooms] = {"builtin": BuiltinRooms()}
    if settings.jitsi_url:
        secret = settings.jitsi_app_secret.get_secret_value()
        rooms["jitsi"] = JitsiRooms(url=settings.jitsi_url, app_id=settings.jitsi_app_id, app_secret=secret)
    if settings.teams_tenant and settings.teams_client_id and settings.teams_organizer:
        account = TeamsAccount(
            tenant=settings.teams_tenant,
            client_id=settings.teams_client_id,
            client_secret=settings.teams_client_secret.get_secret_value(),
            organizer=settings.teams_organizer,
        )
        rooms["teams"] = TeamsRooms(account, clock)
    return rooms
