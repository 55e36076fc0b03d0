"""接口认令牌：是谁，能做什么。"""

from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import ApiToken
from accounts.session import api_tokens

ENDED = "令牌不对、已到期或已作废，请重新取"


class ScopedToken(TokenAuthentication):
    """`Authorization: Token …`; request.auth is the ApiToken."""

    model = ApiToken

    def authenticate_credentials(self, key):
        token = api_tokens.behind(key)
        if token is None or not token.user.is_active:
            raise AuthenticationFailed(ENDED)
        return token.user, token
