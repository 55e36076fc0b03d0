"""秩序事件单（第二十六条、第二十七条）：与信访件分开存放。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from petitions.models import Petition


class OrderIncident(models.Model):
    """秩序事件单：时间、地点、行为、经过。与信访件分开存放，信访件不认得它（第二十七条，rules §1.13、E67）。

    It keeps no person: conduct is recorded, nobody is scored. A petition it went with is only pointed at.
    """

    class Conduct(models.TextChoices):
        """第二十条的走访场所和第二十六条的六类禁止行为。"""

        PLACE = "20-1", "未到设立、指定的接待场所走访（第二十条第一款）"
        GATHERING = "26-1", "非法聚集，围堵、冲击，拦截车辆，堵塞交通（第二十六条第一项）"
        WEAPONS = "26-2", "携带危险物品、管制器具（第二十六条第二项）"
        VIOLENCE = "26-3", "侮辱、殴打、威胁，限制人身自由，毁坏财物（第二十六条第三项）"
        STAYING = "26-4", "在接待场所滞留、滋事，弃留不能自理的人（第二十六条第四项）"
        INCITING = "26-5", "煽动、串联、胁迫、以财物诱使，幕后操纵，借机敛财（第二十六条第五项）"
        OTHER = "26-6", "其他扰乱公共秩序的行为（第二十六条第六项）"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="登记单位")
    happened_at = models.DateTimeField("发生时间")
    place = models.CharField("地点", max_length=120)
    conduct = models.JSONField("行为")
    people = models.PositiveIntegerField("人数")
    account = EncryptedTextField("经过")
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="+", verbose_name="相关信访件")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "秩序事件单"
        indexes = [models.Index(fields=["organ", "-happened_at"], name="incidents_of_organ")]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        return f"秩序〔{self.recorded_at.year}〕{self.pk}"

    @property
    def conduct_in_words(self) -> list[str]:
        return [OrderIncident.Conduct(code).label for code in self.conduct]


class IncidentStep(models.Model):
    """处置的一步：劝阻、批评、教育由机关作出，再往后由公安机关作出（第四十七条）。只增不改。"""

    class Measure(models.TextChoices):
        DISSUADE = "dissuade", "劝阻"
        CRITICISE = "criticise", "批评"
        EDUCATE = "educate", "教育"
        CALLED = "called", "报警"
        POLICE = "police", "公安机关现场处置"
        PENALTY = "penalty", "治安管理处罚"
        CRIMINAL = "criminal", "刑事立案"
        EVIDENCE = "evidence", "收存音像、照片"

    incident = models.ForeignKey(OrderIncident, models.PROTECT, related_name="steps")
    measure = models.CharField("处置", max_length=10, choices=Measure.choices)
    authority = models.CharField("公安机关", max_length=80, blank=True)
    words = EncryptedTextField("情况", blank=True)
    attachment = models.ForeignKey("documents.Attachment", models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "秩序事件处置"

    def __str__(self):
        return self.get_measure_display()
