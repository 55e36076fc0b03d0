"""The development settings, with the bare view beside the real pages: same middleware, same login."""

import os
from pathlib import Path

from config.settings.dev import *  # noqa: F403
from config.settings.dev import CACHES, CELERY_BROKER_TRANSPORT_OPTIONS, LOGGING, MIDDLEWARE

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.urls"
LOGGING["loggers"]["django"]["level"] = "CRITICAL"  # 十万次猜错，不必写十万行
PROXY_HOPS = 1  # 测速的来客自己说从哪个地址来
MIDDLEWARE = ["bench.door.switches.ThreadClock", *MIDDLEWARE]
if os.environ.get("BENCH_UNTHROTTLED") == "1":
    MIDDLEWARE = ["bench.door.switches.Unthrottled", *MIDDLEWARE]
if os.environ.get("BENCH_MEDIA"):
    MEDIA_ROOT = Path(os.environ["BENCH_MEDIA"])
if prefix := os.environ.get("BENCH_PREFIX"):  # 同一台 Redis 里自成一处，不碰演示的缓存，也叫不醒演示的后台
    CACHES["default"]["KEY_PREFIX"] = prefix
    CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = prefix
