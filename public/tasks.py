"""时间到了要做的：没有提交的内容过期，连文件一并删除。"""

from celery import shared_task

from public.submission import limits, web_drafts


@shared_task
def expire_drafts() -> int:
    """Drafts past the city's days, receipts past a day. Returns how many; may run twice."""
    return web_drafts.expire(days=limits.in_force().draft_days)
