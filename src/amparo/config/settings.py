"""Django's settings, all of them. Values that differ between instances come through `config.env`."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from amparo.config import env
from amparo.vault import keyring

FOLDER = env.instance_folder()
PACKAGE = Path(__file__).resolve().parent.parent
DEMO = env.value(env.DEMO)
DEBUG = False

# While the keyring is locked nothing is signed that outlives this process.
SECRET_KEY = (
    hmac.digest(keyring.held().web, b"amparo web 1", hashlib.sha256).hex()
    if keyring.is_unlocked()
    else secrets.token_hex(32)
)

_hosts: tuple[str, ...] = env.value(env.HOSTS)
REPORT_HOSTS: tuple[str, ...] = env.value(env.REPORT_HOSTS)
FACTS_HOSTS: tuple[str, ...] = env.value(env.FACTS_HOSTS)
LEAVE_TO = env.value(env.LEAVE_TO)
ALLOWED_HOSTS = [*_hosts, *REPORT_HOSTS, *FACTS_HOSTS]
ROOT_URLCONF = "amparo.config.urls"
WSGI_APPLICATION = "amparo.config.wsgi.application"
AUTH_USER_MODEL = "access.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "amparo.vault",
    "amparo.ledger",
    "amparo.access",
    "amparo.web",
    "amparo.staff",
    "amparo.people",
    "amparo.partners",
    "amparo.facts",
    "amparo.protection",
    "amparo.cases",
    "amparo.intake",
    "amparo.evidence",
    "amparo.investigations",
    "amparo.kits",
    "amparo.referrals",
    "amparo.forensics",
    "amparo.prosecution",
    "amparo.aftercare",
    "amparo.operations",
    "amparo.training",
    "amparo.strengthening",
    "amparo.reporting",
    "amparo.awareness",
    "amparo.journeys",
    "amparo.desk",
    "amparo.insight",
    "amparo.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.forms",
]

MIDDLEWARE = [
    # The first of all: a public site has a chain of its own, and nothing below is run for it.
    "amparo.config.sites.by_host",
    "django.middleware.security.SecurityMiddleware",
    # Before the static files, so that these carry the content policy too: a drawing opened by itself runs nothing.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "amparo.web.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "amparo.web.middleware.locked_page",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "amparo.web.middleware.files",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "amparo.web.middleware.actor",
    "amparo.web.middleware.errors",
    "amparo.web.middleware.readings_kept",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amparo.web.shell.shell",
                "amparo.web.public.around",
            ],
        },
    },
]
# Widgets are printed by the same engine as pages, so that a room may print one its own way.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def _database(url: str) -> dict[str, object]:
    """Django's form of a database address; SQLite in the instance folder without one."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(FOLDER / "amparo.sqlite3"),
            "OPTIONS": {
                # A reader that becomes a writer would fail instead of waiting, so writers start as writers.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # The ledger must not lose its tail (FULL), nor erased keys stay in free pages (secure_delete).
                # Checkpoints are made one at a time by `ledger.wal`: see the decision on SQLite's WAL.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                    "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-32000;"
                    "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=8388608"
                ),
            },
            "TEST": {"NAME": str(FOLDER / "test.sqlite3")},
        }
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": options.pop("user", "") or unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASES = {"default": _database(env.value(env.DATABASE_URL))}
BLOBS = FOLDER / "blobs"
# An organisation puts facts of its own here, in files like those of the package.
FACTS_FOLDER = FOLDER / "facts"
MAX_UPLOAD_BYTES = env.value(env.MAX_UPLOAD_BYTES)

# Sessions in the database: ended at once, for everybody, by deleting a row.
SESSION_ENGINE = "amparo.staff.sessions"
# For counting attempts only. In memory: a stranger's attempts cost the database nothing, and no address rests.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
SECURE_COOKIES = not DEMO
SESSION_COOKIE_NAME = "__Host-amparo" if SECURE_COOKIES else "amparo"
SESSION_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-amparo-form" if SECURE_COOKIES else "amparo-form"
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "amparo.web.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
IDLE_LIMIT = timedelta(minutes=env.value(env.IDLE_MINUTES))
SIGN_IN_LIMIT = timedelta(hours=env.value(env.SIGN_IN_HOURS))

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.value(env.TRUSTED_PROXY) else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        # The code for a second sign-in step is drawn into the page as data.
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_ADAPTER = "amparo.staff.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USERNAME_VALIDATORS = None
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "amparo.staff.forms.SignInForm",
    "reauthenticate": "amparo.staff.forms.PasswordForm",
}
# Failures count for an account and a source together ("key"), and loosely for a source, so that a stranger's
# lock nobody else out.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "welcome": "20/m/ip",
    # Wrong codes behind a session's link, and numbers of certificates that are asked for.
    "training_code": "60/m/ip",
    "training_check": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.value(env.TRUSTED_PROXY) else 0
ACCOUNT_USER_DISPLAY = "amparo.staff.adapter.display_name"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "amparo.staff.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Amparo"
# A telephone's clock may be half a minute off. Codes are used up in the database, whatever process took them.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "amparo.staff.forms.SecondStepForm",
    "reauthenticate": "amparo.staff.forms.SecondStepAgainForm",
    "activate_totp": "amparo.staff.forms.FirstCodeForm",
}
SECOND_STEP_REQUIRED = not DEMO

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = env.value(env.LANGUAGE)
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LANGUAGE_COOKIE_NAME = "amparo-language"
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# No upload ever rests in plain: views that take files choose the sealing handler, all others take none.
FILE_UPLOAD_HANDLERS = ["amparo.web.uploads.RefusingHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

EMAIL_HOST = env.value(env.MAIL_HOST)
EMAIL_PORT = env.value(env.MAIL_PORT)
# A server that does not answer holds up a thread for no longer.
EMAIL_TIMEOUT = 20
MAIL_HOURS = env.value(env.MAIL_HOURS)
DEFAULT_FROM_EMAIL = env.value(env.MAIL_FROM) or "amparo@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"events": {"()": "amparo.web.logs.EventFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "events"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "amparo": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
