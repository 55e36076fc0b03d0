"""Trying and developing: keys made on the spot, the clock may be shifted, every answer says its query count."""

import os
from pathlib import Path

from config.keys import key_list, local_keys
from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, DATA_DIR, MIDDLEWARE, PUBLIC_HOST

_keys = local_keys(DATA_DIR / "keys.json")
SECRET_KEY = os.environ.get("SECRET_KEY") or _keys["SECRET_KEY"]
FIELD_KEYS = key_list(os.environ.get("FIELD_KEYS") or _keys["FIELD_KEYS"])
LOOKUP_KEY = os.environ.get("LOOKUP_KEY") or _keys["LOOKUP_KEY"]

# 默认不开 DEBUG：演示要看真实的错误页和速度；改模板、样式时用 DEBUG=1 python3 run.py
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, os.environ.get("ALLOWED_HOSTS", "").split(","))]
ALLOWED_HOSTS += [PUBLIC_HOST] if PUBLIC_HOST else []
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_USE_FINDERS = DEBUG

MIDDLEWARE = ["config.query_count.QueryCountMiddleware", *MIDDLEWARE]
CITY_PACK = Path(os.environ.get("CITY_PACK") or BASE_DIR / "citypacks" / "yunzhou")
CLOCK_SHIFT_ALLOWED = True
