"""登记之后、下一位之前：编号与查询码、当场受理、移交专岗、日终核对。"""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.authority import require_holding
from accounts.models import Organ, OrganKind
from desk.menu import settled
from desk.registering import dayend, offers
from petitions.acting import Refused
from petitions.approvals import request as ask_for
from petitions.models import Petition
from petitions.states import LegalPath
from rulebook.acts import Act
from rulebook.timekeeping import today

BRANCHES = [
    ("31-1", "应当通过诉讼、行政复议等程序解决"),
    ("31-2", "应当通过仲裁解决"),
    ("31-3", "党员申诉、申请复审等"),
    ("31-4", "应当导入行政许可、裁决等行政程序"),
    ("31-5", "申请查处违法行为、履行法定职责"),
]
SAID = "经询问信访人，不属于该情形"


@never_cache
def done(request, number):
    """What the clerk hands over, and what may be done on the spot."""
    petition = _petition(request.user, number)
    parties = list(petition.submission.parties.order_by("position"))
    letters = petition.petition_letters.select_related("letter__template", "party").order_by("pk")
    proposal = petition.routing_proposals.select_related("organ", "chosen_organ").order_by("-pk").first()
    context = {
        "petition": petition,
        "submission": petition.submission,
        "parties": parties,
        "letters": [(row, offers.letter_url(petition, row.letter)) for row in letters],
        "receipt": offers.receipt_of(petition),
        "proposal": proposal,
        "branches": BRANCHES,
        "said": SAID,
        "on_the_spot": offers.on_the_spot(request.user, petition, proposal),
        "refer_to": offers.discipline_posts() if offers.may_refer(request.user, petition) else [],
    }
    return render(request, "desk/register_done.html", context)


@require_POST
def accept(request, number):
    """当场受理并打印告知书：each of the five branches answered, then 定途径 and 受理 in one go (第二十三条第一款)."""
    petition = _petition(request.user, number)
    record = [
        {"branch": code, "answer": answer == "yes", "reason": request.POST.get(f"reason_{code}", "").strip()[:200]}
        for code, _ in BRANCHES
        if (answer := request.POST.get(f"is_{code}", ""))
    ]
    try:
        _refuse_record(record)
        with transaction.atomic():
            ask_for(petition, Act.CLASSIFY, by=request.user, path=str(LegalPath.PETITION), record=record)
            ask_for(_petition(request.user, number), Act.ACCEPT, by=request.user)
    except (Refused, PermissionDenied) as reason:
        messages.error(request, str(reason))
        return redirect("register-done", number=number)
    row = petition.petition_letters.filter(letter__kind="F02").select_related("letter").order_by("-pk").first()
    if row is None:
        messages.success(request, "已受理；姓名、住址不清，豁免书面告知（第二十三条第二款）")
        return redirect("register-done", number=number)
    return redirect(f"{offers.letter_url(petition, row.letter)}?print=1&next=/register/{number}/done")


def _refuse_record(record) -> None:
    if len(record) < len(BRANCHES):
        raise Refused("请逐项判定第三十一条第一至五项")
    for row in record:
        if row["answer"]:
            raise Refused(f"第 {row['branch']} 项判定为“是”，应导入法定途径，请到信访件页办理")
        if not row["reason"]:
            raise Refused(f"请写明第 {row['branch']} 项判定为“否”的理由")


@require_POST
def refer(request, number):
    """移交检举控告专岗；the registrar sees it no more from here on (第三十条)."""
    petition = _petition(request.user, number)
    organ = get_object_or_404(Organ, pk=request.POST.get("to") or 0, kind=OrganKind.DISCIPLINE)
    try:
        ask_for(petition, Act.REFER, by=request.user, to=organ)
    except (Refused, PermissionDenied) as reason:
        messages.error(request, str(reason))
        return redirect("register-done", number=number)
    messages.success(request, f"已移交{organ.name}，登记人不再查看本件（第三十条）")
    return redirect("register")


@never_cache
def day_end(request):
    """日终核对. `?day=`, and `paper_visit` … the counts of the paper register."""
    require_holding(request.user, Act.REGISTER)
    day = _day(request.GET.get("day", ""))
    found = dayend.of(request.user, settled(request).office, day, dayend.paper_counts(request.GET))
    context = {"found": found, "day": day, "today": today(), "office": settled(request).office}
    return render(request, "desk/register_dayend.html", context)


def _day(asked: str) -> date:
    try:
        return min(date.fromisoformat(asked), today())
    except ValueError:
        return today()


def _petition(user, number) -> Petition:
    """The petition as it stands now, if the user may see it."""
    seen = Petition.objects.visible_to(user).select_related(
        "submission__registered_by", "organ__office", "rule_set", "category", "repeat_of", "merged_into"
    )
    return get_object_or_404(seen, number=number)
