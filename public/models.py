"""群众在网上还没有提交的内容：凭一块随机 cookie 找到，整体加密，到期连文件一并删除。"""

from django.db import models

from accounts.privacy import EncryptedTextField
from documents.models import Attachment
from petitions.models import Party, Submission


class OnlineDraft(models.Model):
    """One filling-in of the online letter. Once submitted its words are gone and it only knows its receipt.

    `key_hash` finds it by the cookie, `mark` stands on its pages so that a page of another filling is told apart;
    neither says anything about the other.
    """

    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    mark = models.CharField(max_length=16, editable=False)
    body = EncryptedTextField("内容（JSON）", default="", blank=True)
    opened_at = models.DateTimeField("开始时间")
    saved_at = models.DateTimeField("保存时间", db_index=True)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+", verbose_name="提交成的来件")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", verbose_name="提交人")

    class Meta:
        verbose_name = "网上提交草稿"


class OnlineFile(models.Model):
    """A file handed in from an address: counted against its day even after it was taken out again."""

    draft = models.ForeignKey(OnlineDraft, models.CASCADE, related_name="files", verbose_name="草稿")
    attachment = models.OneToOneField(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name="文件"
    )  # 没有：已经取下
    address_hash = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField("字节")
    at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "网上提交的文件"
        ordering = ["pk"]
        indexes = [models.Index(fields=["address_hash", "at"], name="online_file_by_address")]
