"""S02, S05, S82: what the settings of a public installation demand, as a process sees them."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys

import pytest

from config.env import ROOT

COMPLETE = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ENCRYPTION_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "captions.example",
    "CSRF_TRUSTED_ORIGINS": "https://captions.example",
    "DATABASE_URL": "postgresql://ada:pass@db.example/captions",
    "REDIS_URL": "redis://:pass@broker.example:6379/0",
}


def in_production(code: str, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = COMPLETE | changes | {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\n" + code],
        env={"PATH": os.environ["PATH"]} | {k: v for k, v in environment.items() if v},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


CHECK = """
import json
from django.core.checks import run_checks, WARNING
found = run_checks(include_deployment_checks=True, databases=[])
print(json.dumps([message.id for message in found
                  if message.level >= WARNING and not message.is_silenced()]))
"""


def test_a_complete_public_installation_passes_every_deployment_check():
    answer = in_production(CHECK)
    assert json.loads(answer.stdout) == [], answer.stderr


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("ALLOWED_HOSTS", "", "config.E003"),
        ("ALLOWED_HOSTS", "*", "config.E003"),
        ("ALLOWED_HOSTS", "captions.example,*.example", "config.E003"),
        ("CSRF_TRUSTED_ORIGINS", "", "config.E004"),
        ("DATABASE_URL", "", "config.E005"),
        ("REDIS_URL", "", "config.E006"),
        ("REDIS_URL", "redis://broker.example:6379/0", "config.E007"),
    ],
)
def test_s02_s82_what_is_missing_is_a_system_check_error(name, value, check):
    assert check in json.loads(in_production(CHECK, **{name: value}).stdout)


def test_s02_a_missing_encryption_key_stops_the_start():
    answer = in_production("", ENCRYPTION_KEY="")
    assert answer.returncode == 1
    assert "ENCRYPTION_KEY" in answer.stderr


def test_s05_cookies_and_headers_of_a_public_installation():
    answer = in_production(
        """
import json
from django.conf import settings as s
print(json.dumps({name: getattr(s, name) for name in (
    "DEBUG", "DEMO", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE", "CSRF_COOKIE_SAMESITE", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT",
    "SECURE_CONTENT_TYPE_NOSNIFF", "SECURE_REFERRER_POLICY", "X_FRAME_OPTIONS")}))
"""
    )
    assert json.loads(answer.stdout) == {
        "DEBUG": False,
        "DEMO": False,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
    }
