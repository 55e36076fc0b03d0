"""令牌：用账号、密码换一个，写明做什么用、能做什么、用几天，用完可以作废。锁定规则与网页登录相同。"""

from django.contrib.auth import authenticate
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from accounts.models import AccountEvent, ApiToken
from accounts.session import api_tokens
from accounts.staff.account_log import record
from desk.api.entry import AddressThrottle, Door, OnDuty, refusal
from desk.api.schemas import Refusal

WRONG = "用户名或密码不对，或账号已锁定、停用"
CHANGE_FIRST = "首次登录须先在网页上修改密码，再取令牌"
UNNAMED = "没有写用途"


class Credentials(serializers.Serializer):
    username = serializers.CharField(label="用户名", max_length=150)
    password = serializers.CharField(label="密码", max_length=200, trim_whitespace=False)
    name = serializers.CharField(label="用途", max_length=60, default=UNNAMED, help_text="哪个程序用，自己认得出就行")
    scopes = serializers.MultipleChoiceField(
        label="可以做什么",
        choices=ApiToken.Scope.choices,
        default={ApiToken.Scope.READ},
        allow_empty=False,
        help_text="不写的只能查看；要登记、办理的写明",
    )
    days = serializers.IntegerField(
        label="用几天",
        min_value=1,
        max_value=api_tokens.MOST_DAYS,
        default=api_tokens.USUAL_DAYS,
        help_text="自然日",
    )


class TokenGiven(serializers.Serializer):
    token = serializers.CharField(label="令牌", help_text="只显示这一次；以后的请求带上“Authorization: Token 令牌”")
    scopes = serializers.ListField(label="可以做什么", child=serializers.ChoiceField(ApiToken.Scope.choices))
    expires_at = serializers.DateTimeField(label="到期时间")


class Tokens(Door):
    """A key to act as oneself, within a scope and for some days."""

    def get_permissions(self):
        # 手里的令牌总可以自己作废，不论它能做什么
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
        wanted = told.validated_data
        # 交给 axes 的必须是 Django 自己的请求：锁定按账号加来源地址计
        user = authenticate(request=request._request, username=wanted.pop("username"), password=wanted.pop("password"))
        if user is None:
            return refusal(WRONG)
        if user.must_change_password:
            return refusal(CHANGE_FIRST)
        record(AccountEvent.What.SIGNED_IN, user, by=user, means="token")
        key, token = api_tokens.issue(user, **wanted)
        return Response({"token": key, "scopes": token.scopes, "expires_at": token.expires_at})

    @extend_schema(
        summary="作废这一个令牌",
        description="作废请求所带的令牌；用网页登录来的，作废自己全部的令牌。",
        responses={204: OpenApiResponse(description="已作废")},
        tags=["令牌"],
        request=None,
    )
    def delete(self, request):
        held = [request.auth] if isinstance(request.auth, ApiToken) else request.user.api_tokens.all()
        for token in held:
            api_tokens.revoke(token, by=request.user)
        return Response(status=204)
