"""督办证据材料：制作一份、取一份。只有能对本件督办的岗位才有。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_POST

from accounts.authority import require_holding
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from supervision.models import EvidencePack
from supervision.orders import acts as actions
from supervision.orders.evidence import compilation
from supervision.orders.views import seen


@require_POST
def make(request, pk):
    """制作：此刻的快照，以后不变。"""
    order = seen(request.user, pk)
    try:
        pack = compilation.make(order, by=request.user)
    except (Refused, PermissionDenied) as said:
        messages.error(request, str(said))
    else:
        messages.success(request, f"已制作第 {pack.number} 份证据材料")
    return redirect(actions.address(order))


@require_GET
def evidence(request, pk):
    """取一份：逐字节与制作时相同，否则不给。"""
    require_holding(request.user, Act.ORDER)
    reached = Petition.objects.visible_to(request.user, Act.ORDER).values("pk")
    pack = get_object_or_404(EvidencePack.objects.filter(order__petition__in=reached), pk=pk)
    try:
        content = compilation.pdf_of(pack)
    except Refused as said:
        messages.error(request, str(said))
        return redirect("supervision:order", pk=pack.order_id)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="evidence-{pack.order_id}-{pack.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response
