"""导出个人信息的报请：谁要、为什么要、要哪几项、谁批准、何时取走。文件不存，取的时候现做。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from accounts.privacy import EncryptedTextField


class PersonalExport(models.Model):
    """One request to take names, numbers or addresses out of the system as a workbook (《个人信息保护法》第六条、
    第二十八条、第五十一条).

    `petitions` are the keys of what was asked for, fixed when it was asked: what is approved goes out. `take_by` is an
    aware moment, set on approval.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待批准"
        ALLOWED = "allowed", "已批准"
        REFUSED = "refused", "不批准"
        WITHDRAWN = "withdrawn", "已撤回"
        TAKEN = "taken", "已取走"

    class Part(models.TextChoices):
        NAME = "name", "姓名"
        ID = "id_number", "证件号"
        PHONE = "phone", "手机"
        ADDRESS = "address", "住址"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="单位")
    view = models.CharField("清单", max_length=80)
    parts = models.JSONField("项目")
    petitions = models.JSONField("信访件")
    rows = models.PositiveIntegerField("件数")
    reason = EncryptedTextField("理由")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报请人")
    asked_at = models.DateTimeField("报请时间")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("批准、不批准时间", null=True)
    words = EncryptedTextField("意见", blank=True)
    take_by = models.DateTimeField("取件截止", null=True)
    taken_at = models.DateTimeField("取走时间", null=True)

    class Meta:
        verbose_name = "个人信息导出"
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"], name="personal_exports_of"),
            models.Index(fields=["organ"], name="personal_exports_wait", condition=models.Q(state="waiting")),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        return f"导出〔{self.asked_at.year}〕{self.pk}"

    @property
    def parts_in_words(self) -> str:
        return "、".join(part.label for part in PersonalExport.Part if part in self.parts)
