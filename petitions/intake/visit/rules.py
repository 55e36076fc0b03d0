"""接访的每一步：取号、叫号、开始接待、未到、离开（rules §8.2 第 1、12 步）。

Whoever may register for an office runs its hall. Numbers run from 1 for each office and day, without gaps; two windows
that call at once get two visits. Raises Refused with a sentence, PermissionDenied for another office's hall.
"""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.authority import may_for
from petitions.act.decorator import Refused
from petitions.act.states import Channel
from petitions.intake.models import NumberCounter
from petitions.intake.visit.models import Visit
from rulebook.acts import Act
from rulebook.timekeeping import now, today

WINDOWS_MOST = 99
TICKET_PEOPLE_MOST = 99_999


def require_hall(by, organ) -> None:
    """Only those who register for the office run its hall."""
    if not may_for(by, Act.REGISTER, organ):
        raise PermissionDenied(f"您的岗位不在“{organ.short_name}”的接待大厅登记，不能办理取号叫号")


@transaction.atomic
def take(organ, *, by, need: str = "", people: int = 1) -> Visit:
    """取号: the next number of the day."""
    require_hall(by, organ)
    if need and need not in Visit.Need.values:
        raise Refused("请在名单里选择优先接待的情形")
    if not 1 <= people <= TICKET_PEOPLE_MOST:
        raise Refused("人数请填 1 以上的数字")
    day = today()
    number = NumberCounter.objects.take(f"hall-{organ.office_id}-{day:%m%d}", day.year)
    return Visit.objects.create(
        organ_id=organ.office_id, day=day, number=number, need=need, people=people, taken_at=now()
    )


def in_hand_of(user, organ) -> Visit | None:
    """The visit the clerk has called or is meeting today."""
    return Visit.objects.on(organ, today()).in_hand().filter(clerk=user).first()


@transaction.atomic
def call_next(organ, *, by, window: int) -> Visit:
    """叫下一号 to the window; a visit that is being met is over with that. Refused where nobody waits, or where the
    one called before has neither come nor been found absent."""
    require_hall(by, organ)
    if not 1 <= window <= WINDOWS_MOST:
        raise Refused("请先写明您在几号窗口")
    mine = in_hand_of(by, organ)
    if mine is not None and mine.state == Visit.State.CALLED:
        raise Refused(f"{mine.ticket} 还在叫号：人到了的点“开始接待”，没有来的点“未到”，再叫下一号")
    found = Visit.objects.on(organ, today()).waiting().select_for_update(skip_locked=True, of=("self",)).first()
    if found is None:
        raise Refused("现在没有人等候")
    if mine is not None:
        _leave(mine, Visit.End.CALM)
    return _call(found, by, window)


@transaction.atomic
def call_again(visit: Visit, *, by, window: int) -> Visit:
    """再叫一次: the one still being called, or one that had missed its call and came later the same day."""
    visit = _locked(visit, by)
    if visit.state == Visit.State.CALLED and visit.clerk_id == by.pk:
        visit.calls, visit.called_at = visit.calls + 1, now()
        visit.save(update_fields=["calls", "called_at"])
        return visit
    if visit.end != Visit.End.ABSENT or visit.day != today():
        raise Refused(f"{visit.ticket} 现为“{visit.get_state_display()}”，不能再叫")
    if mine := in_hand_of(by, visit.organ):
        raise Refused(f"您正在接待 {mine.ticket}，先办完或者登记离开，再叫 {visit.ticket}")
    return _call(visit, by, window)


def _call(visit, by, window) -> Visit:
    visit.state, visit.clerk, visit.window = Visit.State.CALLED, by, window
    visit.called_at, visit.calls, visit.left_at, visit.end = now(), visit.calls + 1, None, ""
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as taken:
        raise Refused("您刚在另一个页面叫了号，请刷新本页") from taken
    return visit


@transaction.atomic
def meet(visit: Visit, *, by) -> Visit:
    """开始接待: the visitor is at the window. Nothing to do where the reception runs already."""
    visit = _locked(visit, by)
    if visit.clerk_id != by.pk or visit.state not in (Visit.State.CALLED, Visit.State.MET):
        raise Refused(f"{visit.ticket} 现为“{visit.get_state_display()}”，不由您接待，请重新叫号")
    if visit.state == Visit.State.CALLED:
        visit.state, visit.met_at = Visit.State.MET, now()
        visit.save(update_fields=["state", "met_at"])
    return visit


