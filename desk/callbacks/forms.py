"""回访的录入：一次联系、结果、电话代录的评价。"""

from django import forms

from petitions.service.callback.models import REACHED, Finding, Outcome, Try
from petitions.service.callback.rules import LONGEST
from petitions.service.rating.forms import ScoreForm
from rulebook.timekeeping import today

TRIES = [choice for choice in Try.choices if choice[0] != Try.REACHED]  # 接通的，连同结果一次记


def _words(label: str, **more) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), **more)


class SeenForm(forms.Form):
    """`seen`: how many calls the page was drawn with, so that of two clerks the second is told."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class TryForm(SeenForm):
    result = forms.ChoiceField(
        label="没有打成",
        choices=TRIES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择这次联系怎样"},
    )
    again_on = forms.DateField(
        label="约在哪天",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期应写成 2026-01-31 的样子"},
    )
    words = _words("说明", required=False, help_text="可以不写；不写证件号、电话")

    def clean(self):
        """An appointment has its day."""
        told = super().clean()
        if told.get("result") == Try.APPOINTED and not self.errors:
            day = told.get("again_on")
            if day is None or day < today():
                self.add_error("again_on", "约定时间再打的，请写明约在哪一天，不早于今天")
        return told


class ConcludeForm(SeenForm):
    outcome = forms.ChoiceField(
        label="结果",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择回访的结果"},
    )
    finding = forms.ChoiceField(
        label="不满意的情况属不属实",
        required=False,
        choices=[("", "没有回答的不用选"), *Finding.choices],
        help_text="属实的，评价期满以后可以按“评价不满意且抽查属实”督办",
    )
    words = _words(
        "信访人怎么说、怎样核实的",
        error_messages={"required": "请写明信访人怎么说、怎样核实的；没有联系上的，写明怎样联系过"},
    )

    def clean(self):
        """Where the petitioner answered, it is said whether they were right."""
        told = super().clean()
        if told.get("outcome") in REACHED and not told.get("finding"):
            self.add_error("finding", "信访人回答了的，请选择不满意的情况属实还是不属实")
        return told


class NumberForm(forms.Form):
    number = forms.CharField(label="信访件编号", max_length=44, error_messages={"required": "请填写信访件编号"})


class PhoneRatingForm(ScoreForm):
    checked = forms.BooleanField(
        label="已核对打电话的是收到意见书的信访人本人",
        error_messages={"required": "请先核对打电话的是信访人本人，再代录"},
    )
