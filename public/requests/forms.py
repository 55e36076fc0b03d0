"""信访人自己填的几张小表。话用大白话，错在哪一栏就写在哪一栏，填过的不丢。"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.session.languages import as_written
from petitions.parties.request import rules as requesting
from public.submission import web_files as files

MOST_WORDS = 2000  # 字
PRIVATE = _("请不要写身份证号、银行卡号")


def words(label: str, required: str, *, hint: str = "", rows: int = 4) -> forms.CharField:
    """A text of several lines that must be there."""
    return forms.CharField(
        label=label,
        max_length=MOST_WORDS,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


class ManyFiles(forms.ClearableFileInput):
    """A file control that takes several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """None, one or several files; cleaned to a list. What is in them is the keeping's to judge."""

    def clean(self, data, initial=None) -> list:
        """The files in order. Raises ValidationError for too many or an empty one."""
        chosen = data if isinstance(data, list) else [data]
        found = [super(FilesField, self).clean(file, initial) for file in chosen if file]
        if len(found) > requesting.MOST_FILES:
            raise forms.ValidationError(_("一次最多 %(n)d 个文件，其余请下次补充") % {"n": requesting.MOST_FILES})
        return found


class AskForm(forms.Form):
    """What is asked. `details()` gives the act's arguments, `words_of()` what the log keeps."""

    use_required_attribute = False

    def details(self) -> dict[str, Any]:
        """The act's keyword arguments, from cleaned data."""
        return dict(self.cleaned_data)

    def words_of(self) -> str:
        """The petitioner's own words."""
        return self.cleaned_data.get("words", "")


class ReviewForm(AskForm):
    """复查、复核：向哪个机关、为什么；过了日子的写明为什么迟。"""

    words = words(
        _("不同意的是什么，理由是什么"),
        _("请写明申请的理由"),
        hint=_("针对意见书的内容写；新的诉求请另外提出"),
    )

    def __init__(self, *args, organs, late, **kwargs):
        super().__init__(*args, **kwargs)
        self.organs = {str(organ.pk): organ for organ in organs}
        if len(self.organs) > 1:
            choices = [(key, as_written(organ.name)) for key, organ in self.organs.items()]
            missing = {"required": _("请选择向哪个机关申请，选定以后不能再换")}
            self.fields["to"] = forms.ChoiceField(
                label=_("向哪个机关申请"), choices=choices, widget=forms.RadioSelect, error_messages=missing
            )
        if late:
            self.fields["excuse"] = words(
                _("为什么过了日子才申请"),
                _("申请期已满，请写明正当理由，由复查（复核）机关决定是否准许"),
                hint=_("例如住院、不在当地；有证明的，到登记窗口提交"),
                rows=2,
            )

    def details(self) -> dict[str, Any]:
        """The organ, the grounds and, where it is late, why."""
        told = self.cleaned_data
        key = told.get("to") or next(iter(self.organs))
        return {"to": self.organs[key], "grounds": told["words"], "excuse": told.get("excuse", "")}


class SupplementForm(AskForm):
    """补充材料：一段话，可以带照片、文件。"""

    words = words(_("补充什么"), _("请写明补充什么；只有文件的，写一句这是什么"), hint=PRIVATE)
    files = FilesField(
        label=_("照片、文件"),
        required=False,
        widget=ManyFiles(attrs={"accept": files.ACCEPT}),
        help_text=_("可以选几张照片、PDF 或者 Word 文档；选错了重选一次"),
    )


class WithdrawalForm(AskForm):
    """撤回：自己的，代表还可以替全体；办起来之前要再问一句。"""

    words = words(_("为什么撤回"), _("请写明撤回的原因"), hint=_("撤回只对本人有效，其余信访人的照常办"), rows=2)
    sure = forms.BooleanField(
        label=_("我知道：办成以后，这件事不再为我办理"), error_messages={"required": _("确定要撤回的，请勾选")}
    )

    def __init__(self, *args, for_all, **kwargs):
        super().__init__(*args, **kwargs)
        if for_all:
            self.fields["scope"] = forms.ChoiceField(
                label=_("撤回谁的"),
                choices=[
                    (requesting.OWN, _("只撤回我自己的")),
                    (requesting.ALL, _("我是代表，替全体提出（逐人核实以后办）")),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": _("请选择只撤回自己的，还是替全体撤回")},
            )
            self.order_fields(["scope", "words", "sure"])

    def details(self):
        """The words and for whom."""
        return {"words": self.cleaned_data["words"], "scope": self.cleaned_data.get("scope", requesting.OWN)}


class RecusalForm(AskForm):
    """申请回避：不用知道名字，说得出关系就行。"""

    words = words(
        _("请谁回避，他和这件事有什么关系"),
        _("请写明请谁回避、有什么直接利害关系"),
        hint=_("不知道姓名的，写职务或者怎样接触到的；由单位里的其他人决定"),
        rows=3,
    )