@transaction.atomic
def miss(visit: Visit, *, by) -> Visit:
    """未到 of one that was called, 自行离开 of one that waited. Neither loses anything: they can be called again, or
    draw another number."""
    visit = _locked(visit, by)
    if visit.state == Visit.State.WAITING:
        return _leave(visit, Visit.End.GONE)
    if visit.state != Visit.State.CALLED:
        raise Refused(f"{visit.ticket} 现为“{visit.get_state_display()}”，不能记为未到")
    return _leave(visit, Visit.End.ABSENT)


@transaction.atomic
def pass_on(visit: Visit, *, by, to) -> Visit:
    """The visitor at the giver's window is met on by a colleague, who has nobody else in hand."""
    visit = _locked(visit, by)
    if visit.clerk_id != by.pk or visit.state not in (Visit.State.CALLED, Visit.State.MET):
        raise Refused(f"{visit.ticket} 现为“{visit.get_state_display()}”，不在您手里，不用移交")
    visit.clerk = to
    try:
        with transaction.atomic():
            visit.save(update_fields=["clerk"])
    except IntegrityError as busy:
        raise Refused(f"{to.name}正在接待别的来访人，{visit.ticket} 请先办完或者交给他人") from busy
    return visit


@transaction.atomic
def attend(visit: Visit, submission, *, by) -> None:
    """The registration was taken down at this visit, maybe from a draft of an hour ago; the reception of one that was
    called began at the latest now."""
    visit = _locked(visit, by)
    if visit.organ_id != submission.organ_id:
        raise Refused(f"{visit.ticket} 不是本单位的号，请刷新后再登记")
    if visit.state == Visit.State.CALLED and visit.clerk_id == by.pk:
        meet(visit, by=by)
    visit.submissions.add(submission)


@transaction.atomic
def conclude(visit: Visit, *, by, end: str, mood: str, told: bool, receipt: bool, note: str = "") -> Visit:
    """走访结束登记: how they left, what they said, whether they were told and have their receipt. May be written again
    the same day by the one who met them; what stood before is overwritten, it is no act on any petition."""
    visit = _locked(visit, by)
    if visit.met_at is None or visit.clerk_id != by.pk:
        raise Refused(f"{visit.ticket} 不是您接待的，请接待人登记")
    if end not in (Visit.End.CALM, Visit.End.PERSUADED, Visit.End.FETCHED, Visit.End.STAYED):
        raise Refused("请选择怎样离开")
    if mood not in Visit.Mood.values:
        raise Refused("请选择信访人的表示，没有表示的选“未表示”")
    visit.mood, visit.told, visit.receipt, visit.note = mood, told, receipt, note.strip()
    return _leave(visit, end)


@transaction.atomic
def visit_of(petition, *, by) -> Visit:
    """The visit at which a petition was taken down; made now, without a number, where nobody drew one."""
    submission = petition.submission
    if submission.channel != Channel.VISIT:
        raise Refused("走访结束登记只用于来访")
    found = submission.visits.order_by("-pk").first()
    if found is not None:
        return found
    require_hall(by, submission.organ)
    if submission.registered_by_id != by.pk:
        raise Refused("这件来访不是您接待的，请接待人登记")
    met_at = submission.registered_at
    made = Visit.objects.create(
        organ=submission.organ,
        day=submission.received_on,
        people=submission.people_count,
        state=Visit.State.LEFT,
        taken_at=met_at,
        met_at=met_at,
        left_at=now(),
        end=Visit.End.CALM,
        clerk=by,
    )
    made.submissions.add(submission)
    return made


def _leave(visit, end) -> Visit:
    visit.state, visit.end = Visit.State.LEFT, end
    visit.left_at = visit.left_at or now()
    visit.save()
    return visit


def _locked(visit, by) -> Visit:
    visit = Visit.objects.select_for_update(of=("self",)).select_related("organ").get(pk=visit.pk)
    require_hall(by, visit.organ)
    return visit
