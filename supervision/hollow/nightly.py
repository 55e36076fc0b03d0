"""每夜看一遍新办结的、新有评价的、信访人又来过的件，可疑的列出来待认定。可以重复、可以并发、可以漏跑。"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from petitions.models import Execution, LogAnchor, Party, Petition, PetitionEvent, Rating
from rulebook.timekeeping import now, today
from supervision import hollow
from supervision.hollow.case_reader import ENDED_BY, WITHIN, Closing, OrganHabits, closings, watched
from supervision.models import HollowCheck

LOOK_BACK = 7  # 自然日：停机几天也补得上；更久的，任务带上天数再跑
BATCH = 200  # 件
CAME_AGAIN = WITHIN + 275  # 自然日：多久以前登记的，办结才可能在九十天以内


def watch(days: int = LOOK_BACK) -> int:
    """Look at whatever closed or became known in the last `days`; returns how many checks were opened."""
    habits, opened = OrganHabits(today()), 0
    keys = sorted(_to_look_at(days))
    for at in range(0, len(keys), BATCH):
        opened += _open(closings(keys[at : at + BATCH], habits))
    return opened


def _to_look_at(days: int) -> set[int]:
    """Keys of petitions that closed, were rated, came again, or whose tasks of execution fell due; five queries."""
    since = today() - timedelta(days=days)
    # 日锚记着那天零时写到哪一行：不必翻全部日志
    anchor = LogAnchor.objects.filter(day__lte=since).order_by("-day").values_list("last_event_id", flat=True).first()
    closed = PetitionEvent.objects.filter(pk__gt=anchor or 0, act__in=ENDED_BY).values_list("petition", flat=True)
    # 评价期满的才看：期满以前，被评价单位的督查岗位不能从线索里读出评价
    poor = Rating.objects.filter(score=Rating.Score.DISSATISFIED)
    rated = poor.closed(today()).filter(until__gte=since - timedelta(days=1))
    newcomers = Party.objects.filter(submission__petitions__registered_on__gte=since)
    earlier = watched().filter(
        submission__parties__person__in=newcomers.values("person"),
        registered_on__gte=today() - timedelta(days=CAME_AGAIN),
    )
    late = Execution.objects.undone().filter(due_on__gte=since - timedelta(days=1), due_on__lt=today())
    found = (rows.values_list("petition", flat=True) for rows in (rated, late))
    return {*closed, *earlier.values_list("pk", flat=True), *(key for keys in found for key in keys)}


@transaction.atomic
def _open(found: Iterable[Closing]) -> int:
    """Open a check for each doubtful closing that has none; what became known since is added to one still open."""
    doubtful = {(one.petition.pk, one.seq): one for one in found if hollow.is_doubtful(hollow.signals(one.case))}
    known = HollowCheck.objects.filter(petition__in={pk for pk, _ in doubtful})
    listed = set(known.values_list("petition", "closing"))
    stale = []
    for check in known.open().select_for_update(skip_locked=True).order_by("pk"):
        if closing := doubtful.get((check.petition_id, check.closing)):
            before = check.signals
            _tell(check, closing)
            stale += [check] if check.signals != before else []
    HollowCheck.objects.bulk_update(stale, ["signals", "score"])
    fresh = [check_of(one) for key, one in doubtful.items() if key not in listed]
    HollowCheck.objects.bulk_create(fresh, ignore_conflicts=True)  # 另一遍扫描同时列出的，算它的
    return len(fresh)


def check_of(closing: Closing) -> HollowCheck:
    """A check of the closing, not saved."""
    check = HollowCheck(
        petition=closing.petition, closing=closing.seq, closed_on=closing.case.closed_on, opened_at=now()
    )
    _tell(check, closing)
    return check


def closing_of(petition: Petition) -> Closing | None:
    """The last closing of one petition; None where it is not over or is none of ours to look at."""
    return next(iter(closings([petition.pk], OrganHabits(today()))), None)


def _tell(check: HollowCheck, closing: Closing) -> None:
    found = hollow.signals(closing.case)
    check.score = hollow.score(found)
    check.signals = [
        {"code": str(one.code), "weight": one.weight, "reason": one.reason, "about": one.about} for one in found
    ]
