"""阶梯草案的表格：一行一级；加行、删行不用脚本，填过的不丢。保存下来的仍是一份 ladder.toml 的文字。"""

from typing import Any

from django import forms

from accounts.models import Channel
from petitions.intake.category_pack import words_of
from petitions.models import Category
from rulebook.terms import BY_CODE, Kind
from supervision.ladder import ladder_pack
from supervision.ladder.addressees import LABELS, above
from supervision.ladder.rungs import LEVEL_NAMES, NATURAL, Opens
from supervision.models import LadderRow
from supervision.orders.forms import words

BEFORE, ON, AFTER = "before", "on", "after"
PREFIX = "rung"
MOST = 200  # 行


class NamedForm(forms.Form):
    """What every draft is told beside its rungs."""

    name = forms.CharField(
        label="名称", max_length=60, error_messages={"required": "请写明名称，例如“办结提前十日提醒”"}
    )
    reason = words("理由", missing="请写明为什么改", rows=2, longest=500)


class TextForm(NamedForm):
    """A draft as the text of a ladder.toml, checked as a city pack's is."""

    text = words("阶梯", missing="请写明各级阶梯", rows=24, longest=40_000)

    def clean_text(self):
        text = self.cleaned_data["text"]
        if complaints := ladder_pack.understood(text).complaints:
            raise forms.ValidationError(complaints)
        return text


class RungForm(forms.Form):
    """One rung of the ladder."""

    code = forms.CharField(label="代号", max_length=20, error_messages={"required": "请写明代号，例如 L1"})
    label = forms.CharField(label="名称", max_length=20, error_messages={"required": "请写明名称，例如 提醒"})
    level = forms.TypedChoiceField(
        label="级", coerce=int, choices=[(level, f"{level} {name}") for level, name in LEVEL_NAMES.items()]
    )
    when = forms.ChoiceField(label="何时", choices=[(BEFORE, "届满前"), (ON, "届满当日"), (AFTER, "超期")])
    days = forms.IntegerField(
        label="天数",
        required=False,
        min_value=0,
        max_value=ladder_pack.FARTHEST,
        error_messages={
            "invalid": "天数应为整数",
            "min_value": "天数不能小于 0，在届满之前的请选“届满前”",
            "max_value": f"天数不能超过 {ladder_pack.FARTHEST}",
        },
    )
    unit = forms.ChoiceField(label="单位", choices=LadderRow.Unit.choices)
    terms = forms.CharField(
        label="期限", max_length=300, error_messages={"required": "请写明适用哪些期限，例如 D06；D07"}
    )
    category = forms.CharField(label="分类", max_length=12, required=False)
    tells = forms.MultipleChoiceField(
        label="告知谁", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请选择告知谁"}
    )
    channels = forms.MultipleChoiceField(
        label="渠道",
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择渠道；站内消息不能省"},
    )
    opens = forms.ChoiceField(label="拟开启", choices=[("", "只提醒"), *Opens.choices()], required=False)
    logged = forms.BooleanField(label="记日志", required=False)
    gone = forms.BooleanField(label="删去", required=False)
    # 一行行都摊开，一张表近三千个节点：不在改的写成一句，要改哪一行再摊开哪一行
    opened = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, people: dict[str, list[str]], categories: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.categories = people, categories
        self.fields["tells"].choices = [(name, label) for name, label in LABELS.items() if name in people]
        self.fields["category"].widget.attrs["list"] = "categories"

    @property
    def is_open(self) -> bool:
        """Whether the row is shown to be written in: asked for, or something in it is wrong."""
        return bool(self["opened"].value()) or (self.is_bound and bool(self.errors))

    def said(self) -> dict[str, str]:
        """The row in words, as it stands: level, name, when, terms, category, tells, channels, opens."""
        value = {name: self[name].value() for name in self.fields}
        level, when = f"L{value['level']}", _label(self, "when", value["when"])
        if value["when"] != ON:
            when = f"{when} {value['days']} {_label(self, 'unit', value['unit'])}"
        codes = words_of((value["terms"] or "").replace("、", ";"))
        return {
            "level": level,
            "name": str(value["label"]) if value["code"] == level else f"{value['label']}（{value['code']}）",
            "when": when,
            "terms": "、".join(BY_CODE[code].label if code in BY_CODE else code for code in codes),
            "category": value["category"] or "",
            "tells": "、".join(_label(self, "tells", name) for name in value["tells"] or ()),
            "channels": "、".join(_label(self, "channels", name) for name in value["channels"] or ()),
            "opens": _label(self, "opens", value["opens"] or ""),
        }

    @property
    def kept_back(self):
        """The fields of a row shown in words, to go along unseen."""
        return [self[name] for name in self.fields if name not in ("gone", "opened")]

    def full_clean(self):
        """A row that is to go is not asked anything."""
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("gone"):
            self._errors.clear()

    def clean_terms(self):
        found = words_of(self.cleaned_data["terms"].replace("、", ";").replace(",", ";").replace("，", ";").upper())
        found = [next((code for code in BY_CODE if code.upper() == one), one) for one in found]
        if unknown := [code for code in found if code not in BY_CODE or BY_CODE[code].kind is Kind.RIGHT]:
            raise forms.ValidationError(f"没有这种要提醒的期限：{'、'.join(unknown)}；可写的列在表的下面")
        return found

    def clean_category(self):
        code = self.cleaned_data["category"].strip()
        if code and (len(code) % 2 or not any(one.startswith(code) for one in self.categories)):
            raise forms.ValidationError(f"“{code}”不在分类表中：请写分类的代码，或者它的前两位、前四位")
        return code

    def clean_channels(self):
        chosen = self.cleaned_data["channels"]
        if Channel.IN_APP not in chosen:
            raise forms.ValidationError("站内消息不能省：知悉、上报都看它")
        return chosen

    def clean(self):
        told = super().clean()
        if told.get("when") in (BEFORE, AFTER) and not told.get("days") and "days" not in self.errors:
            self.add_error("days", "请写明几天；当天的请选“届满当日”")
        return told

    def rung(self) -> dict[str, Any]:
        """The row as the pack reads one."""
        told = {name: self.cleaned_data[name] for name in ladder_pack.COLUMNS - {"offset"}}
        sign = {BEFORE: -1, ON: 0, AFTER: 1}[self.cleaned_data["when"]]
        tells = {name: self.people[name] for name in LABELS if name in told["tells"]}
        told |= {"tells": tells, "above": above(tells, self.people), "terms": self.cleaned_data["terms"]}
        return told | {"offset": sign * (self.cleaned_data["days"] or 0)}


