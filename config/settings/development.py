"""One machine, on the loopback address: what `make run` starts. Debug is off unless asked for."""

from config.secret_files import stored_secret

from .base import *  # noqa: F403
from .base import DATA_DIR, ENVIRONMENT

DEBUG = ENVIRONMENT.debug
DEMO = True
SECRET_KEY = stored_secret(DATA_DIR / "secret-key", ENVIRONMENT.secret_key)
ENCRYPTION_KEY = stored_secret(DATA_DIR / "encryption-key", ENVIRONMENT.encryption_key)
ALLOWED_HOSTS = [*ENVIRONMENT.allowed_hosts, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.csrf_trusted_origins)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

# Where a person puts a folder of videos to import; made so that there is a place to put it.
IMPORT_FOLDER = DATA_DIR / "import"
IMPORT_FOLDER.mkdir(parents=True, exist_ok=True)
IMPORT_ROOTS = (*ENVIRONMENT.import_roots, str(IMPORT_FOLDER))
