"""我的账户：偏好、密码、代理、消息。"""

from django.contrib import messages
from django.contrib.auth import views
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST

from accounts.models import AccountEvent, Delegation
from accounts.session import api_tokens
from accounts.staff import delegation as delegating
from accounts.staff.account_log import record
from accounts.staff.acts import current_appointments
from accounts.staff.forms import DelegationForm, NewPasswordForm, PreferencesForm
from rulebook.timekeeping import now, today

NOTICES_A_PAGE = 30


def account(request):
    """Who I am here, and my preferences."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "已保存")
        return redirect("account")
    tokens = request.user.api_tokens.in_force(now()).order_by("expires_at")
    context = {"form": form, "appointments": current_appointments(request.user), "tokens": tokens}
    return render(request, "accounts/account.html", context)


@require_POST
def end_token(request, pk):
    """End a key of one's own before its day."""
    api_tokens.revoke(get_object_or_404(request.user.api_tokens, pk=pk), by=request.user)
    messages.success(request, "令牌已作废，用它的程序不能再进来")
    return redirect("account")


class Password(views.PasswordChangeView):
    """Change one's own password; required once after a reset."""

    form_class = NewPasswordForm
    template_name = "accounts/password.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form):
        form.user.must_change_password = False
        answer = super().form_valid(form)
        api_tokens.end_all(form.user)  # 旧密码换来的令牌随旧密码作废
        record(AccountEvent.What.PASSWORD, form.user, by=form.user)
        messages.success(self.request, "密码已修改，下次登录用新密码")
        return answer


def delegations(request):
    """Hand a post to a colleague for some days; the list of what was handed over and taken."""
    user = request.user
    form = None
    if user.organ_id is not None and delegating.delegable_posts(user).exists():
        form = DelegationForm(
            request.POST or None,
            posts=delegating.delegable_posts(user),
            colleagues=delegating.colleagues(user),
            initial={"since": today()},
        )
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            delegating.delegate(form.cleaned_data.pop("post"), by=user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "代理已设置，代理人已收到消息")
            return redirect("delegations")
    rows = (
        Delegation.objects.filter(Q(by=user) | Q(to=user))
        .prefetch_related("post__organ", "by", "to")  # 表的统计还空着时，五表连接会被排成逐行相乘
        .order_by("-since", "-pk")[:50]
    )
    return render(request, "accounts/delegations.html", {"form": form, "rows": rows, "today": today()})


@require_POST
def end_delegation(request, pk):
    """End a delegation before its day."""
    delegation = get_object_or_404(
        Delegation.objects.filter(Q(by=request.user) | Q(to=request.user)).select_related("post__organ", "by", "to"),
        pk=pk,
    )
    delegating.revoke(delegation, by=request.user)
    messages.success(request, "代理已终止")
    return redirect("delegations")


def notices(request):
    """My messages, newest first; `before` pages on."""
    rows = request.user.notices.newest_first()
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    page = list(rows[: NOTICES_A_PAGE + 1])
    more = len(page) > NOTICES_A_PAGE
    page = page[:NOTICES_A_PAGE]
    context = {
        "rows": page,
        "unread_count": request.user.notices.unread().count(),
        "next_url": f"?before={page[-1].pk}" if more else "",
        "newest": page[0].pk if page else 0,
    }
    return render(request, "accounts/notices.html", context)


@require_POST
def read_notices(request):
    """Mark one message read and go where it points, or mark all that were on the screen."""
    unread = request.user.notices.unread()
    if request.POST.get("notice", "").isdecimal():
        notice = get_object_or_404(request.user.notices, pk=int(request.POST["notice"]))
        unread.filter(pk=notice.pk).update(read_at=now())
        return redirect(notice.url or "notices")
    if request.POST.get("up_to", "").isdecimal():
        unread.filter(pk__lte=int(request.POST["up_to"])).update(read_at=now())
    return redirect("notices")


@require_POST
def acknowledge(request, pk):
    """知悉: the person has seen the reminder and sees to it; it is read, too, and is not reported upwards."""
    notice = get_object_or_404(request.user.notices.filter(receipt=True), pk=pk)
    moment = now()
    request.user.notices.to_acknowledge().filter(pk=notice.pk).update(acknowledged_at=moment)
    request.user.notices.unread().filter(pk=notice.pk).update(read_at=moment)
    return redirect("notices")
