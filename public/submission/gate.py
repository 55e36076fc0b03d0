"""网上提交的门：先看请求有多大、从哪来，再看里面是什么；答的每一页都不许缓存。"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from public.frame import draw
from public.submission import limits
from public.submission.limits import MB
from rulebook.books import RulesMissing

DRAINED = 4  # 倍；超限的请求读掉这么多，浏览器才看得到那句话，再多就断开
_SIP = 64 * 1024


def door(view):
    """A view behind the gate: called as `view(request, limits, …)` once the request is small enough and ours."""

    @csrf_protect
    def inner(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    @wraps(view)
    @login_not_required
    @never_cache
    @csrf_exempt  # 令牌由 inner 查：先看大小，才去读正文
    def enter(request, *args, **kwargs):
        try:
            allowed = limits.in_force()
        except RulesMissing:
            said = _("网上提交还没有开通，请到登记窗口、写信或者打电话。")
            return draw(request, "public/submit/closed.html", {"fault": said}, status=503)
        if length_of(request) > allowed.request:
            drain(request, allowed.request * DRAINED)
            said = _("一次传得太多了，合起来最大 %(most)d MB。请退回上一页，分几次传。") % {"most": allowed.total // MB}
            return draw(request, "public/submit/closed.html", {"fault": said}, status=413)
        try:
            request.POST  # noqa: B018 - 读一遍：坏的正文在这里就说清楚
        except (MultiPartParserError, SuspiciousOperation, UnreadablePostError):
            said = _("传来的内容不完整，或者文件名太长、文件太多。请退回上一页，少选几个、改短名字再传。")
            return draw(request, "public/submit/closed.html", {"fault": said}, status=400)
        return inner(request, allowed, *args, **kwargs)

    enter.own_gate = True
    return enter


def length_of(request) -> int:
    """Bytes the request says it brings; 0 where it says nothing, for then nothing of it is read."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else 0


def drain(request, most: int) -> None:
    """Read and forget up to `most` bytes: a browser shows no answer while it is still sending."""
    left = min(length_of(request), most)
    while left > 0 and (sip := request.read(min(left, _SIP))):
        left -= len(sip)
