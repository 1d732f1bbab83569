"""What the services work with. Built once by `dimoslive.bootstrap`."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from dimoslive.crypto import Seal
from dimoslive.ports import (
    Clock,
    Identity,
    IdentityProvider,
    Mailer,
    OpenIdentity,
    RequestLimiter,
    RoomBus,
    VideoRooms,
    WebhookSender,
)


@dataclass(frozen=True, slots=True)
class AppContext:
    """The database, the clock, the ports, and the few facts of the installation that services need."""

    db: Engine
    clock: Clock
    identity: IdentityProvider[Identity]
    staff_identity: IdentityProvider[Identity]
    mailer: Mailer
    video: Mapping[str, VideoRooms]
    """All providers that are configured, by their word."""
    default_video: str
    room_bus: RoomBus
    webhooks: WebhookSender
    request_limiter: RequestLimiter
    seal: Seal
    public_url: str
    mail_from: str
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = ""
    webhook_ports: tuple[int, ...] = (443,)
    """To which webhooks may be sent."""
    staff_openid: IdentityProvider[OpenIdentity] | None = None
    """Where the installation has an OpenID Connect provider for officials."""
