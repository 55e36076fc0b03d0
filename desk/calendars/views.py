"""规则管理员的放假安排页：年份、上传、预览、发布。件只见编号，保密件连编号也不见。"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.authority import require_holding
from desk.calendars import missing_years
from desk.calendars.forms import ConfirmForm, TableForm
from petitions.clocks import republication
from rulebook.acts import Act
from rulebook.city import publication
from rulebook.city.rules_pack import written
from rulebook.models import CalendarVersion, RuleSet
from rulebook.terms import BY_CODE
from rulebook.timekeeping import today

A_PAGE = 50
SECONDS = 8.0  # 发布的人最多等这么久，剩下的由定时任务接着改


@require_http_methods(["GET", "POST"])
def calendars(request):
    """The years published, the drafts, and a form for the next table."""
    require_holding(request.user, Act.CONFIGURE)
    form = TableForm(request.POST or None, request.FILES or None, initial={"year": today().year + 1})
    if request.method == "POST" and form.is_valid():
        return redirect("calendar-draft", publication.keep_draft(form.table).pk)
    context = {
        "form": form,
        "versions": _versions(),
        "drafts": CalendarVersion.objects.drafts().order_by("year"),
        "pending": republication.pending(),
        "missing": missing_years.sentence(today()),
        "rule_sets": RuleSet.objects.order_by("-effective_from", "-pk"),
    }
    return render(request, "desk/calendars/list.html", context, status=422 if form.errors else 200)


def _versions() -> list[CalendarVersion]:
    """Every published table, newest year first; `is_current` marks the one in force of its year."""
    versions = list(CalendarVersion.objects.published().order_by("-year", "-version"))
    newest = {version.year: version.version for version in reversed(versions)}
    for version in versions:
        version.is_current = version.version == newest[version.year]
    return versions


@require_GET
def table(request, pk):
    """One table as the CSV that can be corrected and uploaded again."""
    require_holding(request.user, Act.CONFIGURE)
    version = get_object_or_404(CalendarVersion, pk=pk)
    answer = HttpResponse("\ufeff" + written(publication.table_of(version)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{version.year}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def draft(request, pk):
    """What publishing the draft would move, by term and page; confirmed, it becomes the year's next version."""
    require_holding(request.user, Act.CONFIGURE)
    one = _draft(pk)
    newest = CalendarVersion.objects.newest_id()
    form = ConfirmForm(request.POST or None, initial={"newest": newest})
    if request.method == "GET" or not form.is_valid():
        return _preview(request, one, form)
    if form.cleaned_data["newest"] != newest:
        messages.warning(request, "您查看之后又有放假安排发布，会动的期限已经不同，请看过新的预览再发布")
        return redirect("calendar-draft", one.pk)
    version = republication.publish(publication.table_of(one), by=request.user)
    publication.drop_draft(one)
    done = republication.apply(seconds=SECONDS)
    messages.success(request, f"已发布{version}：{_said(done)}")
    return redirect("calendars")


@require_POST
def drop(request, pk):
    """The draft is thrown away; nothing was published."""
    require_holding(request.user, Act.CONFIGURE)
    one = _draft(pk)
    publication.drop_draft(one)
    messages.success(request, f"已丢弃 {one.year} 年的草稿")
    return redirect("calendars")


@require_POST
def resume(request):
    """Move the clocks that a run before had not reached."""
    require_holding(request.user, Act.CONFIGURE)
    messages.success(request, f"接着重算：{_said(republication.apply(seconds=SECONDS))}")
    return redirect("calendars")


def _draft(pk: int) -> CalendarVersion:
    return get_object_or_404(CalendarVersion.objects.drafts(), pk=pk)


def _said(done: republication.Difference) -> str:
    rest = "" if done.is_finished else "；其余的由系统接着改，几分钟内改完"
    return f"{len(done.moves)} 个期限的日子变动，另有 {done.marks} 个只变暂定标记{rest}"


def _preview(request, one: CalendarVersion, form: ConfirmForm):
    new = publication.table_of(one)
    found = republication.preview(new)
    term = request.GET.get("term", "")
    counted = found.by_term()
    moves = [move for move in found.moves if move.term == term] if term in counted else found.moves
    tabs = [{"label": "全部", "url": "?", "count": len(found.moves), "current": term not in counted}]
    tabs += [
        {"label": BY_CODE[code].label, "url": f"?term={code}", "count": count, "current": code == term}
        for code, count in counted.items()
    ]
    context = {
        "draft": one,
        "form": form,
        "found": found,
        "tabs": tabs,
        "page": Paginator(moves, A_PAGE).get_page(request.GET.get("page")),
        "query": f"term={term}" if term in counted else "",
        "days": [(day, is_workday, name) for day, (is_workday, name) in new.days.items()],
    }
    return render(request, "desk/calendars/draft.html", context, status=422 if form.errors else 200)
