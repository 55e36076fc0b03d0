"""回访：督查专员给评价不满意的人打电话；多数两天内打通，少数没有打通、还没有轮到。"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from config.demo import people
from petitions.models import CallBack
from petitions.service.callback import rules as calling_back
from petitions.service.callback.models import Finding, Outcome, Try
from rulebook.timekeeping import BEIJING, at, local_date

RESTS = timedelta(days=4)  # 隔一个周末也已到第二个工作日
HOUR = time(10, 20)
TOLD = (
    (Outcome.UNSOLVED, Finding.CONFIRMED, "信访人说承诺的还没有做到，电话里请物业核对，属实。"),
    (Outcome.SOLVED, Finding.CONFIRMED, "评价以后单位上门做完了，信访人认可；当时答复确有一项没有说明。"),
    (Outcome.PARTLY, Finding.CONFIRMED, "两项做到一项，另一项没有说明哪天做到。"),
    (Outcome.SOLVED, Finding.UNFOUNDED, "信访人对结果没有意见，是对标准本身有意见，已作解释。"),
    (Outcome.DECLINED, "", "信访人说不想再谈，已告知仍可以改评价、申请复查。"),
)


def lawful_calls(walk, day: date, seed: str) -> Iterator[tuple[int, str, Callable[[], None]]]:
    """Each call-back that is made that day: (petition's key, what, act)."""
    for key, _opened_at, act in _waiting(walk, day, seed):
        yield key, "回访", act


def catch_up(walk, moment: datetime, seed: str) -> int:
    """At the end of the walk: everything that was due, each on its second working day. How many were made."""
    waiting = list(_waiting(walk, local_date(moment), seed))
    for _key, opened_at, act in waiting:
        day = walk.calendar.step(local_date(opened_at), 2)
        with at(datetime.combine(day, HOUR, BEIJING)):
            act()
    return len(waiting)


def _waiting(walk, day: date, seed: str) -> Iterator[tuple[int, datetime, Callable[[], None]]]:
    """All that had its rest, but of each office the newest: its turn has not come yet."""
    found = list(CallBack.objects.open().select_related("rating__petition", "office").order_by("pk"))
    newest = {one.office_id: one.pk for one in found}
    for one in found:
        rested = one.opened_at < datetime.combine(day, time.min, BEIJING) - RESTS
        if rested and one.pk != newest[one.office_id]:
            dice = Random(f"{seed}:call:{one.petition.number}:{one.rating.body}")
            yield one.rating.petition_id, one.opened_at, _called(walk, one, dice)


def _called(walk, one: CallBack, dice: Random) -> Callable[[], None]:
    def act() -> None:
        by = walk.cast.of(one.office, people.SUPERVISOR)
        tries = 0
        if not dice.randrange(3):
            calling_back.attempt(one, by=by, result=Try.NO_ANSWER, seen=tries)
            tries += 1
        outcome, finding, words = dice.choice(TOLD)
        calling_back.conclude(one, by=by, outcome=outcome, finding=finding, words=words, seen=tries)

    return act
