"""虚假办结核查：清单、逐件认定、补记漏掉的。只有能下督办单的岗位看得到；检举控告和保密件不列。"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.authority import require_holding
from accounts.privacy import mask_text
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from supervision.hollow import verdicts
from supervision.hollow.weights import Code
from supervision.models import CheckState, HollowCheck
from supervision.orders.forms import words

SHOWN = 15
VIEWS = (("open", "待认定"), ("confirmed", "属虚假办结"), ("dismissed", "不属虚假办结"))


class VerdictForm(forms.Form):
    words = words("认定理由", missing="请写明看了哪些材料、为什么属于或者不属于", longest=verdicts.LONGEST)


class MissedForm(forms.Form):
    number = forms.CharField(label="编号", max_length=44, error_messages={"required": "请填写信访件编号"})
    words = words("理由", missing="请写明为什么属于虚假办结", rows=2, longest=verdicts.LONGEST)


@require_http_methods(["GET", "POST"])
def listing(request):
    """The checks, the weightiest first; how often each signal was right; 这件也是."""
    require_holding(request.user, Act.ORDER)
    form = MissedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = verdicts.add_missed(told["number"], by=request.user, words=told["words"])
        except (Refused, PermissionDenied) as said:
            form.add_error("number", str(said))
        else:
            messages.success(request, "已补记为虚假办结")
            return redirect("supervision:hollow-check", pk=made.pk)
    checks = verdicts.seen_by(request.user)
    view = request.GET.get("view", "")
    view = view if view in dict(VIEWS) else "open"
    counts = verdicts.counts(checks)
    counts["judged"] = counts["confirmed"] + counts["dismissed"]
    page, rows = _page(checks.filter(state=view), view, request.GET.get("page", ""))
    context = {
        "form": form,
        "view": view,
        "tabs": [
            {"label": label, "url": f"?view={key}", "count": _count(counts, key), "current": key == view}
            for key, label in VIEWS
        ],
        "counts": counts,
        "records": verdicts.records(checks),
        "rows": rows,
        **page,
    }
    return render(request, "supervision/hollow.html", context, status=422 if form.errors else 200)


def _count(counts: dict[str, int], view: str) -> int:
    return counts[view] + (counts["missed"] if view == CheckState.CONFIRMED else 0)


def _page(found, view: str, asked: str) -> tuple[dict, list[HollowCheck]]:
    """The rows of the page asked for, and the addresses of the pages beside it."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    first = (max(number, 1) - 1) * SHOWN
    order = ("-score", "-pk") if view == CheckState.OPEN else ("-verdict_at", "-pk")
    rows = list(found.for_lists().order_by(*order)[first : first + SHOWN + 1])
    address = f"?view={view}&page="
    beside = {
        "prev_url": f"{address}{number - 1}" if number > 1 else "",
        "next_url": f"{address}{number + 1}" if len(rows) > SHOWN else "",
        "page_text": f"本页 {len(rows[:SHOWN])} 件",
    }
    return beside, rows[:SHOWN]


@require_http_methods(["GET", "POST"])
def check(request, pk):
    """One closing: what speaks against it, what was asked and answered, and the verdict."""
    require_holding(request.user, Act.ORDER)
    one = get_object_or_404(
        verdicts.seen_by(request.user).select_related("petition__organ__office", "petition__submission", "verdict_by"),
        pk=pk,
    )
    form, refusal = VerdictForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        verdict = request.POST.get("verdict", "")
        try:
            verdicts.judge(one, by=request.user, verdict=verdict, words=form.cleaned_data["words"])
        except (Refused, PermissionDenied) as said:
            refusal = str(said)
            one.refresh_from_db(fields=["state", "verdict", "verdict_at", "verdict_by"])
        else:
            messages.success(request, f"已认定{CheckState(verdict).label}")
            return redirect("supervision:hollow-check", pk=one.pk)
    context = {
        "check": one,
        "petition": one.petition,
        "form": form,
        "refusal": refusal,
        "signals": _signals(one, request.user),
        "claims": [
            {"number": claim.number, "text": mask_text(claim.text), "finding": claim.get_finding_display()}
            | {"answer": mask_text(claim.answer)}
            for claim in one.petition.claims.order_by("number")
        ],
    }
    status = 422 if form.errors or refusal else 200
    return render(request, "supervision/hollow_check.html", context, status=status)


def _signals(one: HollowCheck, user) -> list[dict]:
    """The reasons, each with a link to the petition it speaks of where the user may see that one."""
    keys = [row["about"] for row in one.signals if row["about"]]
    seen = dict(Petition.objects.visible_to(user).filter(pk__in=keys).values_list("pk", "number")) if keys else {}
    return [
        {"label": Code(row["code"]).label, "reason": row["reason"], "number": seen.get(row["about"], "")}
        for row in one.signals
    ]
