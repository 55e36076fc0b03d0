"""接口令牌的取得、核对、作废。到期的、作废的、人已停用的，一律不认。"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from accounts.models import AccountEvent, ApiToken, User
from accounts.staff.account_log import record
from rulebook.timekeeping import now, today

USUAL_DAYS, MOST_DAYS = 30, 90  # 自然日：没有写的，和至多
KEY_BYTES = 32


@transaction.atomic
def issue(user: User, *, name: str, scopes: Iterable[str], days: int) -> tuple[str, ApiToken]:
    """A new key, told this once, and its row. `days`: natural days until it ends, 1–MOST_DAYS. Raises ValueError."""
    wanted = set(scopes)
    if not wanted or wanted - set(ApiToken.Scope.values) or not 1 <= days <= MOST_DAYS:
        raise ValueError(f"{wanted} for {days} days")
    user.api_tokens.exclude(pk__in=user.api_tokens.in_force(now())).delete()  # 到期的，取新的时候顺手清掉
    key = secrets.token_urlsafe(KEY_BYTES)
    begun = now()
    token = ApiToken.objects.create(
        user=user,
        name=name,
        digest=_digest(key),
        tail=key[-4:],
        scopes=[scope for scope in ApiToken.Scope.values if scope in wanted],
        created_at=begun,
        expires_at=begun + timedelta(days=days),
    )
    # 用途是本人写的话，不进账户记录：凭末四位对得上
    told = {"tail": token.tail, "scopes": token.scopes, "until": token.expires_at.isoformat()}
    record(AccountEvent.What.TOKEN_GIVEN, user, by=user, **told)
    return key, token


def behind(key: str) -> ApiToken | None:
    """The row of a key that holds now, its user with it; None where there is none. Notes the day it was used on."""
    token = ApiToken.objects.in_force(now()).select_related("user__organ").filter(digest=_digest(key)).first()
    if token is not None and token.used_on != today():
        token.used_on = today()
        token.save(update_fields=["used_on"])  # 一天记一次：每次都写，读一页就成了写一行
    return token


@transaction.atomic
def revoke(token: ApiToken, *, by: User) -> None:
    """The key opens nothing from now on."""
    record(AccountEvent.What.TOKEN_ENDED, token.user, by=by, tail=token.tail)
    token.delete()


def end_all(user: User) -> None:
    """With the password they were got by, or with the account."""
    ApiToken.objects.filter(user=user).delete()


def _digest(key: str) -> str:
    # 钥匙本身是 256 位随机数，不是人想的口令：散列一遍就够，查得快
    return hashlib.sha256(key.encode()).hexdigest()
