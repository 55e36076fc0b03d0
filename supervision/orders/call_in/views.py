"""约谈和通报的页面：记一次约谈、看约谈和承诺、发一份通报、看通报。"""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import holds, require_holding
from accounts.models import Organ, OrganKind
from accounts.privacy import mask_text
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, now, today
from supervision.models import CallIn, Circular, Order
from supervision.orders import order_list as orders
from supervision.orders.call_in import rules as calling_in
from supervision.orders.forms import day, words

OTHERS = 20  # 一次最多带上的其他督办单
ROWS = 3  # 表上的承诺几行；更多的另记一次
SCOPES = (OrganKind.STREET, OrganKind.TOWN, OrganKind.BUREAU, OrganKind.PETITION_OFFICE)
APPROVED = "例如“联席会议召集人 3 月 2 日批准”"


def line(label, *, missing, longest=120, required=True, help_text=""):
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        error_messages={"required": missing, "max_length": f"{label}不能超过 {longest} 字"},
    )


class OrdersForm(forms.Form):
    """Which orders a record is about: the one it was opened from, ticked, and others that may join it."""

    orders = forms.ModelMultipleChoiceField(
        label="所据督办单",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择所据的督办单"},
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["orders"].queryset = offered
        self.fields["orders"].label_from_instance = lambda order: f"{order.number} {order.petition.title}"


class CallInForm(OrdersForm):
    basis = forms.ChoiceField(label="依据", choices=CallIn.Basis.choices)
    approved = line("批准", missing="", required=False, help_text=f"联席会议约谈的必填，{APPROVED}")
    called = forms.ChoiceField(label="约谈谁", choices=CallIn.Called.choices, help_text="只写职务，不写姓名")
    on = day("约谈日", missing="请填写约谈日")
    at = forms.TimeField(
        label="时刻",
        widget=forms.TimeInput(format="%H:%M"),
        error_messages={"required": "请填写时刻", "invalid": "时刻应写成 09:30 的样子"},
    )
    place = line("地点", missing="请填写地点")
    topic = line("事由", missing="请写明约谈事由", longest=200)
    minutes = words("谈话要点", missing="请写明谈话要点", rows=5, longest=5000, help_text="加密保存")

    def told(self) -> dict:
        """What calling_in.call_in takes; the moment is 北京时间."""
        told = dict(self.cleaned_data)
        return {"held_at": datetime.combine(told.pop("on"), told.pop("at"), BEIJING), **told}


class CommitmentForm(forms.Form):
    """One promise; a row left blank is none."""

    text = line("承诺", missing="", longest=300, required=False)
    due_on = day("完成期限", missing="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].required = False

    def clean(self):
        told = super().clean()
        if "due_on" not in self.errors and bool(told.get("text")) != bool(told.get("due_on")):
            lacking = "due_on" if told.get("text") else "text"
            self.add_error(lacking, "请指定完成期限" if lacking == "due_on" else "请写明承诺什么")
        return told


Commitments = forms.formset_factory(CommitmentForm, extra=0, min_num=ROWS, max_num=ROWS, absolute_max=ROWS)


class KeepForm(forms.Form):
    done_on = day("履行日", missing="请填写履行日")
    how = words("怎样履行", missing="请写明怎样履行、凭什么认定", rows=2)


class CircularForm(OrdersForm):
    approved = line("批准", missing="请写明谁在哪天批准通报", help_text=APPROVED)
    kinds = forms.MultipleChoiceField(
        label="通报范围",
        choices=[(kind, f"辖区{OrganKind(kind).label}") for kind in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="责任单位都在其内；不勾选的只发责任单位",
    )
    title = line("标题", missing="请填写标题", longest=100)
    text = words("正文", missing="请写明正文", rows=8, longest=5000, help_text="不写信访人的姓名、电话、证件号")

    def told(self, office) -> dict:
        """What calling_in.circulate takes: the organs the orders were sent to, and those of the kinds in the area."""
        told = dict(self.cleaned_data)
        kinds, chosen = told.pop("kinds"), list(told.pop("orders"))
        within = Organ.objects.in_force_on(today()).filter(
            kind__in=kinds, territory__startswith=office.territory or "-"
        )
        organs = {organ.pk: organ for organ in [*(order.to.office for order in chosen), *within]}
        return {"orders": chosen, "told": list(organs.values()), **told}


@require_http_methods(["GET", "POST"])
def new_call_in(request):
    """约谈：从一份督办单开始，可以带上同一单位的其他督办单。"""
    first = _first(request, Act.CALL_IN)
    offered = _offered(request.user, Act.CALL_IN, Q(to__office_id=first.to.office_id) & ~Q(state="closed"), first)
    moment = now().astimezone(BEIJING)
    initial = {"orders": [first.pk], "on": moment.date(), "at": moment.time(), "basis": CallIn.Basis.OFFICE}
    form = CallInForm(request.POST or None, offered=offered, initial=initial)
    rows = Commitments(request.POST or None, prefix="c")
    refusal = ""
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        told = form.told()
        promised = [(row["text"], row["due_on"]) for row in rows.cleaned_data if row.get("text")]
        try:
            made = calling_in.call_in(list(told.pop("orders")), by=request.user, commitments=promised, **told)
        except (Refused, PermissionDenied) as said:
            refusal = str(said)
        else:
            messages.success(request, "已记录约谈")
            return redirect(calling_in.address(made))
    status = 422 if request.method == "POST" else 200
    context = {"first": first, "form": form, "rows": rows, "refusal": refusal}
    return render(request, "supervision/call_in_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def call_in(request, pk):
    """一次约谈：谈了什么，承诺了什么，办没办。"""
    found = CallIn.objects.filter(orders__in=orders.seen_by(request.user)).distinct()
    record = get_object_or_404(found.select_related("office", "organ", "made_by"), pk=pk)
    mine = orders.seen_by(request.user).filter(call_ins=record).select_related("petition")
    if mine.count() != record.orders.count():
        raise Http404("这次约谈还关系到您看不到的督办单")
    may_keep, wanted = holds(request.user, Act.KEEP_COMMITMENT), request.POST.get("commitment")
    rows, refusal = [], ""
    for one in record.commitments.select_related("recorded_by").order_by("due_on", "pk"):
        asked = request.method == "POST" and wanted == str(one.pk)
        open_still = may_keep and one.done_on is None
        form = (
            KeepForm(request.POST if asked else None, auto_id=f"id_{one.pk}_%s", initial={"done_on": today()})
            if open_still
            else None
        )
        if asked and not open_still:
            refusal = "这一项已登记履行，或者您的岗位不登记"
        elif asked and form.is_valid():
            try:
                calling_in.keep(one, by=request.user, **form.cleaned_data)
            except (Refused, PermissionDenied) as said:
                refusal = str(said)
            else:
                messages.success(request, "已登记履行")
                return redirect(calling_in.address(record))
        rows.append({"commitment": one, "late": one.is_late(today()), "form": form})
    context = {
        "record": record,
        "orders": mine.order_by("pk"),
        "minutes": mask_text(record.minutes),
        "rows": rows,
        "refusal": refusal,
    }
    return render(request, "supervision/call_in.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def new_circular(request):
    """通报：从一份督办单开始，可以带上本单位督办的其他督办单。"""
    first = _first(request, Act.CIRCULATE)
    plain = Q(petition__secrecy=0, petition__accused_organ=None)
    offered = _offered(request.user, Act.CIRCULATE, plain & Q(issuer=first.issuer_id) & ~Q(card="plain"), first)
    initial = {"orders": [first.pk]}
    form = CircularForm(request.POST or None, offered=offered, initial=initial)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = calling_in.circulate(by=request.user, **form.told(request.user.office))
        except (Refused, PermissionDenied) as said:
            refusal = str(said)
        else:
            messages.success(request, f"已发出通报 {made.number}")
            return redirect("supervision:circular", pk=made.pk)
    status = 422 if request.method == "POST" else 200
    context = {"first": first, "form": form, "refusal": refusal}
    return render(request, "supervision/circular_form.html", context, status=status)


@require_GET
def circular(request, pk):
    """一份通报：通报范围内的单位都看得到；所据督办单只列本人看得到的。"""
    user = request.user
    record = get_object_or_404(Circular.objects.select_related("office", "made_by"), pk=pk)
    told = list(record.told.order_by("path"))
    mine = Order.objects.among(Petition.objects.visible_to(user)).filter(circulars=record).select_related("petition")
    mine = list(mine.order_by("pk"))
    if not mine and user.office not in [record.office, *told]:
        raise Http404("没有这份通报，或者不在您单位的通报范围")
    return render(request, "supervision/circular.html", {"record": record, "told": told, "orders": mine})


def _first(request, act: Act) -> Order:
    """The order the page was opened from; one that the user may not do the act to is a page that is not there."""
    require_holding(request.user, act)
    asked = request.GET.get("order", "")
    if not asked.isdecimal() or len(asked) > 15:
        raise Http404("请从督办单页进入")
    found = Order.objects.among(Petition.objects.visible_to(request.user, act)).select_related("to__office", "issuer")
    return get_object_or_404(found, pk=int(asked))


def _offered(user, act: Act, condition: Q, first: Order):
    """The first order and the newest of the others that may stand in the same record."""
    within = Order.objects.among(Petition.objects.visible_to(user, act))
    newest = list(within.filter(condition).exclude(pk=first.pk).newest_first().values_list("pk", flat=True)[:OTHERS])
    chosen = within.filter(pk__in=[first.pk, *newest])
    return chosen.select_related(
        "to__office", "petition__organ__office", "petition__submission", "petition__rule_set"
    ).order_by("-pk")
