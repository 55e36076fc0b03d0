"""领导包案：哪位领导、为什么、到哪天；结束包案写明结论。"""

from django import forms

from accounts.models import User
from desk.casework.forms.base import ActForm, day, long_text
from petitions.handling.sponsorship import rules as sponsoring

CONCLUSIONS = [(one.value, one.label) for one in sponsoring.Conclusion]


class Sponsor(ActForm):
    article = "《信访工作条例》第十八条第二款：领导干部包案化解群众反映强烈的突出问题"
    effect = "不影响期限和承办单位；包案领导即可查看本件、作批示。"
    confirm = "确定包案"
    to = forms.ChoiceField(label="包案领导", help_text="承办单位和上级的领导；可以包案的职务由授权表规定")
    due_on = day("化解时限", required=False, help_text="可以不定；不是法定期限")
    reason = long_text("理由、方案", rows=3, most=1000, help_text="为什么由领导包案，打算怎样化解")
    says = "reason"
    layout = (("to", "c6"), ("due_on", "c6"))

    def prepare(self) -> None:
        """The leaders who may be named, but for the one in charge."""
        row = sponsoring.current(self.petition)
        people = [person for person in sponsoring.leaders(self.petition) if row is None or person.pk != row.user_id]
        self.fields["to"].choices = [("", "——"), *((person.pk, sponsoring.named(person)) for person in people)]

    def clean_to(self) -> User:
        """The person as a row."""
        return User.objects.select_related("organ__office").get(pk=self.cleaned_data["to"])


class EndSponsoring(ActForm):
    article = "《信访工作条例》第十八条第二款；结束包案为内部管理要求"
    effect = "不影响期限和办理；包案领导不再因包案看到本件。"
    confirm = "结束包案"
    outcome = forms.ChoiceField(label="结论", choices=CONCLUSIONS, widget=forms.RadioSelect)
    reason = long_text("情况", rows=3, most=1000, help_text="怎样化解、稳控的；不再包案的写明理由")
    says = "reason"
