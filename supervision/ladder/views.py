"""一件的提醒：哪条期限到了哪级、告知了谁、谁知悉了；督查人员可以撤销。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.authority import may
from petitions.act.decorator import Refused
from rulebook.acts import Act
from rulebook.terms import BY_CODE
from supervision.board.case_list import scope_of
from supervision.board.views import supervisors_only
from supervision.ladder.addressees import LABELS
from supervision.ladder.withdrawal import withdraw, withdrawable
from supervision.models import Custody, Reminder, Telling
from supervision.orders.forms import WithdrawForm

SHOWN = 60


@require_http_methods(["GET", "POST"])
def reminders(request, number):
    """What was reminded of on one petition, newest first, and the form that withdraws it."""
    supervisors_only(request.user)
    petition = scope_of(request.user).select_related("submission", "organ").filter(number=number).first()
    if petition is None:
        raise Http404("没有这件信访事项，或您的岗位不能督办它")
    form, refusal = None, ""
    if may(request.user, Act.WITHDRAW_REMINDERS, petition) and withdrawable(petition).exists():
        form = WithdrawForm(request.POST or None, deadlines=withdrawable(petition))
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            count = withdraw(form.cleaned_data["deadline"], by=request.user, reason=form.cleaned_data["reason"])
        except (Refused, PermissionDenied) as said:
            refusal = str(said)
        else:
            messages.success(request, f"已撤销 {count} 次提醒，不再计入承办单位")
            return redirect("supervision:reminders", number)
    rows = [_row(reminder) for reminder in _found(petition)]
    late = Custody.objects.filter(petition=petition, late_days__gt=0).select_related("organ").order_by("-late_days")
    context = {"petition": petition, "rows": rows, "late": list(late), "form": form, "refusal": refusal}
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/reminders.html", context, status=status)


def _found(petition):
    tellings = Telling.objects.select_related("person", "message__notice").order_by("pk")
    return (
        Reminder.objects.filter(deadline__petition=petition)
        .select_related("deadline")
        .prefetch_related(Prefetch("tellings", tellings))
        .order_by("-pk")[:SHOWN]
    )


def _row(reminder) -> dict:
    return {
        "reminder": reminder,
        "term": BY_CODE[reminder.deadline.term].label,
        "told": [_told(telling) for telling in reminder.tellings.all()],
        "raised": LABELS.get(reminder.raised_to, ""),
    }


def _told(telling) -> dict:
    notice = getattr(telling.message, "notice", None)
    return {
        "name": telling.person.name,
        "as": LABELS.get(telling.addressee, ""),
        "read_at": notice and notice.read_at,
        "acknowledged_at": notice and notice.acknowledged_at,
        "waits": notice is None,
    }
