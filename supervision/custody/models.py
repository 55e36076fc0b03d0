"""责任持有时长的存数：每件、每单位、每种时间一行，夜里和日志有新行时照日志重写。"""

from django.db import models

from accounts.models import Organ
from petitions.models import Petition
from supervision.custody import intervals
from supervision.querysets import CustodyQuerySet


class Custody(models.Model):
    """What one organ had of one petition: time of one kind, and the late days that arose with it.

    `seconds` are those of stretches that are over. Where a stretch still runs it began at `running_since` and is not
    in `seconds`. `late_days` (自然日, as of the last reading) stand on the row of kind WORKING. So do `down_days`,
    on the owing organ's row: late days on which the system was down, which are nobody's. A stored reading of the log:
    it may be thrown away and read again.
    """

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="custodies", verbose_name="信访事项")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("时间", max_length=10, choices=[(kind.value, kind.label) for kind in intervals.Kind])
    seconds = models.PositiveBigIntegerField("秒", default=0)
    running_since = models.DateTimeField("仍在继续，自", null=True)
    late_days = models.PositiveIntegerField("逾期日", default=0)
    down_days = models.PositiveIntegerField("停机期间", default=0)
    read_seq = models.PositiveIntegerField("读到的日志行")
    read_on = models.DateField("读数日")

    objects = CustodyQuerySet.as_manager()

    class Meta:
        verbose_name = "责任持有"
        constraints = [
            models.UniqueConstraint(fields=["petition", "organ", "kind"], name="one_custody_per_organ_and_kind")
        ]
        indexes = [models.Index(fields=["organ", "kind"], name="custody_by_organ")]
