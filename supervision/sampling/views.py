"""质量评查：方案、抽定的名单、评查表、定分、结果。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import holds, require_holding
from accounts.privacy import mask_text
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from supervision.models import Reading, SamplePlan
from supervision.sampling import plans, results, scoring
from supervision.sampling.forms import LETTERS, PlanForm, ReadersForm, SettleForm, SheetForm, basis_of

SHOWN = 50  # 清单里最近的多少个方案、多少份待评
PAGE = 20  # 名单一页多少件
WORST = 20  # 结果页列多少件不合格的


@require_GET
def listing(request):
    """The plans, and the sheets the user still has to fill."""
    require_holding(request.user, Act.SAMPLE)
    found = plans.seen_by(request.user).select_related("office", "owner").order_by("-drawn_at", "-pk")
    waiting = (
        scoring.readable(request.user)
        .filter(done_at=None)
        .select_related("sampled__plan", "sampled__petition__organ")
        .order_by("sampled__plan", "sampled__place")
    )
    context = {"plans": plans.with_progress(found)[:SHOWN], "waiting": waiting[:SHOWN]}
    return render(request, "supervision/sampling/listing.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    """立方案：先看各层件数，再一次抽定。"""
    require_holding(request.user, Act.SAMPLE)
    form = PlanForm(request.POST or None, user=request.user)
    preview = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            if request.POST.get("do") == "draw":
                made, empty = plans.make(request.user, **told)
                _say_empty(request, f"已抽定 {made.sampled.count()} 件", empty)
                return redirect("supervision:sample", pk=made.pk)
            asked = {name: value for name, value in told.items() if name not in ("name", "readers_named")}
            preview = plans.would_draw(request.user, **asked)
        except Refused as refused:
            form.add_error(None, str(refused))
    status = 422 if request.method == "POST" and preview is None else 200
    context = {"form": form, "preview": preview, "strata": plans.in_words(preview.strata) if preview else []}
    return render(request, "supervision/sampling/plan_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def plan(request, pk):
    """一个方案：条件、各层、名单和进度；缺评查人的在这里增补。"""
    one = _plan(request, pk)
    owns = one.owner_id == request.user.pk
    form = ReadersForm(request.POST or None, plan=one) if owns else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(f"评查人由方案的主持人（{one.owner.name}）增补")
        if form.is_valid():
            try:
                _say_empty(request, "已增补评查人", plans.add_readers(one, by=request.user, **form.cleaned_data))
                return redirect("supervision:sample", pk=one.pk)
            except Refused as refused:
                form.add_error(None, str(refused))
    seen = Petition.objects.visible_to(request.user, Act.SAMPLE)
    listed = one.sampled.filter(petition__in=seen.values("pk")).select_related("petition__organ", "plan")
    page = Paginator(plans.with_sheets(listed.order_by("place")), PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": one,
        "strata": plans.in_words(one.strata),
        "page": page,
        "prev_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
        "rows": [(row, _state(row)) for row in page],
        "whole": plans.is_whole(one),
        "workload": plans.workload(one),
        "form": form,
        "own": dict(Reading.objects.filter(sampled__plan=one, reader=request.user).values_list("sampled_id", "pk")),
    }
    return render(request, "supervision/sampling/plan.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def sheet(request, pk):
    """评查表：暂存，或者交表；交了就不能再改。"""
    require_holding(request.user, Act.SAMPLE)
    found = scoring.readable(request.user).select_related("sampled__plan__sheet", "sampled__petition__organ")
    one = get_object_or_404(found, pk=pk)
    if one.done_at:
        return redirect("supervision:sample-pair", pk=one.sampled.plan_id, place=one.sampled.place)
    hand_in = request.POST.get("do") == "hand_in"
    kept = SheetForm.initial_of(one)
    form = SheetForm(request.POST or None, sheet=one.sampled.plan.sheet, hand_in=hand_in, initial=kept)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("remark", "version")}
        try:
            scoring.save(one, by=request.user, answers=form.answers, hand_in=hand_in, **told)
        except Refused as refused:
            form.add_error(None, str(refused))
            form.data = form.data.copy()
            form.data["version"] = Reading.objects.values_list("version", flat=True).get(pk=one.pk)
        else:
            messages.success(request, "已交评查表" if hand_in else "已暂存，尚未交表")
            return redirect("supervision:samples" if hand_in else request.path)
    context = {"reading": one, "sampled": one.sampled, "petition": one.sampled.petition, "form": form}
    return render(request, "supervision/sampling/sheet.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def pair(request, pk, place):
    """两份并排：都交了才看得见；不同的项由主持人逐项定。"""
    one = _plan(request, pk)
    seen = Petition.objects.visible_to(request.user, Act.SAMPLE)
    found = one.sampled.filter(petition__in=seen.values("pk")).select_related("petition__organ")
    sampled = get_object_or_404(found, place=place)
    sampled.plan = one
    both = scoring.Pair.of(sampled)
    form = None
    if both.both_in and not sampled.settled_at and one.owner_id == request.user.pk:
        form = SettleForm(request.POST or None, pair=both)
    if request.method == "POST":
        if form is None:
            messages.warning(request, "这一件现在不能定分：已经定过，或者两份评查表还没有都交来")
            return redirect(request.path)
        if form.is_valid():
            try:
                scoring.settle(sampled, by=request.user, decided=form.decided)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, f"第 {place} 件已定分")
                return redirect("supervision:sample", pk=one.pk)
    context = {
        "plan": one,
        "sampled": sampled,
        "petition": sampled.petition,
        "both": both,
        "rows": _compared(one.sheet, both, sampled) if both.both_in else [],
        "remarks": _remarks(both) if both.both_in else [],
        "score": one.sheet.score(sampled.answers) if sampled.settled_at else None,
        "form": form,
    }
    return render(request, "supervision/sampling/pair.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def result(request, pk):
    """结果：按单位、按项目、两人的一致程度。"""
    one = _plan(request, pk)
    told = results.of(one, request.user)
    context = {
        "plan": one,
        "results": told,
        "weakest": told.weakest,
        "below": told.below[:WORST],
        "may_order": holds(request.user, Act.ORDER),
        "may_amend": holds(request.user, Act.AMEND),
    }
    return render(request, "supervision/sampling/results.html", context)


def _plan(request, pk) -> SamplePlan:
    require_holding(request.user, Act.SAMPLE)
    found = plans.seen_by(request.user).select_related("office", "owner", "sheet")
    one = found.filter(pk=pk).first()
    if one is None:
        raise Http404("没有这个质量评查方案，或者您无权查看")
    return one


def _say_empty(request, done: str, empty: int) -> None:
    if empty:
        messages.warning(request, f"{done}；还缺 {empty} 个评查人的位置，请增补与这些件无涉的评查人")
    else:
        messages.success(request, f"{done}，每件都有两名评查人")


def _state(row) -> str:
    """What a row of the list waits for; never what anybody found."""
    if row.settled_at:
        return "已定分"
    if row.handed_in == 2:
        return "待定分"
    return f"已交 {row.handed_in} 份" if row.assigned == 2 else f"缺 {2 - row.assigned} 名评查人"


def _remarks(both) -> list[tuple[str, str]]:
    said = (("甲", both.first.remark), ("乙", both.second.remark))
    return [(who, mask_text(remark)) for who, remark in said if remark]


def _compared(sheet, both, sampled) -> list[dict]:
    reasons = {one.item: one for one in sampled.settlements.all()}
    return [
        {
            "item": item,
            "basis": basis_of(item),
            "first": LETTERS[both.first.answers[item["code"]]],
            "second": LETTERS[both.second.answers[item["code"]]],
            "settled": LETTERS.get(sampled.answers.get(item["code"], ""), ""),
            "reason": mask_text(reasons[item["code"]].reason) if item["code"] in reasons else "",
        }
        for item in sheet.items
    ]
