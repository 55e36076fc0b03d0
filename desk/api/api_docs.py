"""接口说明：OpenAPI 与可翻看的页面。不引用任何外部网址，脚本与页面分开，合乎内容安全策略。"""

from django.contrib.auth.decorators import login_required
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.authentication import SessionAuthentication

from desk.api.entry import OnDuty
from desk.api.token_authentication import ScopedToken


class Schema(SpectacularAPIView):
    """/api/schema/"""

    authentication_classes = [ScopedToken, SessionAuthentication]
    permission_classes = [OnDuty]


class Browse(SpectacularSwaggerSplitView):
    """/api/docs/"""

    authentication_classes = [SessionAuthentication]
    permission_classes = [OnDuty]
    url_name = "api-schema"
    template_name = "desk/api/docs.html"


browse = login_required(Browse.as_view())
