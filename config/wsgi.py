"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - the views are loaded now, not by the first who asks
# 装好的代码不会再变成垃圾：不再一遍遍扫它，页面的快慢就不随垃圾回收起落
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
