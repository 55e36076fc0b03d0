"""报请导出、批准导出的录入。"""

from django import forms

from petitions.models import PersonalExport
from supervision.orders.forms import words


class AskForm(forms.Form):
    """Which particulars, and why."""

    parts = forms.MultipleChoiceField(
        label="项目",
        choices=PersonalExport.Part.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择要导出的项目，只选用得到的"},
    )
    reason = words(
        "理由",
        missing="请写明为什么要导出个人信息、给谁用",
        longest=500,
        help_text="例如：送上级机关调取，只给某某处某某。批准人照此决定；加密保存",
    )


class DecisionForm(forms.Form):
    """批准 may be silent, 不批准 must say why."""

    words = words("意见", missing="", longest=500, required=False, rows=2, help_text="不批准的须写明理由")
