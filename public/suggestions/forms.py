"""群众填的三页：说什么、留不留姓名、核对。每一页都带着前面填的，退回去不会丢。"""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from routing.suggestions import levels, receipt


class PlaceChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organ) -> str:
        return obj.name


class WordsForm(forms.Form):
    """说什么、说的是哪里的事。"""

    use_required_attribute = False

    title = forms.CharField(
        label=_("用一句话说您的建议"),
        max_length=receipt.TITLE,
        help_text=_("例如：在公园北门加两把有靠背的长椅"),
        error_messages={
            "required": _("请用一句话写下您的建议"),
            "max_length": _("一句话不能超过 60 字，详细的写在下面"),
        },
    )
    body = forms.CharField(
        label=_("详细说说"),
        max_length=receipt.BODY,
        help_text=_("现在是什么情况、建议怎么做。请不要写身份证号、电话"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写下建议的内容"), "max_length": _("内容不能超过 4000 字")},
    )
    organ = PlaceChoice(
        label=_("说的是哪里的事"), queryset=None, required=False, help_text=_("不清楚的可以不选，我们来转")
    )

    def __init__(self, *args, campaign, **kwargs):
        super().__init__(*args, **kwargs)
        own = campaign.organ
        self.fields["organ"].queryset = levels.receiving(own).exclude(pk=own.pk)
        self.fields["organ"].empty_label = own.name
        self.fields["organ"].widget.attrs["lang"] = "zh-CN"  # 单位名照原文


class WhoForm(forms.Form):
    """留不留姓名电话：都可以不留。"""

    use_required_attribute = False

    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("手机号"),
        max_length=20,
        required=False,
        help_text=_("留了手机号，查询时可以用后四位代替口令"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        """Digits, blanks and hyphens; at least seven digits where given."""
        told = self.cleaned_data["phone"].strip()
        digits = [sign for sign in told if sign.isdecimal()]
        if told and (len(digits) < 7 or set(told) - set("0123456789 -+")):
            raise forms.ValidationError(_("电话号码只有数字，至少 7 位；不想留可以空着"))
        return told


class KeyForm(forms.Form):
    """这一份表的钥匙：点了两次也只算一条。"""

    key = forms.UUIDField(error_messages={"required": _("请从头填写"), "invalid": _("请从头填写")})


class FollowForm(forms.Form):
    use_required_attribute = False

    code = forms.CharField(
        label=_("查询码"),
        max_length=24,
        help_text=_("12 位字母和数字，不分大小写"),
        error_messages={"required": _("请填写回执上的查询码")},
    )
    pin = forms.CharField(
        label=_("回执上的口令（6 位数字）"),
        max_length=6,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    tel4 = forms.CharField(
        label=_("或者手机号后四位"),
        max_length=4,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean(self):
        """One of the two beside the code."""
        told = super().clean()
        if not told.get("pin") and not told.get("tel4"):
            self.add_error("pin", _("请填写口令；留过手机号的，也可以填后四位"))
        return told
