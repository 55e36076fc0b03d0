"""核对文书真伪：文号加校验码，任何人都可以查；只答种类、文号、落款单位、日期。"""

from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from documents.letters import authenticity
from documents.models import Letter
from public import frame, throttle
from public.progress import public_wording

LONGEST = 60  # 字


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """The form, and by POST whether the letter is genuine. Unknown numbers and wrong codes get the same words."""
    if request.method != "POST":
        return frame.draw(request, "public/check.html", {})
    told = {name: request.POST.get(name, "").strip()[:LONGEST] for name in ("number", "check")}
    if wrong := _blank(told):
        return frame.draw(request, "public/check.html", {"wrong": wrong, "told": told}, status=422)
    keys = throttle.keys_of(request, f"letter:{told['number']}")
    if not throttle.attempt(keys):
        return frame.draw(request, "public/check.html", {"fault": public_wording.TOO_OFTEN, "told": told}, status=429)
    found = authenticity.find(told["number"], told["check"])
    if found is None:
        return frame.draw(request, "public/check.html", {"fault": public_wording.NOT_GENUINE, "told": told}, status=422)
    throttle.forgive(keys)
    return frame.draw(request, "public/check.html", {"found": found, "void": found.status == Letter.Status.VOID})


def _blank(told: dict[str, str]) -> dict[str, str]:
    wanted = {"number": _("请填写文书上的文号"), "check": _("请填写文书上的校验码")}
    return {name: words for name, words in wanted.items() if not told[name]}
