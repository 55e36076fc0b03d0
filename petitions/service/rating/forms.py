"""评价的表：群众之窗和电话代录用同一张。"""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.session.languages import as_written, fill, said
from petitions.models import Rating
from petitions.service.rating import rules as rating


class ScoreForm(forms.Form):
    """One score for each body while the window is open; words always. `scores()` is what the act takes."""

    use_required_attribute = False  # 浏览器会把没选的单选读成“无效”，还没有人选过呢；必填由 aria-required 说

    words = forms.CharField(
        label=_("意见和建议"),
        required=False,
        max_length=500,
        help_text=_("不超过 500 字；请不要写身份证号、电话"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, service, given=(), **kwargs):
        """`given`: the ratings to fill in; of whoever may not see them, none."""
        filled = {f"score_{one.body}": one.score for one in given} | {f"reason_{one.body}": one.reason for one in given}
        super().__init__(*args, initial=filled, **kwargs)
        self.bodies = rating.bodies_of(service) if rating.is_open(service) else {}
        rest = {name: self.fields.pop(name) for name in list(self.fields)}
        reasons = [(value, said(label)) for value, label in Rating.Reason.choices]
        for body, organ in self.bodies.items():
            name = as_written(organ.short_name)
            self.fields[f"score_{body}"] = forms.ChoiceField(
                label=fill(_("对{organ}（{body}）"), organ=as_written(organ.name), body=said(Rating.Body(body).label)),
                choices=[(value, said(label)) for value, label in Rating.Score.choices],
                widget=forms.RadioSelect,
                error_messages={"required": fill(_("请选择对{organ}的评价"), organ=name)},
            )
            self.fields[f"reason_{body}"] = forms.ChoiceField(
                label=fill(_("对{organ}不满意的原因"), organ=name),
                required=False,
                choices=[("", _("满意、基本满意的不用选")), *reasons],
            )
        self.fields |= rest

    def clean(self):
        """不满意的选原因；只剩意见栏的，意见不能空。"""
        for body, organ in self.bodies.items():
            told = self.cleaned_data
            if told.get(f"score_{body}") == Rating.Score.DISSATISFIED and not told.get(f"reason_{body}"):
                self.add_error(
                    f"reason_{body}", fill(_("对{organ}不满意的，请选择原因"), organ=as_written(organ.short_name))
                )
        if not self.bodies and not self.cleaned_data.get("words"):
            self.add_error("words", _("请写下您的意见"))
        return self.cleaned_data

    def scores(self) -> dict[str, tuple[str, str]]:
        """Body → (score, reason)."""
        told = self.cleaned_data
        return {body: (told[f"score_{body}"], told[f"reason_{body}"]) for body in self.bodies}
