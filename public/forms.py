"""群众填的表：满意度评价。"""

from django import forms

from petitions import rating
from petitions.models import Rating


class RatingForm(forms.Form):
    """One score for each body while the window is open; words always. `scores()` is what the act takes."""

    words = forms.CharField(
        label="意见和建议",
        required=False,
        max_length=500,
        help_text="不超过 500 字；请不要写身份证号、电话",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, service, **kwargs):
        super().__init__(*args, **kwargs)
        self.bodies = rating.bodies_of(service) if rating.standing_of(service) is rating.Standing.OPEN else {}
        words = self.fields.pop("words")
        for body, organ in self.bodies.items():
            self.fields[f"score_{body}"] = forms.ChoiceField(
                label=f"对{organ.name}（{Rating.Body(body).label}）",
                choices=Rating.Score.choices,
                widget=forms.RadioSelect,
                error_messages={"required": f"请选择对{organ.short_name}的评价"},
            )
            self.fields[f"reason_{body}"] = forms.ChoiceField(
                label="不满意的原因",
                required=False,
                choices=[("", "满意、基本满意的不用选"), *Rating.Reason.choices],
            )
        self.fields["words"] = words

    def clean(self):
        """不满意的选原因；只剩意见栏的，意见不能空。"""
        for body, organ in self.bodies.items():
            told = self.cleaned_data
            if told.get(f"score_{body}") == Rating.Score.DISSATISFIED and not told.get(f"reason_{body}"):
                self.add_error(f"reason_{body}", f"对{organ.short_name}不满意的，请选择原因")
        if not self.bodies and not self.cleaned_data.get("words"):
            self.add_error("words", "请写下您的意见")
        return self.cleaned_data

    def scores(self) -> dict[str, tuple[str, str]]:
        """Body → (score, reason)."""
        told = self.cleaned_data
        return {body: (told[f"score_{body}"], told[f"reason_{body}"]) for body in self.bodies}
