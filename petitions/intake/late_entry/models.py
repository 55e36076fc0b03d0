"""多人来访、联名信的名单，和停电断网时的补录：登记时一并写下，此后不改。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from accounts.privacy import EncryptedTextField, keyed_hash
from petitions.intake.models import Submission
from petitions.parties.models import Masked


class Listed(Masked, models.Model):
    """One person on the list that came with a submission: counted and known, told through the representatives (E42).

    No party: no letter goes to them, no right begins with them, until they come themselves.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="roll", verbose_name="来件")
    position = models.PositiveSmallIntegerField("序")
    name = models.CharField("姓名", max_length=120)
    id_number = EncryptedTextField("证件号", blank=True, default="")
    id_hash = models.CharField(max_length=64, blank=True, editable=False)
    phone = EncryptedTextField("电话", blank=True, default="")
    phone_hash = models.CharField(max_length=64, blank=True, editable=False)
    address = EncryptedTextField("住址", blank=True, default="")

    class Meta:
        verbose_name = "名单中的人"
        constraints = [models.UniqueConstraint(fields=["submission", "position"], name="one_line_of_the_list")]
        indexes = [
            models.Index(fields=["id_hash"], name="listed_id_hash", condition=~models.Q(id_hash="")),
            models.Index(fields=["phone_hash"], name="listed_phone_hash", condition=~models.Q(phone_hash="")),
        ]

    def __str__(self):
        return f"{self.submission_id}：{self.position}"

    def hash_keys(self):
        """Refresh what the person is found by; bulk writers call it themselves."""
        self.id_hash = keyed_hash(self.id_number.upper())
        self.phone_hash = keyed_hash(self.phone)


class LateEntry(models.Model):
    """补录：当时没有录进系统的来件，何时发生、为什么没有录、何时录入。期限从真实的收到日起算（rules §9.4）。"""

    class Reason(models.TextChoices):
        POWER = "power", "停电"
        NETWORK = "network", "断网"
        SYSTEM = "system", "系统故障、维护"
        OUTSIDE = "outside", "外出接访、下访"
        MISSED = "missed", "日终核对发现漏登"
        OTHER = "other", "其他"

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="late_entry", verbose_name="来件")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="登记机构")
    happened_on = models.DateField("发生日")
    happened_at = models.TimeField("发生时刻", null=True)
    reason = models.CharField("补录原因", max_length=10, choices=Reason.choices)
    explanation = models.CharField("说明", max_length=200, blank=True)
    paper_number = models.CharField("纸质登记表编号", max_length=20, blank=True)
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")

    class Meta:
        verbose_name = "补录"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "paper_number"], condition=~models.Q(paper_number=""), name="one_entry_per_paper"
            )
        ]

    def __str__(self):
        return self.in_words

    @property
    def in_words(self) -> str:
        """What the log and the day's check say of it; no person is named."""
        hour = f" {self.happened_at:%H:%M}" if self.happened_at else ""
        paper = f"，纸质登记表 {self.paper_number}" if self.paper_number else ""
        why = f"（{self.explanation}）" if self.explanation else ""
        return f"补录：{self.get_reason_display()}{why}，{self.happened_on:%Y-%m-%d}{hour} 发生{paper}"
