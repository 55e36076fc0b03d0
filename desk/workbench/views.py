"""工作台：登录后的第一页，五秒内看到今天要做什么。"""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.authority import holds
from desk.menu import counts, settled
from desk.workbench import workbench_panels
from rulebook.acts import Act
from rulebook.timekeeping import today


@require_GET
def workbench(request):
    """One page for every role; which panels are on it depends on what the user may do."""
    user, day = settled(request), today()
    numbers, own = workbench_panels.summary_of(user, day)
    context = {
        "day": day,
        "roles": workbench_panels.roles_of(user),
        "may_register": holds(user, Act.REGISTER),
        "stats": workbench_panels.stats(user, counts(request), day),
        "lamps": workbench_panels.lamps_of(user, day),
        "numbers": numbers,
        "system": workbench_panels.system_of(user, day),
        "panels": [*([own] if own else []), *workbench_panels.of(user, day)],
    }
    context["wide"] = [panel for panel in context["panels"] if panel.wide]
    context["narrow"] = sorted(
        (panel for panel in context["panels"] if not panel.wide), key=lambda panel: not panel.rows
    )
    return render(request, "desk/workbench.html", context)
