"""群众页的外框：城市名、页签、大字版、联系电话。"""

from csp.constants import NONE, SELF
from django.db.models import Q
from django.shortcuts import render

from accounts.models import Organ, OrganKind

BIG, BIG_AGE = "big", 365 * 24 * 3600
# 群众页的内容安全策略：没有什么要从别处取，也没有脚本要往外连；下拉框的箭头是样式表里的一小张图
POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [NONE],
    "connect-src": [NONE],
    "base-uri": [NONE],
}
TABS = (("网上提交", "/submit/"), ("进度查询", "/q/"), ("人民建议", "/suggest/"), ("办理路线图", "/route/"))


def draw(request, template: str, context: dict, status: int = 200):
    """A page in the public frame; the choice of big letters is kept in a cookie."""
    chosen = request.POST.get(BIG) or request.GET.get(BIG)
    big = (chosen or request.COOKIES.get(BIG)) == "1"
    city, office = _city()
    frame = {
        "district": city,
        "big": big,
        "public_tabs": [
            {"label": name, "url": url, "current": request.path.startswith(url.rstrip("/"))} for name, url in TABS
        ],
        "contact": f"{office.name} · 电话 {office.phone}" if office and office.phone else "",
    }
    answer = render(request, template, frame | context, status=status)
    if chosen in ("0", "1"):
        answer.set_cookie(BIG, chosen, max_age=BIG_AGE, httponly=True, samesite="Lax", secure=request.is_secure())
    if request.method == "POST":
        answer["Cache-Control"] = "no-store"
    return answer


def _city() -> tuple[str, Organ | None]:
    """The city's name and its petition office, for the frame."""
    tops = Organ.objects.filter(
        Q(parent=None, kind=OrganKind.GOVERNMENT) | Q(parent__parent=None, kind=OrganKind.PETITION_OFFICE)
    ).order_by("path")
    found = list(tops)
    root = next((organ for organ in found if organ.kind == OrganKind.GOVERNMENT), None)
    office = next((organ for organ in found if organ.kind == OrganKind.PETITION_OFFICE), None)
    return root.name.removesuffix("人民政府") if root else "", office
