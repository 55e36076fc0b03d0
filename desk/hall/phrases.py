"""常用概况：本单位的登记岗位都能用、都能改；谁最后改的看得见。"""

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.authority import require_holding
from accounts.models import Phrase
from accounts.privacy import mask_text
from desk.menu import settled
from rulebook.acts import Act
from rulebook.timekeeping import now

GAP = "＿＿"  # 插入以后要填的空


class PhraseForm(forms.ModelForm):
    """Name and text; a personal number in it would be given to every petitioner after."""

    class Meta:
        model = Phrase
        fields = ("name", "body")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "body": forms.Textarea(attrs={"rows": 5}),
        }
        error_messages = {
            "name": {"required": "请填写名称", "max_length": "名称不超过 20 字"},
            "body": {"required": "请填写文字", "max_length": "文字不超过 1000 字"},
        }

    def clean_body(self):
        """The text without personal numbers."""
        body = self.cleaned_data["body"].replace("\r\n", "\n").strip()
        if mask_text(body) != body:
            raise forms.ValidationError(f"文字里有证件号或者电话，请删去，需要填的地方写“{GAP}”")
        return body


def of(office) -> list[Phrase]:
    """The office's phrases in the order of their names; one query."""
    return list(Phrase.objects.filter(organ=office.pk).only("name", "body"))


def insert(text: str, body: str) -> str:
    """The text with the phrase after it, on a line of its own where something stands already."""
    return f"{text.rstrip()}\n{body}" if text.strip() else body


@require_http_methods(["GET", "POST"])
def phrases(request, pk=None):
    """The office's phrases, with the form for a new one or, at `pk`, for one of them."""
    require_holding(request.user, Act.REGISTER)
    office = settled(request).office
    rows = Phrase.objects.filter(organ=office.pk).select_related("written_by")
    one = get_object_or_404(rows, pk=pk) if pk else Phrase(organ=office)
    form = PhraseForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        if not one.pk and rows.count() >= Phrase.MOST:
            form.add_error(None, f"常用概况最多 {Phrase.MOST} 条，请先删去不用的")
        elif _saved(form, request.user):
            messages.success(request, f"已保存“{one.name}”")
            return redirect("hall-phrases")
    context = {"form": form, "rows": rows, "one": one if one.pk else None, "gap": GAP}
    return render(request, "desk/hall/phrases.html", context, status=422 if form.is_bound else 200)


def _saved(form, user) -> bool:
    form.instance.written_by, form.instance.written_at = user, now()
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        form.add_error("name", "本单位已有同名的常用概况，请换一个名称")
        return False
    return True


@require_POST
def drop(request, pk):
    """Take one away; what was registered with it stays as it is."""
    require_holding(request.user, Act.REGISTER)
    found = get_object_or_404(Phrase, pk=pk, organ=settled(request).office.pk)
    found.delete()
    messages.success(request, f"已删去“{found.name}”")
    return redirect("hall-phrases")
