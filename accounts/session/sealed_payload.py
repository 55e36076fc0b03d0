"""What a page carries through a browser and nobody may read or change: sealed, dated, for one purpose only."""

import json
import time
from typing import Any

from accounts.privacy import Undecipherable, decrypt, encrypt

GOOD_FOR = 30 * 60  # 秒


class Stale(Exception):
    """The sealed text is too old, was altered, or belongs to another purpose; str() says so for the screen."""


def seal(purpose: str, value: Any) -> str:
    """A JSON value as a text that only this installation can open."""
    return encrypt(json.dumps([purpose, time.time(), value], ensure_ascii=False))


def unseal(purpose: str, sealed: str) -> Any:
    """The value, within thirty minutes of sealing. Raises Stale."""
    try:
        meant_for, at, value = json.loads(decrypt(sealed))
    except (Undecipherable, ValueError) as fault:
        raise Stale("保留的内容无法读出，需要重新填写") from fault
    if meant_for != purpose:
        raise Stale("保留的内容无法读出，需要重新填写")
    if time.time() - at > GOOD_FOR:
        raise Stale("保留的内容已超过 30 分钟，为保护个人信息已作废，需要重新填写")
    return value
