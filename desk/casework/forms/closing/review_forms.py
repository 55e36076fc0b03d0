"""复查、复核、听证：申请、审查、听证、起草、签发。"""

from datetime import timedelta
from typing import Any

from django import forms

from accounts.models import Organ
from desk.casework.forms.base import ActForm, Plain, day, long_text
from desk.casework.forms.handling.examined_form import Heeds
from documents.letters.fields import REVIEW_DECLINES, REVIEW_RESULTS
from petitions.handling.opinion.examination.case_file import remarks_on_review
from petitions.models import Proceeding, Service
from petitions.review import rules as reviewing
from petitions.review.models import REDO
from rulebook.timekeeping import today

COMMITTEE = "复查（复核）意见由复查复核委员会负责人签发，起草人不能自己签发"


class RequestReview(ActForm):
    """The applicant's request against the opinion served on them."""

    article = "《信访工作条例》第三十五条：收到处理意见书之日起 30 日内，向上一级机关、单位请求复查"
    effect = "信访人的申请期到申请（交邮）之日为止；复查机关自收到请求之日起 30 日内出具意见。"
    confirm = "登记申请"
    to = forms.ChoiceField(label="复查机关")
    applied_on = day("申请日", help_text="当面提出、网上提交之日")
    posted_on = day("交邮日", required=False, help_text="邮寄申请的，以邮戳日为准")
    received_on = day("收到日", help_text="复查（复核）机关收到请求之日")
    grounds = long_text("申请理由", help_text="针对原意见的内容；新的诉求另行登记")
    excuse = long_text("逾期理由", required=False, rows=2, help_text="超过申请期的必填")
    says = "grounds"
    layout = (("to", "c6"), ("applied_on", "c6"), ("posted_on", "c6"), ("received_on", "c6"))

    def prepare(self) -> None:
        """The organs that may be asked; today for both days."""
        self.fields["to"].choices = [(organ.pk, organ.name) for organ in self.organs()]
        self.fields["applied_on"].initial = self.fields["received_on"].initial = today()

    def organs(self) -> list[Organ]:
        """Those above the organ that gave the opinion."""
        return reviewing.reviewers_of(self.petition.organ)

    def clean_to(self) -> Organ:
        """The organ itself."""
        return Organ.objects.get(pk=self.cleaned_data["to"])


class RequestRecheck(RequestReview):
    """The same against a review opinion."""

    article = "《信访工作条例》第三十六条：收到复查意见之日起 30 日内，向复查机关的上一级请求复核"
    effect = "信访人的申请期到申请（交邮）之日为止；复核机关自收到请求之日起 30 日内出具意见，听证时间不计在内。"

    def prepare(self) -> None:
        """As for a review, under its own name."""
        super().prepare()
        self.fields["to"].label = "复核机关"

    def organs(self) -> list[Organ]:
        """Those above the organ that reviewed."""
        reviewed = reviewing.reviewed_by(self.noun) if isinstance(self.noun, Service) else None
        return reviewing.recheckers_of(reviewed) if reviewed else []


class AdmitReview(Plain):
    article = "《信访工作条例》第三十五条、第三十六条"
    effect = "30 日自收到请求之日起算，不因审查、补正顺延；逾期申请的，受理即准许其正当理由。"
    confirm = "受理申请"


class RefuseReview(ActForm):
    article = "复查复核不予受理须书面告知理由（北京市信访条例第五十条，参照）"
    effect = "30 日期限就此完成；原意见继续有效。"
    confirm = "不予受理并告知"
    ground = forms.ChoiceField(label="情形", widget=forms.RadioSelect, choices=list(REVIEW_DECLINES.items()))
    reason = long_text("理由", help_text="将印在告知书上")
    says = "reason"


class WithdrawReview(ActForm):
    article = "信访人可以撤回申请（参照）"
    effect = "复查（复核）期限作废；原意见继续有效。"
    confirm = "撤回申请"
    reason = long_text("撤回情况", rows=2, help_text="写明书面撤回的日期和经手人")
    says = "reason"


class ProposeReview(ActForm):
    article = "《信访工作条例》第三十五条、第三十六条"
    effect = "不改变任何期限；签发前可以反复修改。"
    confirm = "保存意见稿"
    edits = examines = True
    outcome = forms.ChoiceField(label="结论", widget=forms.RadioSelect, choices=list(REVIEW_RESULTS.items()))
    facts = long_text("认定的事实", rows=5)
    basis = long_text("依据", rows=3, help_text="写到条，一条一行")
    decision = long_text("意见", rows=4, help_text="写明维持、撤销、变更的内容或者重新作出的要求")
    redo_due_on = day("重新作出的期限", required=False, help_text="责令限期重新作出的必填，不超过 60 日")
    says = "decision"
    layout = (("redo_due_on", "c6"),)

    def prepare(self) -> None:
        """What the last draft says; sixty days for a redo."""
        for name in ("outcome", "facts", "basis", "decision"):
            self.fields[name].initial = getattr(self.noun, name, "")
        self.fields["redo_due_on"].initial = getattr(self.noun, "redo_due_on", None) or today() + timedelta(days=60)

    def examine(self):
        """What was typed."""
        return remarks_on_review(self.noun, self.details())

    def examined(self):
        """The draft kept so far."""
        return remarks_on_review(self.noun) if getattr(self.noun, "outcome", "") else None

    def details(self) -> dict[str, Any]:
        """The day counts only for a redo."""
        told = super().details()
        if told["outcome"] != REDO:
            told["redo_due_on"] = None
        return told


class DecideReview(Heeds, Plain):
    article = "《信访工作条例》第三十五条、第三十六条；" + COMMITTEE
    effect = "30 日期限就此完成；复查意见送达后信访人有 30 日申请复核，复核意见为终局。责令重作的，件退回承办机关。"
    confirm = "签发并编号"

    def found(self):
        """Of the draft that waits for the signature."""
        return remarks_on_review(self.noun) if isinstance(self.noun, Proceeding) else []

    def details(self) -> dict[str, Any]:
        """The reasons by remark."""
        return {"overrides": self.overrides()}
