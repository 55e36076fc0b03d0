"""盖章件：把盖章后的纸质文书扫描收回，存在它的文书旁边；看得到文书的人才下载得到。"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import may
from desk.casework.papers.letter_views import SCANNERS, find
from desk.casework.papers.materials import as_download
from documents.letters import sealed_scans
from documents.letters.impediments import FileRefused, LetterRefused


class SealedForm(forms.Form):
    """The scan, and the number read off the paper."""

    number = forms.CharField(
        label="纸上的文号",
        max_length=60,
        help_text="照纸面抄写，系统据此核对是不是这一份；没有文号的写信访件编号",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请照纸面填写文号"},
    )
    file = forms.FileField(
        label="扫描件",
        help_text="PDF、JPEG 或 PNG，不超过 20 MB",
        error_messages={"required": "请选择扫描件", "empty": "文件是空的，请重新选择"},
    )


@require_http_methods(["GET", "POST"])
def keep(request, number, pk):
    """收存盖章件."""
    petition, found = find(request, number, pk)
    if not any(may(request.user, act, petition) for act in SCANNERS):
        raise PermissionDenied("您的岗位不能为这份文书收存盖章件，请联系承办单位")
    form = SealedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            sealed_scans.keep(found, told["file"], number=told["number"], by=request.user)
        except LetterRefused as refused:
            form.add_error("number", str(refused))
        except FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"{sealed_scans.number_on(found)} 的盖章件已收存")
            return redirect("case-letter", number=number, pk=pk)
    context = {"petition": petition, "letter": found, "form": form}
    return render(request, "desk/case/sealed.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def download(request, number, pk, copy):
    """The scan as it was kept, checked against its hash."""
    _, found = find(request, number, pk)
    kept = found.sealed_copies.filter(pk=copy).select_related("attachment").first()
    if kept is None:
        raise Http404("没有这份盖章件，或者您无权查看")
    return as_download(request, kept.attachment, f"/cases/{number}/letters/{pk}/")
