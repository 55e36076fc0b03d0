"""时间到了要做的：把已签发而还没有 PDF 的文书补齐；识读收进来的扫描件。"""

import logging

from celery import shared_task

from documents.files import transcription
from documents.letters import issuance
from documents.letters.impediments import LetterRefused
from documents.models import Letter

BATCH = 50  # 件；一轮做不完的下一轮再做
SCANS = 10  # 份
log = logging.getLogger(__name__)


@shared_task
def render_issued(after: int = 0) -> int:
    """Make the legal copy of letters that have none yet, in order of their keys after `after`; may run twice.

    Returns how many were made. A letter that cannot be made (no font has a character of a name) is logged by its key
    and waits for the next sweep; it does not hold up the others.
    """
    keys = list(Letter.objects.without_pdf().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
    made = 0
    for key in keys:
        try:
            issuance.pdf_of(Letter(pk=key))
            made += 1
        except LetterRefused:
            log.warning("文书 %s 的 PDF 做不出来，请在文书页查看原因", key)
    if len(keys) == BATCH:
        made += render_issued(after=keys[-1])
    return made


@shared_task
def read_scans() -> int:
    """Read the scans that wait, oldest first, a few at a time; may run twice. Returns how many were read or given up.

    On the queue `scans`, whose one process alone carries the engine; runs only where the optional packages are.
    """
    done = 0
    while done < SCANS and transcription.read_next() is not None:
        done += 1
    return done
