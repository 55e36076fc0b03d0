"""几件之间：拆并、关联为同一事项、标注重复件、列为重点件。"""

from django import forms

from desk.casework.forms.acceptance.triage_forms import named
from desk.casework.forms.base import ActForm, long_text
from petitions.models import Petition


class Unmerge(ActForm):
    article = "《信访工作条例》第二十三条、第三十四条；拆并为内部管理要求"
    effect = "回到并案前的环节；并案时停下的期限从各自原来的起算日接着计算，可能已经临近或者超过。"
    confirm = "拆并，单独办理"
    reason = long_text("理由", help_text="例如：两件诉求不同；信访人不同意并案办理；主件已经终止")
    says = "reason"


class Relate(ActForm):
    article = "内部管理要求：同一争议的多件归入一个事项组"
    effect = "各办各的，期限互不影响。"
    confirm = "关联"
    other = forms.CharField(label="另一件的编号", max_length=44, help_text="本件归入它所在的事项组；没有的，新建一组")
    note = forms.CharField(label="同一事项的说明", required=False, max_length=500)
    says = "note"

    def clean_other(self) -> Petition:
        """A petition the user may see."""
        return named(self, "other")


class Unrelate(ActForm):
    article = "内部管理要求"
    effect = "不影响期限；组里其他件不变。"
    reason = long_text("理由", rows=2)
    says = "reason"


class MarkRepeat(ActForm):
    article = "《信访工作条例》第十九条第三款、第三十六条第三款：是否重复由人确认"
    effect = "只作标志，不影响办理和期限；需要并入在办件的，请办“并案”。"
    confirm = "保存"
    earlier = forms.CharField(
        label="在先件的编号", max_length=44, required=False, help_text="本件已标注的，留空即取消标注"
    )
    note = forms.CharField(label="说明", required=False, max_length=500)
    says = "note"

    def prepare(self) -> None:
        """What is marked now."""
        self.fields["earlier"].initial = self.petition.repeat_of.number if self.petition.repeat_of else ""

    def clean_earlier(self) -> Petition | None:
        """A petition the user may see; none where the mark is to go."""
        return named(self, "earlier") if self.cleaned_data["earlier"].strip() else None


class MarkKey(ActForm):
    article = "内部管理要求：重点件的处理意见由信访部门核查"
    effect = "不影响期限；签发前改由交办、转送的信访部门核查。"
    confirm = "保存"
    key = forms.TypedChoiceField(
        label="重点件",
        choices=[("1", "列为重点件"), ("0", "不再列为重点件")],
        coerce=lambda told: told == "1",
        widget=forms.RadioSelect,
    )
    reason = long_text("理由", rows=2)
    says = "reason"

    def prepare(self) -> None:
        """The other of the two."""
        self.fields["key"].initial = "0" if self.petition.key_case else "1"
