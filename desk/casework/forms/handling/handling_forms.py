"""办理、督查、办结：调查、协办、延期、起草、核查、签发、送达、办结。"""

from typing import Any

from django import forms

from accounts.models import User
from desk.casework.forms.acceptance.triage_forms import ToOrgan
from desk.casework.forms.base import ActForm, Plain, day, long_text
from desk.casework.forms.closing.execution_forms import promised_days
from desk.casework.forms.handling.examined_form import Heeds
from desk.casework.page import case_choices
from documents.letters.fields import ADOPTIONS, TERMINATIONS
from insight.precedents import precedent
from petitions.act.states import Finding, Kind
from petitions.closing.execution import rules as executing
from petitions.handling.opinion.examination.case_file import remarks_on
from petitions.models import End, Withdrawal
from petitions.record.timeline import INQUIRY_FORMS
from petitions.review.rules import quashed
from rulebook.books import settings_of
from rulebook.timekeeping import today

FOUR_ENDS = dict(End.Kind.choices)


class Allot(ActForm):
    article = "内部管理要求：明确承办科室和承办人"
    effect = "不改变任何期限。"
    to = forms.ChoiceField(label="承办人")
    note = forms.CharField(label="办理要求", required=False, max_length=500)
    says = "note"

    def prepare(self) -> None:
        """People of the organ in charge, by section."""
        self.fields["to"].choices = [("", "——"), *case_choices.colleagues(self.petition)]
        self.fields["to"].initial = self.petition.handler_id or ""

    def details(self) -> dict[str, Any]:
        """The person as a row; their section follows from where they work."""
        return {"to": User.objects.select_related("organ").get(pk=self.cleaned_data["to"])}


class Inquire(ActForm):
    article = "《信访工作条例》第三十一条第六项：听取陈述事实和理由，调查核实"
    effect = "不停止任何期限；出具处理意见前至少记录一次。"
    confirm = "记入办理过程"
    form = forms.ChoiceField(label="方式", choices=list(INQUIRY_FORMS.items()))
    on = day("日期")
    note = long_text("记录", help_text="写明谁、说了什么、查到了什么；证件号、电话在屏幕上自动遮盖")
    says = "note"
    layout = (("form", "c6"), ("on", "c6"))

    def prepare(self) -> None:
        """Today, unless it is written down later."""
        self.fields["on"].initial = today()

    def clean_on(self):
        """Not before the petition arrived, not in the future."""
        told = self.cleaned_data["on"]
        if told > today():
            raise forms.ValidationError("调查日期不能晚于今天")
        if told < self.petition.received_on:
            raise forms.ValidationError("调查日期不能早于收到日")
        return told


class Note(ActForm):
    article = "内部管理要求"
    effect = "不对外，不影响期限。"
    confirm = "保存备注"
    note = long_text("备注")
    says = "note"


class AskAssist(ToOrgan):
    article = "《信访工作条例》第二十四条"
    effect = "协办不单独计算办理期限；内部要求 10 个工作日内反馈，由主办单位统一答复。"
    target = "协办单位"
    request = long_text("请求协办的事项")
    says = "request"
    layout = (("to_name", "c6"), ("to", "c6"))


class AnswerAssist(ActForm):
    article = "《信访工作条例》第二十四条"
    effect = "协办反馈期限就此完成。"
    confirm = "反馈主办单位"
    answer = long_text("协办意见")
    says = "answer"


class SignFor(Plain):
    article = "《信访工作条例》第二十三条：收到之日以到达为准"
    effect = "只记下谁接手，不影响任何期限的起算。"


class Extend(ActForm):
    article = "《信访工作条例》第三十四条：情况复杂的，经负责人批准可以延长，不超过 30 日，并告知理由"
    effect = "须经本机关负责人批准，且应在届满当日之前批准。"
    confirm = "报请批准"
    days = forms.IntegerField(
        label="延长天数",
        min_value=1,
        max_value=30,
        initial=30,
        help_text="自然日，累计不超过 30 日",
        error_messages={"invalid": "请填写 1 至 30 的整数", "max_value": "延长不得超过 30 日（第三十四条）"},
    )
    reason = long_text("理由", help_text="写明情况如何复杂；将印在延期告知书上")
    says = "reason"
    layout = (("days", "c4"),)
    previews = True


