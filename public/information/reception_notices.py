"""领导接访公告：将要接访的在前，以往的列在后面（第十八条）。"""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe

from petitions.models import Reception
from public.frame import draw
from rulebook.timekeeping import today

PAST = 50  # 次


@login_not_required
@require_safe
def leaders(request):
    """What is announced to come, and the last ones that were."""
    day = today()
    shown = Reception.objects.public_on(day).select_related("organ")
    context = {"coming": shown.to_come(day), "past": shown.past(day)[:PAST], "most": PAST}
    return draw(request, "public/leaders.html", context)
