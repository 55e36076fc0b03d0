"""工作人员的门单独成一张表：另有公众主机或者公众进程时，这边不再答群众的页。"""

from importlib.util import find_spec

from django.urls import include, path

from config.urls import DOORS
from config.urls import handler400 as handler400
from config.urls import handler403 as handler403
from config.urls import handler404 as handler404
from config.urls import handler500 as handler500

urlpatterns = [path("", include(f"{room}.urls")) for room in DOORS if room != "public" and find_spec(f"{room}.urls")]
