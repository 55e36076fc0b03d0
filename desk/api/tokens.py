"""令牌：用账号、密码换一个，用完可以作废。锁定规则与网页登录相同。"""

from django.contrib.auth import authenticate
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.authtoken.models import Token
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from accounts.models import AccountEvent
from accounts.staff.account_log import record
from desk.api.entry import AddressThrottle, Door, OnDuty, refusal
from desk.api.schemas import Refusal

WRONG = "用户名或密码不对，或账号已锁定、停用"
CHANGE_FIRST = "首次登录须先在网页上修改密码，再取令牌"


class Credentials(serializers.Serializer):
    username = serializers.CharField(label="用户名", max_length=150)
    password = serializers.CharField(label="密码", max_length=200, trim_whitespace=False)


class TokenGiven(serializers.Serializer):
    token = serializers.CharField(label="令牌", help_text="以后的请求带上“Authorization: Token 令牌”")


class Tokens(Door):
    """One token a person."""

    def get_permissions(self):
        return [AllowAny()] if self.request.method == "POST" else [OnDuty()]

    def get_throttles(self):
        return [AddressThrottle()] if self.request.method == "POST" else []

    @extend_schema(
        summary="取令牌", auth=[], request=Credentials, responses={200: TokenGiven, 422: Refusal}, tags=["令牌"]
    )
    def post(self, request):
        told = Credentials(data=request.data)
        if not told.is_valid():
            return refusal(errors=told.errors)
        # 交给 axes 的必须是 Django 自己的请求：锁定按账号加来源地址计
        user = authenticate(request=request._request, **told.validated_data)
        if user is None:
            return refusal(WRONG)
        if user.must_change_password:
            return refusal(CHANGE_FIRST)
        token, _ = Token.objects.get_or_create(user=user)
        record(AccountEvent.What.SIGNED_IN, user, by=user, means="token")
        return Response({"token": token.key})

    @extend_schema(
        summary="作废自己的令牌", responses={204: OpenApiResponse(description="已作废")}, tags=["令牌"], request=None
    )
    def delete(self, request):
        Token.objects.filter(user=request.user).delete()
        return Response(status=204)
