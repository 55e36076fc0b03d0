"""文书与附件：收进来的文件、发出去的文书。文书不认识信访件，由信访件指向它。"""

import uuid

from django.conf import settings
from django.db import models

from accounts.privacy import EncryptedTextField
from documents.letters.fields import KINDS, kind_choices
from documents.letters.rendering import LAYOUTS, MARKS, Rendered
from documents.querysets import (
    AttachmentQuerySet,
    LetterCounterQuerySet,
    LetterQuerySet,
    LetterTemplateQuerySet,
    TranscriptQuerySet,
)


def letter_path(letter, filename) -> str:
    """A name that tells nothing: letters are found by their row, never by their address."""
    return f"letters/{letter.year}/{uuid.uuid4().hex}"


def attachment_path(attachment, filename) -> str:
    name = uuid.uuid4().hex
    return f"attachments/{name[:2]}/{name}"


class LetterTemplate(models.Model):
    """文书样式：一份文字源文，三种版式共用；有起止，不删除。"""

    kind = models.CharField("文书", max_length=4, choices=kind_choices)
    title = models.CharField("标题", max_length=60)
    layout = models.CharField("版式", max_length=4, choices=list(LAYOUTS.items()))
    series = models.CharField("类别字", max_length=4, blank=True)
    number_format = models.CharField("文号格式", max_length=80)
    basis = models.CharField("依据", max_length=200)
    mark = models.CharField("可信度", max_length=2, choices=list(MARKS.items()))
    body = models.TextField("源文")
    version = models.PositiveIntegerField("版本")
    rule_set = models.ForeignKey(
        "rulebook.RuleSet",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_templates",
        verbose_name="规则集",
    )
    valid_from = models.DateField("起用日")
    valid_to = models.DateField("停用日", null=True, blank=True)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "文书样式"
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from", "version"], name="one_template_per_version")
        ]

    def __str__(self):
        return f"{self.kind} {self.title}（第{self.version}版）"


