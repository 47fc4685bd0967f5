"""What a public installation must have set, besides Django's own deployment checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from .env import Environment


@register(Tags.security, deploy=False)
def check_public_installation(
    app_configs: Sequence[AppConfig] | None, **_options: Any
) -> list[CheckMessage]:
    if not getattr(settings, "PUBLIC_INSTALLATION", False):
        return []
    environment: Environment = settings.ENVIRONMENT
    problems = {
        "E001": (environment.secret_key is None, "Set SECRET_KEY to 50 random characters or more."),
        "E002": (
            environment.encryption_key is None,
            "Set ENCRYPTION_KEY: stored secrets are encrypted with it.",
        ),
        "E003": (
            not settings.ALLOWED_HOSTS or any("*" in host for host in settings.ALLOWED_HOSTS),
            "Set ALLOWED_HOSTS to the names this site answers to, without a star.",
        ),
        "E004": (
            not settings.CSRF_TRUSTED_ORIGINS,
            "Set CSRF_TRUSTED_ORIGINS to the https addresses of this site.",
        ),
        "E005": (
            not environment.database_url,
            "Set DATABASE_URL: the embedded database is for one machine only.",
        ),
        "E006": (
            not environment.redis_url,
            "Set REDIS_URL: the embedded broker is for one machine only.",
        ),
        "E007": (
            bool(environment.redis_url) and not urlsplit(environment.redis_url).password,
            "Put a password into REDIS_URL: whoever reaches the broker can start jobs.",
        ),
        "E008": (settings.DEBUG, "Unset DEBUG: its error pages show settings and code."),
    }
    return [
        Error(sentence, id=f"config.{number}")
        for number, (is_problem, sentence) in problems.items()
        if is_problem
    ]
