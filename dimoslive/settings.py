"""The settings, one typed object: the only reader of the environment."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

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
    gsis_base_url: str = "https://test.gsis.gr"
    gsis_realm: str = Field("oauth2server", description="Prefix of the provider's paths: citizens' or servants' realm")
    gsis_client_id: str = ""
    gsis_client_secret: SecretStr = SecretStr("")
    gsis_token_in: Literal["header", "query"] = Field("header", description="How userinfo wants the access token")
    mail: Literal["mailbox", "smtp"] = "mailbox"
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = "myDimosLive <noreply@localhost>"
    mailbox_dir: Path = Path("mailbox")
    support_email: str = Field("support@localhost", description="Shown on the page for technical help")

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
        return url

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.public_url:
            self.public_url = f"http://localhost:{self.port}"
        if self.identity == "gsis" and not (self.gsis_client_id and self.gsis_client_secret.get_secret_value()):
            raise ValueError("DIMOSLIVE_GSIS_CLIENT_ID and DIMOSLIVE_GSIS_CLIENT_SECRET are needed with IDENTITY=gsis")
        if self.mail == "smtp" and not self.smtp_url.get_secret_value():
            raise ValueError("DIMOSLIVE_SMTP_URL is needed with MAIL=smtp")
        if self.env == "production":
            self._refuse_what_is_for_development()
        return self

    def _refuse_what_is_for_development(self) -> None:
        secret = self.secret_key.get_secret_value()
        if secret == DEVELOPMENT_SECRET or len(secret) < 32:
            raise ValueError("DIMOSLIVE_SECRET_KEY must be set in production, 32 characters or more")
        if self.identity == "simulator":
            raise ValueError("DIMOSLIVE_IDENTITY=simulator is not allowed in production")
        if self.mail == "mailbox":
            raise ValueError("DIMOSLIVE_MAIL=mailbox is not allowed in production")
        if not self.public_url.startswith("https://"):
            raise ValueError("DIMOSLIVE_PUBLIC_URL must begin with https:// in production")

    @property
    def is_production(self) -> bool:
        """Whether real citizens use this installation."""
        return self.env == "production"


class WrongSettings(SystemExit):
    """Stops the start with one line that names the setting."""


def load_settings() -> Settings:
    """Read and check the settings; raises `WrongSettings`."""
    try:
        return Settings()
    except ValidationError as error:
        raise WrongSettings("; ".join(_one_line(problem) for problem in error.errors())) from None


def _one_line(problem: object) -> str:
    assert isinstance(problem, dict)
    where = "_".join(str(part) for part in problem["loc"]).upper()
    message = str(problem["msg"]).removeprefix("Value error, ")
    return f"DIMOSLIVE_{where}: {message}" if where else message
