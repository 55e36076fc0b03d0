"""Staff pages, the citizen's door and the interface: which address opens which room."""

from importlib.util import find_spec

from django.urls import include, path

# 顺序就是匹配的先后：公众页在前，工作台在后
DOORS = ("public", "accounts", "documents", "supervision", "routing", "insight", "petitions", "desk")

urlpatterns = [path("", include(f"{room}.urls")) for room in DOORS if find_spec(f"{room}.urls")]

handler400 = "desk.errors.bad_request"
handler403 = "desk.errors.forbidden"
handler404 = "desk.errors.not_found"
handler500 = "desk.errors.broken"
