"""征集活动、一页一件事的提交、凭查询码查询、采纳公布。"""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.privacy import keyed_hash
from accounts.session.languages import said
from accounts.session.origin import address_of
from petitions.act.decorator import Refused
from public import throttle
from public.frame import draw
from public.progress import credentials
from public.suggestions import forms, suggestion_wording
from routing.models import Campaign, Step, Suggestion
from routing.suggestions import receipt
from rulebook.timekeeping import today

PAGE = 20  # 条
PARTS = ("words", "who", "send")
FORM = "write"  # 各步的表单：页头换语言、换字号的开关也交它，填的不丢


@login_not_required
@require_GET
def home(request):
    """The campaigns that are open, and what came of earlier suggestions."""
    found = Campaign.objects.open_on(today()).filter(channels__contains=["web"]).select_related("organ")
    latest = Suggestion.objects.published().select_related("organ").prefetch_related("outcomes")[:3]
    return draw(request, "public/suggest/home.html", {"campaigns": found, "latest": latest})


@login_not_required
@require_GET
def campaign(request, pk):
    """One campaign: what is asked, until when, by which ways."""
    one = get_object_or_404(Campaign.objects.select_related("organ"), pk=pk)
    open_now = one.is_open_on(today())
    context = {"campaign": one, "open": open_now, "by_web": open_now and "web" in one.channels}
    return draw(request, "public/suggest/campaign.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, pk):
    """一页一件事：说什么 → 留不留姓名 → 核对 → 回执。填过的随页带着，服务器上不留半份。"""
    one = get_object_or_404(Campaign.objects.select_related("organ__office"), pk=pk)
    if not one.is_open_on(today()) or "web" not in one.channels:
        return draw(request, "public/suggest/campaign.html", {"campaign": one, "open": False}, status=410)
    if request.method != "POST":
        return _page(request, one, "words", {"key": str(uuid.uuid4())})
    words = forms.WordsForm(request.POST, campaign=one)
    who = forms.WhoForm(request.POST)
    part = request.POST.get("part", "")
    if back := request.POST.get("back", ""):
        organ = words.cleaned_data["organ"] if words.is_valid() else None
        return _page(request, one, back if back in PARTS else "words", request.POST, organ=organ)
    if not words.is_valid() or part not in PARTS:
        return _page(request, one, "words", request.POST, words=words, status=422)
    if part == "words":
        return _page(request, one, "who", request.POST)
    if not who.is_valid():
        return _page(request, one, "who", request.POST, who=who, status=422)
    if part == "who":
        return _page(request, one, "send", request.POST, organ=words.cleaned_data["organ"])
    return _send(request, one, words.cleaned_data, who.cleaned_data)


def _send(request, one, words, who):
    key = forms.KeyForm(request.POST)
    if not key.is_valid():
        return _page(request, one, "words", request.POST | {"key": str(uuid.uuid4())}, status=422)
    if not throttle.attempt([f"public:suggest:{keyed_hash(address_of(request))}"]):
        return _page(
            request, one, "send", request.POST, organ=words["organ"], fault=suggestion_wording.THROTTLED, status=429
        )
    try:
        made = receipt.receive(campaign=one, once_key=key.cleaned_data["key"], **words, **who)
    except Refused as refused:
        return _page(request, one, "words", request.POST, fault=said(refused), status=422)
    # 换语言、换字号时原样再交一次：同一把钥匙，还是这一张回执
    context = {"suggestion": made, "campaign": one, "hidden": _told(request.POST).items(), "keeps": {"form": FORM}}
    return draw(request, "public/suggest/receipt.html", context)


def _told(told) -> dict[str, str]:
    return {name: told.get(name, "") for name in ("title", "body", "organ", "name", "phone", "key")}


def _page(request, one, part, told, *, words=None, who=None, organ=None, fault="", status=200):
    """One part of the form; what the other parts hold goes along hidden."""
    kept = _told(told)
    shown = {"words": ("title", "body", "organ"), "who": ("name", "phone"), "send": ()}[part]
    context = {
        "campaign": one,
        "part": part,
        "words": words or forms.WordsForm(initial=kept, campaign=one),
        "who": who or forms.WhoForm(initial=kept),
        "told": kept,
        "organ": organ or one.organ,
        "hidden": [(name, value) for name, value in kept.items() if name not in shown],
        "fault": fault,
        "keeps": {"form": FORM, "part": part},
    }
    return draw(request, "public/suggest/write.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request):
    """Where one's own suggestion stands; the same words for a wrong code and a wrong PIN."""
    if request.method != "POST":
        return draw(request, "public/suggest/follow.html", {"form": forms.FollowForm()})
    form = forms.FollowForm(request.POST)
    if not form.is_valid():
        return draw(request, "public/suggest/follow.html", {"form": form}, status=422)
    told = form.cleaned_data
    keys = throttle.keys_of(request, credentials.plain(told["code"]))
    if not throttle.attempt(keys):
        form.add_error(None, suggestion_wording.TOO_OFTEN)
        return draw(request, "public/suggest/follow.html", {"form": form}, status=429)
    found = credentials.suggestion_of(told["code"], phone_tail=told["tel4"], pin=told["pin"])
    if found is None:
        form.add_error(None, suggestion_wording.SAME_WORDS)
        return draw(request, "public/suggest/follow.html", {"form": form}, status=422)
    throttle.forgive(keys)
    return draw(request, "public/suggest/progress.html", _progress(found))


def _progress(own: Suggestion) -> dict:
    """One's own words and dates; of what it was merged into, the result, the reply and what it became."""
    main = Suggestion.objects.select_related("organ__office").get(pk=own.merged_into_id or own.pk)
    lines = list(own.steps.select_related("to").order_by("seq"))
    if own.merged_into_id:
        joined_at = max(line.at for line in lines if line.step == Step.MERGED)
        later = main.steps.select_related("to").filter(at__gt=joined_at).order_by("seq")
        lines += later.exclude(step=Step.RECEIVED)
    replied = main.state == Suggestion.State.REPLIED
    return {
        "own": own,
        "main": main,
        "together": suggestion_wording.TOGETHER if own.merged_into_id else "",
        "sentence": suggestion_wording.sentence(main),
        "due_on": main.due_on if main.state in ("received", "studying") else None,
        "steps": [(line.at, words) for line in lines if (words := suggestion_wording.step(line))],
        "replied": replied,
        "outcomes": main.outcomes.order_by("on", "pk") if replied else [],
        "progress": main.steps.filter(step=Step.PROGRESSED).order_by("seq") if replied else [],
    }


@login_not_required
@require_GET
def adopted(request):
    """采纳公布：the public list, without persons."""
    found = Suggestion.objects.published().select_related("organ").prefetch_related("outcomes")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return draw(request, "public/suggest/adopted.html", {"page": page})