class BaseRungs(forms.BaseFormSet):
    """The rows together: no code twice for one deadline and category."""

    def kept(self) -> list[RungForm]:
        """The rows that are not to go."""
        return [form for form in self.forms if not form.cleaned_data.get("gone")]

    def clean(self):
        if any(self.errors):
            return
        if not self.kept():
            raise forms.ValidationError("至少要有一级阶梯")
        seen: set[tuple[str, str, str]] = set()
        for form in self.kept():
            told = form.cleaned_data
            keys = {(term, told["code"], told["category"]) for term in told["terms"]}
            if both := sorted(BY_CODE[term].label for term, _, _ in keys & seen):
                form.add_error("code", f"{'、'.join(both)}已经有代号“{told['code']}”的一级，请换一个代号")
            seen |= keys

    def is_valid(self):
        """Also false where clean() found fault with a row."""
        return super().is_valid() and not any(form.errors for form in self.forms)

    def text(self) -> str:
        """What the rows say, as a ladder.toml."""
        return ladder_pack.written([form.rung() for form in self.kept()])


Rungs = forms.formset_factory(RungForm, formset=BaseRungs, extra=0, absolute_max=MOST, max_num=MOST)


def rungs_form(told=None, rows: list[dict[str, Any]] | None = None) -> BaseRungs:
    """The table: with what was sent (`told`), or to begin from these rows; else from the ladder in force."""
    live = ladder_pack.rungs_in_force()
    given = {"people": _people(live), "categories": list(known_categories().values_list("code", flat=True))}
    if told is not None:
        return Rungs(told, prefix=PREFIX, form_kwargs=given)
    return Rungs(initial=list(map(_row, live)) if rows is None else rows, prefix=PREFIX, form_kwargs=given)


def typed(told) -> list[dict[str, Any]]:
    """What was typed, row by row as it was typed."""
    try:
        total = min(int(told.get(f"{PREFIX}-TOTAL_FORMS", "")), MOST)
    except ValueError:
        total = 0
    fields = RungForm.base_fields
    return [
        {name: one.widget.value_from_datadict(told, {}, f"{PREFIX}-{at}-{name}") for name, one in fields.items()}
        for at in range(total)
    ]


def one_row_more(told) -> list[dict[str, Any]]:
    """What was typed without the rows that are to go, and an empty row at the end."""
    empty = {"level": 1, "when": BEFORE, "unit": NATURAL, "channels": [str(Channel.IN_APP)], "opened": True}
    return [*(row for row in typed(told) if not row["gone"]), empty]


def one_row_open(told, row: str) -> list[dict[str, Any]]:
    """What was typed, the row of that number (from 0) to be written in; a number there is not opens none."""
    rows = typed(told)
    if row.isdecimal() and int(row) < len(rows):
        rows[int(row)]["opened"] = True
    return rows


def known_categories():
    """The categories a rung may be meant for."""
    return Category.objects.filter(valid_to=None).order_by("code")


def _label(form: RungForm, name: str, value: Any) -> str:
    """What a choice of the field is called."""
    return dict(form.fields[name].choices).get(value, str(value))


def _row(rung: dict[str, Any]) -> dict[str, Any]:
    offset = rung["offset"]
    plain = {name: rung[name] for name in ("code", "label", "level", "unit", "category", "channels", "opens", "logged")}
    return plain | {
        "when": BEFORE if offset < 0 else AFTER if offset else ON,
        "days": abs(offset),
        "terms": "、".join(rung["terms"]),
        "tells": list(rung["tells"]),
    }


def _people(rungs: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Which roles each addressee stands for, as the ladder in force has it."""
    found: dict[str, list[str]] = {}
    for rung in rungs:
        for who, roles in {**rung["above"], **rung["tells"]}.items():
            found[who] = list(dict.fromkeys([*found.get(who, []), *roles]))
    return found
