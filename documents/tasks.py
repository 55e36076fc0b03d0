"""时间到了要做的：把已签发而还没有 PDF 的文书补齐。"""

import logging

from celery import shared_task

from documents import actions
from documents.models import Letter
from documents.refusals import LetterRefused

BATCH = 50  # 件；一轮做不完的下一轮再做
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
            actions.pdf_of(Letter(pk=key))
            made += 1
        except LetterRefused:
            log.warning("文书 %s 的 PDF 做不出来，请在文书页查看原因", key)
    if len(keys) == BATCH:
        made += render_issued(after=keys[-1])
    return made
