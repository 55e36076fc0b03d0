"""交接表：一位接手人管全部，或者逐件另选；先不交的留在原处。"""

from django import forms

from accounts.models import User

LATER = "-"


class HandoverForm(forms.Form):
    """Who takes over. Each row carries the place in the log its page was drawn from."""

    to = forms.ModelChoiceField(
        User.objects.none(),
        label="接手人",
        required=False,
        empty_label="逐件选",
        help_text="下面没有另选的件都交给这一位",
        error_messages={"invalid_choice": "所选的人不在本单位或者已经停用，请重新选择"},
    )
    note = forms.CharField(
        label="交接说明", required=False, max_length=500, help_text="写进每一件的办理过程，例如“李致平调离，交接”"
    )

    def __init__(self, *args, rows, colleagues, left_over, **kwargs):
        super().__init__(*args, **kwargs)
        self.held, self.successors = rows, {str(person.pk): person for person in colleagues}
        self.fields["to"].queryset = User.objects.filter(pk__in=self.successors)
        self.fields["to"].label_from_instance = lambda person: self.successors[str(person.pk)].name
        choices = [("", "同上"), (LATER, "先不交"), *((key, person.name) for key, person in self.successors.items())]
        for one in rows:
            number, pk = one.petition.number, one.petition.pk
            widget = forms.Select(attrs={"aria-label": f"{number} 交给"})
            self.fields[f"to_{pk}"] = forms.ChoiceField(
                label=f"{number} 交给", required=False, choices=choices, widget=widget
            )
            self.fields[f"seq_{pk}"] = forms.IntegerField(
                required=False, initial=one.petition.seq, widget=forms.HiddenInput
            )
        if left_over:
            self.fields["rest"] = forms.BooleanField(label=f"没有列出的 {left_over} 件也交给这一位", required=False)

    def rows(self):
        """(held petition, its choice, its place in the log) in the order of the page."""
        return [(one, self[f"to_{one.petition.pk}"], self[f"seq_{one.petition.pk}"]) for one in self.held]

    def clean(self):
        """Every petition drawn on the page goes to somebody or is left on purpose; at least one goes."""
        told = super().clean()
        if self.errors:
            return told
        drawn = [one for one in self.held if told.get(f"seq_{one.petition.pk}") is not None]
        open_ones = [one for one in drawn if not told[f"to_{one.petition.pk}"]]
        if told["to"] is None and (open_ones or told.get("rest")):
            self.add_error("to", f"还有 {len(open_ones)} 件没有选接手人：请选一位，或者逐件选、选“先不交”")
        return told

    def told(self):
        """(petition, the place in the log it was drawn from, successor) of what is to go."""
        found = []
        for one in self.held:
            pk = one.petition.pk
            seq, to = self.cleaned_data.get(f"seq_{pk}"), self.cleaned_data.get(f"to_{pk}")
            if seq is not None and to != LATER:
                found.append((one.petition, seq, self.successors[to] if to else self.cleaned_data["to"]))
        return found
