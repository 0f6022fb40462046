"""Settings of Tizilim: one file, read from the environment, safe when nothing is set.

The variables are listed in docs/deployment.md.
"""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from csp.constants import NONCE, NONE, SELF
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from config import environment as env
from core.logs import add_traceback

BASE_DIR = env.BASE_DIR
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / ".data")))
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
TESTING = "pytest" in sys.modules
SECRET_KEY = env.secret_key()
SECRET_KEY_IS_SET = bool(env.text("SECRET_KEY"))
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SECURE = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "django_htmx",
    "csp",
    "inspections",
    "mining",
    "exchanges",
    "licensing",
    "core",
]

MIDDLEWARE = [
    "core.http.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.http.AdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.http.PrivatePagesMiddleware",
    "core.http.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.http.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.http.page_context",
                *(["config.demo.notice.demo_logins"] if DEMO else []),
            ],
            "builtins": ["core.templatetags.tizilim", "django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# The application logs in as a role that may not alter tables nor empty them; migrations and tests as their owner.
_owner_url = env.text("DATABASE_OWNER_URL")
_database_url = env.text("DATABASE_URL", "postgresql://tizilim_app@127.0.0.1:5432/tizilim")
DATABASES = {
    "default": {
        **env.database(_owner_url if _owner_url and (TESTING or env.needs_owner(sys.argv)) else _database_url),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": env.text("TEST_DATABASE_NAME") or None},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "core.cache.OpenRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "tizilim",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # a broken Redis logs nobody out

# --- people -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests only: a slow hash would test Django
    if TESTING
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "core.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "core.accounts.SignupForm"
ACCOUNT_FORMS = {
    "signup": "core.counted_forms.CountedSignupForm",
    "reset_password": "core.counted_forms.CountedResetForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # counted in the database by core.accounts, so that a broken Redis opens nothing
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
MFA_FORMS = {"authenticate": "core.second_factor.CodeForm", "reauthenticate": "core.second_factor.CodeAgainForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = SECURE  # browsers offer passkeys to secure names only
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", default=not DEMO)

# --- languages and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Almaty"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- files ------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
OUTBOX_DIR = DATA_DIR / "outbox"
SEALS_DIR = DATA_DIR / "seals"
SEAL_KEY_FILE = Path(env.text("SEAL_KEY_FILE", str(DATA_DIR / "seal.key")))
UPLOAD_LIMIT = 20 * 1024 * 1024  # bytes in one document
ROW_FILE_LIMIT = 64 * 1024 * 1024  # bytes in a file of rows
ROW_FILE_ROWS = 500_000
ROW_FILE_COLUMNS = 256
ROW_FILE_UNPACKED = 1024 * 1024 * 1024  # bytes to which an XLSX may unpack, and how many to a packed one
ROW_FILE_RATIO = 200
ROW_FILE_STRINGS = 64 * 1024 * 1024  # bytes of the texts that its cells share, which are held in memory
ROW_FILE_FAULTS = 1_000  # that are kept of one file; all are counted
ROW_FILE_KEPT = 7  # days that a file is kept that nobody has taken
VERIFY_LIMIT = 5 * 1024 * 1024  # bytes in a paper that anybody has verified; what is printed here is far smaller
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # a page of two lists of people, fifty rows each, sends some 2,000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- signatures: keys and roots lie in files or devices, never in the database (docs/deployment.md) ----------------
SIGNING_FOLDER = Path(env.text("SIGNING_FOLDER", str(DATA_DIR / "signing")))  # <authority>.p12 and <authority>.pass
SIGNING_KEYS = env.pairs("SIGNING_KEYS")  # authority=pkcs12:… or authority=pkcs11:…, before what lies in the folder
SIGNING_ROOTS = Path(
    env.text("SIGNING_ROOTS", str(SIGNING_FOLDER / "roots.pem"))
)  # who issues authorities' certificates
SIGNING_TEST_KEYS = env.flag("SIGNING_TEST_KEYS", default=DEMO)  # certificates of the demo's test CA
SIGNING_TIMESTAMPER = env.text("SIGNING_TIMESTAMPER")  # dotted name of a function that gives a pyHanko TimeStamper
SIGNATURE_ROOTS = Path(
    env.text("SIGNATURE_ROOTS", str(SIGNING_FOLDER / "applicants.pem"))
)  # who issues applicants' certificates
SIGNATURE_VERIFIER_URL = env.text("SIGNATURE_VERIFIER_URL")  # for the national GOST profile; empty: nobody is asked
SIGNATURE_VERIFIER_TOKEN = env.text("SIGNATURE_VERIFIER_TOKEN")

# --- letters ----------------------------------------------------------------------------------------------------
EMAIL_URL = env.text("EMAIL_URL")  # empty: letters are written to OUTBOX_DIR
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Tizilim <noreply@tizilim.example>")
EMAIL_BACKEND = "core.mail.OutboxBackend" if not EMAIL_URL else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
if EMAIL_URL:
    from urllib.parse import unquote, urlsplit

    _mail = urlsplit(EMAIL_URL)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
BOUNCES_URL = env.text("BOUNCES_URL")  # where mails come back to: maildir:///folder or imaps://user:password@host/INBOX

# --- webhooks ---------------------------------------------------------------------------------------------------
WEBHOOK_ALLOWED_HOSTS = env.words("WEBHOOK_ALLOWED_HOSTS")  # host or host:port; called also where they are private
WEBHOOK_RESOLVER = "core.webhooks.system_resolver"

# --- background work --------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 600  # below the visibility timeout, or a task would be handed out twice while it runs
CELERY_WORKER_CONCURRENCY = int(env.text("WORKER_CONCURRENCY", "2"))
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False  # every task may run twice
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # above the longest task
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 0.5,
    "socket_timeout": 5,
}
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    # An order older than its interval is dropped: a worker that comes back after days finds one of each, not thousands.
    name: {"task": task, "schedule": every, "options": {"expire_seconds": int(every.total_seconds())}}
    for name, task, every in (
        ("deliver what was left", "core.deliver_left_over", timedelta(seconds=20)),
        ("call webhooks with what was left", "core.call_left_over", timedelta(seconds=20)),
        ("read what came back", "core.read_bounces", timedelta(minutes=5)),
        ("gather the day's mail", "core.make_digests", timedelta(minutes=10)),
        ("print what was left", "licensing.print_left_over", timedelta(seconds=30)),
        ("make the archives that were left", "licensing.archives_left_over", timedelta(minutes=1)),
        ("look at the files of rows that were left", "core.row_files_left_over", timedelta(minutes=1)),
        ("screen people who wait", "licensing.screen_people", timedelta(minutes=1)),
        ("verify signatures that wait", "licensing.verify_left_over", timedelta(minutes=1)),
        ("sweep terms", "core.sweep", timedelta(minutes=10)),
        ("compare offers with the list", "exchanges.sweep", timedelta(minutes=10)),
        ("expire licences", "licensing.sweep", timedelta(minutes=10)),
        ("form and publish plans of inspections", "inspections.plan", timedelta(hours=1)),
        ("bring subjects of control to the registers", "inspections.sync_subjects", timedelta(hours=1)),
        ("finish risk runs that were left", "inspections.risk_left_over", timedelta(minutes=1)),
        ("judge the risk of every subject", "inspections.risk_snapshots", timedelta(days=7)),
        ("forget bank files", "licensing.forget_bank_files", timedelta(days=1)),
        ("make the day's files of the register", "licensing.register_files", timedelta(minutes=20)),
        ("seal events", "core.seal", timedelta(minutes=5)),
        ("erase what may go", "core.erase", timedelta(hours=1)),
    )
}

# --- Reminders of terms: a setting of our own, not law -----------------------------------------------------------
TERM_WARNINGS = (3, 1)  # working days before the due day on which who owes it is reminded
TERM_CLIMB = {"officer": 1, "head": 3, "administrator": 5}  # working days after it on which each hears of it

# --- API --------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["core.api.authentication.KeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.BoundedJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["core.api.throttling.OpenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"public": "60/min", "read": "600/min", "write": "120/min", "upload": "60/min"},
    "EXCEPTION_HANDLER": "core.api.problems.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
REST_KNOX = {"TOKEN_TTL": timedelta(days=365), "AUTO_REFRESH": False, "TOKEN_LIMIT_PER_USER": 20}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tizilim API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [],  # choices stand where they are used: one name per field, not per set of choices
    "DESCRIPTION": "Applications for permits, from draft to licence; the public register; the law as dated rows.",
}

# --- security ---------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = SECURE and env.flag("SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # save for documents, which are shown beside their checks
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- logs: no names, numbers or addresses of persons ---------------------------------------------------------------
LOG_LEVEL = env.text("LOG_LEVEL", "INFO")
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                add_traceback,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "foreign_pre_chain": [structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso")],
        },
    },
    "filters": {"personal": {"()": "core.logs.PersonalDataFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["personal"]}},
    # It tells names out of certificates; what it found stands in our own rows.
    "loggers": {name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}

# --- admin panel ------------------------------------------------------------------------------------------------
UNFOLD = {
    "SITE_TITLE": "Tizilim",
    "SITE_HEADER": "Tizilim",
    "SITE_SUBHEADER": _("Administration"),
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("img/mark.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/mark.svg")}],
    "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": True,
    "BORDER_RADIUS": "6px",
    "STYLES": [lambda request: static("css/admin.css")],
    "GLOBAL_CALLBACK": "core.admin.panel.context",
    "DASHBOARD_CALLBACK": "licensing.admin.dashboard.dashboard",
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "navigation": "core.admin.panel.navigation"},
}
