"""联席会议议题：清单（可打印）、列入一件、登记会议决定。"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import holds, require_holding
from accounts.models import Organ
from accounts.privacy import mask_text
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.conference import rules as conference
from supervision.models import ConferenceItem
from supervision.orders.forms import day, words

SHOWN = 100  # 一份清单最多列多少件
State = ConferenceItem.State
VIEWS = {"": ("待议", State.LISTED), "decided": ("已议定", State.DECIDED)}


class ListForm(forms.Form):
    on = day("拟上会日", missing="请填写拟上会日")
    reason = words(
        "列入理由", missing="请写明为什么要由联席会议议", rows=3, longest=1000, help_text="加密保存，记入办理过程"
    )


class OrganChoice(forms.ModelChoiceField):
    def label_from_instance(self, organ) -> str:
        return organ.name


class DecideForm(forms.Form):
    on = day("议定日", missing="请填写会议议定的日子")
    to = OrganChoice(
        label="责任单位", queryset=None, empty_label="请选择", error_messages={"required": "请选择责任单位"}
    )
    due_on = day("落实期限", missing="请指定落实期限")
    decision = words("议定事项", missing="请照会议纪要写明议定事项", rows=4, help_text="加密保存，记入办理过程")

    def __init__(self, *args, item: ConferenceItem, **kwargs):
        super().__init__(*args, **kwargs)
        area = item.office.territory or "-"
        offices = Organ.objects.in_force_on(today()).offices()
        self.fields["to"].queryset = offices.filter(territory__startswith=area).order_by("path")


@require_GET
def listing(request):
    """待议的按拟上会日排，已议定的新的在前；只列本人看得到的件。"""
    user = request.user
    if not conference.holds_any(user):
        raise PermissionDenied("您的岗位不办理联席会议议题；需要上会的，请联系信访部门督查岗位")
    view = request.GET.get("view", "")
    view = view if view in VIEWS else ""
    name, state = VIEWS[view]
    order = ("-held_on", "-pk") if state == State.DECIDED else ("on", "pk")
    found = list(conference.seen_by(user).filter(state=state).order_by(*order)[: SHOWN + 1])
    context = {
        "name": name,
        "tabs": [
            {"label": label, "url": f"{conference.PAGE}?view={key}" if key else conference.PAGE, "current": key == view}
            for key, (label, _) in VIEWS.items()
        ],
        "rows": [_row(item, user, today()) for item in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "shown": SHOWN,
        "today": today(),
        "decided": state == State.DECIDED,
        "may_list": holds(user, Act.LIST_FOR_CONFERENCE),
        "may_order": holds(user, Act.ORDER),
    }
    return render(request, "supervision/conference/listing.html", context)


def _row(item, user, on) -> dict:
    return {
        "item": item,
        "reason": mask_text(item.reason),
        "decision": mask_text(item.decision),
        "late": item.state == State.LISTED and item.on < on,
        "may_decide": item.state == State.LISTED and conference.may_decide(item, user),
    }


@require_http_methods(["GET", "POST"])
def new(request):
    """列入联席会议：哪一件、拟哪天上会、为什么。"""
    user = request.user
    require_holding(user, Act.LIST_FOR_CONFERENCE)
    asked = request.GET.get("case", "").strip()[:44]
    reached = Petition.objects.visible_to(user, Act.LIST_FOR_CONFERENCE)
    found = reached.select_related("submission", "organ__office", "rule_set").filter(number=asked).first()
    form = ListForm(request.POST or None) if found is not None else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            conference.enlist(found, by=user, **form.cleaned_data)
        except Refused as said:
            form.add_error(None, str(said))
        else:
            messages.success(request, f"{found.number} 已列入联席会议")
            return redirect("supervision:conference")
    fault = f"没有编号为 {asked} 的件，或者您的岗位不能把它列入" if asked and found is None else ""
    context = {"asked": asked, "fault": fault, "petition": found, "form": form}
    status = 422 if fault or request.method == "POST" else 200
    return render(request, "supervision/conference/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
def decide(request, pk):
    """登记会议决定：照纪要写。"""
    require_holding(request.user, Act.DECIDE_AT_CONFERENCE)
    item = get_object_or_404(conference.seen_by(request.user), pk=pk)
    if not conference.may_decide(item, request.user):
        raise Http404(f"这次会议的决定由{item.office.short_name}登记")
    if item.state != State.LISTED:
        messages.warning(request, "这一件的决定已经登记")
        return redirect("supervision:conference")
    form = DecideForm(request.POST or None, item=item, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            conference.decide(item, by=request.user, **form.cleaned_data)
        except Refused as said:
            form.add_error(None, str(said))
        else:
            messages.success(request, f"已登记 {item.petition.number} 的联席会议决定")
            return redirect(f"{conference.PAGE}?view=decided")
    context = {"form": form, "item": item, "reason": mask_text(item.reason)}
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/conference/decide.html", context, status=status)
