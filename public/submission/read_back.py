"""核对：把填过的念一遍，每一段都能回去改。"""

from dataclasses import dataclass

from django import forms as django_forms
from django.utils.translation import gettext as _

from accounts.session.languages import as_written
from public.submission import forms, place_choices, question_steps
from public.submission.question_steps import Told

HIDDEN = ("sort", "ways", "files")  # 只为分类的、另外列出的


@dataclass(frozen=True)
class Section:
    """One page read back: its title, the rows (question, answer), and where to change it."""

    key: str
    title: str
    rows: list[tuple[str, str]]


def back(told: Told) -> list[Section]:
    """Everything told, page by page, as the clerk will read it."""
    return [
        Section(step.key, str(step.title), _rows(told, step))
        for step in question_steps.asked(told)
        if step.key not in HIDDEN
    ]


def _rows(told: Told, step: question_steps.Step) -> list[tuple[str, str]]:
    if step.key == "place":
        return [
            (_("街道、乡镇"), place_choices.words_of(told.get("place", "loc"))),
            *([(_("具体地点"), as_written(told.get("place", "spot")))] if told.get("place", "spot") else []),
        ]
    form = told.form(step)
    form.is_valid()
    found = []
    for name, field in form.fields.items():
        said = _said(field, form.cleaned_data.get(name))
        if said:
            found.append((str(field.label), said))
    if step.key == "kind" and told.get("kind", "kind") == forms.UNSURE:
        words = dict(forms.KindPage.base_fields["kind"].choices)
        return [(str(form.fields["kind"].label), str(words[told.kind]))]
    return found or [("", _("没有填"))]


def _said(field, value) -> str:
    if value in (None, "") and not isinstance(field, django_forms.ChoiceField):
        return ""
    if isinstance(field, django_forms.ChoiceField):
        return str(dict(field.choices).get(value or "", ""))
    if isinstance(value, bool):
        return _("是") if value else ""
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else as_written(str(value))
