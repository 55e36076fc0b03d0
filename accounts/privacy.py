"""个人信息：加密存放、按键散列查找、默认遮盖（《个人信息保护法》第二十八条、第五十一条）。

Keys live outside the database: `settings.FIELD_KEYS` (base64, 32 bytes each, the first is current) and
`settings.LOOKUP_KEY`. `manage rotate_field_keys` rewrites old values under the current key.
"""

import base64
import hashlib
import hmac
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models


class Undecipherable(Exception):
    """No key given to this process opens the value."""


def _key_id(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]


def _keys() -> dict[str, bytes]:
    keys = [base64.b64decode(key) for key in settings.FIELD_KEYS]
    return {_key_id(key): key for key in keys}


def encrypt(text: str) -> str:
    """Seal a text under the current key; the same text never gives the same result twice."""
    if text == "":
        return ""
    key_id, key = next(iter(_keys().items()))
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), key_id.encode())
    return f"v1.{key_id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def decrypt(stored: str) -> str:
    """Open a sealed text. Raises Undecipherable where its key is not at hand or the value was altered."""
    if stored == "":
        return ""
    try:
        _version, key_id, body = stored.split(".", 2)
        raw = base64.urlsafe_b64decode(body)
        return AESGCM(_keys()[key_id]).decrypt(raw[:12], raw[12:], key_id.encode()).decode()
    except (ValueError, KeyError, InvalidTag) as error:
        raise Undecipherable("个人信息无法解密：密钥缺失或数据已被改动") from error


def current_prefix() -> str:
    """What every value sealed under the current key begins with."""
    return f"v1.{next(iter(_keys()))}."


def is_current(stored: str) -> bool:
    """Whether the value is sealed under the current key."""
    return stored == "" or stored.startswith(current_prefix())


def keyed_hash(text: str) -> str:
    """What a value is found by: the same text gives the same hash only under this installation's key."""
    if not text:
        return ""
    return hmac.new(settings.LOOKUP_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """A text that is sealed in the database and plain in Python."""

    def from_db_value(self, value, expression, connection):
        return value if value is None else decrypt(value)

    def get_prep_value(self, value):
        return value if value is None else encrypt(str(value))

    def get_lookup(self, name):
        if name in ("isnull",):
            return super().get_lookup(name)
        return None  # a sealed value cannot be compared: look it up by its keyed hash


def mask_id(number: str) -> str:
    """110199195406152426 → 110199********2426"""
    return number if len(number) < 8 else number[:6] + "*" * (len(number) - 10 if len(number) > 10 else 2) + number[-4:]


def mask_phone(number: str) -> str:
    """13800006215 → 138****6215；010-55501234 → 010****1234"""
    return number if len(number) < 7 else number[:3] + "****" + number[-4:]


def mask_address(address: str) -> str:
    """Keep down to the compound or road; the building and room are hidden."""
    found = re.search(r"\d", address)
    return address if not found else address[: found.start()] + "***"


_NARROW = {ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９Ｘｘ－＋　", "0123456789Xx-+ ", strict=True)}
_ID = re.compile(r"(?<!\d)([1-9]\d{5})[- ]?(?:19|20)\d{2}[- ]?(?:0[1-9]|1[0-2])[- ]?\d{2}[- ]?(\d{3}[0-9Xx])(?!\d)")
_ID15 = re.compile(r"(?<!\d)([1-9]\d{5})(\d{5})(\d{4})(?!\d)")
_MOBILE = re.compile(r"(?<!\d)((?:\+?86[- ]?)?1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[- ]?(\d{3,4})(\d{4})(?!\d)")


def mask_text(text: str) -> str:
    """Hide identity and phone numbers inside free text, full-width or with a country code too; everything else stays
    as it was said."""
    narrow = text.translate(_NARROW)
    masked = _mask_narrow(narrow)
    return text if masked == narrow else masked


def numbers_in(text: str) -> tuple[list[str], list[str]]:
    """Identity numbers and mobile numbers inside a text, without blanks or country code, each once."""
    narrow = text.translate(_NARROW)
    ids = [re.sub(r"[- ]", "", found[0]).upper() for found in _ID.finditer(narrow)]
    ids += [found[0] for found in _ID15.finditer(narrow)]
    phones = [re.sub(r"^\+?86", "", re.sub(r"[- ]", "", found[0])) for found in _MOBILE.finditer(narrow)]
    return list(dict.fromkeys(ids)), list(dict.fromkeys(phones))


def _mask_narrow(text: str) -> str:
    text = _ID.sub(lambda m: f"{m[1]}********{m[2]}", text)
    text = _ID15.sub(lambda m: f"{m[1]}*****{m[3]}", text)
    text = _MOBILE.sub(lambda m: f"{m[1]}****{m[3]}", text)
    return _LANDLINE.sub(lambda m: f"{m[1]}****{m[3]}", text)
