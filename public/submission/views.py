"""网上提交的各页。不登录；填的东西在服务器上，地址栏里只有是哪一页。"""

from urllib.parse import quote, urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.session.languages import said
from documents.files import attachment_store
from documents.letters.impediments import FileRefused
from petitions.act.decorator import Refused
from public import throttle
from public.frame import draw
from public.submission import (
    forms,
    hand_in,
    other_ways,
    place_choices,
    question_steps,
    read_back,
    receipts,
    web_drafts,
    web_files,
)
from public.submission.gate import door
from public.submission.limits import MB

CHECK = "check"
TOO_MANY = _("从您这个网络提交得太多了，请过一小时再来。急的可以到登记窗口或者打电话。")
ANOTHER_TAB = _("这一页是先前打开的，和现在填的不是同一件。下面是现在这一件，请接着填。")
CHANGED = _("您在别的页面改过内容。下面是最新的，请再看一遍，没有错就提交。")


@door
@require_http_methods(["GET", "HEAD", "POST"])
def start(request, limits):
    """What this is and what to have at hand; by POST a draft is opened."""
    draft = web_drafts.of(request)
    if request.method != "POST":
        told = web_drafts.told(draft) if draft else None
        return draw(request, "public/submit/start.html", {"draft": draft, "told": told, "limits": limits})
    if draft is not None and draft.submission_id is None:
        return _go("submit-step", question_steps.STEPS[0].key)
    if not throttle.within(request, "open", limits.hourly * 4):
        return _draw_start(request, limits, TOO_MANY, 429)
    answer = _go("submit-step", question_steps.STEPS[0].key)
    web_drafts.open_for(answer, request, days=limits.draft_days)
    return answer


def _draw_start(request, limits, fault: str, status: int):
    context = {"draft": web_drafts.of(request), "told": None, "limits": limits, "fault": fault}
    return draw(request, "public/submit/start.html", context, status=status)


def _go(name: str, *args):
    """303: whatever was sent is kept; going back asks nothing again."""
    answer = HttpResponseRedirect(reverse(name, args=args))
    answer.status_code = 303
    return answer


@door
@require_http_methods(["GET", "HEAD", "POST"])
def step(request, limits, key):
    """One page: shown as typed, kept as typed."""
    asked = question_steps.BY_KEY.get(key)
    if asked is None:
        raise Http404
    draft = web_drafts.of(request)
    if draft is None:
        return _draw_start(request, limits, _("这里没有您正在填的内容，可能已经过期，或者浏览器不收 cookie。"), 410)
    if draft.submission_id is not None:
        return _go("submit-receipt")
    told = web_drafts.told(draft)
    if request.method != "POST":
        missing = question_steps.first_unanswered(told, before=key)
        if missing is not None or not asked.asks(told):
            return _go("submit-step", (missing or question_steps.first_unanswered(told) or question_steps.STEPS[0]).key)
        return _page(request, limits, draft, told, asked, _shown(told, asked, request.GET.get("more")))
    if request.POST.get("mark") != draft.mark:
        return _page(request, limits, draft, told, asked, _shown(told, asked), fault=ANOTHER_TAB, status=409)
    told = web_drafts.keep(draft, key, request.POST.dict())
    if told is None:
        return _go("submit-receipt")
    return _kept(request, limits, draft, told, asked)


def _shown(told, asked, more=None):
    """The page as typed: judged only if it was seen before and no further line is asked for."""
    if more:
        return asked.form(initial=told.pages.get(asked.key, {}) | {"more": "1"})
    if asked.key in told.pages:
        return told.form(asked)
    return asked.form()


def _kept(request, limits, draft, told, asked):
    do = request.POST.get("do", "")
    to = request.POST.get("to", "")
    if do == "more":
        return _again(asked, to, more="1")
    if do == "save":
        return _go("submit")
    if asked.key == "files" and (answer := _files(request, limits, draft, told, asked, do)):
        return answer
    if not told.form(asked).is_valid():
        return _again(asked, to)
    if to == CHECK and question_steps.first_unanswered(told) is None:
        return _go("submit-check")
    following = question_steps.after(told, asked.key)
    return _go("submit-step", following.key) if following else _go("submit-check")


def _again(asked, to: str, **more):
    """The same page by GET: what is wrong is read off what was kept, and going back sends nothing twice."""
    answer = _go("submit-step", asked.key)
    query = {name: value for name, value in ({"to": CHECK if to == CHECK else ""} | more).items() if value}
    if query:
        answer["Location"] += f"?{urlencode(query)}"
    return answer


def _files(request, limits, draft, told, asked, do):
    """Keep, take down, or None to go on. Chosen files are kept whichever button was pressed."""
    if do.startswith("drop:"):
        web_files.take_down(draft, do.removeprefix("drop:"))
        return _go("submit-step", asked.key)
    chosen = request.FILES.getlist("files")
    if chosen and not throttle.within(request, "upload", limits.hourly * limits.files):
        return _page(request, limits, draft, told, asked, asked.form(), refused=[TOO_MANY], status=429)
    refused = web_files.keep_all(draft, chosen, request, limits)
    if refused:
        return _page(request, limits, draft, told, asked, asked.form(), refused=refused, status=422)
    return _go("submit-step", asked.key) if do == "add" else None


