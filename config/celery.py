"""The Celery application and the one timetable of the house.

Tasks only look for rows that are due, so a missed beat loses nothing and a doubled one does nothing twice.
"""

import os
import warnings

from celery import Celery
from celery.platforms import SecurityWarning
from celery.schedules import crontab

from documents.files import ocr

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

if os.environ["DJANGO_SETTINGS_MODULE"] == "config.settings.dev":
    # 在容器或试用机上常以 root 起动；正式镜像用普通账号，那里这条警告照常出现
    warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("fengqiao")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# 名字 → (任务, 时间)；数字是秒。过期时间与间隔相同：积压的重复扫描没有意义
TIMETABLE = {
    "期限扫描": ("supervision.tasks.sweep_deadlines", 60),
    "值守一拍": ("supervision.tasks.beat", 60),
    "提醒摘要": ("supervision.tasks.tell_digests", 60),
    "无人知悉": ("supervision.tasks.report_unanswered", 300),
    "推诿督办": ("supervision.tasks.order_bounced", 60),
    "建议反馈": ("supervision.tasks.remind_of_proposals", crontab(hour=8, minute=40)),
    "责任持有": ("supervision.tasks.tally_custody", 300),
    "规则试算": ("supervision.tasks.replay_drafts", 60),
    "往日的数": ("supervision.tasks.keep_day", crontab(hour=0, minute=20)),
    "年度数据": ("supervision.tasks.keep_year", crontab(hour=1, minute=10)),
    "待发催办": ("supervision.tasks.send_urgings", 20),
    "督查计数归并": ("supervision.tasks.fold_board_counts", 300),
    "督查计数核对": ("supervision.tasks.compare_board_counts", crontab(hour=3, minute=50)),
    "责任持有核对": ("supervision.tasks.tally_all_custody", crontab(hour=0, minute=40)),
    "虚假办结": ("supervision.tasks.watch_for_hollow_closings", crontab(hour=1, minute=50)),
    "通知外发": ("accounts.tasks.drain_outbox", 20),
    "检索建档": ("insight.tasks.index_pending", 10),
    "检索核对": ("insight.tasks.compare_all", crontab(hour=3, minute=20)),
    "查询摘要": ("desk.tasks.digest_searches", crontab(hour=7, minute=30)),
    "文书成品": ("documents.tasks.render_issued", 60),
    "日志每日锚定": ("petitions.tasks.anchor_log", crontab(hour=0, minute=10)),
    "视为受理": ("petitions.tasks.deem_acceptances", crontab(minute="*/20")),
    "分类去向重学": ("routing.tasks.retrain", crontab(hour=2, minute=40)),
    "日历重算": ("petitions.tasks.recount_deadlines", 300),
    "公告期满": ("petitions.tasks.serve_published", crontab(minute="2,32")),
    "网上草稿过期": ("public.tasks.expire_drafts", crontab(minute=15)),
    "程序终结": ("petitions.tasks.settle_lapsed", crontab(minute="5,35")),
}
if ocr.is_installed():  # 可选的包；没有的，收存照旧
    TIMETABLE["识读扫描件"] = ("documents.tasks.read_scans", 30)
app.conf.task_routes = {"documents.tasks.read_scans": {"queue": "scans"}}  # 另起一个进程：引擎占内存
app.conf.beat_schedule = {
    name: {
        "task": task,
        "schedule": when,
        "options": {"expires": when if isinstance(when, int) else 3600},
    }
    for name, (task, when) in TIMETABLE.items()
}
