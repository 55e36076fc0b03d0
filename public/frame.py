"""群众页的外框：城市名、页签、大字版和高对比度、联系电话。"""

from csp.constants import NONE, SELF
from django.core.cache import cache
from django.db.models import Q
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ, OrganKind
from accounts.session import languages

_CITY, A_MINUTE = "public:frame", 60  # 秒
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
# 名字 → （根元素的类，打开时的话，关上时的话）；只记开关，不记人
SWITCHES = {"big": ("big", _("大字版"), _("标准字号")), "contrast": ("hc", _("高对比度"), _("标准颜色"))}
SWITCH_AGE = 365 * 24 * 3600  # 秒
TABS = (
    (_("网上提交"), "/submit/"),
    (_("进度查询"), "/q/"),
    (_("人民建议"), "/suggest/"),
    (_("办理路线图"), "/route/"),
)


def draw(request, template: str, context: dict, status: int = 200):
    """A page in the public frame; the choice of big letters and of high contrast is kept in a cookie each."""
    chosen = {name: request.POST.get(name) or request.GET.get(name) for name in SWITCHES}
    on = {name: (chosen[name] or request.COOKIES.get(name)) == "1" for name in SWITCHES}
    city, contact = _city()
    frame = {
        "district": city,
        "look": " ".join(SWITCHES[name][0] for name in SWITCHES if on[name]),
        "switches": [_switch(request, name, on[name]) for name in SWITCHES],
        "other_language": _other_language(request),
        "public_tabs": [
            {"label": name, "url": url, "current": request.path.startswith(url.rstrip("/"))} for name, url in TABS
        ],
        "contact": contact,
    }
    answer = render(request, template, frame | context, status=status)
    kept = {name: value for name, value in chosen.items() if value in ("0", "1")}
    if request.GET.get(languages.ASKED) == languages.chosen(request):
        kept[languages.COOKIE] = languages.chosen(request)
    for name, value in kept.items():
        answer.set_cookie(name, value, SWITCH_AGE, httponly=True, samesite="Lax", secure=request.is_secure())
    patch_vary_headers(answer, ["Cookie"])
    if request.method == "POST":
        answer["Cache-Control"] = "no-store"
    return answer


def _switch(request, name: str, on: bool) -> dict[str, str]:
    """One switch of the header: a link to the same page, or in a form its own button."""
    _, to_on, to_off = SWITCHES[name]
    asked = request.GET.copy()
    for one in SWITCHES:
        asked.pop(one, None)
    asked[name] = "0" if on else "1"
    return {"name": name, "value": asked[name], "label": to_off if on else to_on, "url": f"?{asked.urlencode()}"}


def _other_language(request) -> dict[str, str]:
    """The same page in the other language: a link, or in a form the address it is sent to. Its name is in itself."""
    other = languages.ENGLISH if languages.is_chinese() else languages.CHINESE
    asked = request.GET.copy()
    asked[languages.ASKED] = other
    name, tag = ("中文", "zh-CN") if other == languages.CHINESE else ("English", "en")
    return {"label": name, "tag": tag, "url": f"?{asked.urlencode()}"}


def _city() -> tuple[str, dict[str, str]]:
    """The city's name, the name and number of its petition office, for the frame; read at most once a minute."""
    kept = cache.get(_CITY)
    if kept is None:
        kept = _read_city()
        cache.set(_CITY, kept, A_MINUTE)
    return kept


def _read_city() -> tuple[str, dict[str, str]]:
    name, office = city_and_office()
    return name, {"name": office.name, "phone": office.phone} if office and office.phone else {}


def city_and_office() -> tuple[str, Organ | None]:
    """The city's name and its petition office, read anew."""
    tops = Organ.objects.filter(
        Q(parent=None, kind=OrganKind.GOVERNMENT) | Q(parent__parent=None, kind=OrganKind.PETITION_OFFICE)
    ).order_by("path")
    found = list(tops)
    root = next((organ for organ in found if organ.kind == OrganKind.GOVERNMENT), None)
    office = next((organ for organ in found if organ.kind == OrganKind.PETITION_OFFICE), None)
    return root.name.removesuffix("人民政府") if root else "", office
