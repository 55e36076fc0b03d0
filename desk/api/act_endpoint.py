"""办理动作：与页面同一张表、同一道门，不成的话与按钮旁同一句。"""

from typing import Any

from django import forms
from django.http import Http404, QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from accounts.authority import require
from accounts.models import ApiToken
from desk.api.entry import Door, refusal
from desk.api.read_endpoint import acts, picture
from desk.api.schemas import ActForm, ActShape, Detail, Done, Refusal, Told
from desk.casework.act import performance, subjects
from desk.casework.forms import FORM_FOR
from desk.casework.page import available_acts
from petitions.models import PendingAct
from rulebook.acts import Act

OWN = ("seq", "service", "task")  # 不是表里的栏
WHICH = OpenApiParameter("act", str, OpenApiParameter.PATH, description="行为", enum=[str(act) for act in FORM_FOR])


class Acts(Door):
    """现在可办。"""

    @extend_schema(
        summary="现在可办",
        operation_id="petitions_acts",
        responses={200: ActShape(many=True), 404: Detail},
        tags=["办理"],
    )
    def get(self, request, number):
        return Response(acts(self.petition(number), request.user))


class OneAct(Door):
    """一个办理动作。"""

    scopes = {"POST": ApiToken.Scope.ACT}

    @extend_schema(
        summary="要填什么、现在能不能办",
        operation_id="petitions_act_form",
        parameters=[WHICH],
        responses={200: ActForm, 403: Detail, 404: Detail},
        tags=["办理"],
    )
    def get(self, request, number, act):
        petition, which, noun = self._asked(number, act)
        form = FORM_FOR[which](petition=petition, user=request.user, noun=noun)
        reasons = available_acts.reasons_against(which, noun, petition)
        return Response(
            {
                "act": str(which),
                "label": available_acts.label_of(which),
                "open": not reasons,
                "refused": "；".join(reasons),
                "url": request.path,
                "article": form.article,
                "effect": form.effect,
                "inputs": [_field(name, field) for name, field in form.fields.items()],
            }
        )

    @extend_schema(
        summary="办理",
        operation_id="petitions_act",
        parameters=[WHICH],
        request=Told,
        responses={200: Done, 403: Detail, 404: Detail, 409: Refusal, 422: Refusal},
        tags=["办理"],
    )
    def post(self, request, number, act):
        """栏目见同一地址的 GET。须审批的办成“已报请”。"""
        petition, which, noun = self._asked(number, act)
        if reasons := available_acts.reasons_against(which, noun, petition):
            return refusal("；".join(reasons))
        if not isinstance(request.data, dict):
            return refusal("请求正文应当是一个 JSON 对象")
        data, misshapen = _as_posted(request.data)
        form = FORM_FOR[which](data, petition=petition, user=request.user, noun=noun)
        if misshapen or not form.is_valid():
            return refusal(misshapen, _errors(form) if not misshapen else {})
        now = performance.fresh(petition.pk)
        seen = request.data.get("seq")
        if isinstance(seen, int) and (said := performance.clash(now, seen)):
            return refusal(said, status=409)
        done = performance.attempt(which, now, form, by=request.user, key=self._key())
        return Response(
            {
                "done": performance.words_of(which, petition, done),
                "waits_for_approval": isinstance(done, PendingAct),
                "numbers": [sibling.number for sibling in done] if isinstance(done, list) else [],
                "petition": self._picture_after(number),
            }
        )

    def _asked(self, number: str, code: str):
        """Petition, act and the noun it moves; 404 and 403 as the page answers."""
        try:
            which = Act(code)
        except ValueError as unknown:
            raise Http404("没有这个办理动作") from unknown
        if which not in FORM_FOR:
            raise Http404("没有这个办理动作")
        petition = self.petition(number)
        require(self.request.user, which, petition)
        noun = subjects.of(which, petition, self.request.user, self._key())
        if noun is None:
            raise Http404("没有可以办理的对象")
        return petition, which, noun

    def _key(self) -> int | None:
        """The service or the task of execution that the act is about."""
        told = self.request.data if isinstance(self.request.data, dict) else {}
        return next((told[name] for name in ("service", "task") if isinstance(told.get(name), int)), None)

    def _picture_after(self, number: str) -> dict[str, Any] | None:
        """None where the act took the case out of sight (移交检举控告专岗)."""
        try:
            return picture(self.petition(number), self.request.user)
        except Http404:
            return None


def _as_posted(told: dict[str, Any]) -> tuple[QueryDict, str]:
    """JSON as a browser would have posted it: true is a ticked box, false and null are not sent. And a complaint."""
    data = QueryDict(mutable=True)
    for name, value in told.items():
        values = value if isinstance(value, list) else [value]
        if name in OWN:
            continue
        if not all(one is None or isinstance(one, (str, int, float, bool)) for one in values):
            return data, f"“{name}”应当是文字、数字、true、false 或它们的列表"
        sent = ["on" if one is True else str(one) for one in values if one is not None and one is not False]
        if sent:
            data.setlist(name, sent)
    return data, ""


def _errors(form: forms.Form) -> dict[str, list[str]]:
    """Sentences by field; those of the whole form under ""."""
    return {"" if name == "__all__" else name: list(said) for name, said in form.errors.items()}


def _field(name: str, field: forms.Field) -> dict[str, Any]:
    return {
        "name": name,
        "label": field.label or name,
        "kind": _kind(field),
        "required": field.required,
        "help": str(field.help_text),
        "choices": [{"code": str(code), "label": str(label)} for code, label in _flat(getattr(field, "choices", ()))],
    }


def _kind(field: forms.Field) -> str:
    kinds = (
        (forms.ChoiceField, "choice"),
        (forms.DateField, "date"),
        (forms.IntegerField, "number"),
        (forms.BooleanField, "yes_no"),
    )
    return next((word for kind, word in kinds if isinstance(field, kind)), "text")


def _flat(choices):
    """Choices without their groups and without the empty one."""
    for code, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        elif code != "":
            yield code, label
