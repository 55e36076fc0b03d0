"""系统管理员看发不出去的消息，审计员看账户记录。都不显示信访内容。"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.authority import require_holding
from accounts.messages import outbox
from accounts.models import AccountEvent, Outbox
from rulebook.acts import Act

A_PAGE = 50


def dead_letters(request):
    """Messages given up after the last attempt; their text is not for the administrator's eyes."""
    require_holding(request.user, Act.MANAGE_USERS)
    rows = Outbox.objects.dead_letters().select_related("recipient__organ").defer("text", "url")[:A_PAGE]
    return render(request, "accounts/dead_letters.html", {"rows": rows, "total": Outbox.objects.dead_letters().count()})


@require_POST
def resend(request, pk):
    """Try a dead letter again."""
    require_holding(request.user, Act.MANAGE_USERS)
    outbox.resend(get_object_or_404(Outbox.objects.dead_letters(), pk=pk), by=request.user)
    messages.success(request, "已重新排队，片刻后发出")
    return redirect("dead-letters")


def account_log(request):
    """What was done to accounts, newest first; `before` pages on."""
    require_holding(request.user, Act.AUDIT)
    rows = AccountEvent.objects.newest_first().select_related("user", "by")
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    page = list(rows[: A_PAGE + 1])
    more = len(page) > A_PAGE
    page = page[:A_PAGE]
    return render(
        request, "accounts/account_log.html", {"rows": page, "next_url": f"?before={page[-1].pk}" if more else ""}
    )
