"""出错页：说清什么没有做成、接下来怎么办。不依赖数据库，也不露出内部细节。"""

import logging
import secrets

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

log = logging.getLogger("fengqiao.errors")


def bad_request(request, exception=None):
    """400."""
    return HttpResponse(render_to_string("errors/400.html"), status=400)


def forbidden(request, exception: PermissionDenied | None = None):
    """403, with the sentence of the refusal where there is one."""
    reason = str(exception) if exception else ""
    return HttpResponse(render_to_string("errors/403.html", {"reason": reason}), status=403)


def not_found(request, exception=None):
    """404: what is not there and what somebody may not see look the same."""
    return render(request, "errors/404.html", status=404)


def broken(request):
    """500, with a number by which the administrator finds the line in the log. Asks nothing of the database."""
    error_id = secrets.token_hex(4)
    log.error("页面出错 %s %s", error_id, request.path)
    return HttpResponse(render_to_string("errors/500.html", {"error_id": error_id}), status=500)


def stale_page(request, reason=""):
    """A form whose page was too old or came from elsewhere."""
    answer = HttpResponse(render_to_string("errors/csrf.html"), status=403)
    add_never_cache_headers(answer)
    return answer
