"""从哪里来：按真实来源地址限次、锁定。客户端自称的地址不算。"""

from typing import Any

from django.conf import settings


def address_of(request) -> str:
    """Where a request comes from: behind PROXY_HOPS proxies of our own, the last address others told them."""
    told: list[Any] = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    hops = settings.PROXY_HOPS
    return told[-hops] if 0 < hops <= len(told) else request.META.get("REMOTE_ADDR", "")