def _page(request, limits, draft, told, asked, form, *, fault="", refused=(), status=200):
    at, of = question_steps.place_of(told, asked.key)
    context = {
        "step": asked,
        "form": form,
        "at": at,
        "of": of,
        "back": question_steps.before(told, asked.key),
        "mark": draft.mark,
        "to": request.POST.get("to") or request.GET.get("to", ""),
        "fault": fault,
        "refused": refused,
        "told": told,
        "limits": limits,
        "draft_days": limits.draft_days,
    }
    if asked.key == "files":
        context |= {"kept": web_files.of(draft), "accept": web_files.ACCEPT, "file_mb": limits.file // MB}
        context["power"] = told.who == forms.OTHER
    if asked.key == "ways":
        context["ways"] = other_ways.of(told)
    return draw(request, f"public/submit/{_template(asked.key)}.html", context, status=status)


def _template(key: str) -> str:
    return key if key in ("files", "ways", "claims", "others") else "step"


@door
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, limits):
    """Everything once more; by POST it is submitted, once."""
    draft = web_drafts.of(request)
    if draft is None:
        return _draw_start(request, limits, _("这里没有您正在填的内容，可能已经过期，或者浏览器不收 cookie。"), 410)
    if draft.submission_id is not None:
        return _go("submit-receipt")
    if (missing := question_steps.first_unanswered(web_drafts.told(draft))) is not None:
        return _go("submit-step", missing.key)
    if request.method != "POST":
        return _check_page(request, limits, draft)
    if request.POST.get("mark") != draft.mark:
        return _check_page(request, limits, draft, fault=ANOTHER_TAB, status=409)
    if request.POST.get("pledge") != "yes":
        return _check_page(request, limits, draft, unpledged=True, status=422)
    if not throttle.within(request, "submit", limits.hourly):
        return _check_page(request, limits, draft, fault=TOO_MANY, status=429)
    try:
        hand_in.submit(draft, request.POST.get("seal", ""), limits)
    except hand_in.Changed:
        return _check_page(request, limits, draft, fault=CHANGED, status=409)
    except hand_in.Unfinished as unfinished:
        return _go("submit-step", unfinished.step.key)
    except Refused as refused:
        return _check_page(request, limits, draft, fault=said(refused), status=422)
    return _go("submit-receipt")


def _check_page(request, limits, draft, *, fault="", unpledged=False, status=200):
    draft.refresh_from_db(fields=["body", "mark"])
    told = web_drafts.told(draft)
    organ = place_choices.registrar_of(place_choices.area_of(told.get("place", "loc")), told.kind, limits.receiver)
    context = {
        "sections": read_back.back(told),
        "kept": web_files.of(draft),
        "organ": organ,
        "nameless": told.who == forms.NAMELESS,
        "mark": draft.mark,
        "seal": hand_in.seal_of(draft),
        "fault": fault,
        "unpledged": unpledged,
        "at": question_steps.place_of(told, CHECK)[0],
        "back": question_steps.asked(told)[-1],
    }
    return draw(request, "public/submit/check.html", context, status=status)


@door
@require_GET
def receipt(request, limits):
    """Number and code; again on the same phone for a day."""
    draft = web_drafts.of(request)
    if draft is None or draft.submission_id is None:
        return _go("submit")
    context = {"receipt": receipts.of(draft), "hours": web_drafts.RECEIPT_HOURS}
    return draw(request, "public/submit/receipt.html", context)


@door
@require_GET
def receipt_picture(request, limits):
    """The receipt as a picture to keep on the phone."""
    draft = web_drafts.of(request)
    if draft is None or draft.submission_id is None:
        return _go("submit")
    answer = HttpResponse(receipts.picture(receipts.of(draft)), content_type="image/png")
    answer["Content-Disposition"] = 'attachment; filename="receipt.png"'
    return answer


@door
@require_GET
def file(request, limits, pk):
    """One of the draft's own files, as a download that no browser will run."""
    draft = web_drafts.of(request)
    found = web_files.of(draft).filter(pk=pk).first() if draft and draft.submission_id is None else None
    if found is None:
        raise Http404
    try:
        content = attachment_store.content_of(found.attachment)
    except FileRefused as refused:
        return draw(request, "public/submit/closed.html", {"fault": said(refused)}, status=422)
    answer = HttpResponse(content, content_type=found.attachment.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.attachment.name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@door
@require_POST
def clear(request, limits):
    """Leave nothing on this phone: an unfinished letter is gone, a receipt is no longer shown here."""
    if (draft := web_drafts.of(request)) is not None:
        web_drafts.throw_away(draft)
    answer = _go("submit-cleared")
    answer.delete_cookie(web_drafts.COOKIE, path=web_drafts.COOKIE_PATH)
    return answer


@door
@require_GET
def cleared(request, limits):
    """It is gone."""
    return draw(request, "public/submit/cleared.html", {})
