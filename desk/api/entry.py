"""接口的门：谁进得来、从哪里来、没办成怎么答。"""

from typing import ClassVar

from django.http import Http404
from django.utils.cache import add_never_cache_headers
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from accounts.models import ApiToken
from accounts.session.origin import address_of
from desk.api.token_authentication import ScopedToken
from desk.casework.views import load
from petitions.act.decorator import Refused, Stale
from petitions.models import Petition


class OnDuty(IsAuthenticated):
    """Somebody signed in who has an organ and has already chosen a password of their own."""

    message = "首次登录须先在网页上修改密码"

    def has_permission(self, request, view) -> bool:
        if not super().has_permission(request, view):
            self.message = None
            return False
        return not request.user.must_change_password and request.user.organ_id is not None


class InScope(BasePermission):
    """Whoever comes with a token does only what the token is for."""

    def has_permission(self, request, view) -> bool:
        if not isinstance(request.auth, ApiToken):
            return True
        needed = ApiToken.Scope.READ if request.method in SAFE_METHODS else view.scopes[request.method]
        if needed in request.auth.scopes:
            return True
        self.message = f"这个令牌只能{'、'.join(request.auth.scope_labels)}，不能{needed.label}，请另取"
        return False


class Door(APIView):
    """A view of the interface. Every refusal is JSON with the sentence a page would show."""

    # 令牌在前：没有登录的得到 401，而不是 403
    authentication_classes = [ScopedToken, SessionAuthentication]
    permission_classes = [OnDuty, InScope]
    scopes: ClassVar[dict[str, ApiToken.Scope]] = {}  # 方法 → 令牌要能做什么；只读的不必写

    def petition(self, number: str) -> Petition:
        """The whole case, or 404: what somebody may not see does not exist for them."""
        return load(self.request, number)

    def handle_exception(self, exc: Exception) -> Response:
        """Refusals of the house in the house's words; everything else as the framework answers."""
        if isinstance(exc, Stale):
            return refusal(str(exc), status=409)
        if isinstance(exc, Refused):
            return refusal(str(exc), getattr(exc, "errors", None))
        response = super().handle_exception(exc)
        if isinstance(exc, Http404):
            response.data = {"detail": str(exc) or "没有这个地址"}
        return response

    def finalize_response(self, request, response, *args, **kwargs):
        """Answers hold personal data: no cache keeps them."""
        response = super().finalize_response(request, response, *args, **kwargs)
        add_never_cache_headers(response)
        return response


def refusal(sentence: str = "", errors: dict[str, list[str]] | None = None, *, status: int = 422) -> Response:
    """What was not done, and why: one sentence for the whole, or sentences by field."""
    return Response({"refused": sentence, "errors": errors or {}}, status=status)


class AddressThrottle(SimpleRateThrottle):
    """So many tries a minute from one address; an address a client claims for itself is not believed."""

    scope = "token"
    rate = "10/min"

    def get_cache_key(self, request, view) -> str:
        return self.cache_format % {"scope": self.scope, "ident": address_of(request)}
