"""值守的心跳：时刻表、各扫描、各后台进程最近一次的起止和所做的数。"""

from django.db import models


class Heartbeat(models.Model):
    """One row for each thing that must keep going; overwritten, never added to."""

    name = models.CharField("名称", max_length=80, primary_key=True)  # beat、sweep …，或者 worker:进程名
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    counts = models.JSONField("所做的数", default=dict)

    class Meta:
        verbose_name = "心跳"
