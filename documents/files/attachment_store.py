"""收存、取用、删去附件：随机名字、散列核对，放在网页根目录之外。"""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from documents.files import file_intake
from documents.letters import printing
from documents.letters.impediments import FileRefused
from documents.models import Attachment
from rulebook import timekeeping


def receive(
    file, *, by, kind: str = Attachment.Kind.OTHER, copies: int = 1, original_returned: bool = False, secrecy: int = 0
) -> Attachment:
    """Keep an uploaded file (anything with `read` and `name`) under a random name outside the web root.

    Raises FileRefused with a sentence for an empty, too large (20 MB) or unwanted file.
    """
    content = file.read(file_intake.LARGEST + 1)
    found = file_intake.inspect(content)
    attachment = Attachment(
        name=file_intake.safe_name(file.name or "", found),
        media_type=found.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        kind=kind,
        copies=copies,
        original_returned=original_returned,
        secrecy=secrecy,
        uploaded_by=by,
        at=timekeeping.now(),
    )
    attachment.file.save("attachment", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            attachment.save()
    except Exception:
        attachment.file.delete(save=False)  # no row, no file
        raise
    return attachment


def discard(attachment: Attachment) -> None:
    """Remove a file nothing points at (ProtectedError otherwise): its row, and its bytes once that holds."""
    name, storage = attachment.file.name, attachment.file.storage
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name))


def content_of(attachment: Attachment) -> bytes:
    """The kept bytes. Raises FileRefused where they are gone or are not what was received."""
    try:
        with attachment.file.storage.open(attachment.file.name) as kept:
            content = kept.read()
    except FileNotFoundError:
        raise FileRefused("附件文件不在了，请管理员从备份恢复") from None
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise FileRefused("附件内容与收存时不一致，已停止提供，请管理员核查")
    return content


def pages_in(attachment: Attachment) -> int | None:
    """Pages of a kept file as far as the file tells: a picture has one, a recording none; None where it cannot say."""
    if attachment.media_type.startswith("image/"):
        return 1
    if attachment.media_type.startswith("audio/"):
        return 0
    if attachment.media_type == file_intake.PDF.media_type:
        return printing.page_count(content_of(attachment)) or None
    return None
