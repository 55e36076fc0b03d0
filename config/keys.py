"""Keys of a trial machine: made once, kept in a file only its owner may read. Production never comes here."""

import base64
import json
import os
import secrets
from pathlib import Path


def local_keys(path: Path) -> dict[str, str]:
    """SECRET_KEY, FIELD_KEYS and LOOKUP_KEY of this folder: made on first use, the same for every later process."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = {
            "SECRET_KEY": secrets.token_urlsafe(64),
            "FIELD_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
            "LOOKUP_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(fresh, out)
        try:
            os.link(draft, path)  # 只有一个进程能链接成功，其余的读它写下的那一份
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return json.loads(path.read_text())


def key_list(value: str) -> list[str]:
    """Base64 keys of 32 bytes separated by commas, the current one first; raises ValueError with a sentence."""
    keys = [key.strip() for key in value.split(",") if key.strip()]
    if not keys:
        raise ValueError("没有给出密钥")
    for key in keys:
        if len(base64.b64decode(key, validate=True)) != 32:
            raise ValueError("密钥必须是 32 字节的 Base64 文本")
    return keys
