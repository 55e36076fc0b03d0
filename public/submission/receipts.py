"""回执：编号和查询码当场就有，能打印，也能存成图片。"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.session.languages import day
from documents.letters import issuance as documents
from documents.letters.qr import Square, square
from petitions.models import Petition
from public.models import OnlineDraft
from public.progress import own_progress


@dataclass(frozen=True)
class Receipt:
    """What the petitioner takes home. `code` and `pin` are empty where no name was left; `says` tells what comes."""

    number: str
    received_on: date
    organ: str
    phone: str
    claims: int
    files: int
    code: str
    pin: str
    link: str
    qr: Square | None
    says: str
    others: bool

    @property
    def spaced(self) -> str:
        """The code in threes, as it is read aloud; the spaces need not be typed."""
        return " ".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))


def of(draft: OnlineDraft) -> Receipt:
    """The receipt of a submitted draft."""
    petition = Petition.objects.select_related("organ__office").get(submission=draft.submission_id, ordinal=1)
    party = draft.party
    link = f"{settings.PUBLIC_QUERY_URL}#{party.query_code}" if party else ""
    return Receipt(
        number=petition.number,
        received_on=petition.received_on,
        organ=petition.organ.office.name,
        phone=petition.organ.office.phone,
        claims=petition.claims.count(),
        files=petition.attachments.count(),
        code=party.query_code if party else "",
        pin=party.pin if party else "",
        link=link,
        qr=square(link) if link else None,
        says=_next(party) if party else _("没有留姓名的，不能书面告知您，也不能查进度；这件事我们照样登记、甄别。"),
        others=draft.submission.parties.count() > 1,
    )


def _next(party) -> str:
    shown = own_progress.of(party)[0]
    return format_html("{}{}{}{}", shown.sentence, *shown.due)


def picture(receipt: Receipt) -> bytes:
    """The receipt as PNG."""
    rows = [
        (_("编号"), receipt.number, False),
        (_("收到日期"), day(receipt.received_on, year=True), False),
        (_("登记单位"), receipt.organ, False),
    ]
    notes = []
    if receipt.code:
        rows += [(_("查询码"), receipt.spaced, True), (_("查询口令"), receipt.pin, True)]
        notes.append(_("扫码或者到“进度查询”输入查询码，再输手机号后四位或者查询口令。请勿告诉他人。"))
    if receipt.phone:
        notes.append(_("有疑问请打 %(phone)s。") % {"phone": receipt.phone})
    return documents.receipt_picture(rows, title=_("网上提交回执"), notes=notes, link=receipt.link)
