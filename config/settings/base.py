"""What every mode shares. Addresses and keys come from the environment; nothing secret is written here."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.addresses import database, required

BASE_DIR = Path(__file__).resolve().parents[2]
# 附件、日志、收集好的静态文件都放这里，不在网站根目录之下
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var")

if os.environ.get("DOOR", "") not in ("", "public", "staff"):
    raise ImproperlyConfigured("DOOR 只能是 public（群众）、staff（工作人员）或者不写。")

DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "rulebook",
    "accounts",
    "documents",
    "petitions",
    "insight",
    "routing",
    "supervision",
    "desk",
    "public",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "template_partials",
    "csp",
    "axes",
    "config",  # 只为跨房间的管理命令（config/management/commands）
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.doors.Doors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "desk.menu.frame",
            ],
        },
    }
]

# ---- 数据库与缓存 ----
DATABASES = {
    "default": database(
        required("DATABASE_URL", "PostgreSQL 的地址"),
        statement_timeout_ms=int(os.environ.get("STATEMENT_TIMEOUT_MS", "30000")),
    )
}
REDIS_URL = required("REDIS_URL", "Redis 或 Valkey 的地址")
CACHES = {
    "default": {
        "BACKEND": "config.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "fengqiao",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
}

# ---- 登录与会话 ----
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = int(os.environ.get("SESSION_COOKIE_AGE", str(8 * 3600)))  # 秒：一个工作日
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.doors.stale_page"

# 连续输错五次锁定一刻钟；锁的是“账号＋来源地址”，免得有人故意锁死别人
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "accounts.session.origin.address_of"
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "accounts.views.entrance.locked_out"

# ---- 个人信息密钥：开发与测试自动生成，正式环境必须给出 ----
FIELD_KEYS: list[str] = []
LOOKUP_KEY = ""

# ---- 安全头 ----
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# ---- 群众的门 ----
# 群众用的域名，不带端口；写了，这个域名只答群众的页，别的域名不再答群众的页。不写，按路径分
PUBLIC_HOST = os.environ.get("PUBLIC_HOST", "").strip().lower()
# 本进程只管哪道门：public、staff，空的两道都管（launcher 和 docker-compose.yml 会写）
DOOR = os.environ.get("DOOR", "").strip()
# 两道门同在一个进程时，同时最多办几个群众的请求（再有两倍的可以等几秒）；其余的线程总留给工作人员
PUBLIC_AT_ONCE = int(os.environ.get("PUBLIC_AT_ONCE", "2"))
UPLOADS_AT_ONCE = int(os.environ.get("UPLOADS_AT_ONCE", "1"))  # 其中交照片、文件的另数
# 印在回执上；查询码只放在 # 之后
PUBLIC_QUERY_URL = os.environ.get(
    "PUBLIC_QUERY_URL", f"https://{PUBLIC_HOST}/q" if PUBLIC_HOST else "http://127.0.0.1:8000/q"
)
# 本系统前面有几层自己的反向代理（0 即直接对外）；查询限次按真实来源地址计
PROXY_HOPS = int(os.environ.get("PROXY_HOPS", "0"))

# ---- 语言与时间 ----
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]  # 英文只在群众的门（accounts/session/languages.py）
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# ---- 静态文件与附件 ----
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder", "config.static.VendorFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.GzipManifestStorage"},
}
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media-not-served/"  # 附件只经过鉴权的视图发出，这个地址没有路由

# ---- 文书 PDF：有授权的仿宋、小标宋放在这个文件夹；默认只用随包的开源字体，各机器印出来一样 ----
LETTER_FONT_DIR = os.environ.get("LETTER_FONT_DIR", "")
LETTER_SYSTEM_FONTS = os.environ.get("LETTER_SYSTEM_FONTS") == "1"

# ---- 消息渠道：站内消息总在；邮件、短信、政务即时通讯写了地址才有 ----
NOTICE_CARRIERS = {
    "in_app": "accounts.messages.channels.InApp",
    "mail": "accounts.messages.channels.Mail",
    "sms": "accounts.messages.gateways.SmsGateway",
    "webhook": "accounts.messages.gateways.GovernmentChat",
}
NOTICE_TIMEOUT = float(os.environ.get("NOTICE_TIMEOUT", "5"))  # 秒；没有回音的算没有发出，按退避重发
STAFF_URL = os.environ.get("STAFF_URL", "")  # 工作人员从哪里打开本系统；写了，邮件和即时通讯里才带链接
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"
EMAIL_TIMEOUT = NOTICE_TIMEOUT
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "fengqiao@localhost")
SMS_GATEWAY_URL = os.environ.get("SMS_GATEWAY_URL", "")
SMS_GATEWAY_TOKEN = os.environ.get("SMS_GATEWAY_TOKEN", "")
NOTICE_WEBHOOK_URL = os.environ.get("NOTICE_WEBHOOK_URL", "")
NOTICE_WEBHOOK_SECRET = os.environ.get("NOTICE_WEBHOOK_SECRET", "")

# ---- 城市包与时钟 ----
CITY_PACK = Path(os.environ.get("CITY_PACK") or BASE_DIR / "citypacks" / "reference")
CLOCK_SHIFT_ALLOWED = False
START_NOTICE = DATA_DIR / "run" / "start_notice.txt"  # 启动时有话要对登录的人说，写在这里（没有文件就没有话）

# ---- 接口 ----
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "desk.api.token_authentication.ScopedToken",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "枫桥信访接口",
    "DESCRIPTION": "与页面同一套办理动作：列表、详情、可办事项与办理。",
    "VERSION": "1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# ---- 后台任务（时刻表在 config/celery.py） ----
CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = TIME_ZONE
CELERY_ENABLE_UTC = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# 消息只是叫醒：发不出去要立刻返回，不能让已经成立的办理动作等在这里
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 0,
    "queue_order_strategy": "round_robin",
}

# ---- 日志：只进标准错误；不记请求正文，免得带出个人信息 ----
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
