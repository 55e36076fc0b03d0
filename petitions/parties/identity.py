"""证件号、姓名、电话的写法：公民身份号码（GB 11643）、统一社会信用代码（GB 32100）。不连任何外部系统。Pure."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100：不用 I O S V Z
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4}|\d{7,8}")
PRIORITY_AGE = 60  # 周岁：《老年人权益保障法》第二条


@dataclass(frozen=True)
class Identity:
    """What a number says about its holder. `problem` is a sentence, empty where the number is well formed."""

    number: str
    problem: str = ""
    born: date | None = None
    sex: str = ""

    @property
    def ok(self) -> bool:
        return not self.problem

    def age_on(self, day: date) -> int | None:
        """周岁 on a day; None where the number does not tell."""
        if self.born is None:
            return None
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


def tidy(number: str) -> str:
    """Without spaces and hyphens, capital letters, full-width signs made narrow."""
    narrow = "".join(chr(ord(sign) - 0xFEE0) if 0xFF01 <= ord(sign) <= 0xFF5E else sign for sign in number)
    return re.sub(r"[\s\-]", "", narrow).upper()


def examine(number: str, today: date) -> Identity:
    """Read an 18-digit citizen number; the empty number is no problem, merely nothing."""
    number = tidy(number)
    if not number:
        return Identity("")
    if not re.fullmatch(r"\d{17}[\dX]", number):
        length = gettext("证件号应为 18 位，现在是 %(n)d 位") % {"n": len(number)}
        return Identity(number, _("证件号只能是数字，末位可以是 X") if len(number) == 18 else length)
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return Identity(number, _("证件号里的出生日期不存在"))
    if not born.year >= 1900 or born > today:
        return Identity(number, _("证件号里的出生日期不合常理"))
    sex = "男" if int(number[16]) % 2 else "女"
    if check_sign(number[:17]) != number[17]:
        return Identity(number, _("证件号校验位不对，可能输错一位"), born, sex)
    return Identity(number, "", born, sex)


def check_sign(body: str) -> str:
    """The 18th sign of 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def examine_code(number: str) -> Identity:
    """Read a 统一社会信用代码 of an organisation."""
    number = tidy(number)
    if not number:
        return Identity("")
    if len(number) != 18 or any(sign not in _CODE_SIGNS for sign in number):
        return Identity(number, "统一社会信用代码应为 18 位数字和大写字母（不含 I、O、S、V、Z）")
    total = sum(_CODE_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(number[:17]))
    if _CODE_SIGNS[(31 - total % 31) % 31] != number[17]:
        return Identity(number, "统一社会信用代码校验位不对，可能输错一位")
    return Identity(number)


def tidy_name(name: str) -> str:
    """As it is written, with · between the parts of a name and no invisible signs; letters of any script stay."""
    name = _CONTROL.sub("", name)
    return re.sub(r"\s*[•・‧∙●]\s*", "·", name).strip()


def tidy_phone(number: str) -> str:
    """Narrow digits without spaces and the country code; a landline keeps its hyphen."""
    narrow = "".join(chr(ord(sign) - 0xFEE0) if 0xFF01 <= ord(sign) <= 0xFF5E else sign for sign in number)
    bare = re.sub(r"[\s()]|^\+?86(?=1[3-9])", "", narrow.replace("—", "-").replace("－", "-"))
    return bare.replace("-", "") if re.fullmatch(r"1[\d-]{12}", bare) else bare


def phone_problem(number: str) -> str:
    """A sentence where the number cannot be one; empty otherwise."""
    if not number or _PHONE.fullmatch(number):
        return ""
    return _("电话应为 11 位手机号或带区号的座机，例如 010-55500143")
