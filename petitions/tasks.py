"""What time does to petitions. Every task may run twice; a missed night loses nothing."""

from datetime import timedelta

from celery import shared_task

from petitions.clocks import lapses, republication
from petitions.record import verification
from rulebook.timekeeping import today


@shared_task
def anchor_log():
    """锚定昨日以前的日志。"""
    return str(verification.anchor(today() - timedelta(days=1)).day)


@shared_task
def deem_acceptances():
    """十五日届满未告知的，视为受理。"""
    return lapses.deem_acceptances()


@shared_task
def serve_published():
    """公告期满的，视为送达，复查申请期自期满之日起算。"""
    return lapses.serve_published()


@shared_task
def settle_lapsed():
    """复查申请期届满的，程序终结；届满的权利期限记为届满未办。"""
    return lapses.settle_lapsed()


@shared_task
def recount_deadlines():
    """放假安排公布后，没有改完的期限接着改；没有新表就什么也不做。"""
    return republication.apply().counted
