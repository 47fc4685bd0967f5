"""The environment, read once. A value that cannot be used stops the start with a sentence."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
SECRETS = Path("/run/secrets")
# Fifty characters is what Django's own check asks for.
SECRET_LENGTH = 50
SAMPLE_SECRETS = ("change", "example", "insecure", "sample", "secret-key", "your-", "placeholder")
ESCAPES = "In a password write / as %2F, @ as %40, : as %3A, # as %23 and % as %25."

Words = Annotated[tuple[str, ...], NoDecode]


class DraftEndpoint(BaseModel):
    """
    A server that speaks the OpenAI protocol. Its key belongs to its address: both stand here
    only, so that nobody who registers a model can send the key elsewhere.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    api_key: SecretStr = SecretStr("")
    requests_per_minute: int = Field(default=60, ge=1)
    tokens_per_minute: int = Field(default=200_000, ge=1)
    timeout_s: float = Field(default=120.0, gt=0, le=1800)

    @field_validator("url")
    @classmethod
    def refuse_other_schemes(cls, value: str) -> str:
        if not is_address(value, "https", "http") or not urlsplit(value).hostname:
            raise ValueError("must be an address such as https://host/v1.")
        return value


class TrainSlurm(BaseModel):
    """What a run asks of a Slurm cluster. GPUs are the run's own to say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Without these two the cluster takes its own.
    partition: str | None = None
    account: str | None = None
    # A run that needs longer goes on in a next job.
    hours: int = Field(default=24, ge=1)
    cpus: int = Field(default=8, ge=1)
    memory_gib: int = Field(default=64, ge=1)


class Environment(BaseSettings):
    model_config = SettingsConfigDict(
        secrets_dir=SECRETS if SECRETS.is_dir() else None, extra="ignore", frozen=True
    )

    data_dir: Path = ROOT / "var"
    port: int = Field(default=8000, ge=1, le=65535)
    debug: bool = False
    database_url: str = ""
    redis_url: str = ""
    # Another build of the embedded servers: the folder of `postgres` and `initdb`, and the
    # file `valkey-server` or `redis-server`.
    postgres_bin: Path | None = None
    redis_bin: Path | None = None
    secret_key: SecretStr | None = None
    secret_key_fallbacks: Words = ()
    encryption_key: SecretStr | None = None
    allowed_hosts: Words = ()
    csrf_trusted_origins: Words = ()
    import_roots: Words = ()
    accel_redirect_prefix: str = ""
    # {"name": {"url": "https://host/v1", "api_key": "..."}}: where hosted models are asked.
    draft_endpoints: Annotated[dict[str, DraftEndpoint], NoDecode] = {}
    # Servers inside the own network, each as host:port, that may be reached all the same.
    outgoing_allowed: Words = ()
    # How many clips at most a model of one's own takes at a time, and whether in four bits.
    draft_batch: int = Field(default=16, ge=1, le=256)
    draft_in_four_bits: bool = False
    # {"partition": "gpu"}, or {} for the cluster's own: runs may be jobs of a Slurm cluster.
    train_slurm: Annotated[TrainSlurm | None, NoDecode] = None
    # Of the disk, for what frozen parts of models make of clips.
    train_features_gib: float | None = Field(default=None, gt=0)
    # Keeps two installations, or two test runs, apart on one broker.
    broker_key_prefix: str = "countenance:"

    @field_validator(
        "secret_key_fallbacks",
        "allowed_hosts",
        "csrf_trusted_origins",
        "import_roots",
        "outgoing_allowed",
        mode="before",
    )
    @classmethod
    def split_words(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(word.strip() for word in value.split(",") if word.strip())
        return value

    @field_validator("draft_endpoints", mode="before")
    @classmethod
    def read_endpoints(cls, value: Any) -> Any:
        return read_json(value or "{}", '{"name": {"url": "https://host/v1", "api_key": "..."}}')

    @field_validator("train_slurm", mode="before")
    @classmethod
    def read_cluster(cls, value: Any) -> Any:
        return read_json(value or "null", '{"partition": "gpu", "hours": 24}')

    @field_validator("data_dir")
    @classmethod
    def make_absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("secret_key", "encryption_key")
    @classmethod
    def refuse_weak_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            check_secret(value.get_secret_value())
        return value

    @field_validator("database_url")
    @classmethod
    def refuse_other_databases(cls, value: str) -> str:
        if value and not (is_address(value, "postgresql", "postgres") and urlsplit(value).path[1:]):
            raise ValueError(
                "must be a PostgreSQL address: postgresql://user:password@host:5432/name. "
                + ESCAPES
            )
        return value

    @field_validator("redis_url")
    @classmethod
    def refuse_other_brokers(cls, value: str) -> str:
        if value and not is_address(value, "redis", "rediss", "redis+socket"):
            raise ValueError(f"must be a Redis address: redis://:password@host:6379/0. {ESCAPES}")
        return value


def read_json(value: Any, example: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError(f"must be JSON: {example}.") from None


def is_address(value: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and (parts.port is None or parts.port > 0)
    except ValueError:  # what should be a port is none, as behind a bare slash in a password
        return False


def check_secret(secret: str) -> None:
    """Refuse what is no secret: too short, a known sample, or a template nobody filled in."""
    if "${" in secret or "{{" in secret:
        raise ValueError("still holds a placeholder; put the secret itself there.")
    if any(word in secret.lower() for word in SAMPLE_SECRETS):
        raise ValueError("is a sample value; make one of your own, at random.")
    if len(secret) < SECRET_LENGTH or len(set(secret)) < 10:
        raise ValueError(f"is too weak; use at least {SECRET_LENGTH} random characters.")


def read_environment(**values: Any) -> Environment:
    """Stop the process, with one sentence for each bad variable and never its value."""
    try:
        return Environment(**values)
    except ValidationError as problem:
        raise SystemExit("\n".join(sentence(error) for error in problem.errors())) from None


def sentence(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"]).upper()
    return f"{name} {error['msg'].removeprefix('Value error, ')}"


@cache
def environment() -> Environment:
    return read_environment()
