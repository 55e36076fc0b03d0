"""质量评查的录入：方案、评查表、定分。只管形状，规矩在 plans、reading。"""

from datetime import timedelta

from django import forms

from rulebook.terms.shape import Certainty
from rulebook.timekeeping import today
from supervision.models import Answer
from supervision.orders.forms import day, words
from supervision.sampling import readers

SURE = "源"
LETTERS = {"yes": "做到", "no": "没有", "na": "不适用"}


class ReaderChoice(forms.ModelMultipleChoiceField):
    """Readers by name and office."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, user) -> str:
        return f"{user.name}（{user.organ.office.short_name}）"


class PlanForm(forms.Form):
    """Everything a drawing depends on, and who reads."""

    name = forms.CharField(
        label="名称", max_length=60, error_messages={"required": "请填写名称", "max_length": "名称不能超过 60 字"}
    )
    since = day("了结日自", missing="请填写了结日的起日")
    until = day("了结日至", missing="请填写了结日的止日")
    size = forms.IntegerField(
        label="抽取件数",
        min_value=2,
        max_value=1000,
        initial=30,
        error_messages={"required": "请填写抽取件数", "invalid": "件数应为整数"},
    )
    least = forms.IntegerField(
        label="每层至少",
        min_value=0,
        max_value=20,
        initial=1,
        help_text="不够的全抽",
        error_messages={"required": "请填写每层至少几件", "invalid": "件数应为整数"},
    )
    seed = forms.CharField(
        label="种子",
        max_length=60,
        min_length=4,
        help_text="事先约定的一串字，例如当日公布的数字；抽定后不能换",
        error_messages={"required": "请填写种子", "min_length": "种子至少 4 个字"},
    )
    by_category = forms.BooleanField(label="按内容分类（一级）分层", required=False, initial=True)
    by_ending = forms.BooleanField(label="按了结方式分层", required=False, initial=True)
    readers_named = ReaderChoice(
        label="评查人",
        queryset=None,
        help_text="至少两名；每件随机配两人，承办单位的、经手过本件的不配",
        error_messages={"required": "请选择评查人", "invalid_choice": "评查人的名单有变动，请重新选择"},
    )

    def __init__(self, *args, user, **kwargs):
        last = today().replace(day=1) - timedelta(days=1)
        given = {"since": last.replace(day=1), "until": last, "name": f"{last.year} 年 {last.month} 月质量评查"}
        kwargs["initial"] = given | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["readers_named"].queryset = readers.candidates(user)


class ReadersForm(forms.Form):
    """More readers where places stay empty."""

    named = ReaderChoice(label="增补评查人", queryset=None, error_messages={"required": "请选择要增补的评查人"})

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        held = plan.readers.values("pk")
        self.fields["named"].queryset = readers.candidates(plan.owner).exclude(pk__in=held)


def choices_of(item) -> list[tuple[str, str]]:
    """The answers an item of the sheet allows."""
    return [(answer, label) for answer, label in LETTERS.items() if answer != Answer.NA or item["na"]]


def basis_of(item) -> str:
    """What an item stands on, with its certainty where the text itself does not say so."""
    sure = "" if item["mark"] == SURE else f"（{Certainty(item['mark']).label}）"
    return f"{item['article']}{sure}"


class SheetForm(forms.Form):
    """One sheet: a choice for every item; handed in, every item must have one."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    remark = words("评查说明", missing="", required=False, rows=3, help_text="只写办件的事；加密保存", longest=1000)

    def __init__(self, *args, sheet, hand_in=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for item in sheet.items:
            self.fields[f"i_{item['code']}"] = forms.ChoiceField(
                label=f"{item['code']} {item['words']}（{item['points']} 分）",
                help_text=basis_of(item),
                choices=choices_of(item),
                required=hand_in,
                widget=forms.RadioSelect,
                error_messages={"required": f"{item['code']} 还没有评", "invalid_choice": f"{item['code']} 请重新选择"},
            )

    @property
    def parts(self) -> list[dict]:
        """The fields by part of the sheet, for the page."""
        return [
            {
                "label": part["label"],
                "code": part["code"],
                "fields": [self[f"i_{item['code']}"] for item in part["items"]],
            }
            for part in self.sheet.parts
        ]

    @property
    def answers(self) -> dict[str, str]:
        """What was chosen, by item."""
        return {item["code"]: self.cleaned_data.get(f"i_{item['code']}", "") for item in self.sheet.items}

    @staticmethod
    def initial_of(reading) -> dict:
        """A sheet as it was saved."""
        chosen = {f"i_{code}": answer for code, answer in reading.answers.items()}
        return {"version": reading.version, "remark": reading.remark, **chosen}


class SettleForm(forms.Form):
    """An answer and a reason for every item on which the two differ."""

    def __init__(self, *args, pair, **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = pair
        for item in pair.differences:
            code = item["code"]
            self.fields[f"a_{code}"] = forms.ChoiceField(
                label=f"{code} 定为",
                choices=choices_of(item),
                widget=forms.RadioSelect,
                error_messages={"required": f"{code} 请选定"},
            )
            self.fields[f"w_{code}"] = words(f"{code} 理由", missing=f"{code} 请写明理由", rows=2, longest=500)

    @property
    def rows(self) -> list[dict]:
        """Each differing item with the two answers and its fields."""
        return [
            {
                "item": item,
                "first": LETTERS[self.pair.first.answers[item["code"]]],
                "second": LETTERS[self.pair.second.answers[item["code"]]],
                "answer": self[f"a_{item['code']}"],
                "reason": self[f"w_{item['code']}"],
            }
            for item in self.pair.differences
        ]

    @property
    def decided(self) -> dict[str, tuple[str, str]]:
        """What reading.settle takes."""
        return {
            item["code"]: (self.cleaned_data[f"a_{item['code']}"], self.cleaned_data[f"w_{item['code']}"])
            for item in self.pair.differences
        }
