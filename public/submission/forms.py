"""每一页问的那几项。话说给没有填过表的人听；错了写在那一项旁边，填过的都在。"""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.session.languages import said
from petitions.act.states import Kind
from petitions.intake.registration import REPRESENTATIVES_MAX
from petitions.parties.identity import examine, phone_problem, tidy, tidy_name, tidy_phone
from public.submission import place_choices
from rulebook import written
from rulebook.timekeeping import today

UNSURE = "unsure"
SELF, OTHER, GROUP, NAMELESS = "self", "other", "group", "nameless"
CLAIMS_MOST, CLAIMS_SHOWN = 10, 3
REPRESENTATIVES = range(2, REPRESENTATIVES_MAX + 1)
TEXT_MOST, PEOPLE_MOST = 8000, 99_999
YES_NO = [("yes", _("是")), ("no", _("不是"))]
# 登记台“涉法情形”的同一组词（petitions.Submission.litigation）
COURT = [
    ("", _("没有，还没走过这些程序")),
    ("诉讼中", _("正在打官司")),
    ("已有裁判", _("法院已经判了")),
    ("仲裁", _("正在仲裁，或者已经仲裁过")),
    ("行政复议", _("正在申请行政复议，或者已经有复议决定")),
    ("公安办理", _("公安机关正在办")),
    ("不清楚", _("说不清")),
]


def choice(label, choices, missing, **more):
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": missing}, **more
    )


def line(label, missing="", *, most=120, help_text="", **attrs):
    """One line of text; required where a sentence says what is missing."""
    errors = {"required": missing, "max_length": _("写得太长了，请不要超过 %(limit_value)d 个字")}
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=most,
        help_text=help_text,
        error_messages=errors,
        widget=forms.TextInput(attrs={"autocomplete": "off"} | attrs),
    )


def name_line(label, missing="", **attrs):
    return line(label, missing, most=60, **attrs)


def id_line(label):
    return line(label, most=24, help_text=_("可以不填。填了，以后凭它找回查询码更方便；只有经办人能看"))


def phone_line(label, missing=""):
    return line(label, missing, most=24, inputmode="tel", help_text=_("手机号，或者带区号的座机。只用来联系您、查进度"))


class Page(forms.Form):
    """What all pages share: numbers are tidied and judged where a page has them."""

    use_required_attribute = False

    def tidied_number(self, name):
        identity = examine(tidy(self.cleaned_data.get(name, "")), today())
        if identity.problem:
            self.add_error(name, said(identity.problem))
        return identity.number

    def tidied_phone(self, name):
        number = tidy_phone(self.cleaned_data.get(name, ""))
        if problem := phone_problem(number):
            self.add_error(name, said(problem))
        return number


class KindPage(Page):
    kind = choice(
        _("您想说的，更像下面哪一种？"),
        [
            (Kind.APPEAL, _("我（我家、我们）遇到了难处或者受了损失，希望帮忙解决")),
            (Kind.SUGGESTION, _("我有个建议，希望大家的事办得更好")),
            (Kind.REPORT, _("我要反映干部、工作人员或者单位违纪违法，比如收钱办事、以权谋私")),
            (UNSURE, _("我分不清，请再问我两句")),
        ],
        _("请选一种；分不清的选最后一个"),
    )


class SortPage(Page):
    wrong = choice(_("您要说的，是不是某个干部、工作人员或者单位收钱办事、以权谋私？"), YES_NO, _("请选“是”或者“不是”"))
    own = choice(_("是不是希望为您自己、您家或者你们几个人解决一个问题？"), YES_NO, _("请选“是”或者“不是”"))


class WhoPage(Page):
    who = choice(
        _("您是替谁提出的？"),
        [
            (SELF, _("我自己")),
            (OTHER, _("替别人（我是代理人或者监护人）")),
            (GROUP, _("我们几个人一起")),
            (NAMELESS, _("不留姓名")),
        ],
        _("请选一种"),
    )


class NamePage(Page):
    nm = name_line(_("您的姓名"), _("请写您的姓名"), autocomplete="name")
    idno = id_line(_("身份证号"))

    def clean_nm(self):
        return tidy_name(self.cleaned_data["nm"])

    def clean_idno(self):
        return self.tidied_number("idno")


class ContactPage(Page):
    tel = phone_line(_("您的电话"), _("请写一个能找到您的电话"))
    addr = line(_("您的住址"), _("请写您的住址，文书要寄到这里"), help_text=_("写到门牌号，例如某小区 1 号楼 101"))

    def clean_tel(self):
        return self.tidied_phone("tel")


class BehalfPage(Page):
    """Whose matter it is, where somebody else submits it."""

    p_nm = name_line(_("他（她）的姓名"), _("请写您替谁提出"))
    p_idno = id_line(_("他（她）的身份证号"))
    p_tel = phone_line(_("他（她）的电话"))
    p_addr = line(_("他（她）的住址"), _("请写他（她）的住址"))

    def clean_p_nm(self):
        return tidy_name(self.cleaned_data["p_nm"])

    def clean_p_idno(self):
        return self.tidied_number("p_idno")

    def clean_p_tel(self):
        return self.tidied_phone("p_tel")


