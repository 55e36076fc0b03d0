"""识读文本：机器读的照原样留着，人改的另存；改过的不再被机器盖掉。"""

from django.db import transaction

from documents.files import attachment_store, ocr
from documents.letters.impediments import FileRefused
from documents.models import Attachment, Transcript
from rulebook import timekeeping

LONGEST = 60_000  # 字


def read_next() -> Transcript | None:
    """Read the oldest scan that has no text yet; None where none waits or another process has just read it.

    A file that cannot be read keeps the sentence why, and is not tried again.
    """
    scan = Attachment.objects.to_be_read().order_by("pk").first()
    if scan is None:
        return None
    try:
        told = {
            "state": Transcript.State.READ,
            "machine_text": ocr.read(attachment_store.content_of(scan), scan.media_type),
        }
    except (ocr.Unreadable, FileRefused) as unread:
        told = {"state": Transcript.State.FAILED, "problem": str(unread)}
    found, made = Transcript.objects.get_or_create(attachment=scan, defaults=told | {"read_at": timekeeping.now()})
    return found if made else None


@transaction.atomic
def correct(scan: Attachment, text: str, *, by, edition: int) -> Transcript:
    """Keep the words as a person corrected or typed them. `edition` is the one they had before them.

    Raises FileRefused where someone else has corrected meanwhile, or where the text is empty or too long.
    """
    found, _ = Transcript.objects.select_for_update().get_or_create(attachment=scan)
    if found.edition != edition:
        raise FileRefused("这份文字刚被他人改过，请对照最新文字再改；您写的还在下面")
    if not text.strip():
        raise FileRefused("请写下扫描件上的文字")
    if len(text) > LONGEST:
        raise FileRefused(f"文字不超过 {LONGEST} 字，请只写要检索的部分")
    found.text, found.state = text.strip(), Transcript.State.CHECKED
    found.checked_by, found.checked_at = by, timekeeping.now()
    found.edition += 1
    found.indexed = False
    found.save()
    return found
