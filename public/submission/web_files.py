"""照片和文件：限个数、限大小、限同一地址一天的总量；解得开、洗干净的才存。"""

import io
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.privacy import keyed_hash
from accounts.session.languages import said
from accounts.session.origin import address_of
from documents.files import attachment_store, cleaning
from documents.letters.impediments import FileRefused
from public.models import OnlineDraft, OnlineFile
from public.submission.limits import MB, Limits
from rulebook.timekeeping import now

ACCEPT = "image/jpeg,image/png,image/webp,application/pdf,.docx"
SHOWN_NAME = 40  # 字
DAY = timedelta(days=1)


class Upload(io.BytesIO):
    """The cleaned bytes under the name they came with."""

    def __init__(self, content: bytes, name: str):
        super().__init__(content)
        self.name, self.size = name, len(content)


def of(draft: OnlineDraft):
    """What lies with the draft, in the order it came."""
    return draft.files.exclude(attachment=None).select_related("attachment").order_by("pk")


def keep_all(draft: OnlineDraft, uploads, request, limits: Limits) -> list[str]:
    """Keep what may be kept. Returns a sentence for each file refused; the others are kept all the same."""
    refused = []
    for upload in uploads:
        try:
            _keep(draft, upload, address_of(request), limits)
        except FileRefused as reason:
            refused.append(_("“{name}”：{why}").format(name=_short(upload.name), why=said(reason)))
    return refused


def cleaned(upload, limits: Limits) -> Upload:
    """What may be kept of one file that came from the public. Raises FileRefused with a sentence."""
    if upload.size > limits.file:
        raise FileRefused(
            _("有 %(size)s MB，一个文件最大 %(most)d MB。照片请缩小，文件请分成几份")
            % {"size": f"{upload.size / MB:.1f}", "most": limits.file // MB}
        )
    content, found = cleaning.clean(upload.read(limits.file + 1))
    return Upload(content, _with_ending(upload.name or "", found))


def _keep(draft: OnlineDraft, upload, address: str, limits: Limits) -> None:
    ready = cleaned(upload, limits)
    with transaction.atomic():
        held = OnlineDraft.objects.select_for_update().filter(pk=draft.pk, submission=None).first()
        if held is None:
            raise FileRefused(_("这一件已经提交或者清除了"))
        source = keyed_hash(address)
        _require_room(held, ready.size, source, limits)
        kept = attachment_store.receive(ready, by=None)
        OnlineFile.objects.create(draft=held, attachment=kept, address_hash=source, size=ready.size, at=now())
        held.saved_at = now()
        held.save(update_fields=["saved_at"])


def _require_room(draft: OnlineDraft, size: int, source: str, limits: Limits) -> None:
    lying = list(of(draft).values_list("size", flat=True))
    if len(lying) >= limits.files:
        raise FileRefused(
            _("已经有 %(n)d 个文件，最多就这么多。不要的可以先取下，其余的登记以后再补") % {"n": limits.files}
        )
    if sum(lying) + size > limits.total:
        raise FileRefused(_("几个文件合起来超过 %(most)d MB 了，请少选几个") % {"most": limits.total // MB})
    day = OnlineFile.objects.filter(address_hash=source, at__gt=now() - DAY).aggregate(sum=Sum("size"))["sum"] or 0
    if day + size > limits.day:
        raise FileRefused(
            _("这个网络今天上传得太多了，请明天再传，或者换个网络。文字可以先提交，照片带到登记窗口也一样")
        )


def _with_ending(name: str, found) -> str:
    """A WebP that became a JPEG is called one; safe_name does the rest."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{found.endings[0]}" if dot and ending.lower() not in found.endings else name


@transaction.atomic
def take_down(draft: OnlineDraft, key: str) -> None:
    """Remove one of the draft's own files."""
    held = OnlineDraft.objects.select_for_update().filter(pk=draft.pk, submission=None).first()
    file = of(held).filter(pk=int(key)).first() if held and key.isascii() and key.isdigit() and len(key) < 18 else None
    if file is not None:
        attachment, file.attachment = file.attachment, None
        file.save(update_fields=["attachment"])
        attachment_store.discard(attachment)


def _short(name: str) -> str:
    return name if len(name) <= SHOWN_NAME else name[:SHOWN_NAME] + "…"
