"""群众的门：进度查询、文书下载、路线图。不登录；查询码只在请求正文里，从不进网址。"""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.session.languages import said
from documents.letters import issuance as documents
from documents.letters.impediments import LetterRefused
from documents.models import Letter
from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor, Refused
from petitions.act.states import ActorKind
from petitions.models import PetitionLetter, Service
from petitions.service.rating.forms import ScoreForm
from public import throttle
from public.frame import draw
from public.information import route_poster as poster
from public.progress import credentials, own_progress, public_wording
from public.progress.progress_page import aged, show
from rulebook.acts import Act


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def query(request):
    """The form, and by POST the progress of whoever gave the right numbers."""
    if request.method != "POST":
        return draw(request, "public/query.html", {})
    if token := request.POST.get("token", ""):
        party = credentials.party_behind(token)
        if party is None:
            return aged(request)
        return show(request, party)
    told = {name: request.POST.get(name, "").strip()[:40] for name in ("code", "tel4", "id4", "pin")}
    again = {"code": told["code"]}
    if wrong := _blank(told):
        return draw(request, "public/query.html", again | {"wrong": wrong}, status=422)
    keys = throttle.keys_of(request, credentials.plain(told["code"]))
    if not throttle.attempt(keys):
        return draw(request, "public/query.html", again | {"fault": public_wording.TOO_OFTEN}, status=429)
    party = credentials.party_of(told["code"], phone_tail=told["tel4"], id_tail=told["id4"], pin=told["pin"])
    if party is None:
        return draw(request, "public/query.html", again | {"fault": public_wording.SAME_WORDS}, status=422)
    throttle.forgive(keys)
    return show(request, party)


def _blank(told: dict[str, str]) -> dict[str, str]:
    """Field → what is missing there. What was typed besides the code is not written back: it opens the case."""
    wrong = {}
    if not credentials.plain(told["code"]):
        wrong["code"] = _("请填写登记回执上的查询码")
    if not any(credentials.plain(told[name]) for name in ("tel4", "id4", "pin")):
        wrong["tel4"] = _("请填写手机号后四位；没有手机的，填证件号后四位或者查询口令")
    return wrong


@login_not_required
@never_cache
@require_POST
def letter(request):
    """The PDF of one letter to the petitioner who asked; the token was on the page that answered them."""
    named = credentials.letter_behind(request.POST.get("letter", ""))
    found = _own_letter(*named) if named else None
    if found is None:
        return aged(request)
    try:
        pdf = documents.pdf_of(found)
    except LetterRefused as refusal:
        return draw(request, "public/query.html", {"fault": said(refusal)}, status=422)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@login_not_required
@never_cache
@require_POST
def rate(request):
    """评价一份送达的意见书; what was typed is kept where it cannot be taken."""
    named = credentials.rating_behind(request.POST.get("rating", ""))
    service = _own_service(*named) if named else None
    if service is None:
        return aged(request)
    form = ScoreForm(request.POST, service=service, given=service.ratings.all(), prefix=f"r{service.pk}")
    if form.is_valid():
        by = Actor(ActorKind.PETITIONER, party_id=service.party_id)
        words = form.cleaned_data["words"]
        try:
            carry_out(service, Act.RATE, by=by, note=words, scores=form.scores(), words=words)
        except Refused as refusal:
            form.add_error(None, said(refusal))
        else:
            thanks = public_wording.RATED if form.bodies else public_wording.HEARD
            return show(request, service.party, thanks=thanks)
    return show(request, service.party, refused=form, status=422)


def _own_service(party_id: int, service_id: int) -> Service | None:
    found = Service.objects.filter(pk=service_id, party_id=party_id).select_related(
        "party__submission",
        "letter",
        "petition__submission",
        "petition__organ__office",
        "petition__first_receiver",
        "petition__rule_set",
    )
    return found.first()


def _own_letter(party_id: int, letter_id: int) -> Letter | None:
    """An issued letter that is this party's own and open: asked again, for things change within half an hour."""
    owned = Q(party_id=party_id) | Q(petition__services__party_id=party_id, petition__services__letter_id=letter_id)
    link = PetitionLetter.objects.filter(
        owned, letter_id=letter_id, letter__status="issued", letter__secrecy=0, petition__secrecy=0
    ).exclude(letter__kind=own_progress.RECEIPT)
    found = link.select_related("letter").first()
    return found.letter if found and found.letter.to_petitioner else None


@login_not_required
@require_GET
def route(request):
    """办理路线图: six steps with the days now in force, and the other legal ways."""
    return draw(request, "public/route.html", {"steps": poster.steps_in_force(), "ways": poster.WAYS})


@login_not_required
@require_safe
def route_poster(request):
    """The same as one A3 sheet to be printed and put on the wall; made once for as long as nothing on it changes."""
    answer = HttpResponse(poster.sheet(), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="route.pdf"'
    return answer
