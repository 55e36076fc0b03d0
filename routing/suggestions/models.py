"""人民建议（第二十九条）：征集活动、建议、每一步、形成的政策或项目、特邀建议人。"""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from accounts.models import Organ
from accounts.privacy import EncryptedTextField, mask_phone
from documents.models import Letter
from insight.models import LexemeField
from petitions.models import Petition
from routing.querysets import CampaignQuerySet, SuggestionQuerySet

USER = settings.AUTH_USER_MODEL


class Campaign(models.Model):
    """征集活动：主题、征集单位、渠道、起止日；没有截止日的是常年征集。结束以后只读。"""

    class Channel(models.TextChoices):
        WEB = "web", _("网上")
        LETTER = "letter", _("来信")
        VISIT = "visit", _("当面")
        CALL = "call", _("电话")

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="征集单位")
    theme = models.CharField("主题", max_length=60)
    words = models.TextField("征集说明", max_length=2000)
    channels = ArrayField(models.CharField(max_length=8, choices=Channel.choices), verbose_name="渠道")
    opens_on = models.DateField("开始日")
    closes_on = models.DateField("截止日", null=True, blank=True)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="发布人")
    made_at = models.DateTimeField("发布时间")
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="结束人")
    ended_at = models.DateTimeField("结束时间", null=True)
    end_reason = models.CharField("结束原因", max_length=200, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "征集活动"
        indexes = [models.Index(fields=["organ", "-id"], name="campaigns_of_organ")]

    def __str__(self):
        return self.theme

    @property
    def channels_in_words(self) -> list[str]:
        return [Campaign.Channel(code).label for code in self.channels]

    def is_open_on(self, day: date) -> bool:
        """Whether a suggestion may come in on the day: from the opening to the closing day, both counted."""
        return self.ended_at is None and self.opens_on <= day and (self.closes_on is None or day <= self.closes_on)

    def state_on(self, day: date) -> str:
        """How it is called on the screen that day."""
        if self.is_open_on(day):
            return "征集中" if self.closes_on else "常年征集"
        return "未开始" if self.ended_at is None and day < self.opens_on else "已结束"


class Contributor(models.Model):
    """特邀建议人：单位聘请的人，姓名、电话加密，记聘期和专长；解聘写日子，不删。"""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="聘请单位")
    name = EncryptedTextField("姓名")
    phone = EncryptedTextField("电话", blank=True)
    field = models.CharField("专长、行业", max_length=60)
    since = models.DateField("聘期自")
    until = models.DateField("聘期至", null=True, blank=True)
    added_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="登记人")
    added_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "特邀建议人"

    def __str__(self):
        return f"特邀建议人 {self.pk}"

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    def serves_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class Invitation(models.Model):
    """邀请一位特邀建议人参加一次征集。"""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="invitations", verbose_name="征集活动")
    contributor = models.ForeignKey(Contributor, models.PROTECT, related_name="invitations", verbose_name="特邀建议人")
    invited_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="邀请人")
    invited_at = models.DateTimeField("邀请时间")

    class Meta:
        verbose_name = "邀请"
        constraints = [models.UniqueConstraint(fields=["campaign", "contributor"], name="invited_once_per_campaign")]


