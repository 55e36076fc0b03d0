"""邮寄：待交邮的文书，编成一批；一批里打信封、登单号、记签收和退回。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.authority import require_holding
from desk.casework.views import refuse
from desk.menu import settled
from desk.post.forms import NumbersForm, PrintForm, ResultsForm
from documents.letters import issuance as documents
from documents.letters.impediments import LetterRefused
from petitions.act.decorator import Refused
from petitions.models import PostBatch
from petitions.service.post import rules as posting
from rulebook.acts import Act

MOST = 200  # 份：一页列得下、一批拿得动
RECENT = 10
USUAL = "邮寄文书，打印信封"


@require_http_methods(["GET", "POST"])
def waiting(request):
    """待交邮: what the user may post; the chosen ones become a batch."""
    require_holding(request.user, Act.POST)
    user = settled(request)
    if request.method == "POST":
        chosen = [int(key) for key in request.POST.getlist("service") if key.isdecimal()]
        try:
            made = posting.collect(chosen, by=user)
        except Refused as refused:
            return refuse(request, str(refused), "/post/")
        messages.success(request, f"已编成{made}，共 {len(chosen)} 份")
        return redirect("post-batch", pk=made.pk)
    found = list(posting.to_post(user)[: MOST + 1])
    batches = PostBatch.objects.filter(organ=user.office).select_related("made_by").order_by("-pk")[:RECENT]
    context = {"services": found[:MOST], "more": len(found) > MOST, "most": MOST, "batches": batches}
    return render(request, "desk/posting/waiting.html", context)


def _batch(request, pk: int):
    """The batch of the user's own office with the letters they may post; 404 for any other."""
    require_holding(request.user, Act.POST)
    user = settled(request)
    found = PostBatch.objects.filter(pk=pk, organ=user.office).select_related("made_by", "organ").first()
    if found is None:
        raise Http404("没有这一批，或者不是本单位的")
    return found, posting.items_for(found, user)


@require_GET
def batch(request, pk):
    """One batch: its letters, and the forms for what comes next."""
    found, items = _batch(request, pk)
    return _show(request, found, items)


def _show(request, found, items, *, numbers=None, results=None):
    to_post, on_way = _to_post(items), _on_way(items)
    context = {
        "batch": found,
        "items": items,
        "numbers": numbers or (NumbersForm(items=to_post) if to_post else None),
        "results": results or (ResultsForm(items=on_way) if on_way else None),
    }
    return render(request, "desk/posting/batch.html", context, status=422 if numbers or results else 200)


def _to_post(items):
    return [item for item in items if item.is_to_post]


def _on_way(items):
    return [item for item in items if item.is_on_its_way]


@require_POST
def numbers(request, pk):
    """交邮: each number is recorded; a row that is refused keeps what was typed and says why."""
    found, items = _batch(request, pk)
    form = NumbersForm(request.POST, items=_to_post(items))
    if form.is_valid():
        told = form.told()
        refused = posting.post(told, on=form.cleaned_data["on"], by=request.user)
        return _after(request, found, items, form, told, refused, "numbers", "交邮")
    return _show(request, found, items, numbers=form)


@require_POST
def results(request, pk):
    """签收、退回: likewise."""
    found, items = _batch(request, pk)
    form = ResultsForm(request.POST, items=_on_way(items))
    if form.is_valid():
        told = form.told()
        refused = posting.settle(told, by=request.user)
        return _after(request, found, items, form, told, refused, "results", "记录")
    return _show(request, found, items, results=form)


def _after(request, found, items, form, told, refused, which, word):
    """Back to the batch; where rows were refused, the form once more with only those rows."""
    done = len(told) - len(refused)
    if done:
        messages.success(request, f"已{word} {done} 份")
    if not refused:
        return redirect("post-batch", pk=found.pk)
    found, items = _batch(request, found.pk)
    form.items = [item for item in form.items if item.pk in refused or item not in told]
    form.refuse(refused)
    return _show(request, found, items, **{which: form})


@require_http_methods(["GET", "POST"])
def printing(request, pk):
    """信封、地址签: the addresses in full, so a reason is asked for and every person leaves a line."""
    found, items = _batch(request, pk)
    form = PrintForm(request.POST or None, initial={"reason": USUAL, "shape": "c5"})
    wanted = [item for item in items if item.is_to_post or item.is_on_its_way]
    if request.method == "POST" and form.is_valid() and wanted:
        try:
            people = posting.addresses(wanted, by=request.user, reason=form.cleaned_data["reason"])
            named = [{"name": party.name, "address": party.posts_to} for party in people]
            content = documents.envelopes(named, organ=found.organ, shape=form.cleaned_data["shape"])
        except (PermissionDenied, LetterRefused) as refused:
            form.add_error(None, str(refused))
        else:
            response = HttpResponse(content, content_type="application/pdf")
            response["Content-Disposition"] = f'inline; filename="post-{found.pk}.pdf"'
            response["X-Content-Type-Options"] = "nosniff"
            add_never_cache_headers(response)
            return response
    context = {"batch": found, "form": form, "wanted": wanted}
    return render(request, "desk/posting/print.html", context, status=422 if form.is_bound else 200)
