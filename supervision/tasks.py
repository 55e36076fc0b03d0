"""到点就看的事。可以重复、可以并发、可以漏跑。"""

from celery import shared_task

from supervision import climbing


@shared_task
def sweep_deadlines():
    """每分钟：到级的提醒、升级。"""
    return climbing.sweep()
