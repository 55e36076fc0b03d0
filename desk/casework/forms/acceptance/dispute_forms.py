"""受理争议：报请共同的上一级，裁定由谁受理，撤回报请（第二十四条）。"""

from typing import Any

from django import forms

from desk.casework.forms.acceptance.triage_forms import SuggestsOrgan
from desk.casework.forms.base import ActForm, long_text, organ_fields, pick_organ
from desk.casework.page import case_choices
from documents.letters.letter_dates import in_words
from petitions.act.states import State
from petitions.dispute import rules as disputing
from rulebook.timekeeping import today


class RequestDesignation(SuggestsOrgan):
    """What the organs cannot agree on, and whom the requester thinks competent."""

    article = "《信访工作条例》第二十四条：受理有争议的，由共同的上一级机关、单位决定；没有的由联席会议协调"
    effect = "信访人的告知期限照常计算，不因争议重新起算；内部要求 5 个工作日内裁定。"
    confirm = "报请指定管辖"
    grounds = long_text("争议情况", help_text="各方怎么说、本单位意见、依据哪一条职责规定")
    says = "grounds"
    suggestion = "建议受理单位"

    def prepare(self) -> None:
        """What was taken up already can only go to a certain other organ, asked before (rules E14)."""
        super().prepare()
        if self.petition.state == State.ACCEPTED:
            self.effect = "受理仍然有效，办理期限接着计算，不因争议停下、也不重新起算；受理以后不能再提出异议。"
            self.fields["suggested_name"].label = "建议承接单位"
            self.fields["grounds"].help_text = "为什么不属本单位职权、依据哪一条职责规定，与建议承接单位协商的情况"
            self.organ_required["suggested"] = True


class Designate(ActForm):
    """The ruling, drafted from the file: who sent it to whom, what each said, what the responsibility lists say."""

    article = "《信访工作条例》第二十四条：共同的上一级机关、单位决定由谁受理"
    effect = "被指定的机关不得再提出异议；信访人的告知期限从第一个机关收到之日算，不重新起算。"
    confirm = "指定并出具协调单"
    held_at = forms.CharField(label="时间", max_length=40)
    place = forms.CharField(label="地点", max_length=120, help_text="没有开会的，写“书面协调”")
    host = forms.CharField(label="主持人", max_length=40)
    positions = long_text("各方意见", rows=8, help_text="由流转记录起草，请核对增补")
    decisions = long_text("议定事项", rows=5, help_text="一行一项；须写明由哪个单位受理")
    says = "decisions"
    layout = (("to_name", "c6"), ("to", "c6"), ("held_at", "c6"), ("place", "c6"), ("host", "c6"))
    previews = True

    def prepare(self) -> None:
        """The organs that may be named, and the draft for the one that most speaks for."""
        dispute = self.petition.open_dispute
        self.groups = case_choices.designated(self.petition, dispute) if dispute else []
        organ_fields(self, "to", "指定受理单位", self.groups)
        self.proposal = case_choices.on_duty_lists(self.petition)
        if dispute is None:
            return
        likely = self._likely(dispute)
        first = {"held_at": in_words(today()), "place": "书面协调", "host": self.user.name}
        first |= {"positions": self._positions(dispute)}
        first |= {"decisions": disputing.drafted_decisions(self.petition, likely)}
        for name, value in first.items():
            self.fields[name].initial = value
        self.fields["to_name"].initial = likely.short_name if likely else ""

    def _likely(self, dispute):
        """Whom the requester proposed, else whom the responsibility lists name: only where it may be named at all."""
        allowed = {pk for _, organs in self.groups for pk, _ in organs}
        named = [dispute.suggested, self.proposal.organ if self.proposal else None]
        return next((organ for organ in named if organ is not None and organ.pk in allowed), None)

    def _positions(self, dispute) -> str:
        lines = disputing.course(self.petition)
        if dispute.requester:
            lines.append(f"{dispute.requester.short_name}报请：{dispute.grounds}")
        if self.proposal:
            said = "；".join(self.proposal.reasons)
            lines.append(f"责任清单（分流规则）：{self.proposal.organ.short_name}。{said}")
        return "\n".join(lines)

    def names(self) -> list[str]:
        """For the list of suggestions under the typed field."""
        return case_choices.names(self.groups)

    def clean(self) -> dict[str, Any]:
        """One organ, typed or picked."""
        super().clean()
        pick_organ(self, "to")
        return self.cleaned_data


class WithdrawDesignation(ActForm):
    article = "《信访工作条例》第二十四条：有关机关、单位可以协商受理"
    effect = "回到报请以前的一步；告知期限从原收到日继续。"
    confirm = "撤回报请"
    reason = long_text("协商结果", rows=3, help_text="写明协商由谁受理、下一步谁办")
    says = "reason"
