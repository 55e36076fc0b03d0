"""登录过期时已填写的内容：封存在重新登录页里带走，登录后还给原来的地址。服务器不留底。"""

from dataclasses import dataclass

from accounts.session.sealed_payload import seal, unseal

PURPOSE = "typed"
LIMIT = 256 * 1024  # 字节：比任何一张登记表都长，又远小于服务器肯收的正文
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "passwd", "pin")


@dataclass(frozen=True)
class Typed:
    """What was posted, to which address, and how many files could not be kept."""

    path: str
    fields: list[tuple[str, str]]
    files: int


def keep(request) -> str:
    """The posted fields, sealed; empty where there is nothing to keep or it is longer than LIMIT."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name.lower() for word in NEVER_KEPT)
    ]
    length = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    if not fields or length > LIMIT:
        return ""
    return seal(PURPOSE, [request.get_full_path(), fields, len(request.FILES)])


def restore(sealed: str) -> Typed:
    """What keep() sealed. Raises sealing.Stale with a sentence."""
    path, fields, files = unseal(PURPOSE, sealed)
    return Typed(path, [(name, value) for name, value in fields], files)
