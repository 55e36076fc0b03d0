"""规则试算：拟一张阶梯，照近一年的日志走一遍，看多响少响；由第二个人启用，一键退回。"""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import holds
from accounts.models import Organ
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.books import rule_set_on, settings_of
from rulebook.terms import BY_CODE, Kind
from rulebook.timekeeping import today
from supervision.ladder import ladder_pack
from supervision.ladder.rungs import LEVEL_NAMES
from supervision.models import LadderDraft, RoutingDraft
from supervision.sandbox import ladder_drafts
from supervision.sandbox.ladder_forms import (
    NamedForm,
    TextForm,
    known_categories,
    one_row_more,
    one_row_open,
    rungs_form,
)

ORGANS = 12  # 单位：变化最大的列这么多
DOORS = {"enable": ladder_drafts.enable, "undo": ladder_drafts.undo, "drop": ladder_drafts.drop}
SAID = {"enable": "已启用，今天起照这张阶梯提醒", "undo": "已退回启用前的阶梯", "drop": "已作废"}


@require_GET
def listing(request):
    """The drafts, newest first."""
    _drafters_only(request.user)
    found = LadderDraft.objects.select_related("made_by", "decided_by").order_by("-pk")[:50]
    routing = RoutingDraft.objects.select_related("made_by", "decided_by").order_by("-pk")[:50]
    return render(request, "supervision/drafts/listing.html", {"drafts": found, "routing": routing})


@require_http_methods(["GET", "POST"])
def new(request):
    """拟稿：一行一级，从现行的阶梯改起；“改”一行、“再加一行”把填过的原样带回来。"""
    _drafters_only(request.user)
    doing, _, row = request.POST.get("do", "").partition("-")
    if doing in ("add", "open"):
        named = {name: request.POST.get(name, "") for name in NamedForm.base_fields}
        rows = one_row_more(request.POST) if doing == "add" else one_row_open(request.POST, row)
        return _table(request, NamedForm(initial=named), rungs_form(rows=rows))
    form = NamedForm(request.POST or None)
    rungs = rungs_form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() & rungs.is_valid():
        return _proposed(request, text=rungs.text(), **form.cleaned_data)
    return _table(request, form, rungs)


@require_http_methods(["GET", "POST"])
def new_text(request):
    """拟稿，粘贴或导出 ladder.toml 的文字。"""
    _drafters_only(request.user)
    form = TextForm(request.POST or None, initial={"text": ladder_pack.written(ladder_pack.rungs_in_force())})
    if request.method == "POST" and form.is_valid():
        return _proposed(request, **form.cleaned_data)
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/drafts/text.html", {"form": form}, status=status)


def _table(request, form, rungs):
    terms = [term for term in BY_CODE.values() if term.kind is not Kind.RIGHT]
    hours = settings_of(rule_set_on(today()))["reminder_hours"]
    context = {"form": form, "rungs": rungs, "terms": terms, "categories": known_categories(), "hours": hours}
    return render(request, "supervision/drafts/form.html", context, status=422 if form.is_bound else 200)


def _proposed(request, **told):
    made = ladder_drafts.propose(by=request.user, **told)
    messages.success(request, "已记下，一分钟内开始照近一年的日志试算")
    return redirect("supervision:draft", pk=made.pk)


@require_http_methods(["GET", "POST"])
def draft(request, pk):
    """一份草案：试算的结果，启用、退回、作废。"""
    _drafters_only(request.user)
    one = get_object_or_404(LadderDraft.objects.select_related("made_by", "decided_by", "undone_by"), pk=pk)
    refusal = decided(request, one, DOORS, SAID)
    if refusal is None:
        return redirect("supervision:draft", pk=one.pk)
    context = {
        "result": _result(one.result, request.user) if one.result else None,
        "changes": _changes(one),
        **standing(request, one, refusal),
    }
    return render(request, "supervision/drafts/draft.html", context, status=422 if refusal else 200)


def decided(request, one, doors: Mapping[str, Callable], said: Mapping[str, str]) -> str | None:
    """启用、退回、作废 by POST: None where it was done, else why not; empty where nothing was asked for."""
    if request.method != "POST":
        return ""
    wanted = request.POST.get("do", "")
    if wanted not in doors:
        return "没有这一项操作，请刷新后重试"
    try:
        doors[wanted](one, by=request.user)
    except (Refused, PermissionDenied) as refused:
        return str(refused)
    messages.success(request, said[wanted])
    return None


def standing(request, one, refusal: str) -> dict:
    """What the page of any draft says of it, and what the user may do next."""
    configures = holds(request.user, Act.CONFIGURE)
    return {
        "draft": one,
        "refusal": refusal,
        "may_enable": one.state == "draft" and configures,
        "may_undo": one.state == "enabled" and configures,
        "may_drop": one.state == "draft",
    }


def _drafters_only(user) -> None:
    if not ladder_drafts.may_draft(user):
        raise PermissionDenied("您的岗位不能草拟提醒阶梯；请联系督查人员或者系统管理员")


def _changes(one: LadderDraft) -> list[str]:
    """What the draft changes of the ladder it is laid beside, rung by rung, in sentences."""
    beside = one.before if one.before is not None else ladder_pack.rungs_in_force()
    return ladder_pack.differences(beside, ladder_pack.understood(one.text).rungs)


def _result(result: dict, user) -> dict:
    """The stored counts as the page says them; petitions only where the user may see them."""
    keys = [key for name in ("gained", "lost") for key, _ in result[name]]
    seen = Petition.objects.visible_to(user).filter(pk__in=keys).select_related("organ")
    petitions = {petition.pk: petition for petition in seen.defer("excerpt", "accused_text")}
    organs = {str(organ.pk): organ.short_name for organ in Organ.objects.filter(pk__in=_keys(result["organs"]))}
    by_organ = [row | {"label": organs.get(row["key"], "")} for row in _rows(result["organs"])]
    return {
        "lives": result["lives"],
        "levels": [row | {"label": f"L{row['key']} {LEVEL_NAMES[int(row['key'])]}"} for row in _rows(result["levels"])],
        "terms": [row | {"label": BY_CODE[row["key"]].label} for row in _rows(result["terms"])],
        "organs": sorted(by_organ, key=lambda row: -abs(row["more"]))[:ORGANS],
        "gained": [(petitions[key], times) for key, times in result["gained"] if key in petitions],
        "lost": [(petitions[key], times) for key, times in result["lost"] if key in petitions],
        "gained_petitions": result["gained_petitions"],
        "lost_petitions": result["lost_petitions"],
        "live": sum(result["levels"]["live"].values()),
        "draft": sum(result["levels"]["draft"].values()),
    }


def _keys(counted: dict) -> set[str]:
    return {key for side in counted.values() for key in side if key.isdecimal()}


def _rows(counted: dict) -> list[dict]:
    """One row for each key of either side: how often it rang with the ladder in force and with the draft."""
    keys = sorted(counted["live"].keys() | counted["draft"].keys())
    rows = [{"key": key, "live": counted["live"].get(key, 0), "draft": counted["draft"].get(key, 0)} for key in keys]
    return [row | {"more": row["draft"] - row["live"]} for row in rows]
