"""文书的校验码：拿到文书的任何人凭文号和校验码核对真伪；只答种类、文号、落款单位、日期，不答写给谁、写了什么。"""

import hmac

from django.conf import settings

from accounts.privacy import keyed_hash
from documents.models import Letter

ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"  # 没有容易看错的 0 O 1 I L U V
LENGTH = 8
_BRACKETS = str.maketrans("[]【】（）()［］", "〔〕〔〕〔〕〔〕〔〕")


def is_checkable(letter: Letter) -> bool:
    """Numbered letters to a petitioner, neither secret nor still a draft."""
    return bool(letter.number) and letter.to_petitioner and not letter.secrecy and bool(letter.text_hash)


def code_of(letter: Letter) -> str:
    """Eight signs as XXXX-XXXX that follow from the frozen words; empty for a letter that has no check code.

    Only this installation's key makes them: 29⁸ ≈ 5×10¹¹ codes for each number, of which five may be tried in a
    quarter of an hour.
    """
    if not is_checkable(letter):
        return ""
    left, signs = int(keyed_hash(f"letter:{letter.pk}:{letter.text_hash}"), 16), ""
    for _ in range(LENGTH):
        left, at = divmod(left, len(ALPHABET))
        signs += ALPHABET[at]
    return f"{signs[:4]}-{signs[4:]}"


def line_of(letter: Letter) -> str:
    """What the paper says outside the type area: code and address; empty for a letter that has no check code."""
    code = code_of(letter)
    return f"校验码 {code}　核对真伪：{settings.PUBLIC_QUERY_URL.rstrip('/')}/check/" if code else ""


def find(number: str, code: str) -> Letter | None:
    """The letter of that number if the code is its own; None for both an unknown number and a wrong code.

    `number` may be written with any brackets and spaces, `code` with or without the hyphen, in small letters too.
    """
    wanted = "".join(number.split()).translate(_BRACKETS)
    told = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    found = Letter.objects.select_related("organ", "template").filter(number=wanted).first()
    kept = code_of(found).replace("-", "") if found else ""
    return found if hmac.compare_digest(told.encode(), (kept or "-").encode()) else None
