"""送达：送到了、没有送到、交邮、公告。每张表记一份文书、一个受送达人。"""

from django import forms

from desk.casework.forms.base import ActForm, day, long_text
from documents.models import Attachment
from petitions.service import rules as serving
from rulebook.timekeeping import today

LAW = "送达参照《民事诉讼法》第八十七至九十五条；复查申请期自送达之日起算（第三十五条）"
PROOFS = (Attachment.Kind.SERVICE, Attachment.Kind.AUTHORITY)
BLANK = ("", "——")


class Serve(ActForm):
    article = LAW
    effect = "处理意见书的 30 日复查申请期自这一天起算。"
    confirm = "记录送达"
    means = forms.ChoiceField(
        label="送达方式", choices=[BLANK, *(way for way in serving.Method.choices if way[0] != serving.Method.NOTICE)]
    )
    on = day("送达日", help_text="邮寄以签收日为准，电子以到达对方系统之日为准")
    receiver = forms.ChoiceField(
        label="签收人", choices=serving.Receiver.choices, initial=serving.Receiver.SELF, required=False
    )
    received_by = forms.CharField(label="代收人姓名", required=False, max_length=40, help_text="本人签收可不填")
    tracking = forms.CharField(
        label="邮寄单号", required=False, max_length=40, help_text="邮寄送达必填，以签收日为送达日"
    )
    witness = forms.CharField(label="见证人", required=False, max_length=40, help_text="留置送达：见证人或者影像")
    refusal = forms.CharField(
        label="拒收理由", required=False, max_length=120, help_text="留置送达必填，已记录过的可不填"
    )
    proof = forms.ChoiceField(
        label="凭证",
        required=False,
        help_text="留置的影像、代理人和指定代收人的授权委托书，先在“收存材料”里存好",
    )
    layout = (
        ("means", "c6"),
        ("on", "c6"),
        ("receiver", "c6"),
        ("received_by", "c6"),
        ("tracking", "c6"),
        ("witness", "c6"),
        ("refusal", "c6"),
        ("proof", "c6"),
    )

    def prepare(self) -> None:
        """Today, unless it is written down later; the number it was posted under; the papers kept as proof."""
        self.fields["on"].initial = today()
        self.fields["tracking"].initial = getattr(self.noun, "tracking", "")
        kept = self.petition.attachments.filter(attachment__kind__in=PROOFS).select_related("attachment").order_by("pk")
        self.fields["proof"].choices = [BLANK, *((row.attachment_id, row.title) for row in kept)]

    def clean_receiver(self):
        """Not said is the person themselves."""
        return self.cleaned_data["receiver"] or serving.Receiver.SELF

    def clean_proof(self):
        """The kept file itself."""
        chosen = self.cleaned_data["proof"]
        return Attachment.objects.get(pk=chosen) if chosen else None


class AttemptService(ActForm):
    article = LAW
    effect = "没有送达，什么期限都不起算；请改用其他方式，拒收的可以留置。"
    confirm = "记录未送达"
    means = forms.ChoiceField(label="方式", choices=[BLANK, *((way.value, way.label) for way in serving.TRIED)])
    on = day("日期", help_text="上门的那一天、邮件退回的那一天")
    outcome = forms.ChoiceField(label="未送达的原因", choices=serving.Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="经过", required=False, max_length=120, help_text="拒收的写明拒收理由；不写证件号、电话"
    )
    tracking = forms.CharField(label="邮寄单号", required=False, max_length=40, help_text="邮件退回必填")
    layout = (("means", "c6"), ("on", "c6"), ("outcome", "c12"), ("reason", "c6"), ("tracking", "c6"))

    def prepare(self) -> None:
        """By post, where it is on its way."""
        self.fields["on"].initial = today()
        if getattr(self.noun, "posted_on", None):
            self.fields["means"].initial = serving.Method.POST
            self.fields["tracking"].initial = self.noun.tracking


class Post(ActForm):
    article = LAW
    effect = "交邮不是送达，不起算任何期限；签收以后再记录送达。"
    confirm = "记录交邮"
    on = day("交邮日")
    tracking = forms.CharField(label="邮寄单号", max_length=serving.LONGEST_NUMBER)
    layout = (("on", "c6"), ("tracking", "c6"))

    def prepare(self) -> None:
        """Today, unless it is written down later."""
        self.fields["on"].initial = today()


class AllowNotice(ActForm):
    article = "参照《民事诉讼法》第九十五条：受送达人下落不明，或者其他方式无法送达的，公告送达；条例没有规定"
    effect = "须逐级批准。批准后再公告，公告期满之日视为送达；在此之前什么期限都不起算。"
    confirm = "报请批准"
    service = forms.ChoiceField(label="公告哪一份", widget=forms.RadioSelect)
    reason = long_text("理由", rows=3, help_text="写明试过哪些方式、怎样找过受送达人")
    says = "reason"

    def prepare(self) -> None:
        """What this organ issued, was tried and did not arrive."""
        own = [row for row in self.petition.services.all() if row.letter.organ_id == self.user.office.pk]
        self.waiting = {str(row.pk): row for row in own if row.is_waiting and row.attempts.all()}
        self.fields["service"].choices = [
            (key, f"{row.letter.title} 致 {row.party.shown_name}（未送达 {len(row.attempts.all())} 次）")
            for key, row in self.waiting.items()
        ]

    def clean_service(self):
        """The service itself."""
        return self.waiting[self.cleaned_data["service"]]


class PublishNotice(ActForm):
    article = "参照《民事诉讼法》第九十五条；条例没有规定，已经批准"
    effect = "公告期满之日视为送达，由系统记录；其间本人来领的，照直接送达记。"
    confirm = "记录公告"
    on = day("公告日")
    place = forms.CharField(
        label="公告处", max_length=120, help_text="公告栏、报纸、网站的名称；公告不写诉求内容和住址、证件号"
    )
    layout = (("on", "c6"), ("place", "c6"))

    def prepare(self) -> None:
        """Today, and the length the city chose."""
        self.fields["on"].initial = today()
        self.effect = (
            f"公告满 {serving.notice_days(self.petition)} 日视为送达，由系统记录；其间本人来领的，照直接送达记。"
        )
