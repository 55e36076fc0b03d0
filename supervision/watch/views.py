"""/health：监控用，不登录。只有时刻和条数，没有任何信访内容。"""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from supervision.watch import heartbeat


@never_cache
@login_not_required
@require_safe
def health(request):
    """200 while the watch goes on, 503 once it has been silent for five minutes; the numbers in JSON either way."""
    found = heartbeat.state()
    told = {
        "watch": "stopped" if found.is_silent else "going",
        "seconds_since_sweep": found.age,
        "last_sweep": found.swept_at and found.swept_at.isoformat(timespec="seconds"),
        "last_beat": found.beat_at and found.beat_at.isoformat(timespec="seconds"),
        "workers": found.workers,
        "outbox_waiting": found.queue,
        "outbox_dead": found.dead,
    }
    return JsonResponse(told, status=503 if found.is_silent else 200)
