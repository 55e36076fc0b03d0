"""接访笔录：登记之后当面问清，打印出来读给信访人听，签名。"""

from django import forms

from desk.casework.forms.base import ActForm, long_text
from desk.templatetags.xf import date_words
from petitions.intake import interview
from rulebook.timekeeping import BEIJING, now


def _line(label: str, most: int, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text)


class TakeDown(ActForm):
    article = "第十九条：口头提出的如实记录；笔录须读给信访人听或者请其看过，由其签名"
    effect = "不影响任何期限，不改动登记时的原话。办成后打印一份，签名后扫描存在笔录旁边。"
    confirm = "记下笔录"
    held_at = _line("时间（起止）", 60)
    place = _line("地点", 60)
    spoke_with = _line("谈话对象", 60, help_text="姓名、身份，不写证件号码")
    asked_by = _line("接访人", 60)
    recorder = _line("记录人", 30)
    present = _line("在场的人", 200, required=False, help_text="几个人用顿号隔开")
    dialogue = long_text("问答", rows=12, most=interview.LONGEST, help_text="一问一答各占一段，照原话记")
    layout = (("held_at", "c6"), ("place", "c6"), ("spoke_with", "c6"), ("asked_by", "c6"), ("recorder", "c6"))
    previews = True

    def prepare(self) -> None:
        """Now, here, the one who petitions, the one who asks; the three questions of the desk."""
        moment = now().astimezone(BEIJING)
        first = self.petition.submission.parties.first()
        told = {
            "held_at": f"{date_words(moment)} {moment:%H:%M} 起",
            "place": f"{self.user.office.short_name}接待大厅",
            "spoke_with": f"{first.shown_name}，{first.get_role_display()}" if first else "",
            "asked_by": self.user.name,
            "recorder": self.user.name,
            "dialogue": interview.blank(self.petition.submission.original if self.petition.shows_original else ""),
        }
        for name, words in told.items():
            self.fields[name].initial = words

    def clean_present(self) -> list[str]:
        """One name an entry."""
        return [name.strip() for name in self.cleaned_data["present"].replace("，", "、").split("、") if name.strip()]
