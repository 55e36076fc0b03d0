"""信访人在进度页上提出一项：凭页面上的签名，不凭网址；同一张表再发一次，还是那一项。"""

from contextlib import ExitStack

from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.session.languages import said
from documents.files import attachment_store
from documents.letters.impediments import FileRefused
from documents.models import Attachment
from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor, Refused, Stale
from petitions.act.states import ActorKind
from petitions.models import Party, PartyRequest, Proceeding
from public import throttle
from public.progress import credentials, own_progress, progress_page
from public.requests.offers import Offer
from public.submission import limits, web_files
from rulebook.acts import Act
from rulebook.timekeeping import today

THANKS = _("已经收到，记在这件事的办理经过里；谁来办、最迟哪天，写在下面。")
AGAIN = _("这一项已经收到，不用再提交。")
OVERTAKEN = _("这件事刚刚有了新的进展，您填的都还在。请看看上面的进度，仍要提交的，再按一次。")
NOT_NOW = _("现在不能办这一项：这件事已经走到别的一步，请看下面的进度。")
TOO_MANY = _("从您这个网络提交得太多了，请过一小时再来。急的可以到登记窗口或者打电话。")
REMEDIES = (Act.REQUEST_REVIEW, Act.REQUEST_RECHECK)


@login_not_required
@never_cache
@require_POST
def ask(request):
    """One thing asked for, by the token of the page it was asked from."""
    named = credentials.ask_behind(request.POST.get("ask", ""))
    party = Party.objects.select_related("submission").filter(pk=named[0]).first() if named else None
    if named is None or party is None:
        return progress_page.aged(request)
    _party, act, subject_id, once = named
    if _is_known(party, act, subject_id, once):
        return progress_page.show(request, party, thanks=AGAIN)
    offer = _offered(party, act, subject_id)
    if offer is None:
        return progress_page.show(request, party, fault=NOT_NOW, status=409)
    if not throttle.within(request, "ask", limits.in_force().hourly):
        return progress_page.show(request, party, fault=TOO_MANY, status=429)
    form = offer.make(request.POST, request.FILES, prefix=offer.key)
    if not form.is_valid():
        return progress_page.show(request, party, refused=form, status=422)
    try:
        _do(offer, form, party, once)
    except (Stale, IntegrityError):  # 别人先办了一步；或者同一张表两次同时到，先到的已经收下
        if _is_known(party, act, subject_id, once):
            return progress_page.show(request, party, thanks=AGAIN)
        form.add_error(None, OVERTAKEN)
        return progress_page.show(request, party, refused=form, status=409)
    except FileRefused as refusal:
        form.add_error("files", said(refusal))
        return progress_page.show(request, party, refused=form, status=422)
    except Refused as refusal:
        form.add_error(None, said(refusal))
        return progress_page.show(request, party, refused=form, status=422)
    return progress_page.show(request, party, thanks=THANKS)


ask.takes_files = True


def _offered(party: Party, act: str, subject_id: int) -> Offer | None:
    """The offer the token stands for, if the page still makes it."""
    offers = (offer for one in own_progress.of(party) for offer in one.offers)
    return next((offer for offer in offers if (offer.act, offer.subject.pk) == (act, subject_id)), None)


def _is_known(party: Party, act: str, subject_id: int, once: str) -> bool:
    """Whether this very request was taken already: sent twice by a slow line or an impatient hand."""
    if act in REMEDIES:
        asked = Proceeding.objects.filter(party=party, service=subject_id)
        return asked.exclude(state__in=("refused", "withdrawn")).exists()
    return PartyRequest.objects.filter(party=party, once=once).exists()


@transaction.atomic
def _do(offer: Offer, form, party: Party, once: str) -> None:
    """The act, with its files kept; where it is not done, no file stays behind."""
    told = form.details()
    told |= {"applied_on": today()} if offer.act in REMEDIES else {"once": once}
    by = Actor(ActorKind.PETITIONER, party_id=party.pk)
    with ExitStack() as undo:
        if offer.files:
            told["files"] = [_kept(file, undo) for file in told["files"]]
        carry_out(offer.subject, offer.act, by=by, note=form.words_of(), **told)
        undo.pop_all()


def _kept(file, undo: ExitStack) -> Attachment:
    """One file as kept; a refused one is named, so that the others can be sent without it."""
    try:
        ready = web_files.cleaned(file, limits.in_force())
        kept = attachment_store.receive(ready, by=None, kind=Attachment.Kind.EVIDENCE)
    except FileRefused as refusal:
        raise FileRefused(_("“{name}”：{why}").format(name=file.name, why=said(refusal))) from refusal
    undo.callback(kept.file.delete, save=False)
    return kept