class Suggestion(models.Model):
    """一条人民建议。原话不改；并入别条的留着，跟着那一条走。由信访件转入的不另存姓名电话。"""

    SOON = 7  # 自然日：研究期限还有这么多天，灯转黄

    class State(models.TextChoices):
        RECEIVED = "received", "待研究"
        STUDYING = "studying", "研究中"
        DECIDED = "decided", "待回复"
        REPLIED = "replied", "已回复"
        MERGED = "merged", "已合并"

    class Result(models.TextChoices):
        ADOPTED = "adopted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        KEPT = "kept", _("留作参考")
        NOT = "not_adopted", _("不采纳")

    number = models.CharField("编号", max_length=40, unique=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="suggestions", verbose_name="征集活动")
    channel = models.CharField("渠道", max_length=8, choices=Campaign.Channel.choices)
    petition = models.OneToOneField(
        Petition, models.PROTECT, null=True, related_name="suggestion", verbose_name="由哪件信访件转入"
    )
    contributor = models.ForeignKey(
        Contributor, models.PROTECT, null=True, related_name="suggestions", verbose_name="特邀建议人"
    )
    title = models.CharField("题目", max_length=60)
    body = models.TextField("建议内容")
    name = EncryptedTextField("姓名", blank=True)
    phone = EncryptedTextField("电话", blank=True)
    query_code = EncryptedTextField("查询码", blank=True)
    query_hash = models.CharField(max_length=64, blank=True, editable=False)
    pin = EncryptedTextField("查询口令", blank=True)
    received_on = models.DateField("收到日")
    taken_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    once_key = models.UUIDField("防重复提交", null=True, unique=True, editable=False)
    tsv = LexemeField("二字组", editable=False)

    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RECEIVED)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="现在由谁研究")
    due_on = models.DateField("研究期限", null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name="并入哪一条")
    result = models.CharField("研究结果", max_length=12, choices=Result.choices, blank=True)
    reason = models.TextField("理由", blank=True)
    arrangement = models.TextField("落实安排", blank=True)
    decided_on = models.DateField("研究结果作出日", null=True)
    reply = models.TextField("给建议人的回复", blank=True)
    replied_on = models.DateField("回复日", null=True)
    thanks = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", verbose_name="感谢信")
    public_title = models.CharField("公布的题目", max_length=60, blank=True)
    public_words = models.TextField("公布的内容", blank=True)
    published_on = models.DateField("公布日", null=True)
    seq = models.PositiveIntegerField("已有几步", default=0)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "人民建议"
        constraints = [
            models.UniqueConstraint(fields=["query_hash"], condition=~Q(query_hash=""), name="one_suggestion_per_code"),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | ~Q(state="merged") & Q(merged_into=None),
                name="merged_into_another",
            ),
        ]
        indexes = [
            GinIndex(fields=["tsv"], name="suggestion_bigrams"),
            models.Index(fields=["organ", "state", "-id"], name="suggestions_of_organ"),
            models.Index(
                fields=["-published_on", "-id"], name="suggestions_published", condition=~Q(published_on=None)
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_adopted(self) -> bool:
        return self.result in (Suggestion.Result.ADOPTED, Suggestion.Result.PARTLY)

    @property
    def is_named(self) -> bool:
        """Whether somebody can be written to by name."""
        return bool(self.name or self.contributor_id)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    def days_left(self, day: date) -> int | None:
        """自然日 to the day the study is due, negative once passed; None where nothing is owed."""
        owed = self.due_on and self.state in (Suggestion.State.RECEIVED, Suggestion.State.STUDYING)
        return (self.due_on - day).days if owed else None


class Step(models.TextChoices):
    """What was done with a suggestion; the words the record knows."""

    RECEIVED = "received", "收到"
    TURNED = "turned", "由信访件转入"
    TAKEN_UP = "taken_up", "开始研究"
    PASSED_UP = "passed_up", "报上一级研究"
    PASSED_DOWN = "passed_down", "转下一级研究"
    HANDED = "handed", "转同级单位研究"
    MERGED = "merged", "并入相同的建议"
    ABSORBED = "absorbed", "并入了相同的建议"
    PARTED = "parted", "拆出合并"
    DECIDED = "decided", "作出研究结果"
    REPLIED = "replied", "回复建议人"
    BECAME = "became", "形成政策、项目"
    PROGRESSED = "progressed", "登记进展"
    THANKED = "thanked", "发出感谢信"
    PUBLISHED = "published", "公布"
    WITHDRAWN = "withdrawn", "撤下公布"
    REVEALED = "revealed", "查看姓名、电话"


class SuggestionStep(models.Model):
    """办理的一步：谁、何时、做了什么，从哪里到哪里。只增不改，数据库也不让改。"""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="steps", verbose_name="建议")
    seq = models.PositiveIntegerField("第几步")
    step = models.CharField("做了什么", max_length=12, choices=Step.choices)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="谁")  # 没有：建议人自己
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="在哪个单位")
    to = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="去向")
    other = models.ForeignKey(Suggestion, models.PROTECT, null=True, related_name="+", verbose_name="另一条建议")
    due_on = models.DateField("定的日子", null=True)
    words = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "建议办理的一步"
        constraints = [models.UniqueConstraint(fields=["suggestion", "seq"], name="one_suggestion_step_per_number")]


class Outcome(models.Model):
    """建议形成的政策或者项目：名称、文号、日子；进展记在建议的步骤里。"""

    class Kind(models.TextChoices):
        POLICY = "policy", _("政策文件")
        PROJECT = "project", _("项目、工程")
        MEASURE = "measure", _("工作措施")

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="outcomes", verbose_name="建议")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    name = models.CharField("名称", max_length=120)
    document_number = models.CharField("文号、立项号", max_length=60, blank=True)
    on = models.DateField("印发日、立项日")
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "建议形成的政策、项目"

    def __str__(self):
        return self.name
