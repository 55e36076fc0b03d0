"""检索建档：每十秒看一次有没有落后的件。"""

from celery import shared_task

from insight import actions


@shared_task
def index_pending() -> int:
    """Index what is behind its log; may run twice, or beside another. Returns how many documents were written."""
    return actions.index_all()
