"""材料：随件收存、下载、识读文本。文件一律作为附件下载，不在页面里打开。"""

from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import may
from desk.casework.views import load, refuse
from documents.files import attachment_store, transcription
from documents.letters.impediments import FileRefused
from documents.models import Attachment, Transcript
from petitions.act.states import STAGE, State
from petitions.models import PetitionAttachment
from rulebook.acts import Act

# whoever may record an inquiry, draft the opinion or correct the registration may add to the file
KEEPERS = (Act.INQUIRE, Act.DRAFT, Act.CORRECT)


class MaterialForm(forms.Form):
    """One file and what it is."""

    file = forms.FileField(label="文件", error_messages={"required": "请选择文件", "empty": "文件是空的，请重新选择"})
    kind = forms.ChoiceField(label="类别", choices=Attachment.Kind.choices, initial=Attachment.Kind.INQUIRY)
    title = forms.CharField(label="名称", max_length=120, required=False, help_text="不填则用文件名")
    copies = forms.IntegerField(label="份数", min_value=1, max_value=999, initial=1, required=False)
    original_returned = forms.BooleanField(label="原件已退还", required=False)


@require_http_methods(["GET", "POST"])
def add(request, number):
    """收存一份材料."""
    petition = load(request, number)
    if not any(may(request.user, act, petition) for act in KEEPERS):
        raise PermissionDenied("您的岗位不能为本件收存材料，请联系承办单位")
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                kept = attachment_store.receive(
                    told["file"],
                    by=request.user,
                    kind=told["kind"],
                    copies=told["copies"] or 1,
                    original_returned=told["original_returned"],
                    secrecy=petition.secrecy,
                )
                PetitionAttachment.objects.create(
                    petition=petition,
                    attachment=kept,
                    title=told["title"] or kept.name,
                    stage=STAGE[State(petition.state)],
                )
        except FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"{petition.number} 已收存材料一份")
            return redirect("case", number=petition.number)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/case/material.html", {"petition": petition, "form": form}, status=status)


class TranscriptForm(forms.Form):
    """The words of a scan as a person reads them."""

    text = forms.CharField(
        label="扫描件上的文字",
        max_length=transcription.LONGEST,
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": "请写下扫描件上的文字"},
        help_text="只作检索和查看，不代替原件；原话以登记的为准",
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, initial=0)


@require_http_methods(["GET", "POST"])
def transcript(request, number, pk):
    """识读文本：机器读出的、人核对过的；能收存材料的岗位可以改."""
    petition = load(request, number)
    scan = _link(petition, pk).attachment
    found = Transcript.objects.filter(attachment=scan).first()
    keeper = any(may(request.user, act, petition) for act in KEEPERS)
    start = {"text": found.words, "edition": found.edition} if found else {}
    form = TranscriptForm(request.POST or None, initial=start)
    if request.method == "POST":
        if not keeper:
            raise PermissionDenied("您的岗位不能改本件材料的文字，请联系承办单位")
        if form.is_valid():
            try:
                transcription.correct(scan, **form.cleaned_data, by=request.user)
            except FileRefused as refused:
                form.add_error("text", str(refused))
                form.data = request.POST | {"edition": found.edition if found else 0}
            else:
                messages.success(request, f"“{scan.name}”的文字已保存，十秒左右后可以检索")
                return redirect("case", number=number)
    told = {"petition": petition, "scan": scan, "found": found, "form": form, "keeper": keeper}
    return render(request, "desk/case/transcript.html", told, status=422 if request.method == "POST" else 200)


def _link(petition, pk) -> PetitionAttachment:
    link = PetitionAttachment.objects.filter(petition=petition, attachment_id=pk).select_related("attachment").first()
    if link is None:
        raise Http404("没有这份材料，或者您无权查看")
    return link


@require_GET
def download(request, number, pk):
    """The kept bytes, checked against their hash, as a download that no browser will run."""
    petition = load(request, number)
    return as_download(request, _link(petition, pk).attachment, f"/cases/{number}/")


def as_download(request, kept: Attachment, back: str) -> HttpResponse:
    """The kept bytes; where they are gone or altered, the reason, on the page at `back`."""
    try:
        content = attachment_store.content_of(kept)
    except FileRefused as refused:
        return refuse(request, str(refused), back)
    response = HttpResponse(content, content_type=kept.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    add_never_cache_headers(response)
    return response
