"""The settings, one typed object: the only reader of the environment, but for `rxconfig.py` and Reflex's own."""

from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from dimoslive.integrations import addresses
from dimoslive.integrations.mail.smtp import SmtpMailer

TEST_PROVIDER = "test.gsis.gr"
DEVELOPMENT_SECRET = "development-only-not-a-secret"  # noqa: S105  # refused in production, see below


class Settings(BaseSettings):
    """Each field is read from ``DIMOSLIVE_<NAME>`` in the environment or in ``.env``."""

    model_config = SettingsConfigDict(env_prefix="DIMOSLIVE_", env_file=".env", extra="ignore")

    env: Literal["development", "production"] = "development"
    public_url: str = Field("", description="Address under which browsers reach the site, without a slash at the end")
    port: int = Field(3000, gt=0, lt=65536)
    trusted_proxies: int = Field(0, ge=0, description="How many proxies of ours stand before the server")
    database_url: str = "sqlite:///dimoslive.db"
    redis_url: str = ""
    secret_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    identity: Literal["simulator", "gsis"] = "simulator"
    gsis_base_url: str = f"https://{TEST_PROVIDER}"
    gsis_realm: str = Field("oauth2server", description="Prefix of the provider's paths: citizens' or servants' realm")
    gsis_client_id: str = ""
    gsis_client_secret: SecretStr = SecretStr("")
    gsis_staff_realm: str = Field("oauth2servergov", description="Prefix of the provider's paths for officials")
    gsis_staff_client_id: str = Field("", description="Where officials have a client of their own")
    gsis_staff_client_secret: SecretStr = SecretStr("")
    gsis_token_in: Literal["header", "query"] = Field("header", description="How userinfo wants the access token")
    oidc_issuer: str = Field("", description="An OpenID Connect provider for officials, as its documents name it")
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_vouches_for_email: bool = Field(
        default=False, description="Its mail addresses are its persons' own, whether it marks them as verified or not"
    )
    mail: Literal["mailbox", "smtp"] = "mailbox"
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = "myDIMOSLive <noreply@localhost>"
    mailbox_dir: Path = Path("mailbox")
    support_email: str = Field("support@localhost", description="Shown on the page for technical help")
    operator_name: str = Field("Δοκιμαστική εγκατάσταση", description="Who runs this installation, as the law wants it")
    operator_name_en: str = "Test installation"
    operator_address: str = "Οδός Δοκιμής 1, 100 00 Αθήνα"
    operator_address_en: str = "1 Test Street, 100 00 Athens"
    dpo_email: str = Field("dpo@localhost", description="The data protection officer's")
    accessibility_body: str = Field("Υπουργείο Ψηφιακής Διακυβέρνησης", description="Where complaints are made")
    accessibility_body_en: str = "Ministry of Digital Governance"
    accessibility_answer_days: int = Field(30, gt=0, description="Within so many days complaints are answered")
    video: Literal["builtin", "jitsi", "teams"] = Field("builtin", description="Where a municipality did not choose")
    jitsi_url: str = Field("", description="A Jitsi server, with the tenant's path if it has one")
    jitsi_app_id: str = Field("", description="Empty for a server without token authentication")
    jitsi_app_secret: SecretStr = SecretStr("")
    teams_tenant: str = ""
    teams_client_id: str = ""
    teams_client_secret: SecretStr = SecretStr("")
    teams_organizer: str = Field("", description="Object id of the user in whose name meetings are made")
    clock_file: str = Field("", description="A file with the seconds that the clock is ahead, for trying other days")
    turn_urls: str = Field("", description="Relays for the built-in room, separated by commas: turn:host:port")
    turn_secret: SecretStr = Field(SecretStr(""), description="coturn's static-auth-secret")
    webhook_ports: str = Field("443", description="To which ports webhooks may go, separated by commas")
    webhook_networks: str = Field("", description="Inner networks that webhooks may reach, by commas: 10.1.2.0/24")

    @field_validator("public_url")
    @classmethod
    def _origin(cls, url: str) -> str:
        return addresses.site(url, has_path=False) if url else ""

    @field_validator("jitsi_url", "gsis_base_url")
    @classmethod
    def _site(cls, url: str) -> str:
        return addresses.site(url) if url else ""

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, url: str) -> str:
        return addresses.issuer(url) if url else ""

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: str) -> str:
        return addresses.database(url)

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, url: str) -> str:
        return addresses.redis(url) if url else ""

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value():
            SmtpMailer(addresses.smtp(url.get_secret_value()))
        return url

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, text: str) -> str:
        return addresses.sender(text)

    @field_validator("support_email")
    @classmethod
    def _mail_address(cls, text: str) -> str:
        return addresses.mail_address(text)

    @field_validator("turn_urls")
    @classmethod
    def _relays(cls, urls: str) -> str:
        return ", ".join(map(addresses.relay, _parts(urls)))

    @field_validator("webhook_ports")
    @classmethod
    def _ports(cls, text: str) -> str:
        return ", ".join(map(addresses.port, _parts(text)))

    @field_validator("webhook_networks")
    @classmethod
    def _networks(cls, text: str) -> str:
        return ", ".join(map(addresses.network, _parts(text)))

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.public_url:
            self.public_url = addresses.site(f"http://localhost:{self.port}")
        if self.identity == "gsis" and not (self.gsis_client_id and self.gsis_client_secret.get_secret_value()):
            raise ValueError("DIMOSLIVE_GSIS_CLIENT_ID and DIMOSLIVE_GSIS_CLIENT_SECRET are needed with IDENTITY=gsis")
        if self.mail == "smtp" and not self.smtp_url.get_secret_value():
            raise ValueError("DIMOSLIVE_SMTP_URL is needed with MAIL=smtp")
        self._complete_oidc()
        self._complete_video()
        if self.env == "production":
            self._refuse_what_is_for_development()
        return self

    def _complete_oidc(self) -> None:
        named = {
            "DIMOSLIVE_OIDC_ISSUER": self.oidc_issuer,
            "DIMOSLIVE_OIDC_CLIENT_ID": self.oidc_client_id,
            "DIMOSLIVE_OIDC_CLIENT_SECRET": self.oidc_client_secret.get_secret_value(),
        }
        missing = [name for name, value in named.items() if not value]
        if missing and (len(missing) < len(named) or self.oidc_vouches_for_email):
            raise ValueError(f"{missing[0]} is needed for OpenID Connect")

    def _complete_video(self) -> None:
        if self.video == "jitsi" and not self.jitsi_url:
            raise ValueError("DIMOSLIVE_JITSI_URL is needed with VIDEO=jitsi")
        if bool(self.jitsi_app_id) != bool(self.jitsi_app_secret.get_secret_value()):
            raise ValueError("DIMOSLIVE_JITSI_APP_ID and DIMOSLIVE_JITSI_APP_SECRET are needed together")
        teams = {
            "DIMOSLIVE_TEAMS_TENANT": self.teams_tenant,
            "DIMOSLIVE_TEAMS_CLIENT_ID": self.teams_client_id,
            "DIMOSLIVE_TEAMS_CLIENT_SECRET": self.teams_client_secret.get_secret_value(),
            "DIMOSLIVE_TEAMS_ORGANIZER": self.teams_organizer,
        }
        missing = [name for name, value in teams.items() if not value]
        if missing and (self.video == "teams" or len(missing) < len(teams)):
            raise ValueError(f"{missing[0]} is needed for Teams")
        if self.turn_urls and not self.turn_secret.get_secret_value():
            raise ValueError("DIMOSLIVE_TURN_SECRET is needed with TURN_URLS")

    def _refuse_what_is_for_development(self) -> None:
        secret = self.secret_key.get_secret_value()
        if secret == DEVELOPMENT_SECRET or len(secret) < 32:
            raise ValueError("DIMOSLIVE_SECRET_KEY must be set in production, 32 characters or more")
        if self.identity == "simulator":
            raise ValueError("DIMOSLIVE_IDENTITY=simulator is not allowed in production")
        if self.mail == "mailbox":
            raise ValueError("DIMOSLIVE_MAIL=mailbox is not allowed in production")
        if self.clock_file:
            raise ValueError("DIMOSLIVE_CLOCK_FILE is not allowed in production")
        if not self.public_url.startswith("https://"):
            raise ValueError("DIMOSLIVE_PUBLIC_URL must begin with https:// in production")
        if self.jitsi_url and not self.jitsi_url.startswith("https://"):
            raise ValueError("DIMOSLIVE_JITSI_URL must begin with https:// in production")
        for name in ("operator_name", "operator_name_en", "operator_address", "operator_address_en", "dpo_email"):
            if name not in self.model_fields_set or not getattr(self, name).strip():
                raise ValueError(f"DIMOSLIVE_{name.upper()} must be set in production")
        self._refuse_open_ways()
        self._refuse_what_leads_nowhere()

    def _refuse_open_ways(self) -> None:
        """Nothing that is secret may leave the machine in clear."""
        if not self.gsis_base_url.startswith("https://"):
            raise ValueError("DIMOSLIVE_GSIS_BASE_URL must begin with https:// in production")
        if self.oidc_issuer and not self.oidc_issuer.startswith("https://"):
            raise ValueError("DIMOSLIVE_OIDC_ISSUER must begin with https:// in production")
        if not SmtpMailer(self.smtp_url.get_secret_value()).is_private:
            raise ValueError("DIMOSLIVE_SMTP_URL must be smtps://, or have starttls=1, to reach another machine")
        redis = urlsplit(self.redis_url)
        if (
            redis.hostname
            and not addresses.is_this_machine(redis.hostname)
            and not (redis.scheme == "rediss" and redis.password)
        ):
            raise ValueError("DIMOSLIVE_REDIS_URL must be rediss:// with a password to reach another machine")

    def _refuse_what_leads_nowhere(self) -> None:
        """The defaults are for a developer's machine."""
        if urlsplit(self.gsis_base_url).hostname == TEST_PROVIDER:
            raise ValueError(f"DIMOSLIVE_GSIS_BASE_URL must not be {TEST_PROVIDER} in production")
        hosts: dict[str, list[str | None]] = {
            "PUBLIC_URL": [urlsplit(self.public_url).hostname],
            "OIDC_ISSUER": [urlsplit(self.oidc_issuer).hostname],
            "JITSI_URL": [urlsplit(self.jitsi_url).hostname],
            "TURN_URLS": [urlsplit(relay.replace(":", "://", 1)).hostname for relay in self.relays],
            "MAIL_FROM": [parseaddr(self.mail_from)[1].rpartition("@")[2]],
            "SUPPORT_EMAIL": [self.support_email.rpartition("@")[2]],
        }
        for name, named in hosts.items():
            if any(host and addresses.is_this_machine(host) for host in named):
                raise ValueError(f"DIMOSLIVE_{name} must name a host that others can reach, in production")

    @property
    def is_production(self) -> bool:
        """Whether real citizens use this installation."""
        return self.env == "production"

    @property
    def relays(self) -> list[str]:
        """The addresses in ``turn_urls``."""
        return _parts(self.turn_urls)

    @property
    def allowed_ports(self) -> tuple[int, ...]:
        """The numbers in ``webhook_ports``."""
        return tuple(map(int, _parts(self.webhook_ports)))

    @property
    def admitted_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks in ``webhook_networks``."""
        return tuple(map(ip_network, _parts(self.webhook_networks)))


class WrongSettings(SystemExit):
    """Stops the start with one line that names the setting."""


def load_settings() -> Settings:
    """Read and check the settings; raises `WrongSettings`."""
    try:
        return Settings()
    except ValidationError as error:
        raise WrongSettings("; ".join(_one_line(problem) for problem in error.errors())) from None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _one_line(problem: object) -> str:
    assert isinstance(problem, dict)
    where = "_".join(str(part) for part in problem["loc"]).upper()
    message = str(problem["msg"]).removeprefix("Value error, ")
    return f"DIMOSLIVE_{where}: {message}" if where else message
