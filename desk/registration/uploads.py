"""随表上传的材料：一收到就收存，出错重填也不丢；凭签名的号带着走，别人拿不到。"""

from django.core import signing

from documents.files.attachment_store import receive
from documents.letters.impediments import FileRefused
from documents.models import Attachment
from petitions.models import PetitionAttachment

SALT = "desk.registration.uploads"
MOST = 20
MAX_AGE = 7 * 86400  # 秒


def keep(files, *, by, kind="evidence") -> tuple[list[Attachment], list[str]]:
    """Keep what was uploaded. Returns what is kept, and a sentence for each file refused."""
    kept, refused = [], []
    for file in files[:MOST]:
        try:
            kept.append(receive(file, by=by, kind=kind))
        except FileRefused as reason:
            refused.append(f"“{file.name}”：{reason}")
    if len(files) > MOST:
        refused.append(f"一次最多 {MOST} 个文件，其余请在登记后补充")
    return kept, refused


def ticket(attachment: Attachment, user) -> str:
    """What the page carries for a kept file."""
    return signing.dumps([attachment.pk, user.pk], salt=SALT)


def redeem(tickets, user) -> list[Attachment]:
    """The files behind the tickets of this user that belong to no petition yet, in their order."""
    keys = []
    for held in tickets[: MOST * 2]:
        try:
            pk, owner = signing.loads(held, salt=SALT, max_age=MAX_AGE)
        except signing.BadSignature:
            continue
        if owner == user.pk and pk not in keys:
            keys.append(pk)
    if not keys:
        return []
    taken = set(PetitionAttachment.objects.filter(attachment__in=keys).values_list("attachment_id", flat=True))
    found = Attachment.objects.in_bulk(keys)
    return [found[pk] for pk in keys if pk in found and pk not in taken]