class WrittenDay(forms.DateField):
    """A day copied from paper, in any way that rulebook.written knows."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if (read := written.day(str(value).strip())) is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return read


class PowerPage(Page):
    """By what right: an agent has a power of attorney, a guardian a paper of guardianship."""

    role = choice(
        _("您和他（她）是什么关系？"),
        [
            ("agent", _("他（她）委托我办，我是代理人")),
            ("guardian", _("他（她）未成年，或者自己不能办事，我是监护人")),
        ],
        _("请选一种"),
    )
    paper = choice(
        _("有没有授权委托书或者监护证明？"),
        [
            ("attached", _("有，后面“照片和文件”一页上传")),
            ("later", _("现在没有，以后补交")),
        ],
        _("请选一种"),
        help_text=_("没有也可以先提交，经办人会联系您补交"),
    )
    special = forms.BooleanField(label=_("委托书写明可以代为撤回、和解"), required=False)
    until = WrittenDay(
        label=_("委托到哪一天为止"),
        required=False,
        widget=forms.DateInput(attrs={"autocomplete": "off"}),  # 照着纸上抄的日子，打字比拨日历快
        help_text=_("没写日子的不用填；写成 2026-01-31 或者 2026年1月31日"),
        error_messages={"invalid": _("请写成 2026-01-31 或者 2026年1月31日 的样子")},
    )

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < today():
            raise forms.ValidationError(_("委托已经过期，请让他（她）重新写一份委托书"))
        return until


class OthersPage(Page):
    """Whoever petitions together chooses at most five representatives; the rest only count."""

    ppl = forms.IntegerField(
        label=_("一共多少人"),
        min_value=2,
        max_value=PEOPLE_MOST,
        error_messages={
            "required": _("请写一共多少人，连您在内"),
            "invalid": _("请只写数字"),
            "min_value": _("几个人一起的，至少 2 人"),
            "max_value": _("人数写得不对，请核对"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("连您在内。您是第一位代表，下面最多再写四位代表；其余的人只计人数"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for n in REPRESENTATIVES:
            told = {"n": n}
            self.fields[f"rep{n}_nm"] = name_line(_("第 %(n)d 位代表的姓名") % told)
            self.fields[f"rep{n}_tel"] = line(_("第 %(n)d 位代表的电话") % told, most=24, inputmode="tel")

    def clean(self):
        told = self.cleaned_data
        for n in REPRESENTATIVES:
            name, phone = f"rep{n}_nm", f"rep{n}_tel"
            told[name] = tidy_name(told.get(name, ""))
            told[phone] = self.tidied_phone(phone)
            if told[phone] and not told[name]:
                self.add_error(name, _("写了电话，请把姓名也写上"))
        named = 1 + sum(bool(told.get(f"rep{n}_nm")) for n in REPRESENTATIVES)
        if (told.get("ppl") or named) < named:
            self.add_error("ppl", _("写了 %(n)d 位代表，总人数不能比这还少") % {"n": named})
        return told


class SecretPage(Page):
    withheld = choice(
        _("要不要对被反映的单位保密您的姓名？"),
        [("yes", _("要，请为我保密")), ("no", _("不用"))],
        _("请选一种"),
        help_text=_("保密的，转给别的单位的文书上不写您的全名；办这件事的工作人员仍要知道您是谁"),
    )


class PlacePage(Page):
    loc = forms.ChoiceField(
        label=_("事情发生在哪个街道、乡镇"), error_messages={"required": _("请选一个；说不清的选最后一个")}
    )
    spot = line(_("具体在什么地方"), help_text=_("例如某某小区、某某路口；说不清可以不填"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["loc"].choices = place_choices.choices()
        self.fields["loc"].widget.attrs["lang"] = "zh-CN"  # 街道、乡镇的名字照原文


class AboutPage(Page):
    tgt = line(_("这件事和哪个单位有关"), most=80, help_text=_("知道就写单位名称，不知道可以不填"))


class AccusedPage(Page):
    accused = line(_("您反映的是谁"), _("请写人名、职务，或者单位名称"), help_text=_("不知道名字的，写做什么的"))
    accused_unit = line(_("他（她）在哪个单位"), help_text=_("不知道可以不填"))


class StoryPage(Page):
    txt = forms.CharField(
        label=_("请把事情说一说"),
        max_length=TEXT_MOST,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("什么时候、在哪里、什么人、发生了什么、找过谁、怎么答复的。像说话一样写就行"),
        error_messages={
            "required": _("请写一写发生了什么"),
            "min_length": _("写得太少了，请再说详细一点"),
            "max_length": _("最多写 %(limit_value)d 个字，长的请写要点，其余的拍照上传"),
        },
    )


class ClaimsPage(Page):
    """Several requests, each on its own line. `shown` of them stand on the page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = self.data or self.initial
        filled = [n for n in range(1, CLAIMS_MOST + 1) if str(held.get(f"claim{n}", "")).strip()]
        self.shown = min(CLAIMS_MOST, max(CLAIMS_SHOWN, max(filled, default=0) + ("more" in held)))
        for n in range(1, self.shown + 1):
            missing = _("请至少写一条") if n == 1 else ""
            label = _("第 %(n)d 条") % {"n": n}
            self.fields[f"claim{n}"] = line(label, missing, most=500)

    @property
    def may_have_more(self) -> bool:
        return self.shown < CLAIMS_MOST


class CourtPage(Page):
    court = forms.ChoiceField(
        label=_("这件事打过官司，或者走过别的程序吗？"), choices=COURT, required=False, widget=forms.RadioSelect
    )


class Nothing(Page):
    """A page that tells something and asks nothing."""
