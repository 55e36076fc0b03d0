"""文书：网页预览、PDF 正式文本、打印登记与补打、可编辑副本。看得到信访件的人才看得到它的文书。"""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.authority import may
from desk.casework.views import refuse
from documents.letters import editable, issuance
from documents.letters.impediments import LetterRefused
from documents.letters.preview import page
from documents.models import Letter, LetterPrint
from petitions.models import Petition, PetitionLetter
from rulebook.acts import Act

# whoever serves the letter, or drafts and inquires in the case, brings its stamped copy back
SCANNERS = (Act.SERVE, Act.INQUIRE, Act.DRAFT)


class ReprintForm(forms.Form):
    """Why the same letter is printed again."""

    reason = forms.CharField(
        label="补打理由",
        max_length=200,
        help_text="例如：信访人遗失。补打件在版心之外标明“补打”和日期",
        error_messages={"required": "请写明补打理由"},
    )


def find(request, number, pk) -> tuple[Petition, Letter]:
    """The letter and its petition, or 404: who may not see the petition sees none of its letters."""
    petition = Petition.objects.visible_to(request.user).filter(number=number).first()
    link = (
        PetitionLetter.objects.filter(petition=petition, letter_id=pk)
        .select_related("letter__organ", "letter__template")
        .first()
    )
    if petition is None or link is None:
        raise Http404("没有这份文书，或者您无权查看")
    return petition, link.letter


def _back(number, pk=None) -> str:
    return f"/cases/{number}/letters/{pk}/" if pk else f"/cases/{number}/"


def _next(request) -> str:
    """Where the registration desk goes on after printing; nothing but the desk's own addresses."""
    asked = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if safe and asked.startswith("/register/") else ""


@require_GET
def letter(request, number, pk):
    """The letter as it looks on paper; ?print=1 opens the print dialog."""
    petition, found = find(request, number, pk)
    try:
        context = page(found, pdf_url=f"{_back(number, pk)}pdf/", back_url=_back(number))
    except LetterRefused as refused:
        return refuse(request, str(refused), _back(number))
    context |= {
        "petition": petition,
        "autoprint": "print" in request.GET,
        "printed": found.prints.filter(kind=LetterPrint.Kind.ORIGINAL).exists(),
        "print_url": f"{_back(number, pk)}print/",
        "editable_url": f"{_back(number, pk)}editable/",
        "sealed": found.sealed_copies.select_related("by"),
        "may_keep": any(may(request.user, act, petition) for act in SCANNERS),
        "next_url": _next(request),
    }
    return render(request, "desk/case/letter.html", context)


@require_GET
def pdf(request, number, pk):
    """The legal copy, to read; printing it for the petitioner is recorded by `print_original`."""
    _, found = find(request, number, pk)
    try:
        return _file(issuance.pdf_of(found), found)
    except LetterRefused as refused:
        return refuse(request, str(refused), _back(number))


@require_POST
def print_original(request, number, pk):
    """打印原件: once, recorded."""
    _, found = find(request, number, pk)
    try:
        return _file(issuance.first_print(found, by=request.user), found)
    except LetterRefused as refused:
        return refuse(request, str(refused), f"{_back(number, pk)}reprint/")


@require_POST
def editable_copy(request, number, pk):
    """可编辑副本（DOCX）: recorded each time; the legal copy stays the PDF."""
    _, found = find(request, number, pk)
    try:
        content = issuance.editable_copy(found, by=request.user)
    except LetterRefused as refused:
        return refuse(request, str(refused), _back(number, pk))
    return _file(content, found, media_type=editable.MEDIA_TYPE, ending="docx")


@require_http_methods(["GET", "POST"])
def reprint(request, number, pk):
    """补打: with a reason, marked outside the type area."""
    petition, found = find(request, number, pk)
    form = ReprintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _file(issuance.reprint(found, by=request.user, reason=form.cleaned_data["reason"]), found)
        except LetterRefused as refused:
            form.add_error(None, str(refused))
    context = {
        "petition": petition,
        "letter": found,
        "form": form,
        "prints": found.prints.select_related("by").order_by("at"),
    }
    return render(request, "desk/case/reprint.html", context, status=422 if form.is_bound else 200)


def _file(content: bytes, found: Letter, *, media_type="application/pdf", ending="pdf") -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    shown = "inline" if ending == "pdf" else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="letter-{found.pk}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response
