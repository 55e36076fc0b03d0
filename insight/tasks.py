"""检索建档：每十秒看一次新写的日志，每夜把全部的件核对一遍。"""

from celery import shared_task

from insight.search import indexing


@shared_task
def index_pending() -> int:
    """Index what is behind its log; may run twice, or beside another. Returns how many documents were written."""
    return indexing.index_pending()


@shared_task
def compare_all() -> int:
    """Compare every petition with its document. Returns how many documents were written; 0 is what is expected."""
    return indexing.index_all()
