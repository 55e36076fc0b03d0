"""交接班：把没有办完的草稿、正在接待的人交给同一个大厅的同事；谁交给谁、交了什么，都有记录。"""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.authority import require_holding
from accounts.models import Appointment, User
from desk.hall import window
from desk.menu import settled
from desk.registration import register_drafts as drafts
from petitions.act.decorator import Refused
from petitions.intake.visit import rules as visiting
from petitions.models import ShiftHandover
from rulebook.acts import Act
from rulebook.timekeeping import local_date, now, today

SHOWN = 20


class ShiftForm(forms.Form):
    """To whom, and what."""

    taker = forms.ModelChoiceField(
        User.objects.none(),
        label="交给",
        empty_label="请选择",
        error_messages={"required": "请选择接班人", "invalid_choice": "所选的人不在本单位的登记岗位，请重新选择"},
    )
    drafts = forms.MultipleChoiceField(label="草稿", required=False, widget=forms.CheckboxSelectMultiple)
    visit = forms.BooleanField(label="正在接待的人", required=False)
    note = forms.CharField(
        label="交代事项",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="加密保存，只有交接双方看得见",
    )

    def __init__(self, *args, colleagues, kept, visit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = colleagues
        self.fields["drafts"].choices = [(row["key"], f"{row['label']} {row['name']}") for row in kept]
        self.fields["drafts"].initial = [row["key"] for row in kept]
        if not kept:
            del self.fields["drafts"]
        if visit is None:
            del self.fields["visit"]
        else:
            self.fields["visit"].label = f"正在接待的 {visit.ticket}"
            self.fields["visit"].initial = True

    def clean(self):
        """Something must change hands."""
        told = super().clean()
        if not self.errors and not any((told.get("drafts"), told.get("visit"), told["note"].strip())):
            raise forms.ValidationError("没有要移交的：请勾选草稿、来访人，或者写明交代事项")
        return told


def colleagues(user, office):
    """Who else registers at the office today."""
    held = Appointment.objects.current_on(today()).filter(
        post__organ__office=office.pk, post__role__grants__act=Act.REGISTER
    )
    return User.objects.active().filter(pk__in=held.values("user")).exclude(pk=user.pk).order_by("name")


@transaction.atomic
def hand_over(*, giver, taker, office, keys, visit, sat, note) -> ShiftHandover:
    """All of it or nothing. Raises Refused where the visitor cannot be passed on."""
    given = drafts.give(keys, giver=giver, taker=taker)
    if len(given) != len(set(keys)):
        raise Refused("有草稿刚被登记或者删除，请刷新后重选")
    if visit is not None:
        visiting.pass_on(visit, by=giver, to=taker)
    return ShiftHandover.objects.create(
        organ=office, giver=giver, taker=taker, window=sat, drafts=given, visit=visit, note=note.strip(), at=now()
    )


def taken_today(user) -> ShiftHandover | None:
    """The last hand-over to the user, if it was today."""
    last = ShiftHandover.objects.filter(taker=user).select_related("giver", "visit").order_by("-pk").first()
    return last if last is not None and local_date(last.at) == today() else None


@never_cache
@require_http_methods(["GET", "POST"])
def shift(request):
    """交班, and the last hand-overs of the office; what was said stays between the two."""
    require_holding(request.user, Act.REGISTER)
    user, office = request.user, settled(request).office
    kept = [drafts.described(draft) for draft in drafts.of(user)]
    visit = visiting.in_hand_of(user, office)
    form = ShiftForm(request.POST or None, colleagues=colleagues(user, office), kept=kept, visit=visit)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            hand_over(
                giver=user,
                taker=told["taker"],
                office=office,
                keys=told.get("drafts", []),
                visit=visit if told.get("visit") else None,
                sat=window.of(request),
                note=told["note"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已交给{told['taker'].name}")
            return redirect("hall-shift")
    rows = ShiftHandover.objects.filter(organ=office).select_related("giver", "taker", "visit").order_by("-pk")[:SHOWN]
    context = {"form": form, "rows": rows, "kept": kept, "visit": visit}
    return render(request, "desk/hall/shift.html", context, status=422 if form.is_bound else 200)
