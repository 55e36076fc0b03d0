"""签发、核查前逐条核对审核提示：必须改的拦住，请核对的勾选并写明保留的理由。"""

from abc import abstractmethod
from typing import Any

from django import forms

from desk.casework.forms.base import ActForm
from petitions.handling.opinion.examination.examination_sheet import Remark, Severity


class Heeds(ActForm):
    """Remarks 请核对 of the examiner are ticked one by one, each with the reason why it may stand."""

    @abstractmethod
    def found(self) -> list[Remark]:
        """What the examiner says of the draft that is to be passed or signed."""

    def prepare(self) -> None:
        """A tick and a reason for each remark that may be let stand; those that must be changed have neither."""
        self.remarks = self.found()
        for remark in self.to_be_answered():
            self.fields[f"ok_{remark.key}"] = forms.BooleanField(label="已核对，可以保留")
            self.fields[f"why_{remark.key}"] = forms.CharField(
                label="保留理由",
                max_length=300,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def examined(self) -> list[Remark]:
        """All of them, for the card above the form."""
        return self.remarks

    def to_be_answered(self) -> list[Remark]:
        """The remarks that ask whoever passes or signs."""
        return [remark for remark in self.remarks if remark.severity == Severity.ASK]

    def asked(self) -> list[dict[str, Any]]:
        """Each such remark with its two fields."""
        return [
            {"remark": remark, "ok": self[f"ok_{remark.key}"], "why": self[f"why_{remark.key}"]}
            for remark in self.to_be_answered()
        ]

    def draws(self, bound) -> bool:
        """Ticks and reasons stand by their remarks."""
        return not bound.name.startswith(("ok_", "why_"))

    def overrides(self) -> dict[str, str]:
        """The reasons by remark."""
        return {remark.key: self.cleaned_data[f"why_{remark.key}"] for remark in self.to_be_answered()}
