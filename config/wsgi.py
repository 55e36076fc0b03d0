"""The door for gunicorn."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - the views are loaded now, not by the first who asks
# 装好的代码不会再变成垃圾：不再一遍遍扫它，页面的快慢就不随垃圾回收起落
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
sys.setswitchinterval(0.001)  # 秒；旁边的线程算得久时，等数据库回来的登记页不必再等五毫秒才轮到
