"""每个办理动作一张小表：填什么、依据哪一条、对期限有什么影响。"""

from typing import Any

from django import forms

from accounts.models import Organ
from rulebook.timekeeping import today

LABEL_FITS = 5  # 字：再长就用宽的标签栏


class ActForm(forms.Form):
    """The form of one act. `details()` gives the act's arguments, `words()` the text that goes into the log.

    `article` is the legal basis, `effect` what the act does to the clocks, `layout` the fields with their widths
    (fields left out of it are drawn full width in their own order).
    """

    article = ""
    effect = ""
    confirm = ""  # 主按钮上的字；空则用行为的名称
    layout: tuple[tuple[str, str], ...] = ()
    says = ""  # 哪一栏的文字写入办理日志
    previews = False  # 办成时会出文书，可先看样
    edits = False  # 写意见稿的：别人打开同一件时看得见有人在写
    overtaken = False  # 打开以后别人办过：把现在的一稿摆在旁边
    examines = False  # 可以先审核所填的，不保存
    borrows = False  # 可以参考类案：找、对照、带入
    advises = False  # 可先看系统的意见：typed() 接住已填的

    def __init__(self, *args: Any, petition, user, noun=None, **kwargs: Any) -> None:
        self.petition, self.user, self.noun = petition, user, noun if noun is not None else petition
        super().__init__(*args, **kwargs)
        self.prepare()
        for field in self.fields.values():
            field.error_messages["required"] = _required(field)

    def prepare(self) -> None:
        """Where a form sets choices or initial values that depend on the petition."""

    @classmethod
    def is_seen_by_others(cls) -> bool:
        """Whether others are shown that it is open: whatever writes an opinion or a letter."""
        return cls.edits or cls.previews

    def details(self) -> dict[str, Any]:
        """The act's keyword arguments, from cleaned data."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields and name != "note"}

    def examine(self) -> list | None:
        """What the examiner says of what was typed, nothing saved; None unless the form `examines`."""
        return None

    def examined(self) -> list | None:
        """What it says of the draft on file that this form goes on from or signs; None where it shows none."""
        return None

    def words(self) -> str:
        """What the log keeps as the reason; empty where the act needs none."""
        return self.cleaned_data.get(self.says, "") if self.says else ""

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """Bound fields with their widths, in the order of the screen."""
        placed = dict(self.layout)
        return [(bound, _width(bound, placed.get(bound.name, "c12"))) for bound in self if self.draws(bound)]

    def draws(self, bound: forms.BoundField) -> bool:
        """Whether the generic body draws the field; forms with a body of their own say no."""
        return True


def _required(field: forms.Field) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return f"请核对后勾选“{field.label}”"
    chosen = isinstance(field.widget, (forms.Select, forms.RadioSelect))
    return f"请{'选择' if chosen else '填写'}{field.label}"


def _width(bound: forms.BoundField, css: str) -> str:
    """Long labels get the wide label column."""
    return f"{css} wide" if len(bound.label) > LABEL_FITS else css


class Plain(ActForm):
    """An act that asks for nothing but a confirmation, with room for a remark."""

    note = forms.CharField(label="说明", required=False, max_length=500, widget=forms.TextInput)
    says = "note"


def long_text(label: str, *, required: bool = True, rows: int = 4, help_text: str = "", most: int = 4000):
    """A text of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day chosen in the browser's own calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    errors = {"invalid": f"{label}不是一个日期，请写成 2026-01-31 的样子"}
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget, error_messages=errors)


def organ_fields(form: ActForm, name: str, label: str, groups, *, required: bool = True) -> None:
    """Put the pair of fields by which an organ is chosen: typed with a list of names, or picked from groups."""
    typed = forms.CharField(
        label=label,
        required=False,
        max_length=100,
        help_text="输入简称或全称，或者在名单里选",
        widget=forms.TextInput(attrs={"list": "organ-names", "autocomplete": "off"}),
    )
    listed = forms.ChoiceField(label="名单", required=False, choices=[("", "——"), *groups], widget=forms.Select)
    others = {key: field for key, field in form.fields.items() if key not in (name, f"{name}_name")}
    form.fields = {f"{name}_name": typed, name: listed, **others}
    form.organ_required = {**getattr(form, "organ_required", {}), name: required}


def pick_organ(form: ActForm, name: str) -> None:
    """Settle `cleaned_data[name]` on one organ: a typed name wins over the list; a doubtful name is an error."""
    typed = (form.cleaned_data.pop(f"{name}_name", "") or "").strip()
    listed = form.cleaned_data.get(name) or ""
    form.cleaned_data[name] = None
    if typed:
        offices = Organ.objects.in_force_on(today()).offices()
        found = list(offices.filter(short_name=typed)[:2]) or list(offices.filter(name=typed)[:2])
        found = found or list(offices.filter(name__contains=typed)[:9])
        if len(found) == 1:
            form.cleaned_data[name] = found[0]
        elif found:
            names = "、".join(organ.short_name for organ in found[:6])
            form.add_error(f"{name}_name", f"“{typed}”对应多个单位：{names}，请写完整")
        else:
            form.add_error(f"{name}_name", f"没有找到“{typed}”，请换简称或全称，或在名单里选")
    elif listed:
        form.cleaned_data[name] = Organ.objects.get(pk=listed)
    elif form.organ_required[name]:
        form.add_error(f"{name}_name", f"请选择{form.fields[f'{name}_name'].label}")
