"""系统停机：谁记、谁核实。期限照走，逾期日里落在停机期间的另列，不记在任何单位名下。"""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from accounts.authority import holds
from petitions.act.decorator import Refused, Stale
from petitions.models import Deadline
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, now
from supervision.custody import custody_tally
from supervision.models import Custody, Outage

LONGEST = timedelta(days=60)  # 更长的多半是填错了年份


def may_keep(user) -> bool:
    """系统管理、督查的岗位记录和核实。"""
    return holds(user, Act.CONFIGURE) or holds(user, Act.MANAGE_USERS) or holds(user, Act.ORDER)


def require_keeper(user) -> None:
    """Raises PermissionDenied with a sentence."""
    if not may_keep(user):
        raise PermissionDenied("您的岗位不记录系统停机；请联系系统管理员或者督查人员")


@transaction.atomic
def record(*, by, since: datetime, until: datetime, reason: str) -> Outage:
    """Write an outage down, to be confirmed by somebody else. Raises Refused, PermissionDenied."""
    require_keeper(by)
    if not reason.strip():
        raise Refused("请写明停机的原因")
    if until <= since:
        raise Refused("恢复的时间应当晚于停机的时间")
    if until > now():
        raise Refused("恢复的时间不能晚于现在：停机过去以后再记")
    if until - since > LONGEST:
        raise Refused(f"一次停机最长 {LONGEST.days} 天，请核对日期")
    if Outage.objects.exclude(state=Outage.State.REFUSED).filter(since__lt=until, until__gt=since).exists():
        raise Refused("这段时间与已经记录的停机重叠，请先核对清单")
    told = {"since": since, "until": until, "reason": reason.strip()}
    return Outage.objects.create(**told, recorded_by=by, recorded_at=now())


@transaction.atomic
def decide(outage: Outage, *, by, true: bool) -> Outage:
    """核实属实、不属实：by a second person, once. What it touches is tallied again within five minutes."""
    require_keeper(by)
    outage = Outage.objects.select_for_update(of=("self",)).get(pk=outage.pk)
    if outage.state != Outage.State.RECORDED:
        raise Stale(f"这条停机记录{outage.get_state_display()}，请刷新后查看")
    if outage.recorded_by_id == by.pk:
        raise Refused("记录的人不能核实自己的记录，请由第二个人核实")
    outage.state = Outage.State.CONFIRMED if true else Outage.State.REFUSED
    outage.decided_by, outage.decided_at = by, now()
    outage.save(update_fields=["state", "decided_by", "decided_at"])
    if true:
        _read_again(outage)
    return outage


def _read_again(outage: Outage) -> None:
    """Everything that was late while it lasted: its stored custody is read anew."""
    first, last = (moment.astimezone(BEIJING).date() for moment in (outage.since, outage.until))
    late = Deadline.objects.filter(due_on__lt=last).filter(Q(met_on=None) | Q(met_on__gte=first))
    Custody.objects.filter(petition__in=late.values("petition")).update(read_seq=0)
    transaction.on_commit(lambda: cache.delete(custody_tally.SEEN))
