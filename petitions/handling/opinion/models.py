"""诉求与处理意见：逐项写明结论；意见书先核查、后签发（第三十二条）。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from documents.models import Letter
from petitions.act.states import Finding
from petitions.parties.models import Party


class Claim(models.Model):
    """One numbered demand. An opinion answers every one."""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="claims", verbose_name="信访事项")
    number = models.PositiveSmallIntegerField("序")
    text = models.TextField("诉求")
    finding = models.CharField("结论", max_length=12, choices=Finding.choices, blank=True)
    answer = models.TextField("处理意见", blank=True)

    class Meta:
        verbose_name = "诉求"
        constraints = [models.UniqueConstraint(fields=["petition", "number"], name="one_claim_per_number")]


class Opinion(models.Model):
    """A version of the draft opinion; the letter is issued from the one that passed the check."""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="opinions")
    version = models.PositiveSmallIntegerField("稿次")
    facts = models.TextField("事实和理由")
    basis = models.TextField("法律法规依据")
    findings = models.JSONField("逐项结论", default=list)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="出具单位")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("起草时间")
    check_note = models.TextField("核查意见", blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    passed = models.BooleanField("核查通过", null=True)
    four_ends = models.JSONField("四个到位", default=dict)
    difference = models.TextField("与被撤销意见的差异", blank=True)

    class Meta:
        verbose_name = "处理意见稿"
        constraints = [models.UniqueConstraint(fields=["petition", "version"], name="one_opinion_per_version")]


class Override(models.Model):
    """A remark of the examiner that the checker let stand, with the reason. No words of the petition in `sentence`."""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="overrides")
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="overrides", verbose_name="所核查、所不服的意见")
    proceeding = models.ForeignKey(
        "petitions.Proceeding", models.PROTECT, null=True, related_name="overrides", verbose_name="复查（复核）意见"
    )
    code = models.CharField("提示", max_length=4)
    place = models.CharField("处", max_length=40)
    sentence = models.CharField("提示内容", max_length=300)
    reason = models.CharField("保留理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "审核提示的保留"


class PetitionLetter(models.Model):
    """文书与信访件的关联：哪次行为发出了哪份文书。"""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="petition_letters")
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    seq = models.PositiveIntegerField("对应日志行")

    class Meta:
        verbose_name = "信访件文书"


class PetitionAttachment(models.Model):
    """材料：来件所附，或办理中收集。"""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="attachments")
    attachment = models.OneToOneField("documents.Attachment", models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=120)
    stage = models.CharField("阶段", max_length=20, default="intake")

    class Meta:
        verbose_name = "信访件材料"
