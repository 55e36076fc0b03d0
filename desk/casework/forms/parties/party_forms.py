"""信访人的进出：代理、监护、死亡、承继、撤回，以及没有送到的文书。"""

from django import forms

from desk.casework.forms.base import ActForm, day, long_text
from petitions.models import Party, Withdrawal
from petitions.parties import representation
from petitions.parties.identity import phone_problem, tidy_name, tidy_phone
from rulebook.timekeeping import today


class OfOne(ActForm):
    """A form about one of the petition's people; `wanted` says who may be chosen."""

    party = forms.ChoiceField(label="信访人")

    def prepare(self) -> None:
        """Those it can concern, names as the page shows them; the only one is chosen already."""
        found = [party for party in self.petition.submission.parties.all() if self.wanted(party)]
        named = [(party.pk, f"{party.shown_name}（{party.get_role_display()}）") for party in found]
        self.fields["party"].choices = named if len(named) == 1 else [("", "——"), *named]

    def wanted(self, party: Party) -> bool:
        """Whether the act can concern them."""
        return party.is_present

    def clean_party(self) -> Party:
        """The person as a row."""
        return self.petition.submission.parties.get(pk=self.cleaned_data["party"])

    def _phone(self) -> str:
        number = tidy_phone(self.cleaned_data["phone"])
        if problem := phone_problem(number):
            raise forms.ValidationError(problem)
        return number


def _line(label: str, most: int, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text)


class Authorise(OfOne):
    article = "《北京市信访条例》第二十七条、第二十八条（参照）：委托代理须有授权委托书，监护人代为提出"
    effect = "不影响任何期限；此后的文书同时送达代理人、监护人。"
    confirm = "登记"
    kind = forms.ChoiceField(
        label="身份", choices=[("agent", "代理人"), ("guardian", "监护人")], widget=forms.RadioSelect
    )
    name = _line("姓名", 120)
    phone = _line("电话", 20, required=False)
    address = _line("住址", 200, required=False)
    authority = _line("授权（监护）文书", 80, help_text="文书名称和日期，例如：授权委托书 2026-03-02；原件收存到“材料”")
    special_powers = forms.BooleanField(label="特别授权：可以代为撤回、和解", required=False)
    until = day("授权至", required=False)
    layout = (("name", "c6"), ("phone", "c6"), ("until", "c6"))

    def wanted(self, party: Party) -> bool:
        """Petitioners themselves."""
        return party.is_present and party.petitions_too

    def clean_name(self) -> str:
        """Without stray spaces."""
        return tidy_name(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        """A number that can be called."""
        return self._phone()


class Decease(OfOne):
    article = "内部管理要求；信访人死亡、没有近亲属继续提出的方可终止"
    effect = "不停任何期限，也不再向其送达；其余信访人的照常办理。有承继人的，接着办“登记承继人”。"
    confirm = "记录"
    on = day("死亡日期")
    evidence = long_text("依据", rows=2, help_text="例如：死亡医学证明、户籍注销证明，何人提交")
    says = "evidence"
    layout = (("party", "c6"), ("on", "c6"))

    def wanted(self, party: Party) -> bool:
        """Natural persons who are here."""
        return party.is_present and party.person.kind == party.person.Kind.NATURAL


class Succeed(OfOne):
    article = "内部管理要求：近亲属、承继单位确认继续提出的，由其承继"
    effect = "期限照原来的计算，不重新起算；尚未送到的文书改送承继人，并发给新的查询码。"
    confirm = "登记承继人"
    name = _line("承继人姓名（名称）", 120)
    id_number = _line("证件号", 30, required=False)
    phone = _line("电话", 20, required=False)
    address = _line("住址", 200, required=False)
    evidence = long_text("依据", rows=2, help_text="承继关系的证明，以及承继人继续提出的表示")
    says = "evidence"
    layout = (("name", "c6"), ("id_number", "c6"), ("phone", "c6"))

    def wanted(self, party: Party) -> bool:
        """Who has died, or an organisation that has ceased."""
        natural = party.person.kind == party.person.Kind.NATURAL
        return party.petitions_too and (party.standing == Party.Standing.DECEASED or not natural)

    def clean_name(self) -> str:
        """Without stray spaces."""
        return tidy_name(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        """A number that can be called."""
        return self._phone()


class Leave(OfOne):
    article = "内部管理要求：撤回须书面，多人共同提出的只对本人有效；检举控告不因撤回停止（第三十条）"
    effect = "不影响任何期限；其余信访人的照常办理。只有一名信访人的，请报请终止办理。"
    confirm = "记录"
    on = day("申请日")
    scope = forms.ChoiceField(label="范围", choices=Withdrawal.Scope.choices, initial="all", widget=forms.RadioSelect)
    claims = forms.TypedMultipleChoiceField(
        label="撤回哪几项", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    again = forms.ChoiceField(label="今后是否再提", choices=Withdrawal.Again.choices, initial="unsaid")
    reason = long_text("原因", rows=2, help_text="可先“预览文书”，打印撤回申请书请信访人签名；代理、监护解除的写明依据")
    says = "reason"
    layout = (("party", "c6"), ("on", "c6"))
    previews = True

    def prepare(self) -> None:
        """Today, and the claims by number."""
        super().prepare()
        self.fields["on"].initial = today()
        claims = self.petition.claims.all()
        self.fields["claims"].choices = [(claim.number, f"第 {claim.number} 项") for claim in claims]


class ReissueCode(OfOne):
    """Another code for who lost theirs, against identity."""

    article = "《信访工作条例》第十八条、第二十一条：查询办理情况；内部管理要求：凭身份补发"
    effect = "旧的查询码、口令和回执立即作废；不影响任何期限。打印新的登记回执当面交给本人。"
    confirm = "补发"
    identity = forms.ChoiceField(
        label="身份核对", choices=list(representation.IDENTITIES.items()), widget=forms.RadioSelect
    )
