"""接口的门：谁进得来、从哪里来、没办成怎么答。"""

from django.http import Http404
from django.utils.cache import add_never_cache_headers
from rest_framework.authentication import SessionAuthentication, TokenAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from accounts.session.origin import address_of
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


class Door(APIView):
    """A view of the interface. Every refusal is JSON with the sentence a page would show."""

    # 令牌在前：没有登录的得到 401，而不是 403
    authentication_classes = [TokenAuthentication, SessionAuthentication]
    permission_classes = [OnDuty]

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
