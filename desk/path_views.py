"""法定途径导航：三句问话、全部途径 P01–P27、六大领域事项对应的途径。全体工作人员可查，可打印，不存任何东西。"""

from typing import Any

from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk.casework.page import triage_advice as wording
from desk.menu import settled
from petitions.act.states import LegalPath
from routing.guide import pathways
from rulebook.terms import Certainty
from rulebook.triage.facts import ASKED, MATTERS, STATUSES
from rulebook.triage.paths import AREAS, TOPICS

LONGEST = 60  # 字：查询词
UNKNOWN = {"invalid_choice": "没有这一项，请从列表里选"}


class Questions(forms.Form):
    """The matter and the three questions. Everything has a value to begin with, so that a bare address is an answerless
    page and not an error."""

    topic = forms.ChoiceField(label="事项", required=False, error_messages=UNKNOWN)
    asks = forms.ChoiceField(label="一、请求什么", required=False, error_messages=UNKNOWN)
    matter = forms.ChoiceField(label="二、争的是什么", required=False, error_messages=UNKNOWN)
    status = forms.ChoiceField(
        label="三、走到哪一步", required=False, choices=list(STATUSES.items()), error_messages=UNKNOWN
    )
    elsewhere = forms.BooleanField(label="不属本单位职权", required=False)
    q = forms.CharField(
        label="查途径",
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": f"查询词不超过 {LONGEST} 字"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "form": "guide"}),
    )

    def __init__(self, data, card: pathways.Card | None):
        super().__init__(data, auto_id="g-%s")
        self.fields["topic"].choices = [("", "不在六大领域"), *_topics()]
        self.fields["asks"].choices = [(code, ASKED[code]) for code in pathways.ASKS]
        self.fields["matter"].choices = [("", "——"), *_matters(card)]

    def clean(self) -> dict[str, Any]:
        """A claim is about something; what is asked for is a claim unless told otherwise."""
        told = super().clean()
        told["asks"] = told.get("asks") or "claim"
        told["status"] = told.get("status") or "none"
        if self.is_asked and told["asks"] == "claim" and not told.get("matter") and "matter" not in self.errors:
            self.add_error("matter", "请选择争的是什么")
        return told

    @property
    def is_asked(self) -> bool:
        """Somebody pressed 看途径, rather than opened the page or searched in it."""
        return "ask" in self.data


@require_GET
def paths(request):
    """The page. `?topic=` brings a matter to the front, `?q=` narrows both tables, `?ask=1` wants the answer."""
    card = next((one for one in pathways.cards() if one.code == request.GET.get("topic")), None)
    form = Questions(request.GET, card)
    valid = form.is_valid()
    told, query = form.cleaned_data, form.cleaned_data.get("q", "")
    advice = None
    if valid and form.is_asked:
        advice = pathways.answer(
            settled(request).organ.office,
            asks=told["asks"],
            matter=told["matter"],
            status=told["status"],
            topic=told["topic"],
            competent=not told["elsewhere"],
        )
    found = pathways.find_cards(query)
    context = {
        "form": form,
        "card": card,
        "chosen": told.get("matter", "") if form.is_asked else "",
        "advice": wording.shown(advice.as_json()) if advice else None,
        "query": query,
        "paths": [_path(path) for path in pathways.find_paths(query)],
        "areas": [(area, [one for one in found if one.area == area]) for area in AREAS.values()],
        "count": len(found),
        "loaded": bool(pathways.cards()),
    }
    return render(request, "desk/paths.html", context, status=200 if valid else 422)


def _path(path) -> dict[str, Any]:
    return {
        "path": path,
        "branches": [LegalPath(code).label for code in pathways.branch_labels(path)],
        "doubt": "" if path.certainty is Certainty.SOURCE else path.certainty.label,
    }


def _topics() -> list[tuple[str, list[tuple[str, str]]]]:
    return [(area, [row for row in TOPICS.items() if row[0].startswith(mark)]) for mark, area in AREAS.items()]


def _matters(card: pathways.Card | None) -> list:
    """What this matter is usually about comes first, in its own words; then the others."""
    usual: dict[str, list[str]] = {}
    for course in card.courses if card else ():
        if course.matter in MATTERS:
            usual.setdefault(course.matter, []).append(course.situation)
    others = [(code, label) for code, label in MATTERS.items() if code and code not in usual]
    if not usual:
        return others
    return [("本类事项常见", [(code, "；".join(said)) for code, said in usual.items()]), ("其他", others)]
