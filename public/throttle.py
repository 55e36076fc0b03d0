"""五次不对，停一刻钟：按来源地址、按查询码各数各的。

Counted in the shared cache, so that all processes see one number, and beside it in this process: where the cache is
away, the limit still holds, five tries for each process. An attempt is counted before it is judged, so that parallel
guesses cannot slip through between the question and the count.
"""

import logging
from collections.abc import Iterable

from django.core.cache import BaseCache, cache
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import RedisError

from accounts.privacy import keyed_hash
from accounts.session.origin import address_of

log = logging.getLogger("fengqiao.public")

TRIES = 5
WINDOW = 15 * 60  # 秒
_here = LocMemCache("public-throttle", {"TIMEOUT": WINDOW})


def keys_of(request, code: str) -> list[str]:
    """What is counted: the address and the code, neither kept in the clear."""
    return [f"public:address:{keyed_hash(address_of(request))}", f"public:code:{keyed_hash(code)}"]


def attempt(keys: Iterable[str]) -> bool:
    """Count one try. False where one of the keys has used its five: the try must then not be judged at all.

    The first key that is used up ends it: whoever is stopped by the address leaves no trace on codes made up.
    """
    return all(_count(key) <= TRIES for key in keys)


def within(request, what: str, most: int, *, window: int = 3600) -> bool:
    """Count one more `what` of this address. False once there were more than `most` within the window, in seconds."""
    return _count(f"public:{what}:{keyed_hash(address_of(request))}", window) <= most


def forgive(keys: Iterable[str]) -> None:
    """The try was right: take it back, so that whoever asks often and correctly is never locked out."""
    for key in keys:
        for store in (cache, _here):
            _add(store, key, -1)


def forget() -> None:
    """Drop what this process counted (tests)."""
    _here.clear()


def _count(key: str, window: int = 0) -> int:
    counted = 0
    for store in (cache, _here):
        store.add(key, 0, window or WINDOW)
        n = _add(store, key, 1)
        if n == TRIES and not window:
            store.touch(key, WINDOW)  # 一刻钟从第五次算起
        counted = max(counted, n)
    return counted


def _add(store: BaseCache, key: str, step: int) -> int:
    """The number after the step; 0 where the store lost the key meanwhile or does not answer."""
    try:
        return store.incr(key, step)
    except ValueError:  # 恰好到期
        return 0
    except RedisError as fault:
        log.warning("缓存暂不可用（%s），查询次数只在本进程内计", type(fault).__name__)
        return 0
