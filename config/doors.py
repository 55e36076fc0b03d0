"""两道门：群众的和工作人员的。哪个请求走哪道门，群众的门带什么、不带什么、一个进程里同时放进几个。

Which door a request comes to is told by `settings.DOOR` (a process of its own), else by the host (PUBLIC_HOST), else by
the first part of the path. Behind the citizens' door there is no session: of the browser's cookies only the door's own
are read, so that whoever is signed in at the same browser is nobody here, and its CSRF cookie has a name of its own.
"""

import threading
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from accounts.session import languages
from desk import errors as desk_errors
from public import error_pages, frame
from public.submission import gate, limits
from rulebook.books import RulesMissing

PUBLIC, STAFF = "public", "staff"
PUBLIC_URLS, STAFF_URLS = "config.urls_public", "config.urls_staff"
CSRF_COOKIE = "fq_csrf"
OWN = "fq_"  # 群众的门自己的 cookie 都这样开头；大字版、高对比度的两块另有名字
PATIENCE = 3.0  # 秒
RETRY_SECONDS = 5
MB = 1024 * 1024
PLAIN_MOST = MB  # 字节；没有附件的表用不到这么多


class Lane:
    """So many requests at once; twice as many may stand and wait a little, so that three at one moment are no crowd."""

    def __init__(self, places: int) -> None:
        self.places = threading.BoundedSemaphore(places)
        self.waiting = threading.BoundedSemaphore(places * 2)

    def enter(self) -> bool:
        """Whether a place was free, or became free soon. Whoever entered must leave."""
        if self.places.acquire(blocking=False):
            return True
        if not self.waiting.acquire(blocking=False):
            return False
        try:
            return self.places.acquire(timeout=PATIENCE)
        finally:
            self.waiting.release()

    def leave(self) -> None:
        """Give the place back."""
        self.places.release()


class Doors:
    """Chooses the urlconf, parts the cookies, tightens the policy and bounds what comes from the public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.roots = {str(one.pattern).split("/")[0] for one in import_module("public.urls").urlpatterns}
        # 交照片的另外数：他们占满了，查进度的照样进得来。公众进程里没有工作人员要让，全部线程都归群众
        self.lanes = {
            brings_files: Lane(places)
            for brings_files, places in ((False, settings.PUBLIC_AT_ONCE), (True, settings.UPLOADS_AT_ONCE))
            if settings.DOOR != PUBLIC
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of whichever door the request came to."""
        door = self._door_of(request)
        if door == STAFF:
            request.urlconf = STAFF_URLS
        if door == PUBLIC or (not door and self._is_public(request)):
            return self._public(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """413 before the body is read, where a public request brings more than its page can want."""
        if getattr(request, "urlconf", None) != PUBLIC_URLS or getattr(view, "own_gate", False):
            return None
        most = _most(view)
        if gate.length_of(request) <= most:
            return None
        gate.drain(request, most * gate.DRAINED)
        return error_pages.too_much(request)

    def _door_of(self, request: HttpRequest) -> str:
        """PUBLIC, STAFF, or "" where one host has both."""
        if settings.DOOR:
            return settings.DOOR
        if not settings.PUBLIC_HOST:
            return ""
        return PUBLIC if split_domain_port(request.get_host())[0] == settings.PUBLIC_HOST else STAFF

    def _is_public(self, request: HttpRequest) -> bool:
        return request.path_info.lstrip("/").split("/")[0] in self.roots

    def _public(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = PUBLIC_URLS
        with languages.spoken_to(request):
            return self._let_in(request)

    def _let_in(self, request: HttpRequest) -> HttpResponse:
        lane = self.lanes.get(request.META.get("CONTENT_TYPE", "").startswith("multipart/"))
        if lane is None:
            return self._answered(request)
        if not lane.enter():
            return _with_policy(error_pages.crowded(request, RETRY_SECONDS))
        try:
            return self._answered(request)
        finally:
            lane.leave()

    def _answered(self, request: HttpRequest) -> HttpResponse:
        _own_cookies_only(request)
        answer = self.get_response(request)
        if (morsel := answer.cookies.pop(settings.CSRF_COOKIE_NAME, None)) is not None:
            answer.cookies[CSRF_COOKIE] = morsel.value
            answer.cookies[CSRF_COOKIE].update(morsel)
        return _with_policy(answer)


def _most(view: Callable) -> int:
    """Bytes: what the city allows for files where the page takes any, else what a form without files can need."""
    if not getattr(view, "takes_files", False):
        return PLAIN_MOST
    try:
        return limits.in_force().request
    except RulesMissing:
        return PLAIN_MOST


def _own_cookies_only(request: HttpRequest) -> None:
    kept = {name: value for name, value in request.COOKIES.items() if name.startswith(OWN) or name in frame.SWITCHES}
    if CSRF_COOKIE in kept:
        kept[settings.CSRF_COOKIE_NAME] = kept.pop(CSRF_COOKIE)
    request.COOKIES = kept


def _with_policy(answer: HttpResponse) -> HttpResponse:
    if not hasattr(answer, "_csp_replace"):
        answer._csp_replace = frame.POLICY
    return answer


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: each door in its own words."""
    if getattr(request, "urlconf", None) == PUBLIC_URLS:
        return error_pages.stale_page(request)
    return desk_errors.stale_page(request, reason)
