"""到点就看的事。可以重复、可以并发、可以漏跑。"""

from celery import shared_task

from supervision import bouncing, climbing, executions


@shared_task
def sweep_deadlines():
    """每分钟：到级的提醒、升级；新登记的拒不落实，告知信访部门督查岗位。"""
    executions.report_refusals()
    return climbing.sweep()


@shared_task
def order_bounced():
    """每分钟：多次退回、循环流转的，对推诿的单位下督办单。"""
    return bouncing.sweep()
