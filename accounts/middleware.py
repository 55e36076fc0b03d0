"""Every page of the staff wants a signed-in person; what someone typed before the session ended is not lost."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import add_never_cache_headers

from accounts.session import typed_input

# 须改密码的人只走得到这几处
OPEN_BEFORE_CHANGE = {"password", "logout", "login"}


class SignInFirst(LoginRequiredMiddleware):
    """Django's own rule (exempt: @login_not_required), with our answers where nobody is signed in.

    A page: the login page. A posted page: a login page that carries the typed fields, sealed. A request of a script:
    401 with a sentence. Someone whose password was reset first chooses a new one.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        """None to go on, or the answer instead of the view."""
        request.is_private = getattr(view_func, "login_required", True)
        if not request.is_private:
            return None  # 不用登录的页不看谁登录着，也就不读会话
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None or not request.user.is_authenticated:
            return answer
        if request.user.must_change_password and request.resolver_match.url_name not in OPEN_BEFORE_CHANGE:
            if not asks_for_page(request):
                return JsonResponse({"detail": "首次登录须先修改密码", "login": resolve_url("password")}, status=403)
            return redirect("password")
        return None

    def process_response(self, request, response):
        """What the staff was shown stays in no cache: nobody reads it by 返回 after 退出 at a shared counter."""
        if getattr(request, "is_private", False) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def handle_no_permission(self, request, view_func):
        """The answer where somebody must sign in."""
        if not asks_for_page(request):
            note = {"detail": "登录已过期，已填写的内容仍在页面上，重新登录后可以继续", "login": resolve_url("login")}
            return JsonResponse(note, status=401)
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        context = {"form": AuthenticationForm(request), "typed": typed_input.keep(request), "files": len(request.FILES)}
        answer = render(request, "accounts/relogin.html", context, status=401)
        add_never_cache_headers(answer)
        return answer


def asks_for_page(request) -> bool:
    """Whether the answer may be a page: whoever opens an address gets one, unless it is a script's and wants a piece of
    a page (HX-Request) or JSON rather than HTML. A header that names neither, and none at all, is a visitor's."""
    wanted = request.get_preferred_type(["text/html", "application/json"])
    return "HX-Request" not in request.headers and wanted != "application/json"