class LetterCounter(models.Model):
    """文号序号：每个机关、类别字、年度各自从 1 起，不跳号；事务中最后取号，回滚即归还。"""

    organ = models.ForeignKey("accounts.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    series = models.CharField("类别字", max_length=4)
    year = models.PositiveSmallIntegerField("年")
    n = models.PositiveIntegerField("已用到")

    objects = LetterCounterQuerySet.as_manager()

    class Meta:
        verbose_name = "文号序号"
        constraints = [models.UniqueConstraint(fields=["organ", "series", "year"], name="one_counter_per_series")]

    def __str__(self):
        return f"{self.series}{self.year} → {self.n}"


class Letter(models.Model):
    """文书：草稿可改；签发即冻结（字段、文字、散列、文号），由数据库拒绝改动；更正另制文书。

    `about` is the case number as text; which petition a letter belongs to is the petition's to say.
    Values of secret fields (query code, PIN) are in `sealed`, not in `fields` or `text`.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        ISSUED = "issued", "已发出"
        VOID = "void", "已作废"

    kind = models.CharField("文书", max_length=4, choices=kind_choices)
    template = models.ForeignKey(LetterTemplate, models.PROTECT, related_name="letters", verbose_name="样式")
    organ = models.ForeignKey("accounts.Organ", models.PROTECT, related_name="letters", verbose_name="落款单位")
    about = models.CharField("信访事项编号", max_length=40, db_index=True)
    addressee = models.CharField("受文对象", max_length=120)
    secrecy = models.PositiveSmallIntegerField("密级", default=0)
    status = models.CharField("状态", max_length=6, choices=Status.choices, default=Status.DRAFT)

    number = models.CharField("文号", max_length=60, unique=True, null=True, blank=True)
    series = models.CharField("类别字", max_length=4, blank=True)
    year = models.PositiveSmallIntegerField("年", null=True)
    serial = models.PositiveIntegerField("序号", null=True)

    fields = models.JSONField("字段", default=dict)
    sealed = EncryptedTextField("加密字段", default="", blank=True)
    text = models.JSONField("文字", default=dict)
    text_hash = models.CharField("文字散列", max_length=64, blank=True)
    pdf = models.FileField("PDF", upload_to=letter_path, max_length=200, blank=True)
    pdf_hash = models.CharField("PDF 散列", max_length=64, blank=True)

    drafted_at = models.DateTimeField("起草时间")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField("签发时间", null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField("作废时间", null=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("作废理由", max_length=200, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "文书"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "series", "year", "serial"],
                condition=models.Q(serial__isnull=False),
                name="one_letter_per_serial",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.number}" if self.number else self.title

    @property
    def title(self) -> str:
        return self.text.get("title") or self.template.title

    @property
    def to_petitioner(self) -> bool:
        """对信访人的文书要送达；函是机关之间的，不送达。"""
        return KINDS[self.kind].to_petitioner

    @property
    def rendered(self) -> Rendered:
        """The frozen words of an issued letter."""
        return Rendered.from_json(self.text)


class LetterPrint(models.Model):
    """打印记录：原件一次，以后都是补打，写明理由；取走可编辑副本也记一笔。"""

    class Kind(models.TextChoices):
        ORIGINAL = "original", "原件"
        REPRINT = "reprint", "补打"
        EDITABLE = "editable", "可编辑副本"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="prints", verbose_name="文书")
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="打印人")
    reason = models.CharField("补打理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "打印记录"
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=models.Q(kind="original"), name="one_original_per_letter"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["original", "editable"]) | ~models.Q(reason=""),
                name="reprint_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class SealedCopy(models.Model):
    """盖章件：打印、盖章后扫描收回的纸质文书。记下它照的是哪一份正式文本（PDF 散列）和纸上读出的文号。"""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="sealed_copies", verbose_name="文书")
    attachment = models.OneToOneField("documents.Attachment", models.PROTECT, related_name="+", verbose_name="扫描件")
    pdf_hash = models.CharField("正式文本散列", max_length=64)
    number = models.CharField("纸上的文号", max_length=60)
    at = models.DateTimeField("收存时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="收存人")

    class Meta:
        verbose_name = "盖章件"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.number} {self.at:%Y-%m-%d}"


class Attachment(models.Model):
    """附件：收进来的文件，随机名存放，原名只作显示；类型按内容认定。"""

    class Kind(models.TextChoices):
        LETTER = "letter", "来信原件"
        EVIDENCE = "evidence", "证据材料"
        IDENTITY = "identity", "身份证明"
        AUTHORITY = "authority", "授权委托书"
        RECORDING = "recording", "录音"
        SERVICE = "service", "送达凭证"
        INQUIRY = "inquiry", "调查材料"
        OTHER = "other", "其他"

    file = models.FileField("文件", upload_to=attachment_path, max_length=200)
    name = models.CharField("文件名", max_length=120)
    media_type = models.CharField("类型", max_length=80)
    size = models.PositiveIntegerField("字节")
    sha256 = models.CharField("散列", max_length=64, db_index=True)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices, default=Kind.OTHER)
    copies = models.PositiveSmallIntegerField("份数", default=1)
    original_returned = models.BooleanField("原件已退还", default=False)
    secrecy = models.PositiveSmallIntegerField("密级", default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("收存时间")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"

    def __str__(self):
        return self.name


class Transcript(models.Model):
    """识读文本：扫描件旁边的一份文字。机器读的、人改的各存各的；`indexed` 由检索建档勾上。"""

    class State(models.TextChoices):
        READ = "read", "机器识读，未核对"
        CHECKED = "checked", "已由人核对"
        FAILED = "failed", "没有读出"

    attachment = models.OneToOneField(Attachment, models.PROTECT, primary_key=True, related_name="transcript")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.CHECKED)
    machine_text = models.TextField("机器读出的文字", blank=True)
    text = models.TextField("核对后的文字", blank=True)
    problem = models.CharField("没有读出的原因", max_length=200, blank=True)
    read_at = models.DateTimeField("识读时间", null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField("核对时间", null=True)
    edition = models.PositiveIntegerField("第几稿", default=0)
    indexed = models.BooleanField("已进检索", default=False)

    objects = TranscriptQuerySet.as_manager()

    class Meta:
        verbose_name = "识读文本"
        indexes = [
            models.Index(fields=["attachment"], condition=models.Q(indexed=False), name="transcripts_to_index"),
        ]

    def __str__(self):
        return f"{self.attachment_id} {self.get_state_display()}"

    @property
    def words(self) -> str:
        """The text as it counts: a person's before the machine's."""
        return self.text or self.machine_text
