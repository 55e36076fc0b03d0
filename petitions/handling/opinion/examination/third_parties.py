"""别人的个人信息：证件号、手机号、账号、别的件的信访人和编号，一样都不该在意见书里（第四十六条、个人信息保护法）。

What is found is told by its place and masked: the remark itself must not spread it.
"""

import re
from collections.abc import Iterator

from accounts.privacy import mask_id, mask_phone, numbers_in
from petitions.handling.opinion.examination.examination_sheet import CaseFile, Remark, Sheet, ask, must

LEAST_NEEDED = "意见书只写办理所必需的个人信息，不得泄露他人信息（第四十六条、《个人信息保护法》第六条）"
KEPT_BACK = "信访人请求保密的，不得在对外文书中写明姓名（第三十条）"
_ACCOUNT = re.compile(r"(?<!\d)\d{16,19}(?!\d)")
_TITLED = (
    r"(?:信访人|申请人|投诉人|反映人|来访人|居民|村民|业主|住户|租户|职工){0}"
    r"|{0}(?:同志|先生|女士|等人|反映|来访|来信|投诉)"
)


def remarks(sheet: Sheet, file: CaseFile) -> Iterator[Remark]:
    """Numbers of people, names of those in other files, numbers of other files."""
    for place, text in sheet.parts():
        yield from _numbers(place, text, file)
        yield from _names(place, text, file)
        yield from _files(place, text, file)


def _numbers(place: str, text: str, file: CaseFile) -> Iterator[Remark]:
    ids, phones = numbers_in(text)
    for said, known, word, mask in (
        (ids, {who.id_number.upper() for who in file.parties}, "证件号", mask_id),
        (phones, {who.phone for who in file.parties}, "手机号", mask_phone),
    ):
        for number in said:
            if number in known:
                yield ask("P2", place, f"写了信访人的{word}（{mask(number)}），一般不必写，请核对", LEAST_NEEDED)
            else:
                yield must("P1", place, f"写了不属于本件信访人的{word}（{mask(number)}），请删去", LEAST_NEEDED)
    for account in _ACCOUNT.findall(text):
        if account not in ids:
            yield must("P1", place, f"写了疑似银行账号的号码（{mask_id(account)}），请删去", LEAST_NEEDED)


def _names(place: str, text: str, file: CaseFile) -> Iterator[Remark]:
    for who in file.parties:
        if who.withheld and who.name in text:
            yield must("P4", place, f"信访人（{_mask(who.name)}）请求姓名保密，请不要写出姓名", KEPT_BACK)
    own = {who.name for who in file.parties}
    for name in file.strangers:
        if name not in own and name not in file.told and _is_named(name, text):
            yield ask("P3", place, f"出现了另一件信访人的姓名（{_mask(name)}），请核对是否误用他件文字", LEAST_NEEDED)


def _is_named(name: str, text: str) -> bool:
    """Names of two characters are words too often: they count only where they are spoken of as a person."""
    return name in text if len(name) > 2 else re.search(_TITLED.format(re.escape(name)), text) is not None


def _mask(name: str) -> str:
    return f"{name[:1]}{'*' * max(len(name) - 1, 1)}"


def _files(place: str, text: str, file: CaseFile) -> Iterator[Remark]:
    """Numbers of the same make as this file's own."""
    alike = re.sub(r"\d+", lambda run: rf"\d{{{max(len(run[0]) - 1, 1)},}}", re.escape(file.number))
    for number in re.findall(rf"(?<![A-Za-z0-9-]){alike}(?![A-Za-z0-9])", text):
        if number not in (file.number, *file.linked):
            yield ask("P5", place, f"写了另一件的编号（{number}），请核对是否误用他件文字", LEAST_NEEDED)
