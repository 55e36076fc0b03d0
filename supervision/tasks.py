"""到点就看的事。可以重复、可以并发、可以漏跑；每一轮留心跳。"""

import logging
from datetime import timedelta

from celery import shared_task

from rulebook.timekeeping import today
from supervision.board import board_counts
from supervision.bounce import rules as bouncing
from supervision.custody import custody_tally
from supervision.hollow import nightly
from supervision.ladder import climb, digest, unanswered
from supervision.orders import execution_leads
from supervision.proposals import reply_reminders
from supervision.sandbox import ladder_drafts, routing_drafts
from supervision.statistics import daily as days
from supervision.statistics import yearly
from supervision.urging import rules as urging
from supervision.watch import heartbeat

log = logging.getLogger("fengqiao.board")


@shared_task(bind=True)
def beat(self):
    """每分钟一拍：时刻表发得出、后台进程收得到。"""
    with heartbeat.round_of(heartbeat.BEAT, self.request.hostname):
        return True


@shared_task(bind=True)
def sweep_deadlines(self):
    """每分钟：到级的提醒、升级；新登记的拒不落实，告知信访部门督查岗位。"""
    with heartbeat.round_of(heartbeat.SWEEP, self.request.hostname) as told:
        execution_leads.report_refusals()
        told["reminders"] = climb.sweep()
    return told["reminders"]


@shared_task(bind=True)
def tell_digests(self):
    """每分钟：到了上班时刻的一、二级提醒，每人并成一条。"""
    with heartbeat.round_of("digests", self.request.hostname) as told:
        told["digests"] = digest.compose()
    return told["digests"]


@shared_task(bind=True)
def report_unanswered(self):
    """每五分钟：过了期限没有人知悉、也没有办理的提醒，报上一级。"""
    with heartbeat.round_of("unanswered", self.request.hostname) as told:
        told["raised"] = unanswered.report()
    return told["raised"]


@shared_task
def remind_of_proposals():
    """每个早上：三项建议的反馈日期近了、过了的，各提醒一次。"""
    return reply_reminders.remind()


@shared_task
def order_bounced():
    """每分钟：多次退回、循环流转的，对推诿的单位下督办单。"""
    return bouncing.sweep()


@shared_task
def tally_custody():
    """每五分钟：日志有新行的件，重读各单位持有了多久。"""
    return custody_tally.catch_up()


@shared_task
def tally_all_custody():
    """每夜：漏下的、逾期日又多了一天的，全部重读。"""
    return custody_tally.tally_all()


@shared_task
def watch_for_hollow_closings(days: int = nightly.LOOK_BACK):
    """每夜：新办结的、新有不满意评价的、信访人又来过的件，可疑的列出来待认定；停机久了，带上天数再跑一次。"""
    return nightly.watch(days)


@shared_task
def replay_drafts():
    """每分钟：还没有试算的阶梯、分流规则草案，照近一年的件走一遍。"""
    return ladder_drafts.replay_waiting() + routing_drafts.replay_waiting()


@shared_task
def keep_day():
    """每夜：昨天结束时各单位的数，存下以后不改；跑两遍与跑一遍一样。"""
    return days.keep(today() - timedelta(days=1))


@shared_task
def keep_year():
    """每夜：当年到上月末的数，每月存一次，供公开；跑几遍与跑一遍一样。"""
    return yearly.keep_due()


@shared_task
def fold_board_counts():
    """每五分钟：督查页的数，同一种的多行并成一行；总数不变。"""
    return board_counts.fold()


@shared_task
def compare_board_counts():
    """每夜：督查页的数从头数一遍，有出入的记进运行日志，按数到的存下。正常是没有。"""
    found = board_counts.differences()
    for sentence in found:
        log.error("督查页的数：%s", sentence)
    if found:
        board_counts.recount()
    return len(found)


@shared_task
def send_urgings():
    """每二十秒：确认以后过了几分钟、没有撤回的批量催办，发出去；断在半路的整批重来，每件一次。"""
    return urging.send()
