"""群众门上的出错页：一句说得明白的话，不露出里面是什么，也不引到工作人员的页去。除了找不到的，都不问数据库。"""

import logging
import secrets

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

log = logging.getLogger("fengqiao.errors")


def bad_request(request, exception=None):
    """400."""
    return _said(400, _("没有看懂传来的内容"), _("请退回上一页，核对后再提交。这一次什么也没有保存。"))


def forbidden(request, exception=None):
    """403."""
    return _said(403, _("这一页不能打开"), _("请从下面的“进度查询”重新开始。"))


def not_found(request, exception=None):
    """404."""
    return _said(404, _("没有找到这个页面"), _("网址可能抄错了。扫回执上的二维码，或者从下面的“进度查询”开始。"))


def broken(request):
    """500, with a number by which the administrator finds the line in the log; the address may hold words of theirs."""
    error_id = secrets.token_hex(4)
    log.error("群众页出错 %s %s", error_id, getattr(request.resolver_match, "url_name", None) or "")
    words = _("系统出错了，这一步没有完成，填过的不受影响。请过一分钟再试；急的可以打电话或者到登记窗口。编号 %s")
    return _said(500, _("没有成功"), words % error_id)


def stale_page(request):
    """403: the form was opened too long ago, or the browser keeps no cookie."""
    words = _(
        "为防止别人冒用，停留太久的页面不能直接提交，这一次没有提交。请按“后退”回去，刷新一下再提交；填过的一般还在。"
    )
    return _said(403, _("页面停留过久，请再提交一次"), words)


def crowded(request, seconds: int):
    """503: as many as the house may serve beside its own work are inside already."""
    answer = _said(503, _("现在用的人多"), _("请等几秒钟，再按一次浏览器的“刷新”。填过的不受影响。"))
    answer["Retry-After"] = str(seconds)
    answer._has_been_logged = True  # 不是出错；人多的时候也不往日志里一行行写
    return answer


def too_much(request):
    """413."""
    return _said(413, _("传得太多了"), _("请退回上一页，少选几个，或者把照片缩小，分几次传。这一次什么也没有保存。"))


def _said(status: int, title: str, words: str) -> HttpResponse:
    answer = HttpResponse(render_to_string("public/said.html", {"title": title, "words": words}), status=status)
    add_never_cache_headers(answer)
    return answer
