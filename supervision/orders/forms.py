"""督查督办的录入：只管形状，规矩在行为里。"""

from datetime import timedelta

from django import forms

from rulebook.books import calendar_in_force
from rulebook.terms import BY_CODE
from rulebook.timekeeping import today
from supervision.ladder.step_decision import GROUND_OF
from supervision.models import Ground, Order


def words(label, *, missing, rows=3, help_text="", initial="", longest=2000, required=True):
    return forms.CharField(
        label=label,
        initial=initial,
        help_text=help_text,
        max_length=longest,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": f"{label}不能超过 {longest} 字"},
    )


def day(label, *, missing):
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": "日期应写成 2026-01-31 的样子"},
    )


def every():
    """How many 工作日 a progress report may take; left empty, as the city has it for the card."""
    return forms.IntegerField(
        label="每几个工作日报告进展",
        required=False,
        min_value=0,
        max_value=60,
        help_text="不填的按规则：普通不要求，黄牌、红牌逐级加密",
        error_messages={"invalid": "请填整数", "min_value": "不能小于 0", "max_value": "不能超过 60"},
    )


class UrgeForm(forms.Form):
    text = words(
        "催办内容",
        missing="请写明催办内容",
        initial="本件即将届满或已超期，请尽快办理，并在系统中记录进展。",
        help_text="记入办理日志；消息里只发编号和“请尽快办理”，不含内容。",
        longest=500,
    )


class OrderForm(forms.Form):
    """One order. With several petitions the organ is each one's organ in charge, so `to` is left out."""

    to = forms.ModelChoiceField(
        label="责任单位", queryset=None, empty_label=None, error_messages={"required": "请选择责任单位"}
    )
    card = forms.ChoiceField(label="类型", choices=Order.Card.choices)
    ground = forms.ChoiceField(label="事由", choices=Ground.choices, error_messages={"required": "请选择督办事由"})
    due_on = day("反馈期限", missing="请指定反馈期限")
    every = every()
    problem = words("存在问题", missing="请写明存在的问题")
    requirement = words("督办要求", missing="请写明要求责任单位做什么")

    def __init__(self, *args, organs=None, nearest="", level=0, **kwargs):
        given = {"due_on": calendar_in_force().step(today(), 5), "ground": GROUND_OF.get(nearest, "SV02")}
        given["card"] = "red" if level >= 4 else "yellow" if level == 3 else "plain"
        kwargs["initial"] = given | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if organs is None:
            del self.fields["to"]
        else:
            self.fields["to"].queryset = organs
            self.fields["to"].label_from_instance = lambda organ: organ.name
        self.fields["due_on"].help_text = "默认五个工作日"


class OrderActForm(forms.Form):
    """What one act on an order asks for; `order` is the one it is done to."""

    def __init__(self, *args, order, **kwargs):
        self.order = order
        super().__init__(*args, **kwargs)


class SignForm(OrderActForm):
    """签收: nothing to write, it is the act that counts."""


class ReportForm(OrderActForm):
    report = words("进展", missing="请写明办到哪一步、下一步何时办什么、还有什么困难", rows=4, longest=5000)


class RaiseForm(OrderActForm):
    card = forms.ChoiceField(label="升为")
    every = every()
    reason = words("升级理由", missing="请写明升级的理由", help_text="记入督办函和日志；反馈期限不因升级推后")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cards = Order.Card.choices
        self.fields["card"].choices = cards[Order.Card.values.index(self.order.card) + 1 :]


class AnswerForm(OrderActForm):
    answer = words("反馈内容", missing="请写明落实情况、处理结果和下一步安排", rows=5, longest=5000)


class ReturnForm(OrderActForm):
    reason = words("退回理由", missing="请写明退回理由和仍要补充的内容")
    due_on = day("新的期限", missing="请指定重新反馈的期限")

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {"due_on": today() + timedelta(days=3)})
        super().__init__(*args, **kwargs)


class LeaveForm(forms.Form):
    reason = words(
        "不办的理由", missing="请写明不办的理由", longest=200, help_text="留在这一步的记录里；责任单位看不到。"
    )


class WithdrawForm(forms.Form):
    """Whose reminders: one deadline of the petition that has been reminded of."""

    deadline = forms.ModelChoiceField(
        label="哪条期限",
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择撤销哪条期限的提醒", "invalid_choice": "这条期限没有可撤销的提醒"},
    )
    reason = words(
        "撤销理由",
        missing="请写明撤销提醒的理由",
        help_text="写明逾期的日子是在哪个环节、由哪个单位形成的；记入办理日志。",
    )

    def __init__(self, *args, deadlines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deadline"].queryset = deadlines
        self.fields["deadline"].label_from_instance = deadline_in_words


def deadline_in_words(deadline) -> str:
    label = BY_CODE[deadline.term].label
    return f"{label}，{deadline.due_on:%Y-%m-%d} 届满，已提醒 {deadline.reminded} 次"


class CloseForm(OrderActForm):
    opinion = words("核查结论", missing="请写明核查结论，例如“问题已整改，予以核销”")
