"""群众的门单独成一张表：公众主机、公众进程和群众的路径都只认得这里写的，工作人员的页、登录、接口不在其中。"""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("public.urls")),
    path("", login_not_required(RedirectView.as_view(url="/welcome/")), name="public-root"),
]

handler400 = "public.error_pages.bad_request"
handler403 = "public.error_pages.forbidden"
handler404 = "public.error_pages.not_found"
handler500 = "public.error_pages.broken"
