"""领导接访公告的表：只管形状，规矩在 petitions.intake.reception.rules。"""

from datetime import timedelta
from typing import Any

from django import forms

from petitions.intake.reception import rules as receptions
from petitions.models import Reception
from rulebook.timekeeping import today

AHEAD = timedelta(days=7)  # 新建时先写一周以后


def line(label: str, *, longest: int, required: bool = True, help_text: str = "") -> forms.CharField:
    missing = {"required": f"请填写{label}", "max_length": f"{label}不能超过 {longest} 字"}
    return forms.CharField(
        label=label, max_length=longest, required=required, help_text=help_text, error_messages=missing
    )


def calendar_day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}", "invalid": "日期应写成 2026-01-31 的样子"},
    )


def hour(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        # 写字的框：钟点框里一个 Tab 要按三次才出得来
        widget=forms.TimeInput(attrs={"inputmode": "numeric", "autocomplete": "off"}, format="%H:%M"),
        help_text="例如 09:30",
        error_messages={"required": f"请填写{label}时间", "invalid": "时间应写成 09:30 的样子"},
    )


class ReceptionForm(forms.Form):
    """What is announced, as the public will read it."""

    leader = line("领导姓名", longest=40)
    post = line("职务", longest=60, help_text="照公布的写，例如：副区长")
    charge = line("分管工作", longest=120, required=False)
    way = forms.ChoiceField(label="形式", choices=Reception.Way.choices, error_messages={"required": "请选择形式"})
    day = calendar_day("接待日期")
    opens = hour("开始")
    closes = hour("结束")
    place = line("接待地点", longest=120)
    matters = line("接待哪些事项", longest=200)
    booking = line("预约、排队", longest=200, help_text="电话、截止时间、现场取号")
    shown_from = calendar_day("公布起始日")
    shown_until = calendar_day("公布截止日")

    @classmethod
    def of(cls, data, one: Reception | None, office) -> "ReceptionForm":
        """The form of a draft, or of a new one with what is usual for the office filled in."""
        if one is not None:
            return cls(data, initial={name: getattr(one, name) for name in cls.base_fields})
        ahead = today() + AHEAD
        usual = {"day": ahead, "shown_from": today(), "shown_until": ahead, "opens": "09:00", "closes": "11:30"}
        return cls(data, initial=usual | {"place": office.address, "way": Reception.Way.FIXED})

    def clean(self) -> dict[str, Any]:
        """The days and hours together, beside the fields they are about."""
        told = super().clean()
        if self.errors:
            return told
        if fault := receptions.fault_of(told):
            self.add_error("closes" if told["closes"] <= told["opens"] else "shown_from", fault)
        return told


class CancelForm(forms.Form):
    reason = line("取消原因", longest=200, help_text="群众看得到")
