"""听证、调解：决定、通知、结论；自愿、协议、司法确认（第三十一条第六项、第三十三条、第三十六条第二款）。"""

from django import forms

from desk.casework.forms.base import ActForm, Plain, day, long_text
from documents.letters.fields import AGREEMENTS
from rulebook.timekeeping import today

INTERESTS = "申报的利害关系"
WHO_SAID = "有人申报的，一行一人，写成“姓名：关系”；没有的不填"


def tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class CallHearing(ActForm):
    article = "《信访工作条例》第三十六条第二款；回避：第二十八条第三款"
    effect = "复核的听证时间自今天起至作出结论之日（含首尾）不计入 30 日；复查不扣除。"
    confirm = "决定听证并通知"
    held_on = day("举行日")
    until = day("拟作出结论之日", help_text="实际结论日以作出之日为准")
    held_at = forms.CharField(label="时间", max_length=40, help_text="例如 9:30 至 11:30")
    place = forms.CharField(label="地点", max_length=120)
    host = forms.CharField(label="主持人", max_length=40, help_text="没有办理过本件的人")
    recorder = forms.CharField(label="记录人", max_length=40)
    members = forms.CharField(label="听证员", max_length=200, help_text="单数，用、隔开，可在姓名后括注身份")
    interests = long_text(INTERESTS, required=False, rows=2, help_text=WHO_SAID, most=500)
    asked = tick("已逐人询问，主持人、听证员、记录人与本事项、当事人没有直接利害关系")
    is_open = forms.BooleanField(label="公开举行", required=False, initial=True)
    layout = (
        ("held_on", "c6"),
        ("until", "c6"),
        ("held_at", "c6"),
        ("place", "c6"),
        ("host", "c6"),
        ("recorder", "c6"),
    )


class Hear(CallHearing):
    article = "《信访工作条例》第三十一条第六项：重大、复杂、疑难的信访事项，可以举行听证；回避：第二十八条第三款"
    effect = "办理阶段的听证不扣除任何时间，60 日照走；来不及的依法延期。"
    reason = long_text("听证的理由", rows=2, help_text="写明怎样重大、复杂、疑难", most=500)
    says = "reason"
    previews = True


class ConcludeHearing(ActForm):
    article = "《信访工作条例》第三十一条第六项、第三十六条第二款"
    effect = "制作听证笔录。复核的听证时间到今天为止，意见可以依法公示；办理、复查的期限不受影响。"
    confirm = "作出听证结论"
    minutes = long_text("笔录摘要", help_text="各方陈述的要点，到场情况")
    evidence = long_text("举证、质证", rows=3, help_text="谁出示了什么，各方怎样看；没有的写明没有")
    votes = forms.CharField(label="评议情况", max_length=120, help_text="例如 听证员 3 人参加评议，3 人意见一致")
    result = long_text("听证结论", rows=3, help_text="评议的意见")
    says = "result"


class CancelHearing(ActForm):
    article = "没有举行的听证不产生扣除（第三十六条第二款）"
    effect = "复核已经扣除的听证时间作废，期限恢复原来的届满日；其他期限不受影响。"
    confirm = "取消听证"
    reason = long_text("理由", rows=2)
    says = "reason"


class Mediate(ActForm):
    article = "《信访工作条例》第三十三条：裁量权范围内、各方自愿，不违反法律法规的强制性规定"
    effect = "不停止任何期限：60 日内没有结果的，依法延期或者出具处理意见。"
    confirm = "开始调解、和解"
    mode = forms.ChoiceField(label="方式", widget=forms.RadioSelect, choices=list(AGREEMENTS.items()))
    mediator = forms.CharField(
        label="调解组织、调解员", required=False, max_length=120, help_text="和解可不填；几个人用、隔开"
    )
    by_committee = tick("由人民调解委员会主持（协议可以申请司法确认）")
    disputants = long_text("各方当事人", rows=2, help_text="一行一方，姓名（名称）后可括注身份", most=1000)
    dispute = long_text("纠纷事实和争议", rows=3)
    interests = long_text(INTERESTS, required=False, rows=2, help_text=WHO_SAID, most=500)
    asked = tick("已询问，调解员与本事项、当事人没有直接利害关系")
    consent = tick("各方自愿")
    lawful = tick("不违反强制性规定，属于裁量权范围")
    says = "dispute"


class Agree(ActForm):
    article = "《信访工作条例》第三十三条：达成一致的，制作调解协议书、和解协议书"
    effect = "出具协议书供各方签名；不改变任何期限，可以随后依协议办结。"
    confirm = "记录协议并出具协议书"
    agreement = long_text("协议内容", help_text="一行一条")
    performance = long_text("履行", rows=2, help_text="履行的方式、期限")
    on = day("协议生效日", help_text="各方签名、盖章之日")
    court = forms.CharField(
        label="可以司法确认的法院", required=False, max_length=80, help_text="人民调解达成的填写，印在协议书上"
    )
    layout = (("on", "c6"), ("court", "c6"))

    def prepare(self) -> None:
        """Today, unless it was signed before."""
        self.fields["on"].initial = today()


class GiveUp(ActForm):
    article = "《信访工作条例》第三十三条"
    effect = "不改变任何期限；依法调查并出具处理意见。"
    confirm = "终止调解、和解"
    reason = long_text("理由", rows=2, help_text="哪一方不愿继续，分歧在哪里")
    says = "reason"


class Confirm(ActForm):
    article = "《人民调解法》第三十三条：自协议生效之日起 30 日内共同向人民法院申请"
    effect = "不改变任何期限。"
    confirm = "记录申请"
    on = day("共同申请日")
    court = forms.CharField(label="人民法院", max_length=80)
    layout = (("on", "c6"), ("court", "c6"))

    def prepare(self) -> None:
        """Today, and the court the agreement names."""
        self.fields["on"].initial = today()
        self.fields["court"].initial = getattr(self.noun, "court", "")


class CloseAgreed(Plain):
    article = "《信访工作条例》第三十三条、第三十四条"
    effect = "60 日办理期限就此完成；各方自愿达成协议，不再出具处理意见书，没有复查。"
    confirm = "依协议办结"
