"""一位信访人的进度页：从哪张表回来都是这一页，填过的还在。"""

from django.conf import settings
from django.forms import Form
from django.utils.translation import gettext_lazy as _

from petitions.models import Party
from public.frame import draw
from public.progress import credentials, own_progress

AGED = _("页面停留过久，请重新查询。")


def show(request, party: Party, *, thanks: str = "", fault: str = "", refused: Form | None = None, status: int = 200):
    """The page of the party. `refused` is a bound form that takes the place of the empty one of the same prefix."""
    found = own_progress.of(party)
    for one in found:
        if refused is not None and one.rating and one.rating["form"].prefix == refused.prefix:
            one.rating["form"] = refused
        for offer in one.offers:
            if refused is not None and offer.key == refused.prefix:
                offer.form, offer.opened = refused, True
                offer.token = refused.data.get("ask", offer.token)
    context = {
        "found": found,
        "level": 2 if len(found) > 1 else 1,
        "token": credentials.token_of(party),
        "texts": bool(settings.SMS_GATEWAY_URL),
        "thanks": thanks,
        "fault": fault,
        "refused": refused or fault,
    }
    return draw(request, "public/progress.html", context, status=status)


def aged(request):
    """The form of the query page, for whoever stayed away too long."""
    return draw(request, "public/query.html", {"fault": AGED}, status=422)