class Draft(ActForm):
    """Every claim is answered one by one; the text of the last version stays in the form."""

    article = "《信访工作条例》第三十二条：对每项诉求写明处理意见、事实和依据"
    effect = "不改变任何期限；送督查核查前可以反复修改，每次保存为新的一稿。"
    confirm = "保存为新一稿"
    edits = examines = borrows = True
    facts = long_text("事实和理由", rows=6, help_text="经调查核实的事实；分段书写")
    basis = long_text("法律法规依据", rows=3, help_text="一行一条，写到条")
    lent = forms.CharField(required=False, max_length=44, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """One finding and one answer for each claim; the four ends; the last version as initial text."""
        last = self.petition.latest_opinion
        told = {row["number"]: row for row in last.findings} if last else {}
        for claim in self.petition.claims.all():
            row = told.get(claim.number, {})
            finding = forms.ChoiceField(
                label=f"第 {claim.number} 项结论",
                choices=[("", "——"), *Finding.choices],
                initial=row.get("finding", ""),
            )
            answer = long_text(f"第 {claim.number} 项处理意见", rows=3)
            answer.initial = row.get("answer", "")
            self.fields[f"finding{claim.number}"], self.fields[f"answer{claim.number}"] = finding, answer
        for key, label in FOUR_ENDS.items():
            self.fields[f"end_{key}"] = forms.CharField(
                label=label, required=False, max_length=200, initial=(last.four_ends or {}).get(key, "") if last else ""
            )
        if last:
            self.fields["facts"].initial, self.fields["basis"].initial = last.facts, last.basis
        if quashed(self.petition):
            self.fields["difference"] = long_text(
                "与原意见的差异",
                rows=3,
                help_text="责令重新作出的，写明事实、依据、结论与被撤销的原意见有何不同；结论相同、文字雷同的不能保存",
            )

    def claims(self) -> list[dict[str, Any]]:
        """Each claim with its two fields."""
        return [
            {"claim": claim, "finding": self[f"finding{claim.number}"], "answer": self[f"answer{claim.number}"]}
            for claim in self.petition.claims.all()
        ]

    def ends(self) -> list[forms.BoundField]:
        """The four ends, one line each."""
        return [self[f"end_{key}"] for key in FOUR_ENDS]

    def examine(self):
        """What was typed."""
        return remarks_on(self.petition, self.details())

    def draws(self, bound) -> bool:
        """Claims and ends have places of their own."""
        return bound.name in ("facts", "basis", "difference")

    def clean_lent(self) -> str:
        """The precedent drawn upon, if it is one; nothing else gets into the log by a hidden field."""
        number = self.cleaned_data["lent"]
        return number if number and precedent(self.user, self.petition, number) else ""

    def words(self) -> str:
        """The log keeps which precedent the draft drew upon."""
        return f"参考类案 {self.cleaned_data['lent']}" if self.cleaned_data.get("lent") else ""

    def details(self) -> dict[str, Any]:
        """facts, basis, findings by claim number, and the ends that were written."""
        told = self.cleaned_data
        findings = [
            {"number": claim.number, "finding": told[f"finding{claim.number}"], "answer": told[f"answer{claim.number}"]}
            for claim in self.petition.claims.all()
        ]
        ends = {key: told[f"end_{key}"] for key in FOUR_ENDS if told[f"end_{key}"]}
        return {
            "facts": told["facts"],
            "basis": told["basis"],
            "findings": findings,
            "four_ends": ends,
            "difference": told.get("difference", ""),
        }


class Submit(Plain):
    article = "《信访工作条例》第三十二条；签发前核查为内部管理要求"
    effect = "办理期限继续计算；内部要求 5 个工作日内完成核查。"


class Return(ActForm):
    article = "《信访工作条例》第三十二条"
    effect = "办理期限不停。"
    reason = long_text("退回理由", help_text="逐条写明要改什么")
    says = "reason"


class Pass(Heeds):
    article = "《信访工作条例》第三十二条"
    effect = "核查期限就此完成；办理期限到签发为止。"
    opinion = long_text("核查意见", required=False, rows=3, help_text="诉求、事实、法律、救济、程序五项核对情况")
    says = "opinion"

    def found(self):
        """Of the last draft."""
        return remarks_on(self.petition)

    def details(self) -> dict[str, Any]:
        """The checker's words, and the reasons by remark."""
        return {"opinion": self.cleaned_data["opinion"], "overrides": self.overrides()}


class Sign(Plain):
    article = "《信访工作条例》第三十二条、第三十五条"
    effect = "60 日办理期限就此完成；内部要求 5 个工作日内送达，信访人的复查申请期自送达之日起算。"
    confirm = "签发并编号"
    previews = True
    layout = (("days", "c6"), ("unit", "c6"))

    def prepare(self) -> None:
        """Where the opinion grants something: within how many days it must be carried out."""
        if executing.supported(self.petition):
            days = settings_of(self.petition.rule_set)["execution_days"]
            self.fields |= promised_days(initial=days, required=False)

    def details(self) -> dict[str, Any]:
        """Nothing where no days were written: the city's default holds."""
        told = super().details()
        return told if told.get("days") else {}


ANSWERS = {
    Kind.SUGGESTION: list(ADOPTIONS.items()),
    Kind.REPORT: [
        ("handled", "已依规依纪依法处理"),
        ("unfounded", "经核查不属实"),
        ("no_grounds", "线索不足，暂存待查"),
    ],
    Kind.INQUIRY: [("answered", "已当面或电话解答"), ("pointed", "已告知办理部门和途径")],
    Kind.APPEAL: [("done", "已依法履行职责或者作出决定"), ("not_done", "依法不予履行或者不予准许")],
}
REMEDY_FIELDS = ("facts", "basis", "reconsider_organ", "court", "reconsider_first")


class Answer(ActForm):
    article = "《信访工作条例》第二十九条至第三十一条"
    effect = "答复后办结，无复查复核；程序性答复的救济是行政复议、行政诉讼。"
    outcome = forms.ChoiceField(label="办理结果", widget=forms.RadioSelect)
    facts = long_text("事实和理由")
    reply = long_text("答复内容")
    basis = long_text("法律法规依据", rows=3, help_text="一行一条，写到条")
    reconsider_organ = forms.CharField(label="行政复议机关", max_length=100, help_text="写全称，将印在答复书上")
    court = forms.CharField(label="有管辖权的法院", max_length=100, help_text="写全称，将印在答复书上")
    reconsider_first = forms.CharField(
        label="须先复议的情形",
        required=False,
        max_length=100,
        help_text="未履行法定职责、不予公开政府信息等依法先申请行政复议的才填，照填的印",
    )
    says = "reply"
    previews = True

    def prepare(self) -> None:
        """Suggestions are adopted or not; a report ends with the post's own result; an enquiry is answered."""
        self.fields["outcome"].choices = ANSWERS[self.petition.kind]
        if self.petition.kind != Kind.APPEAL:
            for name in REMEDY_FIELDS:
                del self.fields[name]


class Close(Plain):
    article = "《信访工作条例》第三十四条、第三十五条"
    effect = "复查申请期继续计算，期满未申请的程序终结。"


class Terminate(ActForm):
    article = "内部管理要求：终止办理须经批准"
    effect = "须逐级批准；批准后全部期限停止，并书面告知信访人。"
    confirm = "报请批准"
    ground = forms.ChoiceField(label="情形", choices=list(TERMINATIONS.items()), widget=forms.RadioSelect)
    on = day("撤回申请日", required=False, help_text="书面撤回的必填")
    again = forms.ChoiceField(
        label="今后是否再提", choices=[("", "——"), *Withdrawal.Again.choices], required=False, help_text="撤回的必填"
    )
    reason = long_text("理由和证据", help_text="书面撤回的，写撤回原因；可先“预览文书”，打印撤回申请书请信访人签名")
    says = "reason"
    layout = (("on", "c6"), ("again", "c6"))
    previews = True

    def clean(self) -> dict[str, Any]:
        """The paper of withdrawal has its day and whether they may come again."""
        told = super().clean()
        if told.get("ground") == "withdrawn" and not self.petition.submission.anonymous:
            for name in ("on", "again"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, f"书面撤回的，请填写{self.fields[name].label}")
        return told


class Reopen(ActForm):
    article = "《信访工作条例》第二十三条、第三十一条"
    effect = "退回重新分类，告知期限重新起算。"
    reason = long_text("退回理由", help_text="例如：仲裁机构决定不予受理")
    says = "reason"
