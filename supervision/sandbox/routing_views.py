"""规则试算之分流规则：拟一条，照近一年的件试算，由第二个人启用，一键退回；每个数点开是哪些件。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Organ
from petitions.act.decorator import Refused
from petitions.models import Petition
from routing.destination import routing_pack
from routing.models import RoutingRule
from supervision.models import RoutingDraft
from supervision.sandbox import ladder_drafts, routing_drafts
from supervision.sandbox.ladder_forms import known_categories
from supervision.sandbox.ladder_views import decided, standing
from supervision.sandbox.routing_forms import RoutingForm, begun_from

PAGE = 30
DOORS = {"enable": routing_drafts.enable, "undo": routing_drafts.undo, "drop": ladder_drafts.drop}
SAID = {"enable": "已启用，今天起照这条规则提建议", "undo": "已退回启用前的规则", "drop": "已作废"}
SIDES = {"then": "当时的建议", "live": "现行规则", "draft": "草案", "chosen": "人的决定"}
# 列哪些件 → 标题；另有 side=…&organ=…：这一方建议、决定去这个单位的
LISTS = {
    "all": "试算的件",
    "changed": "草案改变去向的",
    "better": "只有草案与人的决定相同的",
    "worse": "只有现行规则与人的决定相同的",
    "then-agreed": "当时的建议与人的决定相同的",
    "live-agreed": "现行规则与人的决定相同的",
    "draft-agreed": "草案与人的决定相同的",
    "decided": "人已经决定去向的",
    "moved": "现行规则与当时的建议不同的",
}
LABELS = {
    "priority": "次序",
    "words": "词语",
    "exclude": "排除词",
    "category_code": "内容分类",
    "by_category": "仅凭分类即可",
    "territory": "辖区代码",
    "target": "去向",
    "above": "被反映的是它时",
    "reason": "建议理由",
    "certainty": "可信度",
}


@require_http_methods(["GET", "POST"])
def new(request):
    """拟一条：从现行的一条改起，或者新设。"""
    _drafters_only(request.user)
    form = RoutingForm(request.POST or None, initial=begun_from(request.GET.get("rule", "").strip()))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = routing_drafts.propose(code=told["code"], rule=form.rule(), reason=told["why"], by=request.user)
        except Refused as said:
            refusal = str(said)
        else:
            messages.success(request, "已记下，一分钟内开始照近一年的件试算")
            return redirect("supervision:routing-draft", pk=made.pk)
    rules = RoutingRule.objects.filter(valid_to=None).in_order()
    context = {"form": form, "refusal": refusal, "rules": rules, "categories": known_categories()}
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/drafts/routing_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def draft(request, pk):
    """一份草案：试算的结果，启用、退回、作废。"""
    one = _one(request.user, pk)
    refusal = decided(request, one, DOORS, SAID)
    if refusal is None:
        return redirect("supervision:routing-draft", pk=one.pk)
    context = {
        "changes": _changes(one),
        "figures": _figures(one) if one.replayed_at else [],
        "organs": _organs(one) if one.replayed_at else [],
        **standing(request, one, refusal),
    }
    return render(request, "supervision/drafts/routing.html", context, status=422 if refusal else 200)


@require_GET
def cases(request, pk):
    """一个数后面的件：只列看得到的，看不到的说明有几件。"""
    one = _one(request.user, pk)
    title, found = _listed(one, request.GET)
    seen = found.filter(petition__in=Petition.objects.visible_to(request.user))
    rows = seen.select_related("petition", *(f"{side}_organ" for side in SIDES)).defer(
        "petition__excerpt", "petition__accused_text"
    )
    page = Paginator(rows.order_by("-petition"), PAGE).get_page(request.GET.get("page"))
    query = "&".join(f"{key}={request.GET[key]}" for key in ("list", "side", "organ") if request.GET.get(key))
    context = {"draft": one, "title": title, "page": page, "query": query}
    return render(request, "supervision/drafts/routing_cases.html", context | {"hidden": found.count() - seen.count()})


def _listed(one: RoutingDraft, asked):
    side, organ = asked.get("side", ""), asked.get("organ", "")
    if side in SIDES and (organ == "none" or organ.isdecimal()):
        wanted = None if organ == "none" else get_object_or_404(Organ, pk=organ)
        said = wanted.short_name if wanted else "还没有决定" if side == "chosen" else "待甄别"
        return f"{SIDES[side]}：{said}", one.cases.filter(**{f"{side}_organ": wanted})
    kind = asked.get("list", "all")
    return LISTS.get(kind, LISTS["all"]), _of(one, kind)


def _of(one: RoutingDraft, kind: str):
    match kind:
        case "changed" | "better" | "worse":
            return getattr(one.cases, kind)()
        case "then-agreed" | "live-agreed" | "draft-agreed":
            return one.cases.agreed(kind.removesuffix("-agreed"))
        case "decided":
            return one.cases.exclude(chosen_organ=None)
        case "moved":
            return one.cases.otherwise_than_then()
    return one.cases.all()


def _figures(one: RoutingDraft) -> list[dict]:
    """Each list with its count and its address."""
    here = reverse("supervision:routing-cases", args=[one.pk])
    return [
        {"title": title, "n": _of(one, kind).count(), "url": f"{here}?list={kind}"} for kind, title in LISTS.items()
    ]


def _organs(one: RoutingDraft) -> list[dict]:
    """One row for each organ any side names: how often; those that change first. None is 待甄别."""
    here = reverse("supervision:routing-cases", args=[one.pk])
    counted = {side: dict(one.cases.order_by().values_list(f"{side}_organ").annotate(n=Count("pk"))) for side in SIDES}
    names = Organ.objects.in_bulk({key for found in counted.values() for key in found if key})
    rows = []
    for key in {key for found in counted.values() for key in found}:
        ends = f"&organ={key or 'none'}"
        cells = [
            {"n": counted[side].get(key, 0), "url": f"{here}?side={side}{ends}", "side": SIDES[side]} for side in SIDES
        ]
        more = counted["draft"].get(key, 0) - counted["live"].get(key, 0)
        rows.append({"label": names[key].short_name if key else "待甄别、没有决定", "cells": cells, "more": more})
    return sorted(rows, key=lambda row: (-abs(row["more"]), row["label"]))


def _changes(one: RoutingDraft) -> list[str]:
    """What the draft changes of the rule, column by column, in sentences."""
    was = one.before if one.replayed_at else routing_pack.facts_of(one.code)
    if one.rule is None:
        return [f"停用 {one.code}"]
    if was is None:
        return [f"新设 {one.code}", *(f"{LABELS[name]}：{_word(one.rule[name])}" for name in LABELS if one.rule[name])]
    said = []
    for name in LABELS:
        if was[name] == one.rule[name]:
            continue
        if name in ("words", "exclude"):
            came = [word for word in one.rule[name] if word not in was[name]]
            gone = [word for word in was[name] if word not in one.rule[name]]
            said += [f"{LABELS[name]}{how}：{_word(words)}" for how, words in (("增加", came), ("去掉", gone)) if words]
        else:
            said.append(f"{LABELS[name]}由“{_word(was[name])}”改为“{_word(one.rule[name])}”")
    return said


def _word(value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else str(value) or "空"


def _one(user, pk) -> RoutingDraft:
    _drafters_only(user)
    return get_object_or_404(RoutingDraft.objects.select_related("made_by", "decided_by", "undone_by"), pk=pk)


def _drafters_only(user) -> None:
    if not ladder_drafts.may_draft(user):
        raise PermissionDenied("您的岗位不能草拟分流规则；请联系督查人员或者系统管理员")
