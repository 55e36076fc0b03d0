"""Production: refuses to start on a weak key, DEBUG, a missing host list or missing data keys."""

import os

from django.core.exceptions import ImproperlyConfigured

from config.addresses import required
from config.keys import key_list
from config.settings.base import *  # noqa: F403
from config.settings.base import PUBLIC_HOST

if os.environ.get("DEBUG", "") not in ("", "0"):
    raise ImproperlyConfigured("正式环境不能打开 DEBUG：出错页会把内部数据显示给访问者。请去掉环境变量 DEBUG。")

SECRET_KEY = required("SECRET_KEY", "签名密钥")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 12 or SECRET_KEY.startswith("django-insecure"):
    raise ImproperlyConfigured("SECRET_KEY 太弱：至少 50 个随机字符。可用 `openssl rand -base64 48` 生成。")

ALLOWED_HOSTS = [
    host.strip() for host in required("ALLOWED_HOSTS", "允许的域名，用逗号隔开").split(",") if host.strip()
]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS 不能写 *：请列出实际使用的域名。")
# 群众的域名不必写两遍；工作人员的页不信从它来的表单
CSRF_TRUSTED_ORIGINS = [f"https://{'*' * host.startswith('.')}{host}" for host in ALLOWED_HOSTS if host != PUBLIC_HOST]
if PUBLIC_HOST and PUBLIC_HOST not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(PUBLIC_HOST)

try:
    FIELD_KEYS = key_list(required("FIELD_KEYS", "个人信息加密密钥，Base64 的 32 字节，可多把，用逗号隔开，现用的在前"))
    (LOOKUP_KEY,) = key_list(required("LOOKUP_KEY", "查找用的散列密钥，Base64 的 32 字节"))
except ValueError as fault:
    raise ImproperlyConfigured(
        f"FIELD_KEYS 或 LOOKUP_KEY 不合格（{fault}）。可用 `openssl rand -base64 32` 生成。"
    ) from fault

CLOCK_SHIFT_ALLOWED = False

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = os.environ.get("SSL_REDIRECT", "1") != "0"  # 由前置网关统一跳转时可设为 0
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
