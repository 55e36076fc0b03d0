"""归档目录：卷里有什么、第几页；正式文本是归档目录（F35）的 PDF。"""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk.casework.views import load
from petitions.models import Volume


@require_GET
def volume(request, number):
    """The catalogue of one archived petition."""
    petition = load(request, number)
    found = Volume.objects.select_related("organ", "filed_by", "letter").filter(petition=petition).first()
    if found is None:
        raise Http404("本件还没有归档")
    about = [
        ("档号", found.number),
        ("全宗", found.organ.name),
        ("题名", petition.title),
        ("保管期限", found.get_retention_display()),
        ("总页数", found.pages),
        ("归档", f"{found.filed_on:%Y-%m-%d} {found.filed_by.name if found.filed_by else ''}"),
    ]
    items = found.items.select_related("letter", "attachment").order_by("position")
    return render(
        request, "desk/case/volume.html", {"petition": petition, "volume": found, "about": about, "items": items}
    )
