"""Tests: a cluster of its own (see launcher/testing.py), fast password hashing, no broker, plain static files."""

import os
from urllib.parse import urlsplit

from config.keys import key_list, local_keys
from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, CACHES, DATA_DIR, DATABASES, REDIS_URL

_keys = local_keys(DATA_DIR / "keys.json")
SECRET_KEY = _keys["SECRET_KEY"]
FIELD_KEYS = key_list(_keys["FIELD_KEYS"])
LOOKUP_KEY = _keys["LOOKUP_KEY"]

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# 锁定由 tests/accounts 里的用例单独打开；平时 client.login() 不带请求，开着就用不了
AXES_ENABLED = False

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
START_NOTICE = DATA_DIR / "test" / "start_notice.txt"  # 自己机器上启动时的话，不进测试
MEDIA_ROOT = DATA_DIR / "test-media" / os.environ.get("PYTEST_XDIST_WORKER", "main")

# 并行的测试进程各用一个缓存库，互不清空；任务消息留在内存里，不去叫醒真的 worker
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw"))
CACHES["default"]["LOCATION"] = urlsplit(REDIS_URL)._replace(path=f"/{_worker + 1}").geturl()
CELERY_BROKER_URL = "memory://"
# 测试结束要删掉测试库，不能有连接留在上面
DATABASES["default"]["CONN_MAX_AGE"] = 0

# launcher.testing 事先迁移好的样板库：测试库从它复制，不必每次重跑迁移
if os.environ.get("FENGQIAO_TEST_TEMPLATE"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["FENGQIAO_TEST_TEMPLATE"]}

CITY_PACK = BASE_DIR / "citypacks" / "yunzhou"
EMAIL_HOST = "mail.invalid"  # 测试里的信只进内存
CLOCK_SHIFT_ALLOWED = True
