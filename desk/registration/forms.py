"""登记表：四种信访形式一张表。录入项的名字就是页面上的 id（ux.md 的验收约定）。"""

from datetime import timedelta

from django import forms
from django.db.models import Q

from accounts.models import Organ
from desk.registration import claim_lines as claims
from desk.registration import name_roll as roll
from desk.registration import register_choices, submitted_parties
from petitions.act.states import Channel, Kind
from petitions.intake.late_entry.rules import Lateness
from petitions.joint.earlier_petition import Tie
from petitions.models import Category, LateEntry, Party, Petition, Submission, Visit
from petitions.parties.identity import phone_problem, tidy_name, tidy_phone
from rulebook.timekeeping import today

TEXT_LENGTH = 4000  # 字
ROLL_LENGTH = 60_000  # 字；五百人的名单
LINE = 120
MAIL_SHORTEST = 8  # 挂号条码的位数
WHEN = {"visit": "来访日期", "letter": "收信日期", "call": "来电日期", "web": "收到日期"}
HOW_MANY = {"visit": "来访人数", "letter": "信访人数", "call": "信访人数", "web": "信访人数"}


def _line(label, length=LINE, **attrs):
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget)


def _day(label):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    said = {"invalid": f"{label}请按 年-月-日 填写，例如 2026-03-01"}
    return forms.DateField(label=label, required=False, widget=widget, error_messages=said)


def _tick(label):
    return forms.BooleanField(label=label, required=False)


