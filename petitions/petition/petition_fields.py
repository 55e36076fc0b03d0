"""一件信访事项已知的一切：字段在此，行为在 receiving.py、handling.py、concluding.py。"""

from django.db import models

from accounts.models import Organ, User
from accounts.privacy import EncryptedTextField
from petitions.act.states import Kind, LegalPath, Procedure
from petitions.intake.models import Submission
from petitions.petition.involvement import Category, Matter
from rulebook.models import RuleSet


class PetitionRecord(models.Model):
    """The columns of a petition. Kept apart so that `Petition` reads as the list of its acts."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="petitions", verbose_name="来件")
    number = models.CharField("编号", max_length=44, unique=True)
    ordinal = models.PositiveSmallIntegerField("事项序", default=1)
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+", verbose_name="适用规则")
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    path = models.CharField("法定途径", max_length=6, choices=LegalPath.choices, blank=True)
    path_record = models.JSONField("途径判定记录", default=list, blank=True)
    procedure = models.CharField("办理程序", max_length=10, choices=Procedure.choices, default=Procedure.NORMAL)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name="内容分类")
    title = models.CharField("概况", max_length=120)
    excerpt = models.TextField("摘录", blank=True)
    shows_original = models.BooleanField("可见原话", default=True)
    place = models.CharField("发生地", max_length=120, blank=True)
    territory = models.CharField("问题属地代码", max_length=20, blank=True, db_index=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="petitions", verbose_name="承办机关")
    first_receiver = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="首接单位")
    first_handler = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="首办单位")
    handler = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人")
    section = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办科室")
    about_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及单位"
    )
    about_text = models.CharField("涉及单位（原文）", max_length=80, blank=True)
    accused_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被检举控告单位"
    )
    accused_text = EncryptedTextField("被检举控告人", blank=True, default="")
    secrecy = models.PositiveSmallIntegerField("密级", default=0)
    key_case = models.BooleanField("重点件", default=False)
    under_order = models.BooleanField("督办中", default=False)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="petitions")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeats")
    proposed = models.BooleanField("有名规则建议去向", default=False)

    # 六个时间各自独立（rules §0.2-3）；登记日另存为日期，供按日统计
    received_on = models.DateField("收到日")
    registered_at = models.DateTimeField("登记时间", null=True)
    registered_on = models.DateField("登记日", null=True, db_index=True)
    transferred_at = models.DateTimeField("转出时间", null=True)
    arrived_at = models.DateTimeField("到达时间", null=True)
    accepted_at = models.DateTimeField("受理时间", null=True)
    issued_at = models.DateTimeField("出具时间", null=True)
    served_on = models.DateField("送达日", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)

    # 由日志读出、随行为刷新
    seq = models.PositiveIntegerField("已记行数", default=0, editable=False)
    last_hash = models.CharField("末行", max_length=64, default="0" * 64, editable=False)
    next_due_on = models.DateField("最近届满日", null=True, editable=False)
    next_term = models.CharField("最近期限", max_length=10, blank=True, editable=False)
    holder_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", editable=False)
    holder_post = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+", editable=False)
    holder_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    waiting_for = models.CharField("等待", max_length=40, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def category_code(self) -> str:
        """The code of the category chosen for it; empty where none is."""
        return self.category.code if self.category else ""
