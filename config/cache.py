"""The cache is a convenience: when it is away the site is slower, never broken."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("fengqiao.cache")


def _or_miss(method: Callable[..., Any], answer_when_away: Callable[[tuple, dict], Any]) -> Callable[..., Any]:
    @wraps(method)
    def ask(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except RedisError as fault:
            log.warning("缓存暂不可用（%s），本次按未命中处理", type(fault).__name__)
            return answer_when_away(args, kwargs)

    return ask


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; a server that does not answer counts as a miss and leaves a warning in the log."""

    get = _or_miss(RedisCache.get, lambda args, kwargs: args[1] if len(args) > 1 else kwargs.get("default"))
    set = _or_miss(RedisCache.set, lambda args, kwargs: None)
    add = _or_miss(RedisCache.add, lambda args, kwargs: False)
    touch = _or_miss(RedisCache.touch, lambda args, kwargs: False)
    delete = _or_miss(RedisCache.delete, lambda args, kwargs: False)
    has_key = _or_miss(RedisCache.has_key, lambda args, kwargs: False)
    get_many = _or_miss(RedisCache.get_many, lambda args, kwargs: {})
    set_many = _or_miss(RedisCache.set_many, lambda args, kwargs: list(args[0]) if args else [])
    delete_many = _or_miss(RedisCache.delete_many, lambda args, kwargs: None)
