"""A public installation: real servers, https, secrets from files or the environment."""

from .base import *  # noqa: F403
from .base import ENVIRONMENT

PUBLIC_INSTALLATION = True
if ENVIRONMENT.secret_key is None or ENVIRONMENT.encryption_key is None:
    raise SystemExit(
        "SECRET_KEY and ENCRYPTION_KEY must be set, each to 50 random characters or more."
    )
SECRET_KEY = ENVIRONMENT.secret_key.get_secret_value()
SECRET_KEY_FALLBACKS = list(ENVIRONMENT.secret_key_fallbacks)
ENCRYPTION_KEY = ENVIRONMENT.encryption_key.get_secret_value()
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.csrf_trusted_origins)

SECURE_SSL_REDIRECT = True
# Health is asked for inside the container network, where there is no https.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
