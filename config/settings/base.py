"""What every installation shares. The three files beside it say what differs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from csp.constants import NONCE, NONE, SELF
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.databases import broker_url, cache_url, database
from config.env import ROOT, environment

ENVIRONMENT = environment()
DATA_DIR = ENVIRONMENT.data_dir
DEBUG = False
DEMO = False

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "config.operations.OperationsConfig",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "knox",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
    "annotation",
    "api",
    "config",
]
MIDDLEWARE = [
    "config.head_requests.without_body",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

DATABASES: dict[str, dict[str, Any]] = {"default": database(ENVIRONMENT)}
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "config.counting.CountingCache",
        "LOCATION": cache_url(ENVIRONMENT),
        "KEY_PREFIX": ENVIRONMENT.broker_key_prefix,
        # Trying again, as the client would by itself, makes every request wait for seconds.
        "OPTIONS": {"socket_timeout": 1, "retry": Retry(NoBackoff(), 0)},
    }
}

CELERY_BROKER_URL = broker_url(ENVIRONMENT)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than any task: the lease of a job brings it back, not the broker.
    "visibility_timeout": 12 * 3600,
    "unacked_restore_interval": 30,
    "unacked_restore_throttle": 1,
    "health_check_interval": 30,
    "global_keyprefix": ENVIRONMENT.broker_key_prefix,
}

# A lease outlasts four heartbeats, so a slow database does not cost a worker its job.
JOB_LEASE_SECONDS = 90.0
JOB_HEARTBEAT_SECONDS = 20.0
JOB_SWEEP_SECONDS = 15.0
# The wait before a second attempt; each further one waits four times as long.
JOB_RETRY_SECONDS = 10.0
# A message not taken for so long counts as lost. Sending it twice is harmless.
JOB_RESEND_SECONDS = 60.0
CELERY_BEAT_SCHEDULE = {
    name: {
        "task": f"annotation.tasks.{name}",
        "schedule": JOB_SWEEP_SECONDS,
        # Not behind long jobs, and none left over from a time when no worker ran.
        "options": {"queue": "io", "expires": JOB_SWEEP_SECONDS},
    }
    for name in ("sweep", "end_abandoned_drafts", "open_overdue_clips")
}
RUN_POLL_SECONDS = 10.0
CELERY_BEAT_SCHEDULE["poll_runs"] = {
    "task": "annotation.train_tasks.poll_runs",
    "schedule": RUN_POLL_SECONDS,
    "options": {"queue": "train", "expires": RUN_POLL_SECONDS},
}
# Longer than a draft on a device takes; a worker that died on it keeps it no longer.
DEVICE_LEASE_SECONDS = 1800.0

AUTH_USER_MODEL = "annotation.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# E-mail addresses are unique whatever their case, which the check cannot see in the constraint.
# files.E001: the folder for uploads is made with the first one.
SILENCED_SYSTEM_CHECKS = ["auth.W004", "files.E001"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
ACCOUNT_ADAPTER = "config.accounts.InvitedAccounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/sign-in",
    "account_reset_password": "/sign-in",
    "account_reset_password_from_key": "/sign-in?key={key}",
    "account_signup": "/sign-in",
}
LOGIN_URL = "/sign-in"

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# The token model is ours; the package's own table would only be in the way of a flush.
MIGRATION_MODULES = {"knox": None}
KNOX_TOKEN_MODEL = "annotation.ApiToken"  # noqa: S105 -- the name of a model
REST_KNOX = {
    "TOKEN_TTL": timedelta(days=90),
    "TOKEN_PREFIX": "cnt_",
    "TOKEN_MODEL": KNOX_TOKEN_MODEL,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Countenance",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["api.schema.describe_refusals"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

FRONTEND_DIST = ROOT / "frontend" / "dist"
STATIC_URL = "/static/"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
WHITENOISE_USE_FINDERS = True
# Vite writes a hash of eight characters into every name below assets/.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/assets/.+-[\w-]{8}\.\w+$"
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = DATA_DIR / "media"
# Of training runs: what each is given, its checkpoints and logs.
RUNS_ROOT = DATA_DIR / "runs"
ACCEL_REDIRECT_PREFIX = ENVIRONMENT.accel_redirect_prefix
IMPORT_ROOTS = ENVIRONMENT.import_roots
DRAFT_ENDPOINTS = ENVIRONMENT.draft_endpoints
OUTGOING_ALLOWED = ENVIRONMENT.outgoing_allowed
DRAFT_BATCH = ENVIRONMENT.draft_batch
DRAFT_IN_FOUR_BITS = ENVIRONMENT.draft_in_four_bits
TRAIN_SLURM = ENVIRONMENT.train_slurm
TRAIN_FEATURES_GIB = ENVIRONMENT.train_features_gib
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = MEDIA_ROOT / "incoming"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "api.spooling.SpoolBesideVideos",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# The single page app reads the token from this cookie, so it cannot be HttpOnly.
CSRF_COOKIE_SAMESITE = "Lax"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Without its own handlers, which with DEBUG say everything a second time.
        "django": {"level": "INFO"},
        # The timetable alone would fill thousands of lines a day, and jobs speak for themselves.
        # What fails is still said.
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
    },
}
