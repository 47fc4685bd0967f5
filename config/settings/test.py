"""Tests: real embedded servers in a folder of their own, shared by all test runs at once."""

import os
import secrets

from config.env import ROOT

# Set before `base` reads them; the processes that tests start inherit them.
os.environ.setdefault("DATA_DIR", str(ROOT / "var" / "test"))
# One name for a run, so that two runs share the servers and nothing on them.
RUN = os.environ.setdefault("TEST_RUN", secrets.token_hex(4))
os.environ.setdefault("BROKER_KEY_PREFIX", f"test-{RUN}:")

from .base import *  # noqa: E402, F403
from .base import DATABASES  # noqa: E402

DEMO = True
SECRET_KEY = "tests sign with this key, which nobody else could want to use"  # noqa: S105
ENCRYPTION_KEY = "tests encrypt with this key, which nobody else could want"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["TEST"] = {"NAME": f"test_{RUN}"}
# A pool would hold connections open when pytest drops the database.
DATABASES["default"]["OPTIONS"].pop("pool")
