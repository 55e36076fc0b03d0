"""登录、退出，以及登录过期后接着办。"""

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator

from accounts.models import AccountEvent, User
from accounts.session import typed_input
from accounts.session.sealed_payload import Stale
from accounts.staff.account_log import record
from accounts.staff.forms import SignInForm
from rulebook.timekeeping import now


@method_decorator(login_not_required, name="dispatch")
class Entrance(views.LoginView):
    """The login page. With `typed` (sealed, from the page of an ended session) what was typed comes back afterwards."""

    authentication_form = SignInForm

    def get_template_names(self):
        return ["accounts/relogin.html" if self.request.POST.get("typed") else "accounts/login.html"]

    def get_context_data(self, **kwargs):
        typed = self.request.POST.get("typed", "")
        return super().get_context_data(typed=typed, notice=start_notice(), **kwargs)

    def form_valid(self, form):
        answer = super().form_valid(form)
        record(AccountEvent.What.SIGNED_IN, form.get_user(), by=form.get_user())
        sealed = self.request.POST.get("typed")
        if not sealed:
            return answer
        try:
            context = {"typed": typed_input.restore(sealed)}
        except Stale as reason:
            context = {"reason": str(reason)}
        answer = render(self.request, "accounts/restored.html", context)
        add_never_cache_headers(answer)
        return answer


def start_notice() -> str:
    """What the last start has to tell whoever signs in, such as a demo city that was not walked to its end; or ""."""
    return settings.START_NOTICE.read_text() if settings.START_NOTICE.exists() else ""


class Leave(views.LogoutView):
    """退出。"""


def locked_out(request, original_response, credentials):
    """What somebody reads whose account is locked (settings.AXES_LOCKOUT_CALLABLE)."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    wait = get_cool_off(request)
    user = User.objects.filter(username=username).first()
    if user is not None:
        _note_lock(user, wait)
    minutes = round(wait.total_seconds() / 60)
    context = {
        "form": SignInForm(request, initial={"username": username}),
        "locked": f"连续多次输错，账号已暂时锁定。请 {minutes} 分钟后再试，其间再试会重新计时。",
        "typed": request.POST.get("typed", ""),
    }
    page = "accounts/relogin.html" if context["typed"] else "accounts/login.html"
    return render(request, page, context, status=429)


def _note_lock(user: User, wait) -> None:
    """One line for one lock, however often it is tried."""
    last = user.account_events.filter(what=AccountEvent.What.LOCKED).order_by("-pk").first()
    if last is None or now() - last.at > wait:
        record(AccountEvent.What.LOCKED, user, by=None, minutes=round(wait.total_seconds() / 60))
