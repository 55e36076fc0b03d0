"""来件：送来的是什么、怎么来的、原话是什么。原话登记时封存，此后不改。"""

from django.conf import settings
from django.db import connection, models

from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from petitions.act.states import Channel
from rulebook.models import RuleSet

GROUP_VISIT = 5  # 人（含）：统计口径的集体访，与走访代表不超过五人（第二十条）不是一条规则
HOTLINE = "12345"  # 外部来源里写着它的，是政务服务热线的工单


class NumberCounterQuerySet(models.QuerySet):
    def take(self, prefix: str, year: int, count: int = 1) -> int:
        """The last of the next `count` numbers, from 1. Holds the counter's row until the transaction ends, so take it
        last; a rollback gives the numbers back: no gaps."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO petitions_numbercounter (prefix, year, n) VALUES (%s, %s, %s) "
                "ON CONFLICT (prefix, year) DO UPDATE SET n = petitions_numbercounter.n + EXCLUDED.n RETURNING n",
                [prefix, year, count],
            )
            return cursor.fetchone()[0]


class Submission(models.Model):
    """What arrived. 件次 counts these; one or more petitions (信访事项) hang on it."""

    number = models.CharField("编号", max_length=40, unique=True)
    channel = models.CharField("信访形式", max_length=10, choices=Channel.choices)
    original = models.TextField("原话")
    original_hash = models.CharField("原话封存码", max_length=64, blank=True, editable=False)
    petition_date = models.DateField("信访人提出日", null=True, blank=True)
    posted_on = models.DateField("邮戳日", null=True, blank=True)
    received_on = models.DateField("收到日")
    registered_at = models.DateTimeField("登记时间", null=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="submissions", verbose_name="登记机构")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+", verbose_name="适用规则")
    backfilled = models.BooleanField("补录", default=False)
    external_source = models.CharField("外部来源", max_length=40, blank=True)
    external_id = models.CharField("外部编号", max_length=80, blank=True)

    addressee = models.CharField("受信人", max_length=60, blank=True)
    people_count = models.PositiveIntegerField("信访人数", default=1)
    involved_count = models.PositiveIntegerField("涉及人数", null=True, blank=True)
    anonymous = models.BooleanField("匿名", default=False)
    notice_exempt = models.BooleanField("姓名住址不清，豁免书面告知", default=False)
    public_consent = models.BooleanField("同意公开", default=False)
    oral_consent = models.BooleanField("同意口头答复", default=False)
    truth_pledged = models.BooleanField("已作真实性承诺", default=False)
    is_joint = models.BooleanField("联名", default=False)
    urgent = models.BooleanField("重大紧急", default=False)
    threat = models.BooleanField("扬言", default=False)
    litigation = models.CharField("涉法情形", max_length=40, blank=True)
    step_by_step = models.BooleanField("依法逐级走访", default=True)
    call_record = models.CharField("录音号", max_length=60, blank=True)
    mail_number = models.CharField("挂号条码", max_length=40, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "来件"
        constraints = [
            models.UniqueConstraint(
                fields=["external_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_submission_per_external_id",
            ),
            models.UniqueConstraint(
                fields=["organ", "mail_number"],
                condition=~models.Q(mail_number=""),
                name="one_submission_per_registered_mail",
            ),
        ]
        indexes = [models.Index(fields=["organ", "registered_at"], name="submission_day_check")]

    def __str__(self):
        return self.number

    @property
    def is_of_hotline(self) -> bool:
        """12345 转来、导入的工单：收到日从转到日起，不沿用热线时限（rules E46）。"""
        return HOTLINE in self.external_source

    @property
    def is_group(self) -> bool:
        """集体访：5 人（含）以上（统计口径，rules §0.2-12）。"""
        return self.people_count >= GROUP_VISIT


class NumberCounter(models.Model):
    """Gap-free numbers: one row per prefix and year, taken last in the transaction."""

    prefix = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField(default=0)

    objects = NumberCounterQuerySet.as_manager()

    class Meta:
        verbose_name = "编号计数"
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="one_counter_per_prefix_year")]


class RegistrationDraft(models.Model):
    """登记草稿：键入时保存，断电、过期后可找回。内容含个人信息，整体加密。"""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="registration_drafts")
    key = models.CharField("草稿键", max_length=40)
    body = EncryptedTextField("内容（JSON）")
    label = models.CharField("摘要", max_length=60, blank=True)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "登记草稿"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_per_key")]