class RegistrationForm(forms.Form):
    """What a clerk types. `clean` refuses with sentences; the law's come from petitions.intake.registration."""

    channel = forms.ChoiceField(choices=Channel.choices, error_messages={"invalid_choice": "请选择信访形式"})
    org = _tick("单位或组织")
    idst = forms.ChoiceField(label="证件情况", choices=register_choices.ID_STATUSES, required=False)
    agent = _tick("代理来访")
    withheld = _tick("申请姓名保密")
    anon = _tick("匿名")
    idno = _line("证件号", 40, inputmode="text", spellcheck="false", data_main="1")
    nm = _line("姓名")
    sex = forms.ChoiceField(label="性别", choices=[("", "未填"), ("女", "女"), ("男", "男")], required=False)
    addr = _line("住址", 200)
    tel = _line("手机", 40, inputmode="tel")
    ppl = forms.IntegerField(
        label="来访人数",
        min_value=1,
        max_value=99999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "请填写人数",
            "invalid": "人数请填数字",
            "min_value": "人数至少为 1",
            "max_value": "人数过大，请核对",
        },
    )
    day = _day("收到日期")
    wrote = _day("提出日期")
    posted = _day("邮戳日")
    addressee = _line("受信人", 60)
    mailno = _line("挂号条码", 40, spellcheck="false")
    late = forms.ChoiceField(label="补录原因", choices=[("", "不是补录"), *LateEntry.Reason.choices], required=False)
    lateat = forms.TimeField(
        label="发生时刻",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "09:30", "autocomplete": "off"}),
        error_messages={"invalid": "时刻应写成 09:30 的样子"},
    )
    latewhy = _line("补录说明", 200)
    paperno = _line("纸质表编号", 20)
    callno = _line("来电号码", 40, inputmode="tel")
    record = _line("录音号", 60)
    idtype = forms.ChoiceField(label="证件类型", choices=register_choices.ID_TYPES, required=False, initial="111")
    origin = forms.ChoiceField(label="国籍或地区", choices=Party.Origin.choices, required=False, initial="CHN")
    nation = _line("国籍（国名）", 40)
    agent_nm = _line("代理人")
    agent_id = _line("代理人证件号", 40)
    agent_tel = _line("代理人电话", 40, inputmode="tel")
    agent_rel = _line("与信访人关系", 60)
    deliver = _line("送达地址", 200)
    edelivery = _tick("同意电子送达")
    urgent = _tick("重大紧急")
    threat = _tick("扬言")
    pledged = _tick("已作真实性承诺")
    public = _tick("同意公开")
    oral = _tick("同意口头答复")
    aim = forms.ChoiceField(label="信访目的", choices=Kind.choices, widget=forms.RadioSelect)
    accused = _line("被检举控告人", 200)
    accused_unit = _line("被检举控告单位", 100, list="organs")
    txt = forms.CharField(
        label="诉求内容",
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "data_main": "1"}),
        error_messages={
            "required": "请填写诉求内容",
            "max_length": f"诉求内容不超过 {TEXT_LENGTH} 字，其余请作为材料附上",
        },
    )
    roll = forms.CharField(
        label="名单", required=False, max_length=ROLL_LENGTH, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    claims = forms.CharField(
        label="逐项诉求", required=False, max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    parsed = forms.CharField(required=False, widget=forms.HiddenInput)
    loc = forms.CharField(label="问题属地", max_length=20, error_messages={"required": "请选择问题属地"})
    tgt = _line("涉及单位", 80, list="organs")
    litigation = forms.ChoiceField(label="涉法情形", choices=register_choices.LITIGATION, required=False)
    cat = forms.CharField(required=False)
    cat_other = forms.CharField(required=False)
    unit = forms.CharField(required=False)
    unit_other = forms.CharField(required=False)
    why = _line("另选理由", 200)
    repeat = forms.CharField(required=False)
    tie = forms.ChoiceField(
        choices=Tie.choices, required=False, error_messages={"invalid_choice": "请重新选择与从前那一件的关系"}
    )
    seen = forms.CharField(required=False)
    visit = forms.CharField(required=False)

    def __init__(self, data=None, *, office, by, **kwargs):
        super().__init__(data, auto_id="%s", **kwargs)
        self.office, self.by = office, by
        self.people = submitted_parties.representatives(data) if data is not None else []
        self.listed = roll.read(data) if data is not None else roll.Roll()
        for field in self.fields.values():
            if "data_main" in field.widget.attrs:
                field.widget.attrs["data-main"] = field.widget.attrs.pop("data_main")
        channel = self["channel"].value() or "visit"
        anonymous = bool(self["anon"].value()) and channel != "visit"
        self.fields["nm"].required = not anonymous
        self.fields["nm"].error_messages["required"] = "请填写姓名（名称）；匿名来件请勾选“匿名”"
        if channel == "visit":
            self.fields["nm"].error_messages["required"] = "请填写姓名（名称）"
        self.fields["day"].label = WHEN.get(channel, "收到日期")
        self.fields["ppl"].label = HOW_MANY.get(channel, "信访人数")
        if self["org"].value():
            self.fields["nm"].label, self.fields["idno"].label = "名称", "信用代码"

    def clean_nm(self):
        return tidy_name(self.cleaned_data["nm"])

    def clean_tel(self):
        return self._phone("tel")

    def clean_callno(self):
        return self._phone("callno")

    def clean_agent_tel(self):
        return self._phone("agent_tel")

    def _phone(self, name):
        number = tidy_phone(self.cleaned_data[name])
        if problem := phone_problem(number):
            raise forms.ValidationError(problem)
        return number

    def clean_txt(self):
        return self.cleaned_data["txt"].replace("\r\n", "\n")

    def clean(self):
        told = super().clean()
        told["people"] = self.people
        told["roll"] = self.listed.people
        told["anon"] = told.get("anon") and told.get("channel") != "visit"
        self._who(told)
        self._when(told)
        self._what(told)
        self._where(told)
        return told

    def _who(self, told):
        if told["anon"]:
            if told.get("nm"):
                self.add_error("nm", "已勾选“匿名”，请清空姓名，或取消匿名")
            return
        identity = submitted_parties.identity_of(told | {"idno": told.get("idno", "")})
        told["idst"] = told.get("idst") or "stated"
        if identity.problem and told["idst"] not in ("none", "mismatch"):
            self.add_error("idno", f"{identity.problem}：请核对；确实如此的，把证件情况改为“证件不符”或“无证件”")
        if not identity.problem and identity.sex and told.get("sex") and identity.sex != told["sex"]:
            self.add_error("sex", f"证件号显示性别为{identity.sex}，请核对")
        if not told.get("addr") and not told.get("tel") and not told.get("callno") and "tel" not in self.errors:
            self.add_error("addr", "住址和电话至少填写一项，否则无法书面告知（第二十三条）")
        for fault in submitted_parties.faults(self.people, is_visit=told.get("channel") == "visit"):
            self.add_error(None, f"代表：{fault}" if fault != submitted_parties.TOO_MANY else fault)
        self._crowd(told)
        if told.get("origin") == Party.Origin.FOREIGN and not told.get("nation"):
            self.add_error("nation", "外国人请填写国籍（第四十八条）")
        if told.get("agent") and not told.get("agent_nm"):
            self.add_error("agent_nm", "请填写代理人姓名，或取消代理")

    def _crowd(self, told):
        """名单逐行核对；人数不少于代表和名单上的人（第二十条，rules E42）。"""
        if self.listed.wrong:
            self.add_error(
                "roll", f"名单有 {len(self.listed.wrong)} 行需要改正，其余 {len(self.listed.people)} 行已认出"
            )
        chosen = [(told.get("nm", ""), submitted_parties.tidy(told.get("idno", "")))]
        chosen += [(row.name, row.number) for row in self.people]
        counted = roll.head_count(self.listed, chosen)
        if told.get("ppl") and told["ppl"] < counted:
            from_list = "连同名单" if self.listed.people else "已登记的"
            self.add_error("ppl", f"人数不能少于{from_list} {counted} 人")

    def _when(self, told):
        told["day"] = told.get("day") or today()
        if told["day"] > today():
            self.add_error("day", f"{self.fields['day'].label}不能晚于今天")
        elif told["day"] < today() - timedelta(days=366):
            self.add_error("day", f"{self.fields['day'].label}早于一年前，请核对；历史件请用批量导入")
        for name in ("wrote", "posted"):
            if told.get(name) and told[name] > told["day"]:
                self.add_error(name, f"{self.fields[name].label}不能晚于{self.fields['day'].label}")
        self._late(told)
        if number := told.get("mailno"):
            self._mail(told, number)

    def _late(self, told):
        """来访、来电当日登记；晚了的写明补录原因和发生时刻，期限照真实的收到日算（rules §1.4、§9.4）。"""
        told["lateness"] = None
        at_once = told.get("channel") in ("visit", "call")
        if not told.get("late"):
            if at_once and told["day"] < today() and "day" not in self.errors:
                self.add_error("late", f"{self.fields['day'].label}早于今天，请选择补录原因；期限仍从该日起算")
            return
        if at_once and not told.get("lateat") and "lateat" not in self.errors:
            self.add_error("lateat", "请填写当时来访（来电）的时刻，例如 09:30")
        explained = told.get("latewhy", "").strip()
        if told["late"] == LateEntry.Reason.OTHER and not explained:
            self.add_error("latewhy", "补录原因选“其他”的，请写明说明")
        paper = told.get("paperno", "").upper()
        told["lateness"] = Lateness(told["late"], told["day"], told.get("lateat"), explained, paper)

    def _mail(self, told, number):
        """条码扫进来的挂号号；同一件挂号信只登记一次。"""
        number = submitted_parties.tidy(number)
        told["mailno"] = number
        if not number.isascii() or not number.isalnum() or len(number) < MAIL_SHORTEST:
            self.add_error("mailno", "挂号条码只有字母和数字，例如 XA12345678911，请重新扫描")
        elif Submission.objects.filter(organ=self.office.pk, mail_number=number).exists():
            seen = Petition.objects.visible_to(self.by).filter(submission__mail_number=number, ordinal=1).first()
            self.add_error("mailno", f"这件挂号信已登记{f'为 {seen.number}' if seen else ''}，请核对")

    def _what(self, told):
        text = told.get("txt", "")
        typed = told.get("claims", "").replace("\r\n", "\n").strip()
        kept = typed and typed != told.get("parsed", "").replace("\r\n", "\n").strip()
        told["claims"] = claims.lines(typed) if kept else claims.split(text)
        if text and not told["claims"]:
            self.add_error("claims", "请至少写明一项诉求，一行一项（第十九条）")
        if told.get("aim") != Kind.REPORT:
            told["accused"], told["accused_unit"] = "", ""
        elif not told.get("accused") and not told.get("accused_unit"):
            self.add_error("accused", "检举控告请写明被检举控告的人或单位，说不清的写“不详”")
        told["accused_organ"] = self._organ_named(told.get("accused_unit", ""))
        told["about_organ"] = self._organ_named(told.get("tgt", ""))

    def _where(self, told):
        told["category"] = self._category(told.get("cat_other") or told.get("cat") or "")
        told["unit"] = told.get("unit_other") or told.get("unit") or ""
        told["unit_organ"] = self._unit(told["unit"])
        number = told.get("repeat", "")
        told["earlier"] = earlier = earlier_of(self.by, number)
        told["tie"] = Tie(told.get("tie") or Tie.MERGE)
        if number and earlier is None:
            self.add_error(None, "所选的从前那一件不在您的查看范围，请重新比对")
        if earlier is not None and told["tie"] == Tie.MERGE:  # 并入的随原件办理：分类、单位不再另选
            told["category"] = told["category"] or earlier.category
            told["unit"], told["unit_organ"] = register_choices.TRIAGE, None

    @property
    def is_undecided(self) -> bool:
        """Everything else is in order, but nobody has chosen category or unit: time for 核对."""
        told = self.cleaned_data
        if self.errors or (told["earlier"] is not None and told["tie"] == Tie.MERGE):
            return False
        return told["category"] is None or not told["unit"] or not told.get("seen")

    def demand_decision(self):
        """The faults of the 核对 page."""
        if self.cleaned_data["category"] is None:
            self.add_error("cat", "请选择内容分类")
        if not self.cleaned_data["unit"]:
            self.add_error("unit", "请选择主办单位，定不下来的选“待甄别”")

    def clean_visit(self):
        """The visit it is taken down at; only a visit to this hall has one."""
        key = self.cleaned_data["visit"]
        if not key.isdecimal() or self.cleaned_data.get("channel") != "visit":
            return None
        return Visit.objects.filter(pk=int(key), organ=self.office.pk).first()

    def _category(self, value):
        if not value.isdecimal():
            return None
        return Category.objects.filter(pk=int(value), valid_to=None).first()

    def _unit(self, value):
        if not value or value == register_choices.TRIAGE:
            return None
        offices = Organ.objects.in_force_on(today()).offices()
        organ = offices.filter(pk=int(value)).first() if value.isdecimal() else None
        if organ is None:
            self.add_error("unit", "所选单位已停用，请重新选择")
        return organ

    def _organ_named(self, name):
        name = name.strip()
        if not name:
            return None
        found = list(Organ.objects.in_force_on(today()).filter(Q(name=name) | Q(short_name=name))[:2])
        return found[0] if len(found) == 1 else None


def earlier_of(user, number):
    """The petition of that number among those the user may see, or None."""
    if not number:
        return None
    seen = Petition.objects.visible_to(user).select_related("submission", "organ", "category", "rule_set")
    return seen.filter(number=number).first()
