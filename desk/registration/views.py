"""登记台的门：录入、比对、草稿、登记。业务在 saving、panel、drafts，这里只接和答。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.authority import require_holding
from desk.hall import phrases, window
from desk.menu import settled
from desk.registration import (
    claim_lines,
    comparison_panel,
    element_prompts,
    last_registration,
    name_roll,
    next_steps,
    register_choices,
    register_drafts,
    register_petition,
    submitted_parties,
    uploads,
)
from desk.registration.forms import RegistrationForm
from petitions.act.decorator import Refused
from petitions.act.states import Channel, Kind
from rulebook.acts import Act
from rulebook.timekeeping import today

# 平时折起的那些项
FOLDED = (
    *("agent_nm", "agent_id", "agent_tel", "agent_rel", "deliver", "addressee"),
    *("roll", "late", "lateat", "latewhy", "paperno"),
)
KNOWN = "known:"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request):
    """The desk: one page for four channels. `?ch=` chooses the channel, `?draft=` brings a draft back."""
    require_holding(request.user, Act.REGISTER)
    return _posted(request) if request.method == "POST" else _empty_or_draft(request)


def _empty_or_draft(request):
    channel = request.GET.get("ch", "")
    start = QueryDict(mutable=True)
    start["channel"] = channel if channel in Channel.values else "visit"
    start.update({"ppl": "1", "aim": Kind.APPEAL, "day": today().isoformat(), "idst": "stated"})
    start["loc"] = register_choices.usual_area(settled(request).office)
    found = None
    if key := request.GET.get("draft"):
        found = register_drafts.find(request.user, key)
        if found is None:
            messages.warning(request, "这份草稿已登记或已删除")
    return _page(request, _unchecked(request, found or start), found or start)


def _posted(request):
    """Files are kept first, whatever happens to the rest."""
    kept, refused = uploads.keep(request.FILES.getlist("files"), by=request.user)
    kept = [*uploads.redeem(request.POST.getlist("kept"), request.user), *kept]
    do = request.POST.get("do", "print")
    if do == "draft":
        return _put_aside(request, kept, refused)
    if do in window.AT_THE_DESK:
        return _hall(request, kept, refused, do)
    if do == "phrase":
        return _put_in(request, kept, refused)
    if do.startswith(KNOWN):
        return _carried_over(request, kept, refused, do.removeprefix(KNOWN))
    if do == "channel" or do.startswith("tie:"):
        data = request.POST.copy()
        if do != "channel":
            data["tie"], _, data["repeat"] = do.removeprefix("tie:").partition(":")
        return _page(request, _unchecked(request, data), data, kept, refused)
    form = RegistrationForm(request.POST, office=settled(request).office, by=request.user)
    valid = form.is_valid() and not refused
    if valid and form.is_undecided:
        form.demand_decision()
        return _page(request, form, request.POST, kept, checking=True)
    if not valid:
        for sentence in refused:
            form.add_error(None, sentence)
        return _page(request, form, request.POST, kept)
    try:
        saved = register_petition.save(form, kept, by=request.user)
    except (Refused, PermissionDenied) as reason:
        form.add_error("why" if isinstance(reason, register_petition.ReasonWanted) else None, str(reason))
        return _page(request, form, request.POST, kept)
    register_drafts.drop(request.user, request.POST.get("draft", ""))
    return _registered(request, saved, do)


def _registered(request, saved, do):
    for note in saved.notes:
        messages.warning(request, note)
    petition = saved.petition
    empty = f"{reverse('register')}?ch={petition.submission.channel}"
    if do == "next":
        messages.success(request, f"已登记 {petition.number}，可以接下一位。回执可在信访件页打印。")
        return redirect(empty)
    done = reverse("register-done", args=[petition.number])
    letter = next_steps.receipt_of(petition)
    if letter is None or petition.kind == Kind.REPORT or saved.notes:
        return redirect(done)
    proposal = petition.routing_proposals.order_by("-pk").first()
    more_to_do = next_steps.on_the_spot(request.user, petition, proposal)
    query = QueryDict(mutable=True)
    query.update({"print": "1", "next": done if more_to_do else reverse("register")})
    return redirect(f"{next_steps.letter_url(petition, letter)}?{query.urlencode(safe='/')}")


def _put_aside(request, kept, refused, *, told=True):
    """`told`: whether the clerk asked for it and hears of an empty form too."""
    data = request.POST.copy()
    data.setlist("kept", [uploads.ticket(attachment, request.user) for attachment in kept])
    for sentence in refused:
        messages.warning(request, sentence)
    if register_drafts.keep(request.user, data) is not None:
        messages.success(request, "已暂存，可从“草稿”继续录入")
    elif told:
        messages.warning(request, "还没有录入内容，没有暂存")
    return redirect(f"{reverse('register')}?ch={data.get('channel', 'visit')}")


def _hall(request, kept, refused, do):
    """叫下一号 puts aside what stands in the form; 开始接待 and 未到 leave it standing."""
    try:
        said = window.perform(request, settled(request).office, do)
    except (Refused, PermissionDenied) as reason:
        messages.warning(request, str(reason))
        return _page(request, _unchecked(request, request.POST), request.POST, kept, refused)
    messages.success(request, said)
    if do == window.CALL:
        return _put_aside(request, kept, refused, told=False)
    return _page(request, _unchecked(request, request.POST), request.POST, kept, refused)


def _put_in(request, kept, refused):
    """A phrase of the office after what stands in the text; without a script the button does it."""
    data, key = request.POST.copy(), request.POST.get("phrase", "")
    chosen = next((row for row in phrases.of(settled(request).office) if str(row.pk) == key), None)
    if chosen is None:
        messages.warning(request, "请先选一条常用概况，再插入")
    else:
        data["txt"] = phrases.insert(data.get("txt", ""), chosen.body)
    return _page(request, _unchecked(request, data), data, kept, refused)


def _carried_over(request, kept, refused, number):
    """What was given at the last registration, into what is still empty; the cursor goes on to the matter."""
    data = request.POST.copy()
    try:
        last_registration.carry_over(request.user, number, data)
    except Refused as reason:
        messages.warning(request, str(reason))
        return _page(request, _unchecked(request, data), data, kept, refused)
    messages.success(request, "已沿用上次登记的联系信息，请与信访人核对")
    return _page(request, _unchecked(request, data), data, kept, refused, start_at="txt")


def _unchecked(request, data) -> RegistrationForm:
    """The form as typed, not judged."""
    initial = {name: data[name] for name in data if name in RegistrationForm.base_fields}
    form = RegistrationForm(None, office=settled(request).office, by=request.user, initial=initial)
    form.people, form.listed = submitted_parties.representatives(data), name_roll.read(data)
    return form


def _page(request, form, data, kept=(), refused=(), *, checking=False, start_at="idno"):
    office = form.office
    typed = comparison_panel.Typed.of(data)
    found = comparison_panel.compare(request.user, office, typed)
    rows = [
        *form.people,
        *[submitted_parties.Representative()] * max(0, submitted_parties.ROWS_SHOWN - len(form.people)),
    ]
    channel = typed.channel if typed.channel in Channel.values else "visit"
    hall = window.strip(request.user, office)
    if not kept and not form.is_bound:
        kept = uploads.redeem(data.getlist("kept"), request.user)
    context = {
        "form": form,
        "channel": channel,
        "channel_label": Channel(channel).label,
        "channels": zip(Channel.choices, ("users", "mail", "phone", "globe"), strict=True),
        "areas": register_choices.areas(office),
        "unit_groups": register_choices.units(office),
        "category_groups": register_choices.categories(),
        "due": comparison_panel.due_rail(office),
        "rep_rows": rows,
        "roll": form.listed,
        "details_open": _details_open(form, channel),
        "kept": [(attachment, uploads.ticket(attachment, request.user)) for attachment in kept],
        "draft": register_drafts.key_of(data),
        "draft_count": register_drafts.of(request.user).count(),
        "checking": checking,
        "start_at": "" if form.errors else start_at,
        "hall": hall,
        "phrases": phrases.of(office),
        "visit": data.get("visit") or (hall.mine.pk if hall.mine and channel == "visit" else ""),
        "decided": bool(data.get("seen")) or form.is_bound,
        "refused": refused,
        **_compared(request.user, found, data),
    }
    return render(request, "desk/register.html", context)


def _compared(user, found, data) -> dict:
    parsed = "\n".join(claim_lines.split(found.typed.text))
    return {
        "found": found,
        "known": last_registration.latest(user, found.history),
        "claims_text": "\n".join(found.typed.claims),
        "parsed": parsed,
        "prompts": element_prompts.prompted(user, found, data),
    }


def _details_open(form, channel) -> bool:
    """The folded part shows by itself where it holds something, or something in it is wrong."""
    folded = FOLDED + (("day",) if channel == "visit" else ())
    head_count = str(form["ppl"].value() or "")
    crowd = channel == "visit" and head_count.isdecimal() and int(head_count) >= 5
    more = form.people or form.listed.lines or form["late"].value()
    return bool(crowd or more or form["agent"].value() or any(form[name].errors for name in folded))


@require_POST
def compare(request):
    """The panel beside the form, and what changes in ① to ③ with it. POST, so that nobody's number stands in a URL."""
    require_holding(request.user, Act.REGISTER)
    found = comparison_panel.compare(request.user, settled(request).office, comparison_panel.Typed.of(request.POST))
    return render(
        request,
        "desk/register_panel.html",
        _compared(request.user, found, request.POST) | {"oob": True, "decided": True},
    )


@require_POST
def autosave(request):
    """Keep what is typed. Answers {"draft": key}, or {} where there is nothing to keep."""
    require_holding(request.user, Act.REGISTER)
    draft = register_drafts.keep(request.user, request.POST)
    return JsonResponse({"draft": draft.key} if draft else {})


@never_cache
def draft_list(request):
    """The clerk's own drafts."""
    require_holding(request.user, Act.REGISTER)
    rows = [register_drafts.described(draft) for draft in register_drafts.of(request.user)]
    return render(request, "desk/register_drafts.html", {"rows": rows, "kept_days": register_drafts.KEPT_DAYS})


@require_POST
def draft_drop(request, key):
    """Throw one draft away."""
    register_drafts.drop(request.user, key)
    if request.htmx:
        return HttpResponse("")
    messages.success(request, "草稿已删除")
    return redirect("register-drafts")
